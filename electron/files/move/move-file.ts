import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { reasonOf } from '../reasons.ts'
import { replaceFile } from '../replace.ts'

/**
 * A data folder as one file, to be carried to another computer: a line that says what it is, a line of JSON about what
 * follows, a database, and the SHA-256 of all before it.
 */

const FIRST_WORDS = 'Strikeline move file '
const FORM = '1'
const FIRST_LINE = `${FIRST_WORDS}${FORM}\n`
const sumLine = (sum: string): string => `\nSHA-256 ${sum}\n`
const SUM_BYTES = sumLine('0'.repeat(64)).length
/** Longer than both first lines of any file of ours. */
const HEAD_BYTES = 4096
const PIECE_BYTES = 1 << 20
/** Of the database in it. No fleet is near it; reading it takes some seconds per GB. */
const MAX_BYTES = 2_000_000_000

const headSchema = z.strictObject({
  /** of the program that wrote it */
  program: z.string().max(40),
  /** version of the database in it */
  schema: z.number().int().positive(),
  /** size of the database */
  databaseBytes: z.number().int().positive().max(MAX_BYTES),
  machines: z.number().int().nonnegative(),
  madeAt: z.iso.datetime(),
})
export type MoveHead = z.infer<typeof headSchema>

/**
 * @param database path of one whole file, without companions
 * @param step is told how many bytes of how many are written; what it throws stops the writing
 */
export async function writeMoveFile(
  path: string,
  database: string,
  about: Omit<MoveHead, 'databaseBytes'>,
  step: (done: number, total: number) => void,
): Promise<void> {
  const handle = openSync(database, 'r')
  try {
    const head: MoveHead = { ...about, databaseBytes: fstatSync(handle).size }
    if (head.databaseBytes > MAX_BYTES)
      throw new StrikelineError(
        'bad-input',
        `The fleet has ${Math.ceil(head.databaseBytes / 1e6)} MB, and a file for another computer holds at most ${MAX_BYTES / 1e6} MB: copy a backup of it instead.`,
      )
    await replaceFile(path, partsOf(head, handle, step), 0o600)
  } finally {
    closeSync(handle)
  }
}

function* partsOf(
  head: MoveHead,
  database: number,
  step: (done: number, total: number) => void,
): Generator<Uint8Array> {
  const hash = createHash('sha256')
  const first = Buffer.from(`${FIRST_LINE}${JSON.stringify(head)}\n`)
  hash.update(first)
  yield first
  let done = 0
  for (const piece of piecesOf(database, 0, head.databaseBytes)) {
    step(done, head.databaseBytes)
    hash.update(piece)
    yield piece
    done += piece.length
  }
  step(done, head.databaseBytes)
  yield Buffer.from(sumLine(hash.digest('hex')))
}

/**
 * Checks a file and writes the database in it to a new file.
 * @param step as for {@link writeMoveFile}
 * @throws StrikelineError 'bad-input' with a sentence that names the file and says what is wrong with it and what to do;
 *   'file-unreadable' where it is not there or cannot be read
 */
export function readMoveFile(
  path: string,
  toDatabase: string,
  step: (done: number, total: number) => void = () => undefined,
): MoveHead {
  const handle = openToRead(path)
  try {
    const { head, firstBytes } = headOf(handle, path)
    refuseOtherLength(path, fstatSync(handle).size, firstBytes + head.databaseBytes + SUM_BYTES)
    const hash = createHash('sha256')
    for (const piece of piecesOf(handle, 0, firstBytes)) hash.update(piece)
    const to = openSync(toDatabase, 'wx', 0o600)
    let written = 0
    try {
      for (const piece of piecesOf(handle, firstBytes, head.databaseBytes)) {
        step(written, head.databaseBytes)
        hash.update(piece)
        writeSync(to, piece)
        written += piece.length
      }
    } finally {
      closeSync(to)
    }
    const [sum] = piecesOf(handle, firstBytes + head.databaseBytes, SUM_BYTES)
    if (sum?.toString('latin1') !== sumLine(hash.digest('hex')))
      throw refused(path, 'is not what it was when it was written: its SHA-256 differs')
    return head
  } finally {
    closeSync(handle)
  }
}

function openToRead(path: string): number {
  try {
    const handle = openSync(path, 'r')
    if (fstatSync(handle).isFile()) return handle
    closeSync(handle)
  } catch (error) {
    throw new StrikelineError('file-unreadable', `${path} cannot be read: ${reasonOf(error)}`)
  }
  throw new StrikelineError('file-unreadable', `${path} cannot be read: it is not a file`)
}

function headOf(handle: number, path: string): { readonly head: MoveHead; readonly firstBytes: number } {
  const [start = Buffer.alloc(0)] = piecesOf(handle, 0, Math.min(HEAD_BYTES, fstatSync(handle).size))
  const text = start.toString('latin1')
  if (!text.startsWith(FIRST_WORDS))
    throw new StrikelineError(
      'bad-input',
      `${path} is no file for another computer, as \`move out\` or File, Move to another computer writes it: choose another one. Nothing was changed.`,
    )
  const form = text.slice(FIRST_WORDS.length, text.indexOf('\n'))
  if (form !== FORM && /^\d{1,6}$/.test(form))
    throw new StrikelineError(
      'bad-input',
      `${path} has form ${form} and this program knows form ${FORM}: it is from a newer Strikeline, or it is damaged. ` +
        'Install the newer program on this computer, or copy the file again. Nothing was changed.',
    )
  const end = text.indexOf('\n', FIRST_LINE.length)
  const head = headSchema.safeParse(jsonOrNull(start.toString('utf8', FIRST_LINE.length, Math.max(end, 0))))
  if (form !== FORM || end === -1 || !head.success)
    throw refused(path, 'is cut off or damaged in its first lines')
  return { head: head.data, firstBytes: end + 1 }
}

function refuseOtherLength(path: string, bytes: number, expected: number): void {
  if (bytes < expected) throw refused(path, `is cut off: it has ${bytes} of ${expected} bytes`)
  if (bytes > expected)
    throw refused(path, `is longer than it was written: it has ${bytes} bytes and not ${expected}`)
}

const refused = (path: string, what: string): StrikelineError =>
  new StrikelineError(
    'bad-input',
    `${basename(path)} ${what}. Copy it from the other computer again. Nothing was changed.`,
  )

/** A part of a file, piece by piece; less where the file ends. */
function* piecesOf(handle: number, from: number, bytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes;) {
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, bytes - at))
    const read = readSync(handle, piece, 0, piece.length, from + at)
    if (read === 0) return
    yield piece.subarray(0, read)
    at += read
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Refused by the schema, in words.
    return null
  }
}
