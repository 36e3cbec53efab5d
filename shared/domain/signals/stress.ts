import type { DailySeries } from './daily-series.ts'
import { puellState } from './puell.ts'
import type { Signals } from './signals.ts'

export const STRESS_SIGNS = ['hashRibbons', 'puell', 'hashprice', 'minerNetFlow'] as const
export type StressSign = (typeof STRESS_SIGNS)[number]

/** A hashprice in the lowest tenth of its last 365 days is a sign. */
export const LOW_HASHPRICE_PERCENTILE = 0.1
/** Hashprice sinks over the years, so that one sign alone is on for much of the time: stress takes two. */
export const SIGNS_OF_STRESS = 2
/** A sign older than this many days no longer speaks for the last day. */
const NEWEST_DAYS = 4

export type StressLevel = 'stress' | 'one sign' | 'none'

export type Stress = {
  /** null where it is not known */
  readonly signs: Readonly<Record<StressSign, boolean | null>>
  /** null where fewer than two signs are known */
  readonly level: StressLevel | null
}

type Columns = Signals['columns']

/**
 * Which signs of stress among miners are on at a row, our own rule: hash ribbons in capitulation, Puell multiple
 * below 0.5, hashprice in the lowest tenth of 365 days, a wave of miner net flow. Two or more are stress.
 * It is context for a reader and never an input of a verdict.
 *
 * @param lookBackDays where a sign has no value at the row, its newest one of so many days before counts
 */
export function stressAt(columns: Columns, row: number, lookBackDays = 0): Stress {
  const signs = {
    hashRibbons: known(row, lookBackDays, (i) => is(columns.ribbons.states[i], 'capitulation')),
    puell: known(row, lookBackDays, (i) => is(puellState(columns.puell[i] ?? NaN), 'low')),
    hashprice: known(row, lookBackDays, (i) => {
      const percentile = columns.hashpricePercentile1y[i] ?? NaN
      return Number.isNaN(percentile) ? null : percentile <= LOW_HASHPRICE_PERCENTILE
    }),
    minerNetFlow: known(row, lookBackDays, (i) => is(columns.flow.states[i], 'wave')),
  }
  return { signs, level: levelOf(Object.values(signs)) }
}

const is = (state: string | null | undefined, sign: string) =>
  state === null || state === undefined ? null : state === sign

function known<T>(row: number, lookBackDays: number, read: (row: number) => T | null): T | null {
  for (let i = row; i >= Math.max(0, row - lookBackDays); i--) {
    const value = read(i)
    if (value !== null) return value
  }
  return null
}

function levelOf(signs: readonly (boolean | null)[]): StressLevel | null {
  const on = signs.filter((sign) => sign === true).length
  if (signs.filter((sign) => sign !== null).length < SIGNS_OF_STRESS) return null
  return on >= SIGNS_OF_STRESS ? 'stress' : on > 0 ? 'one sign' : 'none'
}

/** Days of stress and value-zone NVT with less than this between them are one spell. */
const SAME_SPELL_DAYS = 30
const OUTCOME_DAYS = 365

/** How it went after the times at which miners were under stress while dynamic NVT stood in its value zone. */
export type PastSpells = {
  /** first day on which both are known; null: never yet */
  readonly since: string | null
  /** spells that began at least a year before the last price */
  readonly spells: number
  /** of them those after whose first day the price stood higher, or lower, 365 days later */
  readonly higher: number
  readonly lower: number
}

/** The combination as it is now, and what followed it in the same history. */
export type Combination = {
  readonly stress: Stress
  readonly nvt: 'value' | 'neutral' | 'overheated' | null
  readonly past: PastSpells
}

/** Both halves at the last day, or a few days before it where a column ends earlier, and the earlier spells. */
export function combinationOf(series: DailySeries, { columns }: Signals): Combination {
  const last = series.dates.length - 1
  return {
    stress: stressAt(columns, last, NEWEST_DAYS),
    nvt: known(last, NEWEST_DAYS, (i) => columns.nvt.states[i] ?? null),
    past: pastSpells(series, columns),
  }
}

function pastSpells(series: DailySeries, columns: Columns): PastSpells {
  const { dates, priceUsd } = series
  let since: string | null = null
  let lastDay = -Infinity
  let higher = 0
  let lower = 0
  let spells = 0
  for (let i = 0; i < dates.length; i++) {
    const nvt = columns.nvt.states[i] ?? null
    const { level } = stressAt(columns, i)
    if (nvt === null || level === null) continue
    since ??= dates[i]!
    if (nvt !== 'value' || level !== 'stress') continue
    const change = (priceUsd[i + OUTCOME_DAYS] ?? NaN) - priceUsd[i]!
    if (i - lastDay > SAME_SPELL_DAYS && !Number.isNaN(change)) {
      spells++
      if (change > 0) higher++
      if (change < 0) lower++
    }
    lastDay = i
  }
  return { since, spells, higher, lower }
}
