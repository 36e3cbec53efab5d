import { textAt } from './columns.ts'
import { LABEL_NAMES, SEARCHED_NAMES, TEXT_NAMES } from './fields.ts'
import type { Fleet, TextColumn } from './fleet.ts'

/**
 * The search over the fields that MACHINE_FIELDS calls searched, the names of sites and the notes, straight on UTF-8 bytes: a fleet
 * of 100 000 is searched without a string per row. Upper and lower case are the same.
 */

// Both sides of the program have it; the types of neither side are visible here.
declare class TextEncoder {
  encode(text: string): Uint8Array
}

const A = 65
const Z = 90
const TO_LOWER = 32
const ASCII_END = 0x80

const fold = (byte: number) => (byte >= A && byte <= Z ? byte + TO_LOWER : byte)

/** The words of a text that is looked for, each once, small. */
export const searchedWords = (text: string): readonly string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
  ),
]

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

/** The same of a word with other letters than ASCII ones, whose small form may have other bytes. */
const textContains = (column: TextColumn, row: number, word: string) =>
  column.offsets[row + 1]! > column.offsets[row]! && textAt(column, row).toLowerCase().includes(word)

type Test = (row: number) => boolean

/** Whether a row has a word in one of its fields. */
function hasWord({ machines, sites }: Fleet, word: string, inNotes: Uint8Array | undefined): Test {
  const needle = new TextEncoder().encode(word)
  const isAscii = needle.every((byte) => byte < ASCII_END)
  const texts = TEXT_NAMES.filter((name) => SEARCHED_NAMES.includes(name))
    .map((name) => machines[name])
    // most fleets have no text at all in some of them
    .filter(({ bytes }) => bytes.length > 0)
  const matching = (labels: readonly string[]) =>
    Uint8Array.from(labels, (label) => Number(label.toLowerCase().includes(word)))
  const labels = [
    ...LABEL_NAMES.filter((name) => SEARCHED_NAMES.includes(name)).map((name) => ({
      codes: machines[name].codes,
      matches: matching(machines[name].labels),
    })),
    { codes: machines.site, matches: matching(sites.name) },
  ].filter(({ matches }) => matches.includes(1))
  return (row) =>
    labels.some(({ codes, matches }) => matches[codes[row]!] === 1) ||
    inNotes?.[row] === 1 ||
    texts.some((column) => (isAscii ? bytesContain(column, row, needle) : textContains(column, row, word)))
}

/**
 * Says of a row whether it has all words of a text, in any order and each in any of its fields.
 * @param text null is given back where it has no word: then every row matches
 * @param notes per word the rows whose notes have it, 1 where they do; they are not among the columns
 */
export function rowsContaining(
  fleet: Fleet,
  text: string,
  notes?: ReadonlyMap<string, Uint8Array>,
): Test | null {
  const words = searchedWords(text)
  if (words.length === 0) return null
  const tests = words.map((word) => hasWord(fleet, word, notes?.get(word)))
  return (row) => tests.every((test) => test(row))
}
