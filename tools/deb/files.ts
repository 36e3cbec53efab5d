import { ELECTRON_LIBRARIES } from '../runtime/system-packages.ts'

/** What the Debian package says of itself and of the program. Pure: texts from values. */

export const PACKAGE = 'strikeline'

export type DebTerms = {
  /** as in package.json */
  readonly version: string
  /** of dpkg: amd64, arm64 */
  readonly architecture: string
  /** one line, no full stop */
  readonly synopsis: string
  /** name and address */
  readonly maintainer: string
  /** size of what is installed, KiB */
  readonly installedKib: number
  /** of the release, unix seconds */
  readonly madeAtSeconds: number
  /** text of the licence */
  readonly licence: string
  /** as the desktop sorts it */
  readonly category: string
}

/** A version as Debian compares it: what comes before a release sorts before it. */
export const debVersion = (version: string): string => version.replaceAll('-', '~')

/** Newer releases append t64 to some names. */
const DEPENDS = ELECTRON_LIBRARIES.map((name) => `${name} | ${name}t64`).join(', ')

export const control = ({ version, architecture, synopsis, maintainer, installedKib }: DebTerms): string =>
  `Package: ${PACKAGE}
Version: ${debVersion(version)}
Section: misc
Priority: optional
Architecture: ${architecture}
Depends: ${DEPENDS}
Installed-Size: ${installedKib}
Maintainer: ${maintainer}
Description: ${synopsis}
 Margins, break-evens and the next difficulty adjustment of a fleet of
 Bitcoin-mining machines, on this computer alone. It asks the network for
 prices and blocks where it may, and works without. It never sends a
 command to a machine.
`

export const desktopEntry = ({ synopsis, category }: DebTerms): string =>
  `[Desktop Entry]
Type=Application
Name=Strikeline
Comment=${synopsis}
Exec=/usr/bin/${PACKAGE}
Icon=${PACKAGE}
Terminal=false
StartupWMClass=Strikeline
Categories=${category};
`

/** A day as RFC 5322 wants it: `Thu, 26 Nov 2026 11:51:21 +0000`. */
const mailDate = (seconds: number) => new Date(seconds * 1000).toUTCString().replace('GMT', '+0000')

export const changelog = ({ version, maintainer, madeAtSeconds }: DebTerms): string =>
  `${PACKAGE} (${debVersion(version)}) stable; urgency=medium

  * Release ${version}.

 -- ${maintainer}  ${mailDate(madeAtSeconds)}
`

/** The licence in the machine-readable form, and where those of the software by others stand. */
export const copyright = ({ licence }: DebTerms): string =>
  `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Strikeline
Comment:
 Software by others that is in the program is named with its licences in the
 program under Help, Software by others; that of Electron and Chromium in
 LICENSE.electron.txt and LICENSES.chromium.html beside the executable.

Files: *
Copyright: The Strikeline authors
License: MIT
${licence
  .trimEnd()
  .split('\n')
  .map((line) => (line.trim() === '' ? ' .' : ` ${line}`))
  .join('\n')}
`
