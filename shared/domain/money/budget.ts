import { HOURS_PER_DAY } from '../units.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../margins/margin.ts'
import { rewardBtcPerPhDay } from '../chain/network.ts'
import { shapleyEffects } from './shapley.ts'

/** A month or any other period, as planned or as it was; means over the period. */
export type PeriodFigures = {
  readonly priceUsdPerBtc: number
  readonly difficulty: number
  /** subsidy and fees */
  readonly rewardBtcPerBlock: number
  /** share of the period that the machines hashed, 0..1 */
  readonly uptime: number
  /** everything that stops with the machines, USD/kWh */
  readonly tariffUsdPerKwh: number
  /** of all machines while they run, after pool fee and host's share */
  readonly hashratePhs: number
  /** of all machines while they run, overhead included */
  readonly powerKw: number
}

/** What can differ between plan and actual; `fleet` is hashrate and power together. */
export const VARIANCE_CAUSES = ['price', 'difficulty', 'reward', 'uptime', 'tariff', 'fleet'] as const
export type VarianceCause = (typeof VARIANCE_CAUSES)[number]

const FIELDS_OF: Readonly<Record<VarianceCause, readonly (keyof PeriodFigures)[]>> = {
  price: ['priceUsdPerBtc'],
  difficulty: ['difficulty'],
  reward: ['rewardBtcPerBlock'],
  uptime: ['uptime'],
  tariff: ['tariffUsdPerKwh'],
  fleet: ['hashratePhs', 'powerKw'],
}

export type BudgetVariance = {
  readonly planUsd: number
  readonly actualUsd: number
  readonly varianceUsd: number
  /** what each cause did to the margin, USD; they add up to the variance */
  readonly effectsUsd: Readonly<Record<VarianceCause, number>>
}

/** Cash margin of a period, USD: days · uptime · (PH/s · reward · price − 24 · kW · tariff). */
export function periodMarginUsd(figures: PeriodFigures, days: number): number {
  const { priceUsdPerBtc, difficulty, rewardBtcPerBlock, uptime, tariffUsdPerKwh } = figures
  const hashprice = rewardBtcPerPhDay(rewardBtcPerBlock, difficulty) * priceUsdPerBtc
  return (
    days *
    uptime *
    cashMarginUsdPerDay(
      revenuePerDay(figures.hashratePhs, hashprice),
      HOURS_PER_DAY * figures.powerKw * tariffUsdPerKwh,
    )
  )
}

/**
 * Why the margin of a period was not what was planned, cause by cause, see {@link shapleyEffects}.
 * @throws RangeError that names plan or actual and the field
 */
export function budgetVariance(plan: PeriodFigures, actual: PeriodFigures, days: number): BudgetVariance {
  check(plan, 'plan')
  check(actual, 'actual')
  if (!(days > 0 && Number.isFinite(days))) throw new RangeError(`days: must be above 0; it is ${days}`)
  const margin = (set: number) => {
    const mixed: Record<keyof PeriodFigures, number> = { ...plan }
    VARIANCE_CAUSES.forEach((cause, bit) => {
      if ((set & (1 << bit)) !== 0) for (const field of FIELDS_OF[cause]) mixed[field] = actual[field]
    })
    return periodMarginUsd(mixed, days)
  }
  const effects = shapleyEffects(VARIANCE_CAUSES.length, margin)
  const planUsd = periodMarginUsd(plan, days)
  const actualUsd = periodMarginUsd(actual, days)
  return {
    planUsd,
    actualUsd,
    varianceUsd: actualUsd - planUsd,
    effectsUsd: Object.fromEntries(VARIANCE_CAUSES.map((cause, bit) => [cause, effects[bit]!])) as Record<
      VarianceCause,
      number
    >,
  }
}

function check(figures: PeriodFigures, name: string): void {
  for (const [field, value] of Object.entries(figures)) {
    const mayBeNegative = field === 'tariffUsdPerKwh'
    if (!Number.isFinite(value) || (value < 0 && !mayBeNegative))
      throw new RangeError(
        `${name}.${field}: must be ${mayBeNegative ? 'a number' : '0 or more'}; it is ${value}`,
      )
  }
  if (figures.difficulty <= 0)
    throw new RangeError(`${name}.difficulty: must be above 0; it is ${figures.difficulty}`)
  if (figures.uptime > 1) throw new RangeError(`${name}.uptime: must be from 0 to 1; it is ${figures.uptime}`)
}
