import { advise } from '../decision/advise.ts'
import type { Advice } from '../decision/advice.ts'
import type { CaseInputs } from '../decision/case-inputs.ts'
import { riskOf } from '../decision/case-inputs.ts'
import { emptyDecisions } from '../decision/decisions.ts'
import type { Horizon } from '../decision/horizon.ts'
import { FITTED_HASHPRICE_VOLATILITY_PER_YEAR } from '../ahead/simulate/path-model.ts'
import type { Market } from '../decision/market.ts'
import { marketOf } from '../decision/market.ts'
import { groupAt, prepare } from '../decision/prepare.ts'
import type { Prepared } from '../decision/prepare.ts'
import { offersOver } from '../decision/sites/offers.ts'
import type { SiteOffer } from '../decision/sites/site-offer.ts'
import { TIE } from '../decision/words.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { MACHINE_STATUSES, RUNNING } from '../fleet/fleet.ts'
import { breakevenHashpriceUsdPerPhDay } from '../margins/margin.ts'
import { hashpriceHistory } from '../signals/hashprice-history.ts'
import { MS_PER_DAY } from '../units.ts'
import { gapsOf } from './gaps.ts'
import { groupedLots } from './grouped-lots.ts'
import type { GroupedLots } from './grouped-lots.ts'
import { heldInputs, knownPrices } from './held.ts'
import { createKnownDays, dayOf } from './known-days.ts'
import type { DaysPast } from './known-days.ts'
import { noDayWays } from './ledger.ts'
import type { DayWays } from './ledger.ts'
import { addDay, closed, monthOf, totalOf } from './months.ts'
import type { OpenMonth } from './months.ts'
import { plainLots } from './plain-lots.ts'
import type { PlainLots } from './plain-lots.ts'
import type { Stage } from '../ahead/stage.ts'
import type { Backtest } from './result.ts'

/** What is looked back on: a fleet as it stands, its agreements as they stand, and the days. */
export type BacktestCase = {
  readonly fleet: Fleet
  /** with the limits of the operator: days from one review to the next, and σ */
  readonly inputs: CaseInputs
  /** the moment whose rates of currencies count, unix ms */
  readonly heldAtMs: number
  /** days over which a verdict is weighed; null: until the adjustment and 14 days */
  readonly horizonDays: number | null
  readonly past: DaysPast
  /** first and last day of the period, YYYY-MM-DD, both included */
  readonly fromDay: string
  readonly toDay: string
}

/** How far it is, with the day that was done: what it brought by the ways that are known day by day; null of a day without values. */
export type BacktestStep = {
  readonly done: number
  readonly total: number
  readonly day: string
  readonly ways: DayWays | null
}

/** All in one go. @throws RangeError as {@link backtestSteps} */
export function backtest(given: BacktestCase): Backtest {
  const steps = backtestSteps(given)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/**
 * What the advice would have earned, day by day. At each review the advice is what {@link advise} says of the fleet as the advice has left
 * it, on what was known when the day began; until the next review its plans are followed by their dates. What a day earned counts at
 * the day's own hashprice.
 * @throws RangeError where the period is no period or not in the history, and where a contract asks for what cannot be
 */
export function* backtestSteps(given: BacktestCase): Generator<BacktestStep, Backtest> {
  const { past } = given
  const inputs = heldInputs(given.inputs, given.heldAtMs)
  const { reviewDays, volatilityPerYear } = riskOf(inputs)
  const { from, to, firstMs } = periodOf(given)
  const startMs = (row: number) => firstMs + row * MS_PER_DAY
  const hashprices = hashpriceHistory({
    ...past,
    dates: Array.from(past.priceUsd, (_, row) => dayOf(startMs(row))),
  })
  const knownAt = createKnownDays(past)

  const status = given.fleet.machines.status.slice()
  const fleet = withStatus(given.fleet, status)
  // What days are worth is computed of a fleet that runs: nothing of it hangs on what the advice does.
  const worth = prepare(withStatus(given.fleet, status.map(asIfItRan)), inputs)
  let prepared = prepare(fleet, inputs)
  const plain = plainLots(worth.basis, (row) => groupAt(worth, row) === -1, worth.policies, status)
  const decisions = emptyDecisions(fleet.machines.length)

  let grouped: readonly GroupedLots[] | null = null
  let decided: { readonly market: Market; readonly advice: Advice } | null = null
  let nextReviewMs = -Infinity
  let isRuleOn: boolean | null = null
  const months: OpenMonth[] = []

  for (let row = from; row <= to; row++) {
    const day = dayOf(startMs(row))
    const month = monthOf(months, day)
    if (month !== months.at(-1)) {
      if (months.length > 0) endMonth()
      months.push(month)
    }
    month.days++
    const known = knownAt.at(row)
    const hashprice = hashprices[row]!
    if (!Number.isFinite(hashprice)) {
      month.missingDays++
      yield { done: row - from + 1, total: to - from + 1, day, ways: null }
      continue
    }
    month.hashprices += hashprice
    const offers = offersOver(worth, dayHorizon(startMs(row), hashprice))
    grouped ??= begun(offers)
    if (known !== null && startMs(row) >= nextReviewMs) {
      nextReviewMs = Math.max(nextReviewMs, startMs(row))
      while (nextReviewMs <= startMs(row)) nextReviewMs += reviewDays * MS_PER_DAY
      const market = marketOf(
        known,
        { change: null, horizonDays: given.horizonDays, ...riskOf(inputs) },
        startMs(row),
      )
      prepared = prepare(fleet, inputs, prepared.basis)
      const advice = advise(knownPrices(prepared, startMs(row) + MS_PER_DAY), market, decisions)
      plain.review()
      if (advice !== null) {
        decided = { market, advice }
        for (const group of grouped) group.review(advice, nextReviewMs)
      }
      isRuleOn = market.hashpriceUsdPerPhDay >= averageBreakeven(worth, plain, grouped)
    }
    const ways = noDayWays()
    const stages = decided?.market.stages ?? []
    plain.day(
      hashprice,
      ways,
      isRuleOn ?? true,
      decided === null ? null : decisions,
      stages.length,
      stageAt(stages, startMs(row)),
    )
    grouped.forEach((group, g) => {
      group.day(offers[g]!, ways, isRuleOn ?? true)
      group.rows.forEach((at, lot) => {
        const of = 2 * group.running(lot) - fleet.machines.quantity[at]!
        if (group.takesPart[lot] === 1 && of !== 0) status[at] = of > 0 ? RUNNING : OFF
      })
    })
    addDay(month, ways)
    yield { done: row - from + 1, total: to - from + 1, day, ways }
  }
  endMonth()
  const groups = grouped ?? []
  const hindsight = [plain, ...groups].map((lots) => lots.hindsight())
  const ended = months.map((month, m) =>
    closed(
      month,
      hindsight.map((sums) => sums[m]!),
    ),
  )
  const total = totalOf(ended)
  const machines = groups.reduce((sum, group) => sum + group.machines, plain.machines)
  return {
    ...{ fromDay: given.fromDay, toDay: given.toDay, reviewDays },
    volatilityPerYear: volatilityPerYear ?? FITTED_HASHPRICE_VOLATILITY_PER_YEAR,
    months: ended,
    total,
    reachedShare: reachedShareOf(total),
    gaps: gapsOf(past, from, to),
    machines,
    machinesLeftOut: fleet.machines.quantity.reduce((sum, each) => sum + each, 0) - machines,
    boundedSites: groups.flatMap(({ isBounded, site }) => (isBounded ? [fleet.sites.name[site]!] : [])),
  }

  /** Months that are over had no day with values. */
  function begun(offers: readonly SiteOffer[]): readonly GroupedLots[] {
    const groups = offers.map((offer) => groupedLots(offer, status))
    for (const group of groups) for (let m = 1; m < months.length; m++) group.endMonth()
    return groups
  }

  function endMonth(): void {
    plain.endMonth()
    for (const group of grouped ?? []) group.endMonth()
  }
}

const OFF = MACHINE_STATUSES.indexOf('off')

const withStatus = ({ machines, sites }: Fleet, status: Uint8Array): Fleet => ({
  machines: { ...machines, status },
  sites,
})

const asIfItRan = (status: number) => (status === OFF ? RUNNING : status)

/** The rows of the period. @throws RangeError */
function periodOf({ past, fromDay, toDay }: BacktestCase) {
  const firstMs = Date.parse(`${past.fromDay}T00:00:00Z`)
  const rowOf = (day: string) => (Date.parse(`${day}T00:00:00Z`) - firstMs) / MS_PER_DAY
  const from = rowOf(fromDay)
  const to = rowOf(toDay)
  if (!(from <= to)) throw new RangeError(`from: ${fromDay} is after the last day, ${toDay}`)
  if (from < 0 || to >= past.priceUsd.length)
    throw new RangeError(
      `from: the history has the days from ${past.fromDay} to ${dayOf(firstMs + (past.priceUsd.length - 1) * MS_PER_DAY)}; ${from < 0 ? fromDay : toDay} is none of them`,
    )
  return { from, to, firstMs }
}

/** One day by itself, at the hashprice that it had. */
function dayHorizon(fromMs: number, hashpriceUsdPerPhDay: number): Horizon {
  const stage: Stage = {
    opensWith: 'now',
    fromMs,
    days: 1,
    subsidyBtc: NaN,
    difficulty: NaN,
    hashpriceUsdPerPhDay,
  }
  return {
    stages: [stage],
    days: 1,
    isPerDay: false,
    volatilityPerYear: 0,
    reviewDays: 1,
    changeBelow: null,
    drawn: null,
  }
}

/** The stage in which a moment lies; rounding must not make it the one before. */
function stageAt(stages: readonly Stage[], atMs: number): number {
  return Math.max(
    stages.findLastIndex(({ fromMs }) => fromMs <= atMs + 1),
    0,
  )
}

/** Of the fleet as it would run: Σ avoidable cost ÷ Σ accepted PH/s, USD/PH/s/day. NaN where nothing is accepted. */
function averageBreakeven({ basis }: Prepared, plain: PlainLots, grouped: readonly GroupedLots[]): number {
  let phs = 0
  let usd = 0
  const add = (row: number) => {
    phs += basis.acceptedPhs[row]!
    usd += basis.avoidableCostUsdPerDay[row]!
  }
  plain.rows.forEach(add)
  for (const { rows, takesPart } of grouped)
    rows.forEach((row, lot) => {
      if (takesPart[lot] === 1) add(row)
    })
  return breakevenHashpriceUsdPerPhDay(usd, phs)
}

function reachedShareOf({ advice, alwaysOn, hindsight }: Backtest['total']): number {
  const most = hindsight.cashUsd - alwaysOn.cashUsd
  // What is left by rounding is no gain.
  return most > TIE * Math.max(1, Math.abs(hindsight.cashUsd))
    ? (advice.cashUsd - alwaysOn.cashUsd) / most
    : NaN
}
