import { basename } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { readText } from './bytes.ts'

const LONGEST_REASON = 300

/**
 * What a text in JSON holds; a byte order mark before it does not count.
 * @param fileName where it comes from, for messages: "network.json", "standard input, line 3"
 * @throws StrikelineError 'bad-input' that names it
 */
export function jsonFrom(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StrikelineError('bad-input', `${fileName} is not JSON: ${reason.slice(0, LONGEST_REASON)}`)
  }
}

/** The same of a file. @throws StrikelineError 'file-unreadable' as well */
export async function readJsonFile(path: string, limitBytes: number): Promise<unknown> {
  return jsonFrom(await readText(path, limitBytes), basename(path))
}
