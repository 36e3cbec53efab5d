import { basename } from 'node:path'
import type { z } from 'zod'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { fieldText, issueWords } from '#shared/ipc/schemas/issue.ts'
import { readText } from './bytes.ts'

const LONGEST_REASON = 300
/** Objects, lists and fields in all, and objects and lists inside each other. */
const MOST_PARTS = 600_000
/** Of all lists and objects together: the history of every source and the prices of a dozen sites. */
const MOST_VALUES = 1_300_000
const MOST_DEPTH = 100

/**
 * What a text in JSON holds; a byte order mark before it does not count.
 * @param fileName where it comes from, for messages: "network.json", "standard input, line 3"
 * @throws StrikelineError 'bad-input' that names it
 */
export function jsonFrom(text: string, fileName: string): unknown {
  refuseVast(text, fileName)
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StrikelineError(
      'bad-input',
      `${fileName} is not JSON: ${reason.slice(0, LONGEST_REASON)}. Is it cut off, or another file?`,
    )
  }
}

/** The same of a file. @throws StrikelineError 'file-unreadable' as well */
export async function readJsonFile(path: string, limitBytes: number): Promise<unknown> {
  return jsonFrom(await readText(path, limitBytes), basename(path))
}

/** A text of braces alone takes fifty times its size in memory: they are counted before it is parsed. */
export function refuseVast(text: string, fileName: string): void {
  const refuse = (what: string): never => {
    throw new StrikelineError(
      'bad-input',
      `${fileName} has more than ${what}: split it, or choose another file`,
    )
  }
  let parts = 0
  let commas = 0
  let depth = 0
  for (let at = 0; at < text.length; at++)
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfText(text, at + 1)
        break
      case 0x7b: // {
      case 0x5b: // [
        if (++depth > MOST_DEPTH) refuse(`${MOST_DEPTH} objects and lists inside each other`)
        parts++
        break
      case 0x3a: // :
        parts++
        break
      case 0x2c: // ,
        commas++
        break
      case 0x7d: // }
      case 0x5d: // ]
        depth--
    }
  if (parts > MOST_PARTS) refuse(`${MOST_PARTS} objects, lists and fields`)
  if (commas >= MOST_VALUES) refuse(`${MOST_VALUES} values`)
}

/** Where the quotation mark is that ends a text; the length of all where there is none. */
function endOfText(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === 0x5c) at++
    else if (sign === 0x22) return at
  }
  return at
}

/**
 * The sentence about a field that a schema does not accept.
 * @param path of the value that was checked, in the document
 */
export function fieldFault(
  fileName: string,
  checked: unknown,
  issue: z.core.$ZodIssue,
  path: readonly PropertyKey[] = [],
): StrikelineError {
  const found = issue.path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    checked,
  )
  const field = fieldText([...path, ...issue.path])
  const words = issueWords(issue)
  const isMissing = found === undefined && field !== '' && words.startsWith('must')
  return new StrikelineError(
    'bad-input',
    `${fileName}${field === '' ? '' : `, field ${field}`}: ${isMissing ? 'is missing; it ' : ''}${words}`,
  )
}
