import { existsSync } from 'node:fs'
import { findProgram } from '../processes.ts'

/** LibreOffice without a screen, by which tests compute workbooks: program → Debian package. */
export const OFFICE_PROGRAMS: Readonly<Record<string, string>> = { soffice: 'libreoffice-calc-nogui' }
/** Its bridge to Python: file → Debian package. It is made for Debian's own Python and for no other on the PATH. */
export const OFFICE_FILES: Readonly<Record<string, string>> = {
  '/usr/lib/python3/dist-packages/uno.py': 'python3-uno',
}
export const OFFICE_PYTHON = '/usr/bin/python3'

/** What of it is not here; empty: a workbook can be opened. */
export function missingOffice(): readonly string[] {
  return [
    ...Object.keys(OFFICE_PROGRAMS).filter((name) => findProgram(name) === null),
    ...[...Object.keys(OFFICE_FILES), OFFICE_PYTHON].filter((path) => !existsSync(path)),
  ]
}
