import { ownElseSite } from '../../fleet/columns.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { MACHINE_STATUSES, RUNNING } from '../../fleet/fleet.ts'
import { powerPriceUsdPerKwhAt } from '../../margins/fleet-margins.ts'
import { includesEnergy } from '../../power/hosting.ts'
import type { SiteContract } from '../../power/site-contract.ts'
import type { PriceSource, SiteSupply, SupplySteps } from '../../power/supply.ts'
import { powerCostUsdPerHour } from '../../power/supply-steps.ts'
import { W_PER_KW } from '../../units.ts'
import type { SiteAdvice } from '../advice.ts'
import type { Prepared } from '../prepare.ts'

/** What a kWh costs a site in the interval that contains now. Power is at the meter. */
export type SiteNow = {
  readonly pricesFrom: PriceSource
  /** as it runs, kW, machines that are off with their standby */
  readonly asIsKw: number
  /** as advised, kW; as it runs where nothing is advised */
  readonly takeKw: number
  /** each of the kWh that it takes, on average, USD/kWh; of the first where it takes none; NaN where no price is known */
  readonly meanUsdPerKwh: number
  /** λ: what one more would cost, USD/kWh; where a cap is reached what one more would be worth */
  readonly nextUsdPerKwh: number
  /** the power that it is offered by rising price; the last step is without end (Infinity) unless there is a cap */
  readonly steps: Pick<SupplySteps, 'kw' | 'usdPerKwh'>
  /** no more can be had */
  readonly isAtCap: boolean
  /** the end of the interval, unix ms; NaN: no date is known, or the price does not change */
  readonly untilMs: number
}

/**
 * Every site of the fleet as it is now, in the order of its sites.
 * @param advised what is said of sites with a contract; empty where nothing can be decided
 */
export function sitesNow(prepared: Prepared, advised: readonly SiteAdvice[]): readonly SiteNow[] {
  const { fleet } = prepared.basis
  const drawn = drawnNow(fleet)
  const contractOf = new Map(prepared.groups.map(({ site, contract }) => [site, contract]))
  return drawn.map(({ kw, pricedKw, usdPerHour }, site) => {
    const advice = advised.find((each) => each.site === site)
    const supply = prepared.kept.offers?.find((each) => each.site === site)?.supply ?? null
    if (advice !== undefined && supply !== null) return underSupply(advice, supply, kw)
    // What a contract costs is known once there is an advice.
    const pricesFrom = sourceOf(contractOf.get(site) ?? null)
    const isKnown = pricesFrom === 'fleet'
    const price = isKnown ? fleet.sites.powerPriceUsdPerKwh[site]! : NaN
    return {
      pricesFrom,
      asIsKw: kw,
      takeKw: kw,
      meanUsdPerKwh: isKnown && pricedKw > 0 ? usdPerHour / pricedKw : price,
      nextUsdPerKwh: price,
      steps: { kw: [Infinity], usdPerKwh: [price] },
      isAtCap: false,
      untilMs: NaN,
    }
  })
}

/** Where a contract says that its prices come from; null: there is none. */
function sourceOf(contract: SiteContract | null): PriceSource {
  if (contract === null) return 'fleet'
  if (includesEnergy(contract.hosting)) return 'host'
  if (contract.market !== null) return 'market-horizon'
  return contract.tariffs.length > 0 ? 'tariff' : 'fleet'
}

function underSupply(advice: SiteAdvice, supply: SiteSupply, asIsKw: number): SiteNow {
  const { alternatives } = supply.groups[supply.intervals.group[0]!]!
  const takeKw = advice.hours[0]?.powerKw ?? advice.powerKw
  const { kw, usdPerKwh } = cheapest(alternatives, takeKw)
  const capKw = advice.contract.capKw ?? Infinity
  const next = advice.marginalEnergyUsdPerKwh.now
  return {
    pricesFrom: advice.pricesFrom,
    asIsKw,
    takeKw,
    meanUsdPerKwh: takeKw > 0 ? powerCostUsdPerHour(alternatives, takeKw) / takeKw : usdPerKwh[0]!,
    nextUsdPerKwh: next,
    steps: { kw, usdPerKwh },
    // A peak charge raises the next kWh as a cap does, at any power.
    isAtCap: next > usdPerKwh.at(-1)! && takeKw > capKw * (supply.peakCharge === null ? 0 : NEARLY),
    untilMs: advice.hours.length === 0 ? NaN : changeMs(supply),
  }
}

/** A whole machine more would not fit: the rest below the cap is of no use. */
const NEARLY = 0.9

/** The first change of the price; NaN where there is none. */
function changeMs({ intervals, groups }: SiteSupply): number {
  const price = (i: number) => groups[intervals.group[i]!]!.energyUsdPerKwh
  for (let i = 1; i < intervals.length; i++) if (price(i) !== price(0)) return intervals.atMs[i]!
  return NaN
}

/** Of alternatives the one under which this power costs least. */
function cheapest(alternatives: readonly SupplySteps[], kw: number): SupplySteps {
  const cost = (steps: SupplySteps) => powerCostUsdPerHour([steps], kw)
  return alternatives.reduce((best, steps) => (cost(steps) < cost(best) ? steps : best))
}

const OFF = MACHINE_STATUSES.indexOf('off')

type Drawn = { kw: number; pricedKw: number; usdPerHour: number }

/** What each site draws as it runs, and what that would cost at the fleet's prices. One pass. */
function drawnNow(fleet: Fleet): readonly Drawn[] {
  const { machines, sites } = fleet
  const drawn = Array.from(sites.name, (): Drawn => ({ kw: 0, pricedKw: 0, usdPerHour: 0 }))
  for (let row = 0; row < machines.length; row++) {
    const site = machines.site[row]!
    const status = machines.status[row]!
    if (status !== RUNNING && status !== OFF) continue
    const watts = status === RUNNING ? machines.powerW[row]! : machines.standbyW[row]!
    if (Number.isNaN(watts)) continue
    const overhead = ownElseSite(machines.overhead[row]!, sites.overhead[site]!)
    const kw = (machines.quantity[row]! * (1 + overhead) * watts) / W_PER_KW
    const at = drawn[site]!
    at.kw += kw
    const price = powerPriceUsdPerKwhAt(fleet, row)
    if (Number.isNaN(price)) continue
    at.pricedKw += kw
    at.usdPerHour += kw * price
  }
  return drawn
}
