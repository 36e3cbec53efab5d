import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Control characters but tab and line end, and those that turn the reading direction. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * Text without what a terminal would obey: names in files and answers of servers may hold it. It is written as an
 * escape, which in a JSON text stands for the same character.
 */
export const forTerminal = (text: string): string =>
  text.replaceAll(UNSEEN, (unseen) => `\\u${unseen.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Writes and waits where the reader is slower than we are. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(forTerminal(text))) await once(stream, 'drain')
}

export async function writeLine(stream: Writable, text: string): Promise<void> {
  await write(stream, `${text}\n`)
}

/** A number for JSON: what does not exist is null, never NaN or Infinity. */
export function existing(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** The same for every number field of a flat record. */
export function existingFields<T extends Readonly<Record<string, unknown>>>(
  record: T,
): { [K in keyof T]: T[K] extends number ? number | null : T[K] } {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === 'number' ? existing(value) : value,
    ]),
  ) as { [K in keyof T]: T[K] extends number ? number | null : T[K] }
}

/** A moment for JSON, to the second: 2025-11-20T12:00:00Z. */
export function isoTime(ms: number): string {
  return new Date(Math.round(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** Rows turned into text per chunk: fewer calls, and at most a few hundred objects alive. */
const ROWS_AT_ONCE = 256

/**
 * One JSON document with a list in its middle: `{…head, [list]: [row 0 … row n − 1], …tail}`. What does not exist may be NaN in a
 * row: it is written as null.
 */
export type ListDocument = {
  readonly head: Readonly<Record<string, unknown>>
  readonly list: string
  readonly rows: number
  readonly row: (i: number) => unknown
  readonly tail: Readonly<Record<string, unknown>>
}

/** The whole document at once; for a fleet of unknown size use {@link writeDocument}. */
export function wholeDocument({
  head,
  list,
  rows,
  row,
  tail,
}: ListDocument): Readonly<Record<string, unknown>> {
  return { ...head, [list]: Array.from({ length: rows }, (_, i) => row(i)), ...tail }
}

/** Writes a document without ever holding all rows as objects: a fleet of a million rows streams through. */
export async function writeDocument(stream: Writable, document: ListDocument): Promise<void> {
  const members = (record: Readonly<Record<string, unknown>>) =>
    Object.entries(record).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  const head = members(document.head)
  await write(stream, `{${head.map((member) => `${member},`).join('')}${JSON.stringify(document.list)}:[`)
  for (let from = 0; from < document.rows; from += ROWS_AT_ONCE) {
    const length = Math.min(ROWS_AT_ONCE, document.rows - from)
    const rows = JSON.stringify(Array.from({ length }, (_, i) => document.row(from + i)))
    await write(stream, `${from > 0 ? ',' : ''}${rows.slice(1, -1)}`)
  }
  const tail = members(document.tail)
  await writeLine(stream, `]${tail.map((member) => `,${member}`).join('')}}`)
}
