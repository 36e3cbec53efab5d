import type { DailyColumn } from './daily-series.ts'

/** 2018-01-01, days since 1970-01-01 UTC */
const DAY_2018 = 17_532

type Bounds = {
  readonly least: number
  readonly most: number
  /** below it no day since 2018 was; null: nothing can be said */
  readonly leastSince2018: number | null
  readonly unit: string
  /** units that people mix up with ours, and how many ours are in one of theirs */
  readonly slips: readonly (readonly [unit: string, factor: number])[]
}

/**
 * Bounds of a day's values. Nothing has come near them, so a value beyond is a wrong unit or a fault. Early days
 * were so small that only those since 2018 have a floor.
 */
export const DAILY_BOUNDS: Readonly<Record<DailyColumn, Bounds>> = {
  priceUsd: {
    least: 0,
    most: 10_000_000,
    leastSince2018: 1_000,
    unit: 'USD',
    slips: [
      ['cents', 1e-2],
      ['thousands of USD', 1e3],
    ],
  },
  hashrateEhs: {
    least: 0,
    most: 100_000,
    leastSince2018: 5,
    unit: 'EH/s',
    slips: [
      ['PH/s', 1e-3],
      ['TH/s', 1e-6],
      ['GH/s', 1e-9],
      ['H/s', 1e-18],
      ['ZH/s', 1e3],
    ],
  },
  difficulty: {
    least: 1,
    most: 1e17,
    leastSince2018: 1e12,
    unit: 'hashes per block ÷ 2³²',
    slips: [
      ['T (10¹²)', 1e12],
      ['hashes per block', 2 ** -32],
    ],
  },
  issuanceBtc: { least: 0, most: 100_000, leastSince2018: null, unit: 'BTC', slips: [['satoshi', 1e-8]] },
  feesBtc: { least: 0, most: 10_000, leastSince2018: null, unit: 'BTC', slips: [['satoshi', 1e-8]] },
  marketCapUsd: {
    least: 0,
    most: 1e15,
    leastSince2018: 1e10,
    unit: 'USD',
    slips: [
      ['cents', 1e-2],
      ['millions of USD', 1e6],
      ['billions of USD', 1e9],
    ],
  },
  transferValueUsd: {
    least: 0,
    most: 1e13,
    leastSince2018: 1e7,
    unit: 'USD',
    slips: [
      ['cents', 1e-2],
      ['millions of USD', 1e6],
      ['billions of USD', 1e9],
    ],
  },
  minerNetFlowBtc: {
    least: -1_000_000,
    most: 1_000_000,
    leastSince2018: null,
    unit: 'BTC',
    slips: [['satoshi', 1e-8]],
  },
}

/** Least and most that a column may be on a day, in its unit. Days since 1970-01-01 UTC. */
export function dailyRange(column: DailyColumn, day: number): readonly [least: number, most: number] {
  const { least, most, leastSince2018 } = DAILY_BOUNDS[column]
  return [day >= DAY_2018 && leastSince2018 !== null ? leastSince2018 : least, most]
}

/** Whether a value can be the column's on that day; NaN cannot. */
export function isWithinDailyBounds(column: DailyColumn, day: number, value: number): boolean {
  const [least, most] = dailyRange(column, day)
  return value >= least && value <= most
}

/**
 * What is wrong with a value and which unit it may be in, as the end of a sentence that names it; null where nothing is.
 * @param typical a value to guess the unit from, e.g. the column's last: what was small in one unit was large in another
 */
export function dailyFault(
  column: DailyColumn,
  day: number,
  value: number,
  typical: { readonly day: number; readonly value: number } = { day, value },
): string | null {
  if (isWithinDailyBounds(column, day, value)) return null
  const [least, most] = dailyRange(column, day)
  const { unit, slips } = DAILY_BOUNDS[column]
  const meant = slips.find(([, factor]) => isWithinDailyBounds(column, typical.day, typical.value * factor))
  const guess = meant === undefined ? '' : ` Is it in ${meant[0]}?`
  return `${value} is not between ${least} and ${most} ${unit}.${guess}`
}
