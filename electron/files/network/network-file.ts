import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { readBounded } from '#electron/files/bytes.ts'
import { refuseVast } from '#electron/files/json.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { fieldText, issueWords } from '#shared/ipc/schemas/issue.ts'
import { networkFileFault } from './check-network-file.ts'
import { CASE_VERSION, FORMAT, networkFileSchema } from './contents.ts'
import type { NetworkFile } from './contents.ts'

/**
 * A network file: one line of JSON, UTF-8. Its last member is the SHA-256 of every byte before the comma in
 * front of it, so that any changed byte is noticed, even one that changes no value.
 */

/** Several times thirty years of every source, yet small enough to parse quickly even when nested to the limit. */
export const MAX_BYTES = 24_000_000

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const ending = (checksum: string) => `,"checksum":"${checksum}"}\n`
const ENDING_BYTES = ending(sha256(new Uint8Array())).length

const WHAT_TO_DO =
  'Nothing was taken from it. Copy it again from the machine where it was made, or make a new one there.'

/** The bytes of a network file. @throws StrikelineError 'bad-input' where it would be larger than any that is read */
export function networkFileBytes(networkFile: NetworkFile): Uint8Array {
  const text = JSON.stringify(networkFile).slice(0, -1)
  // What would not be read is not written.
  refuseVast(text, 'The network file')
  const content = Buffer.from(text)
  const bytes = Buffer.concat([content, Buffer.from(ending(sha256(content)))])
  if (bytes.length > MAX_BYTES)
    throw new StrikelineError(
      'bad-input',
      `The network file would have ${Math.ceil(bytes.length / 1e6)} MB; ${MAX_BYTES / 1e6} MB are read. Shorten the market prices of the contracts, or export it without contracts.`,
    )
  return bytes
}

/**
 * Reads a network file, whole or not at all.
 * @param nowMs what is dated more than 10 min after it is refused
 * @throws StrikelineError 'file-unreadable' or 'bad-input' with a sentence that names the file and says what to do
 */
export async function readNetworkFile(path: string, nowMs: number): Promise<NetworkFile> {
  const name = basename(path)
  const bytes = await readBounded(path, name, MAX_BYTES, 'for a network file: choose another file')
  return networkFileFrom(bytes, name, nowMs)
}

/** As {@link readNetworkFile}, for the bytes of a file of that name. */
export function networkFileFrom(bytes: Uint8Array, name: string, nowMs: number): NetworkFile {
  const refuse = (why: string): never => {
    throw new StrikelineError('bad-input', `${name} ${why}`)
  }
  const document = jsonOf(bytes, name)
  if (document?.['format'] !== FORMAT) {
    return Buffer.from(bytes.subarray(0, 40)).toString('latin1').startsWith(`{"format":"${FORMAT}"`)
      ? refuse(`is damaged or cut off. ${WHAT_TO_DO}`)
      : refuse('is not a network file. Choose a file that was written with "export network file".')
  }
  const { version } = document
  if (typeof version === 'number' && version > CASE_VERSION) {
    return refuse(
      'was written by a newer version of Strikeline. Nothing was taken from it. Bring this Strikeline up to date, or export ' +
        'the network file with the version that is used here.',
    )
  }
  const content = bytes.subarray(0, Math.max(0, bytes.length - ENDING_BYTES))
  const end = Buffer.from(bytes.subarray(content.length)).toString('latin1')
  if (end !== ending(sha256(content))) {
    return refuse(`was changed or damaged after it was written: its checksum does not fit. ${WHAT_TO_DO}`)
  }
  const members = Object.entries(document).filter(([name]) => name !== 'checksum')
  const parsed = networkFileSchema.safeParse(Object.fromEntries(members))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const field = issue.path.length === 0 ? 'it' : `field ${fieldText(issue.path)}`
    return refuse(`is not as a network file must be: ${field} ${issueWords(issue)}. ${WHAT_TO_DO}`)
  }
  const fault = networkFileFault(parsed.data, nowMs)
  if (fault !== null) {
    return refuse(
      `holds something that cannot be: ${fault}. Nothing was taken from it. Check the clocks of both machines, then make a new one.`,
    )
  }
  return parsed.data
}

/** The object that a text is; null where it is none. */
function jsonOf(bytes: Uint8Array, name: string): Readonly<Record<string, unknown>> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    refuseVast(text, name)
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null
  } catch (error) {
    // Only these two say that the bytes are no JSON; anything else is a fault of ours.
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}
