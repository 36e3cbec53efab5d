import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../processes.ts'
import { repository, repositoryVersion } from '../repository.ts'
import type { DebOrder } from './make-deb.ts'

/** What dpkg calls the processors that Electron is made for. */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' }

/** A line of the part `linux` of electron-builder.yml, which says it for the other packages too. */
function configured(name: string): string {
  const text = readFileSync(join(repository, 'electron-builder.yml'), 'utf8')
  const part = /^linux:\n((?: .*\n)+)/m.exec(text)?.[1] ?? ''
  const line = new RegExp(`^ {2}${name}: (.+)$`, 'm').exec(part)?.[1]
  if (line === undefined) throw new Error(`electron-builder.yml: linux has no ${name}`)
  return line
}

/**
 * The Debian package of this checkout.
 * @param unpacked folder of the packaged program
 * @throws Error where this processor has no name
 */
export async function debOrder(
  unpacked: string,
  into: string,
  compression: DebOrder['compression'],
): Promise<DebOrder> {
  const architecture = ARCHITECTURES[process.arch]
  if (architecture === undefined) throw new Error(`No Debian package is made for ${process.arch}.`)
  return {
    unpacked,
    into,
    compression,
    architecture,
    version: repositoryVersion(),
    synopsis: configured('synopsis'),
    maintainer: configured('maintainer'),
    category: configured('category'),
    icon: join(repository, 'assets', 'icons', 'icon.png'),
    licence: readFileSync(join(repository, 'LICENSE'), 'utf8'),
    madeAtSeconds: await madeAtSeconds(),
  }
}

/** The time of the last commit, so that the same source gives the same package; SOURCE_DATE_EPOCH counts before it. */
async function madeAtSeconds(): Promise<number> {
  const given = Number(process.env['SOURCE_DATE_EPOCH'] ?? Number.NaN)
  if (Number.isInteger(given)) return given
  const { code, stdout } = await capture('git', ['log', '-1', '--format=%ct'], { cwd: repository })
  const seconds = Number(stdout.trim())
  if (code !== 0 || !(seconds > 0))
    throw new Error(
      'The time of the release is not known: set SOURCE_DATE_EPOCH, or package from a checkout.',
    )
  return seconds
}
