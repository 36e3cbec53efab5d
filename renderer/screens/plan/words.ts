import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { Mark } from '#shared/domain/ahead/marks.ts'
import type { Money } from '#shared/format/money.ts'
import { MISSING, number, percentRange, signedPercent } from '#shared/format/numbers.ts'
import { nearDayMonth } from '#shared/format/near-days.ts'
import { calendarMonth, isoDay } from '#shared/format/times.ts'
import type { ChanceEpoch } from '../../engine/plan-protocol.ts'

/** What the charts and tables of the place say. */

const UNTIL: Readonly<Record<Extract<Mark, { kind: 'contract' }>['what'], string>> = {
  'tariff-begins': 'another tariff begins',
  'tariff-ends': 'the tariff ends',
  'prices-end': 'the listed prices end',
  'hand-back-prices-end': 'the prices for power handed back end',
  'events-end': 'the last listed event of a programme ends',
  'peak-hours-end': 'the last listed peak hour ends',
}

/** What a mark is, in a list: `Adjustment, −2.0 % (−3.2 … −0.7 %)`. */
export function markWords(mark: Mark): string {
  switch (mark.kind) {
    case 'adjustment': {
      const range = mark.change80 === null ? 'typed' : percentRange(mark.change80)
      return `Adjustment, ${signedPercent(mark.change)} (${range})`
    }
    case 'halving':
      return 'Halving'
    case 'contract':
      return `${mark.site}: ${UNTIL[mark.what]}`
  }
}

/** The same beside a line of a chart. */
export function markCaption(mark: Mark): string {
  return mark.kind === 'adjustment' ? `Adjustment ${signedPercent(mark.change)}` : markWords(mark)
}

/** What it does or where it is from. */
export function markNote(mark: Mark, money: Money): string {
  if (!mark.isInView) return 'outside this view'
  switch (mark.kind) {
    case 'adjustment':
      return Number.isFinite(mark.usdPerDay) ? `${signedAmount(money, mark.usdPerDay)} a day` : MISSING
    case 'halving':
      return 'the subsidy is halved'
    case 'contract':
      return 'from the contract'
  }
}

/** Figures that stand beside each other, with the same digits: coins while every one is below 100 units, whole units above. */
export function evenly(money: Money, usd: readonly number[]): readonly string[] {
  const units = usd.map(money.units)
  const largest = Math.max(0, ...units.filter(Number.isFinite).map(Math.abs))
  return units.map((each) => money.written(each, largest >= 99.995 ? 0 : money.decimals))
}

const signedAmount = (money: Money, usd: number): string => `${usd > 0 ? '+' : ''}${money.amount(usd)}`

/** A beginning of an epoch: a day, else days from now. */
export function startWords(startsAtMs: number, startsAtDay: number): string {
  if (Number.isFinite(startsAtMs)) return nearDayMonth(startsAtMs, startsAtMs - startsAtDay * MS_PER_DAY)
  return startsAtDay === 0 ? 'now' : `day ${number(startsAtDay)}`
}

/** When a mark is. The block of a halving comes when it comes: far ahead only its month is told. */
export function markDay({ kind, atMs, atDay, isInView }: Mark): string {
  if (kind !== 'halving') return startWords(atMs, atDay)
  return `≈ ${isInView || !Number.isFinite(atMs) ? startWords(atMs, atDay) : calendarMonth(isoDay(atMs))}`
}

/** One epoch of the fan, read aloud. */
export function epochWords(
  money: Money,
  start: string,
  lineUsdPerDay: number,
  chance: ChanceEpoch | null,
): string {
  const line = `${start}: ${money.amount(lineUsdPerDay)} a day without chance`
  if (chance === null) return `${line}.`
  const { p5, p25, p50, p75, p95 } = chance.marginUsdPerDay
  return (
    `${line}; half of all paths below ${money.amount(p50)}, half between ${money.amount(p25)} and ${money.amount(p75)}, ` +
    `nine in ten between ${money.amount(p5)} and ${money.amount(p95)}; ${number(chance.probabilityOfLoss * 100)} of 100 below nought.`
  )
}

/** Whole per cent without the sign, as the cells of the table of lots have it. */
export function chanceCell(share: number): string {
  if (!Number.isFinite(share)) return MISSING
  const whole = Math.round(share * 100)
  // Never sure where one path says otherwise.
  if (whole === 100 && share < 1) return '99'
  if (whole === 0 && share > 0) return '<1'
  return number(whole)
}
