import type { ScenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import type { Money } from '#shared/format/money.ts'
import { count, counted, MISSING, number } from '#shared/format/numbers.ts'
import type { PlanScenario } from '../../engine/plan-protocol.ts'
import { evenly } from './words.ts'

/** A figure of every scenario. */
export type SideRow = {
  readonly title: string
  readonly of: (ahead: ScenarioAhead) => number
  readonly write: (values: readonly number[]) => readonly string[]
  /** which is best: the highest, the lowest, or none is */
  readonly best: 'highest' | 'lowest' | null
}

/** The rows, with what they are called over that many days. */
export function rowsOf(money: Money, aheads: readonly ScenarioAhead[]): readonly SideRow[] {
  const amounts = (values: readonly number[]) => evenly(money, values)
  const each = (write: (value: number) => string) => (values: readonly number[]) => values.map(write)
  const lengths = new Set(aheads.map(({ days }) => Math.round(days)))
  const length = lengths.size === 1 ? [...lengths][0]! : null
  const row = (
    title: string,
    of: SideRow['of'],
    write: SideRow['write'] = amounts,
    best: SideRow['best'] = 'highest',
  ): SideRow => ({ title, of, write, best })
  return [
    row('Cash margin a day, now', (ahead) => ahead.nowUsdPerDay),
    ...(aheads.some(({ days }) => days > 90) ? [row('in 90 days', (ahead) => ahead.in90DaysUsdPerDay)] : []),
    row(length === null ? 'at the end' : `in ${counted(length, 'day')}`, (ahead) => ahead.endUsdPerDay),
    row(length === null ? 'Sum to the end' : `Sum over ${counted(length, 'day')}`, (ahead) => ahead.sumUsd),
    row('Machines to power down at the end', (ahead) => ahead.machinesToPowerDown, each(count), 'lowest'),
    row(
      `Hashprice at the end, ${money.hashprice.heading}`,
      (ahead) => ahead.endHashpriceUsdPerPhDay,
      each((value) => money.perPh(value)),
    ),
    ...(length === null
      ? [
          row(
            'Days to the end of the last epoch',
            (ahead) => ahead.days,
            each((value) => number(value)),
            null,
          ),
        ]
      : []),
  ]
}

/** The cells of a row as they are printed, and which are best; none where all read the same. */
export function printedRow(
  { of, write, best }: SideRow,
  scenarios: readonly Pick<PlanScenario, 'ahead'>[],
): readonly { readonly text: string; readonly isBest: boolean }[] {
  const values = scenarios.map(({ ahead }) => (ahead === null ? Number.NaN : of(ahead)))
  const known = values.filter(Number.isFinite)
  const texts = write(values)
  const found = best === 'highest' ? Math.max(...known) : best === 'lowest' ? Math.min(...known) : Number.NaN
  const bestText = known.length < 2 ? null : (texts[values.indexOf(found)] ?? null)
  const isTold = texts.some((text) => text !== MISSING && text !== bestText)
  return texts.map((text) => ({ text, isBest: isTold && text === bestText }))
}
