import { LABEL_NAMES, SEARCHED_NAMES, TEXT_NAMES } from './fields.ts'
import type { MachineColumns, TextColumn } from './fleet.ts'

/**
 * The search over the fields that MACHINE_FIELDS calls searched, straight on their UTF-8 bytes: a fleet of 100 000 is searched
 * without a string per row. Upper and lower case are the same; in texts of a row's own for ASCII letters alone.
 */

// Both sides of the program have it; the types of neither side are visible here.
declare class TextEncoder {
  encode(text: string): Uint8Array
}

const A = 65
const Z = 90
const TO_LOWER = 32

const fold = (byte: number) => (byte >= A && byte <= Z ? byte + TO_LOWER : byte)

/** Bytes of a text, ASCII letters small. */
export const foldedBytes = (text: string): Uint8Array => new TextEncoder().encode(text).map(fold)

/** Whether a text stands at a byte of a row. */
export function isAt(
  { bytes, offsets }: TextColumn,
  row: number,
  start: number,
  needle: Uint8Array,
): boolean {
  if (start + needle.length > offsets[row + 1]!) return false
  let i = 0
  while (i < needle.length && fold(bytes[start + i]!) === needle[i]) i++
  return i === needle.length
}

function bytesContain(column: TextColumn, row: number, needle: Uint8Array): boolean {
  const last = column.offsets[row + 1]! - needle.length
  for (let start = column.offsets[row]!; start <= last; start++)
    if (isAt(column, row, start, needle)) return true
  return false
}

/**
 * Says of a row whether one of its searched fields contains a text.
 * @param text spaces around it do not count; null is given back where nothing is left: then every row matches
 */
export function rowsContaining(machines: MachineColumns, text: string): ((row: number) => boolean) | null {
  const wanted = text.trim()
  if (wanted === '') return null
  const needle = foldedBytes(wanted)
  const texts = TEXT_NAMES.filter((name) => SEARCHED_NAMES.includes(name))
    .map((name) => machines[name])
    // most fleets have no text at all in some of them
    .filter(({ bytes }) => bytes.length >= needle.length)
  const labels = LABEL_NAMES.filter((name) => SEARCHED_NAMES.includes(name)).map((name) => {
    const { labels, codes } = machines[name]
    const small = wanted.toLowerCase()
    const matches = labels.map((label) => label.toLowerCase().includes(small))
    return { codes, matches: Uint8Array.from(matches, Number) }
  })
  return (row) =>
    labels.some(({ codes, matches }) => matches[codes[row]!] === 1) ||
    texts.some((column) => bytesContain(column, row, needle))
}
