import { CENTS_PER_USD, HOURS_PER_DAY, WH_PER_KWH } from '../../units.ts'
import { budgetVariance, periodMarginUsd } from '../budget.ts'
import type { PeriodFigures } from '../budget.ts'
import type { CountedMonth } from './counted.ts'
import type { PoolTerms } from './entry.ts'
import { siteEnergy } from './energy-month.ts'
import { sum } from './hashing.ts'
import { monthNetwork } from './month-network.ts'
import { budgetFigures, nameKey } from './identity.ts'
import type { BudgetMonth, DailyNetwork, LedgerLack, LedgerMonth } from './month.ts'
import { siteHashing } from './site-hashing.ts'

/**
 * What a month was to bring against what it brought, of each site with a budget, by name; the budget of no site is that of all together
 * (docs/ledger-reconciliation.md).
 */
export function budgetMonths(
  counted: CountedMonth,
  pools: readonly PoolTerms[],
  plans: LedgerMonth['plans'],
  network: DailyNetwork | null,
): readonly BudgetMonth[] {
  if (counted.budgets.length === 0) return []
  const hashingAt = siteHashing(counted, pools, plans)
  const market = monthNetwork(network, counted.days)
  const days = counted.days.length
  const bySite = counted.budgets.toSorted((a, b) => (a.entry.site < b.entry.site ? -1 : 1))
  return bySite.map(({ entry: { site }, fact }) => {
    const plan = budgetFigures(fact)
    const planned = plans.filter((of) => site === '' || nameKey(of.site) === nameKey(site))
    const hashing = planned.map((of) => hashingAt(of.site))
    const sites = site === '' && planned.length > 0 ? planned.map((of) => of.site) : [site]
    const energy = siteEnergy(counted, sites, site === '')
    const wh = energy.meterWh ?? energy.invoice.wh
    const missing: LedgerLack[] = []
    if (planned.length === 0) missing.push({ what: 'plan' })
    if ([...market.rewardBtcPerBlock, ...market.difficulty].some(Number.isNaN))
      missing.push({ what: 'network' })
    if (market.priceUsd.some(Number.isNaN)) missing.push({ what: 'price' })
    if (!energy.isBilled) missing.push({ what: 'bill' })
    if (wh === null || wh < 0) missing.push({ what: 'meter' })
    if (missing.length > 0)
      return { site, plan, actual: null, days, variance: null, restUsdCents: null, missing }
    const phs = sum(planned.map((of) => of.plan.hashratePhs))
    const hashedPhs = sum(hashing.map((of) => sum(of.phs))) / days
    const feeShare = weighed(planned, ({ poolFee }) => poolFee)
    const uptime = phs > 0 ? Math.min(1, hashedPhs / phs) : 0
    const hours = days * HOURS_PER_DAY
    const actual: PeriodFigures = {
      priceUsdPerBtc: mean(market.priceUsd),
      // What hashing pays goes with 1 ÷ difficulty.
      difficulty: 1 / mean(market.difficulty.map((each) => 1 / each)),
      rewardBtcPerBlock: mean(market.rewardBtcPerBlock),
      uptime,
      tariffUsdPerKwh:
        wh! > 0 ? energy.invoice.energyUsdCents / CENTS_PER_USD / (wh! / WH_PER_KWH) : plan.tariffUsdPerKwh,
      hashratePhs: (uptime > 0 ? hashedPhs / uptime : phs) * (1 - feeShare),
      powerKw: uptime > 0 ? wh! / WH_PER_KWH / hours / uptime : sum(planned.map((of) => of.plan.powerKw)),
    }
    const ofBooksCents =
      sum(hashing.map((of) => of.revenueUsdCents)) - energy.invoice.usdCents + energy.creditsUsdCents
    return {
      site,
      plan,
      actual,
      days,
      variance: budgetVariance(plan, actual, days),
      restUsdCents: ofBooksCents - Math.round(periodMarginUsd(actual, days) * CENTS_PER_USD),
      missing,
    }
  })
}

type Planned = LedgerMonth['plans']

/** By what the plans hash. */
function weighed(planned: Planned, of: (plan: Planned[number]['plan']) => number): number {
  const weights = planned.map(({ plan }) => plan.hashratePhs * plan.uptime)
  const whole = sum(weights)
  return whole > 0 ? sum(planned.map(({ plan }, index) => of(plan) * weights[index]!)) / whole : 0
}

const mean = (values: Float64Array) => sum(values) / values.length
