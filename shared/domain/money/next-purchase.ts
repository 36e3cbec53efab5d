import type { PathModel } from '../ahead/simulate/path-model.ts'
import { correlatedPaths } from '../ahead/simulate/correlated-paths.ts'
import type { PathChoices } from '../ahead/simulate/correlated-paths.ts'
import { quantileAt } from '../ahead/simulate/simulate.ts'
import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import { hashpriceUsdPerPhDay } from '../chain/network.ts'
import { acceptedPhsAt, cashAt } from '../decision/cash-curve.ts'
import { isDecided } from '../decision/clearing/demand-curve.ts'
import { cashOn, overStages, plainCash, pricedCash } from '../decision/fleet-cash.ts'
import type { FleetCash } from '../decision/fleet-cash.ts'
import { offersAtPrices } from '../decision/rows-cash.ts'
import { ownPriceUsdPerKwh } from '../decision/sites/offers.ts'
import { lotsAt } from '../decision/sites/lots.ts'
import { siteLots } from '../decision/sites/site-lots.ts'
import { fleetFrom, ownElseSite } from '../fleet/columns.ts'
import type { Machine } from '../fleet/fleet.ts'
import { PLAIN_MACHINE } from '../fleet/fleet.ts'
import { prepareMargins } from '../margins/fleet-margins.ts'
import { W_PER_KW } from '../units.ts'
import { flatFeeUsdPerDay } from './cost-bridge.ts'
import { checkAsset } from './depreciation.ts'
import { epochsUntil } from './epochs-of-life.ts'
import { internalRatePerYear, npvUsd, periodRate } from './npv.ts'
import { paybackAlongDays, staticPaybackDays } from './payback.ts'
import type { PurchaseCase, PurchasePlan } from './purchase-returns.ts'

/** A machine that can be bought: figures of one. */
export type MachineOffer = {
  readonly model: string
  readonly hashrateThs: number
  /** at the wall, W */
  readonly powerW: number
  readonly priceUsd: number
}

/** What a new machine takes from the place where it is to run. */
export type MachineTerms = Pick<Machine, 'uptime' | 'poolFee' | 'hostShare' | 'standbyW' | 'fixedUsdPerDay'>

export type NextPlan = Pick<PurchasePlan, 'assumptions'> & {
  readonly offers: readonly MachineOffer[]
  readonly discountRatePerYear: number
  readonly lifeDays: number
  /** of the price, what a machine fetches at the end of its life, 0..1 */
  readonly salvageShare: number
  readonly terms: MachineTerms
  readonly paths: number
  readonly seed: number
  readonly model: PathModel
  readonly startSpread?: PathChoices['startSpread']
  /** what the list is ranked by */
  readonly rankBy: 'megawatt' | 'dollar'
}

/** Of the paths; NaN where no chance is drawn. */
export type NpvRange = {
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

export type RankedOffer = {
  readonly offer: MachineOffer
  readonly jPerTh: number
  readonly usdPerThs: number
  /** at the meter while it runs, MW */
  readonly megawatts: number
  /** of today, USD/day */
  readonly cashUsdPerDay: number
  /** the hashprice below which it stops today, USD/PH/s/day; NaN where it has none */
  readonly stopsBelowUsdPerPhDay: number
  /** along the stated projection, of one machine */
  readonly npvUsd: number
  readonly internalRatePerYear: number
  readonly staticPaybackDays: number
  readonly paybackAlongDays: number
  /** of one machine */
  readonly range: NpvRange
  /** share of the paths on which it is worth less than it costs */
  readonly probabilityOfLoss: number
  /** npv and range over megawatts and over the price */
  readonly perMegawatt: { readonly npvUsd: number; readonly range: NpvRange }
  readonly perDollar: { readonly npvUsd: number; readonly range: NpvRange }
}

/**
 * What new machines would be worth at a site, bought and running today, the best first: by the net present value along the stated
 * projection, of a megawatt or of a dollar. A machine stops while hashing costs more than standing still, on every path. Energy costs
 * what the site pays; where what one machine takes changes what another pays, what the next kWh costs it: a single machine is too small to
 * move that price, many are not. The range is that of paths of price and hashrate around the projection, whose days count.
 *
 * @param site row of the site columns
 * @param estimate what chance is drawn from; null: no range
 * @throws RangeError that names the offer or the field, or site and field of a contract
 */
export function nextPurchases(
  of: PurchaseCase,
  site: number,
  plan: NextPlan,
  estimate: AdjustmentEstimate | null,
): readonly RankedOffer[] {
  const { discountRatePerYear, lifeDays, salvageShare } = plan
  checkPlan(plan)
  const candidates = candidatesAt(of, site, plan)
  const epochs = epochsUntil(of.network, of.adjustment, plan.assumptions, lifeDays)
  const ranges = estimate === null ? null : pathValues(of, plan, estimate, epochs, candidates)
  const today = hashpriceUsdPerPhDay(of.network)
  const ranked = candidates.map(({ offer, cash, standingUsdPerDay, megawatts }, i): RankedOffer => {
    const { priceUsd, hashrateThs, powerW } = offer
    const spans = epochs.map(({ startsAtDay, days, hashpriceUsdPerPhDay: hashprice }) => ({
      ...{ startsAtDay, days },
      usdPerDay: cashAt(cashOn(cash, startsAtDay).best, hashprice) - standingUsdPerDay,
    }))
    const flows = [
      { atDay: 0, usd: -priceUsd },
      ...spans.map(({ startsAtDay, days, usdPerDay }) => ({
        atDay: startsAtDay + days,
        usd: usdPerDay * days,
      })),
      { atDay: lifeDays, usd: salvageShare * priceUsd },
    ]
    const now = cashOn(cash, 0).best
    const cashUsdPerDay = cashAt(now, today) - standingUsdPerDay
    const npv = npvUsd(discountRatePerYear, flows)
    const values = ranges?.[i] ?? null
    const range = rangeOf(values)
    const per = (amount: number) => ({
      npvUsd: npv / amount,
      range: { p10: range.p10 / amount, p50: range.p50 / amount, p90: range.p90 / amount },
    })
    return {
      offer,
      jPerTh: powerW / hashrateThs,
      usdPerThs: priceUsd / hashrateThs,
      megawatts,
      cashUsdPerDay,
      stopsBelowUsdPerPhDay: acceptedPhsAt(now, -Infinity) > 0 ? NaN : (now.bendUsdPerPhDay[0] ?? NaN),
      npvUsd: npv,
      internalRatePerYear: internalRatePerYear(flows),
      staticPaybackDays: staticPaybackDays(priceUsd, cashUsdPerDay),
      paybackAlongDays: paybackAlongDays(priceUsd, spans),
      range,
      probabilityOfLoss: values === null ? NaN : values.filter((usd) => usd < 0).length / values.length,
      perMegawatt: per(megawatts),
      perDollar: per(priceUsd),
    }
  })
  const key = ({ perMegawatt, perDollar }: RankedOffer) =>
    plan.rankBy === 'megawatt' ? perMegawatt.npvUsd : perDollar.npvUsd
  return ranked.sort((a, b) => key(b) - key(a))
}

function checkPlan({ offers, lifeDays, salvageShare }: NextPlan): void {
  for (const { model, hashrateThs, powerW, priceUsd } of offers)
    for (const [field, value] of Object.entries({ hashrateThs, powerW, priceUsd }))
      if (!(value > 0 && Number.isFinite(value)))
        throw new RangeError(`${model}, ${field}: must be above 0; it is ${value}`)
  if (!(salvageShare >= 0 && salvageShare <= 1))
    throw new RangeError(`salvageShare: must be from 0 to 1; it is ${salvageShare}`)
  checkAsset({ costUsd: 1, salvageUsd: 0, lifeDays })
}

type Candidate = {
  readonly offer: MachineOffer
  readonly cash: FleetCash
  /** what it costs whether it runs or not */
  readonly standingUsdPerDay: number
  readonly megawatts: number
}

/** One machine of each offer at the site. */
function candidatesAt(
  { prepared, horizon }: PurchaseCase,
  site: number,
  { offers, terms }: NextPlan,
): readonly Candidate[] {
  const { sites } = prepared.basis.fleet
  const place = {
    name: sites.name[site]!,
    powerPriceUsdPerKwh: sites.powerPriceUsdPerKwh[site]!,
    otherUsdPerKwh: sites.otherUsdPerKwh[site]!,
    overhead: sites.overhead[site]!,
  }
  const machines = offers.map(({ model, hashrateThs, powerW }) => ({
    ...{ ...PLAIN_MACHINE, ...terms, id: model, model, hashrateThs, powerW, site: place.name },
    ...{ powerPriceUsdPerKwh: NaN, otherUsdPerKwh: NaN, overhead: NaN },
  }))
  const basis = prepareMargins(fleetFrom([place], machines))
  const group = prepared.groups.findIndex((each) => each.site === site)
  const at = group === -1 ? null : offersAtPrices(prepared, horizon)[group]!
  const rows = Uint32Array.from(offers, (_, i) => i)
  const lots =
    at === null
      ? null
      : siteLots(
          basis,
          rows,
          {
            hosting: at.contract!.hosting,
            siteUsdPerKwh: ownPriceUsdPerKwh(
              prepared.basis,
              at.rows,
              site,
              prepared.groups[group]!.contract!,
            ),
          },
          null,
          null,
        )
  return offers.map((offer, i) => {
    const isPriced = lots === null ? Number.isFinite(basis.avoidableCostUsdPerDay[i]!) : isDecided(lots, i)
    if (!isPriced)
      throw new RangeError(
        `site ${place.name}, field powerPriceUsdPerKwh: it is not known what energy costs there`,
      )
    const plain = at === null ? plainCash(basis, (row) => row === i) : null
    const one = lots === null ? null : lotsAt(lots, [i])
    return {
      offer,
      cash: overStages(horizon, (t) => [plain ?? pricedCash({ ...at!, lots: one! }, t)]),
      standingUsdPerDay: terms.fixedUsdPerDay + flatFeeUsdPerDay(basis, i, at?.contract?.hosting ?? null),
      megawatts: (offer.powerW / W_PER_KW / 1000) * (1 + ownElseSite(NaN, place.overhead)),
    }
  })
}

/** Present value of every candidate on every path. */
function pathValues(
  { network }: PurchaseCase,
  { discountRatePerYear, lifeDays, salvageShare, assumptions, paths, seed, model, startSpread }: NextPlan,
  estimate: AdjustmentEstimate,
  epochs: readonly { readonly startsAtDay: number; readonly days: number; readonly subsidyBtc: number }[],
  candidates: readonly Candidate[],
): readonly Float64Array[] {
  const walk = correlatedPaths(network, estimate, {
    ...{ ...assumptions, paths, seed, model },
    ...(startSpread === undefined ? {} : { startSpread }),
  })
  const discount = (day: number) => 1 / (1 + periodRate(discountRatePerYear, day))
  const values = candidates.map(({ offer: { priceUsd } }) =>
    new Float64Array(paths).fill(priceUsd * (salvageShare * discount(lifeDays) - 1)),
  )
  const hashprices = new Float64Array(paths)
  for (const { startsAtDay, days, subsidyBtc } of epochs) {
    walk.next(hashprices, subsidyBtc)
    const weight = days * discount(startsAtDay + days)
    candidates.forEach(({ cash, standingUsdPerDay }, i) => {
      const { best } = cashOn(cash, startsAtDay)
      const into = values[i]!
      for (let path = 0; path < paths; path++)
        into[path]! += weight * (cashAt(best, hashprices[path]!) - standingUsdPerDay)
    })
  }
  return values
}

function rangeOf(values: Float64Array | null): NpvRange {
  if (values === null || values.some(Number.isNaN)) return { p10: NaN, p50: NaN, p90: NaN }
  const ascending = values.slice().sort()
  return { p10: quantileAt(ascending, 0.1), p50: quantileAt(ascending, 0.5), p90: quantileAt(ascending, 0.9) }
}

/**
 * What machines at a site have on the average, each counted; null where the site has none to take it from.
 * Missing standby and fixed cost are 0, as in every other figure of the machine.
 */
export function termsAt({ basis }: PurchaseCase['prepared'], site: number): MachineTerms | null {
  const { machines } = basis.fleet
  const sums = { uptime: 0, poolFee: 0, hostShare: 0, standbyW: 0, fixedUsdPerDay: 0 }
  let count = 0
  for (let row = 0; row < machines.length; row++) {
    if (machines.site[row] !== site) continue
    const quantity = machines.quantity[row]!
    count += quantity
    for (const name of TERMS) sums[name] += quantity * machines[name][row]!
  }
  if (count === 0) return null
  for (const name of TERMS) sums[name] /= count
  return sums
}

const TERMS = ['uptime', 'poolFee', 'hostShare', 'standbyW', 'fixedUsdPerDay'] as const
