import { foldHeading, squeeze } from '../heading-parts.ts'
import type { HeadingReading } from './column-map.ts'
import type { LedgerField } from './fields.ts'
import { partsOf } from './headings.ts'
import { unitFor } from './units.ts'

/** Names of sums of one row: two of them are with and without tax or fees, and the file must be told which counts. */
const SUM_NAMES: ReadonlySet<string> = new Set([
  ...['amount', 'net', 'netamount', 'gross', 'grossamount', 'total', 'totalamount', 'subtotal'],
  ...['amountdue', 'invoiceamount'],
])

/** Places of columns that may as well be the amount of the row as the one that was guessed, with that one. */
export function rivalSums(
  headings: readonly string[],
  readings: readonly (HeadingReading | null)[],
  isSaid: (heading: string) => boolean,
): readonly {
  readonly at: number
  readonly read: string
  readonly field: LedgerField
  readonly unit: string | null
}[] {
  return (['coins', 'money'] as const).flatMap((field) => {
    const found = readings.findIndex((reading) => reading?.field === field)
    const read = headings[found]
    if (read === undefined || isSaid(foldHeading(read))) return []
    const { unit } = readings[found]!
    // of coins, what came is what is left after fees
    if (field === 'coins' && partsOf(read).some(({ name }) => name.startsWith('net'))) return []
    return headings.flatMap((heading, at) => {
      const isFree = readings[at] === null && !isSaid(foldHeading(heading))
      const isSum = partsOf(heading).some(
        (part) =>
          SUM_NAMES.has(part.name) &&
          (part.unit === null ? unit === null : unitFor(field, part.unit) !== null),
      )
      return isFree && isSum ? [{ at, read, field, unit }] : []
    })
  })
}

const PIECES: ReadonlySet<string> = new Set(['quantity', 'qty', 'pieces', 'pcs', 'units', 'count', 'number'])

/** The column that was guessed as what a purchase cost, where a number of pieces beside it makes it the price of one; null: there is none. */
export function priceOfOne(
  headings: readonly string[],
  readings: readonly (HeadingReading | null)[],
  isSaid: (heading: string) => boolean,
): number | null {
  const at = readings.findIndex((reading) => reading?.field === 'money')
  if (at === -1 || isSaid(foldHeading(headings[at]!))) return null
  const isPrice = partsOf(headings[at]!).some(({ name }) => name === 'price' || name === 'cost')
  const isCounted = headings.some(
    (heading, i) =>
      (readings[i] === null || readings[i]?.field === 'reference') &&
      !isSaid(foldHeading(heading)) &&
      PIECES.has(squeeze(heading.toLowerCase())),
  )
  return isPrice && isCounted ? at : null
}
