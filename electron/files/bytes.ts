import { isUtf8 } from 'node:buffer'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
}

/** What tells one state of a file from another. */
export type FileMark = { readonly size: number; readonly changedAtMs: number }

/** null where there is no file, or none that may be looked at. */
export async function fileMark(path: string): Promise<FileMark | null> {
  // Why it cannot be looked at is said by who reads it.
  const found = await stat(path).catch(() => null)
  // A file that is put in its place with an older date has the newer change of its entry.
  return found === null ? null : { size: found.size, changedAtMs: Math.max(found.mtimeMs, found.ctimeMs) }
}

export const isSameMark = (a: FileMark | null, b: FileMark | null): boolean =>
  a?.size === b?.size && a?.changedAtMs === b?.changedAtMs

/**
 * The whole file, unless it is larger than the limit: that is known before anything is read.
 * @param advice end of the sentence about a file that is too large
 * @throws StrikelineError 'file-unreadable' with a sentence that names the file and says why
 */
export async function readBounded(
  path: string,
  fileName: string,
  limitBytes: number,
  advice?: string,
): Promise<Buffer> {
  try {
    const found = await stat(path)
    if (!found.isFile())
      throw unreadable(fileName, found.isDirectory() ? 'it is a folder' : 'it is not a file')
    if (found.size > limitBytes) throw tooLarge(fileName, found.size, limitBytes, advice)
    return await readFile(path)
  } catch (error) {
    if (error instanceof StrikelineError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw unreadable(fileName, REASONS[code] ?? code)
  }
}

function unreadable(fileName: string, why: string): StrikelineError {
  return new StrikelineError('file-unreadable', `${fileName} cannot be read: ${why}`)
}

export function tooLarge(
  fileName: string,
  bytes: number,
  limitBytes: number,
  advice = 'for a file: split it',
): StrikelineError {
  const megabytes = (value: number) => `${Math.ceil(value / 1e6)} MB`
  return new StrikelineError(
    'file-unreadable',
    `${fileName} is ${megabytes(bytes)}; the limit is ${megabytes(limitBytes)} ${advice}`,
  )
}

/** The whole text of a file in UTF-8, as {@link readBounded} reads it. */
export async function readText(path: string, limitBytes: number, advice?: string): Promise<string> {
  const fileName = basename(path)
  return utf8Bytes(await readBounded(path, fileName, limitBytes, advice), fileName).toString('utf8')
}

/**
 * Text as UTF-8, without its byte order mark. UTF-16 with a byte order mark, which Excel writes as "Unicode text", is decoded.
 * @throws StrikelineError 'file-unreadable' that says which encoding it seems to be, or in which row the trouble is
 */
export function utf8Bytes(bytes: Buffer, fileName: string): Buffer {
  const [first, second, third] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return utf16Bytes(bytes.subarray(2), first === 0xfe, fileName)
  }
  if (bytes.includes(0)) {
    throw new StrikelineError('file-unreadable', `${fileName} is not a text file: save it as CSV in UTF-8`)
  }
  if (!isUtf8(bytes)) {
    throw new StrikelineError(
      'file-unreadable',
      `${fileName}, row ${firstBrokenLine(bytes)}: not UTF-8, probably an older Windows or Mac encoding: save it as CSV in UTF-8`,
    )
  }
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes
}

function utf16Bytes(bytes: Buffer, isBigEndian: boolean, fileName: string): Buffer {
  const isEven = bytes.length % 2 === 0
  const decoded = (isBigEndian && isEven ? Buffer.from(bytes).swap16() : bytes).toString('utf16le')
  const back = Buffer.from(decoded)
  // a half of a character or a NUL is no text
  if (!isEven || decoded.includes('\u0000') || back.toString() !== decoded)
    throw new StrikelineError(
      'file-unreadable',
      `${fileName} is UTF-16 that is cut off or broken: save it again, as CSV in UTF-8`,
    )
  return back
}

function firstBrokenLine(bytes: Buffer): number {
  let line = 1
  for (let start = 0, end = 0; end !== -1; start = end + 1, line++) {
    end = bytes.indexOf(0x0a, start)
    if (!isUtf8(bytes.subarray(start, end === -1 ? undefined : end))) return line
  }
  return line
}
