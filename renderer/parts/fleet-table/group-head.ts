import { VERDICT_WORDS } from '#shared/format/advice-words.ts'
import type { Money } from '#shared/format/money.ts'
import { count, percent } from '#shared/format/numbers.ts'
import { hashrateOfThs, jPerTh, meterPower } from '#shared/format/units.ts'
import type { GroupHead } from '../../engine/protocol.ts'
import type { RowSums } from '../../engine/row-sums.ts'
import type { GridColumn, Grouping } from '../../engine/view.ts'

/** What the rows of a group amount to, by column; those that are not here have no sum. */
const SUMS: Readonly<Partial<Record<GridColumn, (sums: RowSums, money: Money) => string>>> = {
  quantity: ({ machines }) => count(machines),
  power: ({ meterW }) => meterPower(meterW),
  gain: ({ gainUsd }, money) => money.cents(gainUsd),
  margin: ({ marginUsdPerDay }, money) => money.cents(marginUsdPerDay),
  marginShare: (sums) => percent(sums.marginShare),
  breakeven: ({ breakevenLowUsdPerPhDay: low, breakevenHighUsdPerPhDay: high }, money) =>
    money.perPhRange(low, high),
  efficiency: (sums) => jPerTh(sums.efficiencyJPerTh),
  hashrate: ({ hashrateThs }) => hashrateOfThs(hashrateThs),
}

export const sumText = (column: GridColumn, sums: RowSums, money: Money): string | null =>
  SUMS[column]?.(sums, money) ?? null

/** How many columns from the left the name of a group may take: at least one, up to the first that has a sum. */
export function headSpan(columns: readonly GridColumn[]): number {
  const first = columns.findIndex((column) => column in SUMS)
  return Math.max(1, first === -1 ? columns.length : first)
}

/** The cell that is meant by a place in a head: its name stands in the first of the columns that it takes. */
export const headCell = (columns: readonly GridColumn[], column: number): number =>
  column > 1 && column <= headSpan(columns) ? 1 : column

/** `Power down`, `Harbor`, `R 12, Harbor`, `No rack, Harbor`. */
export function groupName({ label, site, verdict }: GroupHead, by: Grouping): string {
  if (verdict !== null) return VERDICT_WORDS[verdict]
  const name = label === null ? 'No advice' : label === '' ? `No ${by}` : label
  return site === null ? name : `${name}, ${site}`
}
