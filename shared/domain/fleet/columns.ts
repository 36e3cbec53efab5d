import { each, LABEL_NAMES, NUMBER_NAMES, FIGURE_SOURCE_NAMES, TEXT_NAMES } from './fields.ts'
import type { Fleet, LabelColumn, Machine, TextColumn } from './fleet.ts'
import { MACHINE_STATUSES } from './fleet.ts'
import { ENTERED } from './provenance.ts'

// Both sides of the program have these two; the types of neither side are visible here.
declare class TextEncoder {
  encode(text: string): Uint8Array
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string
}

/**
 * Rows that a pass hands to its inner function at a time. A loop of a million rows in one call runs in code that
 * the engine compiled while the loop was under way, which is half as fast as a function compiled after many calls.
 */
export const BLOCK_ROWS = 1024

const PAGE_BYTES = 4096
const BYTES_BETWEEN_COLUMNS = 320

/**
 * Bytes from the start of one number column to the start of the next, where several lie in one buffer. A large array
 * begins at the start of a memory page, so that row i of every column falls on the same few places of the processor's
 * cache and they push each other out. With each at another distance from the start of a page, a pass that writes nine
 * takes a fifth of the time.
 */
export function float64Stride(length: number): number {
  const pages = Math.ceil((length * Float64Array.BYTES_PER_ELEMENT) / PAGE_BYTES)
  return pages * PAGE_BYTES + BYTES_BETWEEN_COLUMNS
}

/** Number columns that are written together, all 0, in one buffer. */
export function float64Columns<Name extends string>(
  length: number,
  names: readonly Name[],
): Record<Name, Float64Array> {
  const stride = float64Stride(length)
  const buffer = new ArrayBuffer(stride * names.length)
  const columns = names.map((name, i) => [name, new Float64Array(buffer, i * stride, length)])
  return Object.fromEntries(columns) as Record<Name, Float64Array>
}

/** One site as a value, for forms and small inputs; NaN = not given. */
export type Site = {
  readonly name: string
  readonly powerPriceUsdPerKwh: number
  readonly otherUsdPerKwh: number
  readonly overhead: number
}

/** Packs texts into one UTF-8 buffer; row i is texts[i]. */
export function textColumn(texts: readonly string[]): TextColumn {
  const encoder = new TextEncoder()
  const rows = texts.map((text) => encoder.encode(text))
  const offsets = new Uint32Array(texts.length + 1)
  rows.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length))
  const bytes = new Uint8Array(offsets[texts.length]!)
  rows.forEach((row, i) => bytes.set(row, offsets[i]))
  return { bytes, offsets }
}

const decoder = new TextDecoder()

/** Up to here a text is put together faster letter by letter than the decoder is called. */
const SHORT_BYTES = 24

/** Text of one row. */
export function textAt({ bytes, offsets }: TextColumn, row: number): string {
  const from = offsets[row]!
  const to = offsets[row + 1]!
  if (to - from > SHORT_BYTES) return decoder.decode(bytes.subarray(from, to))
  let text = ''
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!
    if (byte > 0x7f) return decoder.decode(bytes.subarray(from, to))
    text += String.fromCharCode(byte)
  }
  return text
}

/** Repeated texts as codes into a list of labels, which stand in order of first appearance. */
export function labelColumn(texts: readonly string[]): LabelColumn {
  const codeOf = new Map<string, number>()
  const codes = Uint32Array.from(texts, (text) => {
    const code = codeOf.get(text) ?? codeOf.size
    codeOf.set(text, code)
    return code
  })
  return { labels: [...codeOf.keys()], codes }
}

/** Repeated text of one row. */
export function labelAt(column: LabelColumn, row: number): string {
  return column.labels[column.codes[row]!]!
}

/**
 * What counts for a machine: its own value, else its site's. NaN where neither is given.
 * @param own value of the machine, NaN = not given
 * @param site value of its site, NaN = not given
 */
export function ownElseSite(own: number, site: number): number {
  return Number.isNaN(own) ? site : own
}

/**
 * A small fleet from values: sites, and machines that name their site.
 * @throws RangeError when a machine names a site that is not in the list
 */
export function fleetFrom(sites: readonly Site[], machines: readonly Machine[]): Fleet {
  const siteRow = new Map(sites.map((site, i) => [site.name, i]))
  return {
    sites: {
      length: sites.length,
      key: Float64Array.from(sites, (_, i) => i),
      name: sites.map((site) => site.name),
      powerPriceUsdPerKwh: Float64Array.from(sites, (site) => site.powerPriceUsdPerKwh),
      otherUsdPerKwh: Float64Array.from(sites, (site) => site.otherUsdPerKwh),
      overhead: Float64Array.from(sites, (site) => site.overhead),
    },
    machines: {
      length: machines.length,
      key: Float64Array.from(machines, (_, i) => i),
      ...each(NUMBER_NAMES, (name) => Float64Array.from(machines, (machine) => machine[name])),
      ...each(TEXT_NAMES, (name) => textColumn(machines.map((machine) => machine[name]))),
      ...each(LABEL_NAMES, (name) => labelColumn(machines.map((machine) => machine[name]))),
      site: Uint32Array.from(machines, (machine) => {
        const row = siteRow.get(machine.site)
        if (row === undefined)
          throw new RangeError(
            `machine ${machine.id} names the site ${machine.site}, which is not in the fleet`,
          )
        return row
      }),
      status: Uint8Array.from(machines, (machine) => MACHINE_STATUSES.indexOf(machine.status)),
      ...each(FIGURE_SOURCE_NAMES, () => new Uint8Array(machines.length).fill(ENTERED)),
    },
  }
}
