import type { Decisions } from '#shared/domain/decision/decide.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { barNames } from '#shared/domain/margins/bar-names.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { breakevenHashpriceUsdPerPhDay } from '#shared/domain/margins/margin.ts'
import type { Strikes } from '#shared/domain/margins/nearest-strikes.ts'
import { nearestStrikes } from '#shared/domain/margins/nearest-strikes.ts'
import type { StrikeIndex } from '#shared/domain/margins/strike-line.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import type { FleetSums } from '#shared/domain/margins/totals.ts'
import { fleetSums, siteSums, totalsOf } from '#shared/domain/margins/totals.ts'
import type { RestsOn } from './order.ts'
import { filteredRows, filterRestsOn, orderRestsOn, sortedRows } from './order.ts'
import type { MarketInputs, Question, ShownLine, SiteFigures } from './protocol.ts'
import { idOrder } from './text-order.ts'
import type { FleetFilter, FleetSort } from './view.ts'
import { isSameFilter, isSameSort } from './view.ts'

/** Bars that fit the height of the chart and can still be hit with a pointer. */
const MOST_BARS = 60

/** Columns that the next computation of the same length may write again. */
type Columns = { readonly basis: MarginBasis; readonly decisions: Decisions | undefined }

/** The fleet as it follows from a question. */
export type Following = {
  readonly basis: MarginBasis
  /** null while the network is not known */
  readonly picture: Picture | null
  readonly realMarginUsdPerDay: number
  readonly line: ShownLine | null
  readonly strikes: Strikes
  /** rows of the fleet from the top of the table to its end */
  readonly shown: Uint32Array
}

/** A fleet and all that is computed from it: each part anew only when something that it rests on is another one. */
export type Computed = {
  readonly fleet: Fleet
  follow: (question: Question) => Following
  /** what {@link follow} gave last */
  shownRows: () => Uint32Array
  siteFigures: () => readonly SiteFigures[]
  columns: () => Columns
  /** objects whose typed arrays are held beside the columns */
  held: () => readonly object[]
}

/** The fleet with sites that pay what is tried where something is tried. */
function withPrices({ machines, sites }: Fleet, prices: ReadonlyMap<number, number>): Fleet {
  if (prices.size === 0) return { machines, sites }
  const powerPriceUsdPerKwh = sites.powerPriceUsdPerKwh.map(
    (price, row) => prices.get(sites.key[row]!) ?? price,
  )
  return { machines, sites: { ...sites, powerPriceUsdPerKwh } }
}

/** How often each part has been made: what was made from an older one is out of date. */
type Versions = Record<RestsOn, number>
type Made<T> = { readonly asked: T; readonly version: number }

const NO_ROWS: Uint32Array = new Uint32Array(0)
const NO_STRIKES: Strikes = { below: null, above: null }

/** @param into columns of a fleet that is no longer needed */
export function compute(fleet: Fleet, into?: Columns): Computed {
  const versions: Versions = { fleet: 0, basis: 0, market: 0 }
  let basis = prepareMargins(fleet, into?.basis)
  let sums = fleetSums(basis)
  // Of the fleet as it is stored; what is tried has sums of its own.
  const realSums = sums
  let prices = '[]'
  let sitesSums: readonly FleetSums[] | null = null
  let strikes: StrikeIndex | null = null
  let byId: Uint32Array | null = null

  let decisions = into?.decisions
  let picture: Picture | null = null
  let line: ShownLine | null = null
  let asked: string | null = null

  let order = NO_ROWS
  let shown = NO_ROWS
  let sorted: Made<FleetSort> | null = null
  let filtered: Made<FleetFilter> | null = null
  let orderedByDecisions = false

  function tryPrices(tried: ReadonlyMap<number, number>): void {
    const name = JSON.stringify([...tried])
    if (name === prices) return
    prices = name
    basis = prepareMargins(withPrices(fleet, tried), basis)
    sums = tried.size === 0 ? realSums : fleetSums(basis)
    sitesSums = null
    strikes = null
    asked = null
    versions.basis++
  }

  function moveMarket(inputs: MarketInputs | null): void {
    const name = JSON.stringify(inputs)
    if (name === asked) return
    asked = name
    versions.market++
    picture =
      inputs === null
        ? null
        : pictureOf(basis, marketOf(inputs.conditions, inputs.choices, inputs.nowMs), { decisions, sums })
    decisions = picture?.decisions ?? decisions
    line = picture === null ? null : lineUnder(picture.market)
  }

  function lineUnder({
    hashpriceUsdPerPhDay: now,
    hashpriceAfterUsdPerPhDay: afterwards,
  }: Market): ShownLine | null {
    if (!Number.isFinite(now)) return null
    strikes ??= prepareStrikeLine(basis)
    const after = Number.isFinite(afterwards) ? afterwards : null
    const { bars, ...sums } = strikeBars(strikes, { now, after }, MOST_BARS)
    return { ...sums, bars: bars.map((bar) => ({ ...bar, ...barNames(bar, fleet) })) }
  }

  /** Rows keep their places while only the market moves; where nothing was decided before there is nothing to keep. */
  function putInOrder({ sort, filter, keepOrder }: Question): void {
    const keeps = keepOrder && (orderedByDecisions || (picture?.decisions ?? null) === null)
    const isCurrent = <T>(made: Made<T> | null, isSame: (of: T) => boolean, rest: RestsOn) =>
      made !== null && isSame(made.asked) && (keeps || made.version === versions[rest])
    const inputs = {
      basis,
      decisions: picture?.decisions ?? null,
      hashpriceUsdPerPhDay: picture?.market.hashpriceUsdPerPhDay ?? Number.NaN,
      hashpriceAfterUsdPerPhDay: picture?.market.hashpriceAfterUsdPerPhDay ?? Number.NaN,
      byId: () => (byId ??= idOrder(fleet.machines.id)),
    }
    const orderRest = orderRestsOn(sort)
    const hasOrder = isCurrent(sorted, (known) => isSameSort(known, sort), orderRest)
    if (!hasOrder) {
      order = sortedRows(inputs, sort)
      sorted = { asked: sort, version: versions[orderRest] }
      orderedByDecisions = inputs.decisions !== null
    }
    const filterRest = filterRestsOn(filter)
    if (!hasOrder || !isCurrent(filtered, (known) => isSameFilter(known, filter), filterRest)) {
      shown = filteredRows(order, inputs, filter)
      filtered = { asked: filter, version: versions[filterRest] }
    }
  }

  return {
    fleet,
    follow(question) {
      tryPrices(question.sitePowerPrices)
      moveMarket(question.market)
      putInOrder(question)
      const { realMarket } = question
      strikes ??= prepareStrikeLine(basis)
      return {
        basis,
        picture,
        line,
        shown,
        strikes:
          picture === null
            ? NO_STRIKES
            : nearestStrikes(basis, strikes.order, picture.market.hashpriceUsdPerPhDay),
        realMarginUsdPerDay:
          realMarket === null ? Number.NaN : totalsOf(realSums, realMarket.conditions).marginUsdPerDay,
      }
    },
    shownRows: () => shown,
    siteFigures() {
      sitesSums ??= siteSums(basis)
      return sitesSums.map((ofSite) => ({
        machines: ofSite.machines,
        breakevenHashpriceUsdPerPhDay: breakevenHashpriceUsdPerPhDay(
          ofSite.avoidableCostUsdPerDay,
          ofSite.acceptedPhs,
        ),
        totals: picture === null ? null : totalsOf(ofSite, picture.market.conditions),
      }))
    },
    columns: () => ({ basis, decisions }),
    held: () => [{ byId, order, shown }, { order: strikes?.order }, strikes?.blocks ?? {}],
  }
}
