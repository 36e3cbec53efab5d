import type { Advice } from '#shared/domain/decision/advice.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Decisions } from '#shared/domain/decision/decisions.ts'
import type { AdviceChanges } from '#shared/domain/decision/large-change.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { hasContracts, pictureOf } from '#shared/domain/decision/picture.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { sitesNow } from '#shared/domain/decision/sites/site-now.ts'
import { changesBetween, withCase, withTerms } from '#shared/domain/decision/trial.ts'
import { strikesOf, strikesRestOn } from '#shared/domain/decision/waiting/strike-at.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { barNames } from '#shared/domain/margins/bar-names.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { breakevenHashpriceUsdPerPhDay } from '#shared/domain/margins/margin.ts'
import type { StrikeIndex } from '#shared/domain/margins/strike-line.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import type { FleetSums } from '#shared/domain/margins/totals.ts'
import { siteSums, totalsOf } from '#shared/domain/margins/totals.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import type { RestsOn } from './order.ts'
import { filteredRows, filterRestsOn, orderRestsOn, sortedRows } from './order.ts'
import type {
  Calls,
  MarketInputs,
  Question,
  ShownLine,
  SiteAhead,
  SiteFigures,
  SiteView,
  Trial,
} from './protocol.ts'
import { siteAhead, siteView } from './site-view.ts'
import { idOrder } from './text-order.ts'
import type { FleetFilter, FleetSort } from './view.ts'
import { isSameFilter, isSameSort } from './view.ts'

/** Bars that fit the height of the chart and can still be hit with a pointer. */
const MOST_BARS = 60

/** Columns that the next computation of the same length may write again. */
type Columns = { readonly basis: MarginBasis; readonly decisions: Decisions | undefined }

/** The fleet as it follows from a question. */
export type Following = {
  readonly prepared: Prepared
  /** null while the network is not known */
  readonly picture: Picture | null
  readonly realMarginUsdPerDay: number
  readonly line: ShownLine | null
  /** rows of the fleet from the top of the table to its end */
  readonly shown: Uint32Array
}

/** A fleet and all that is computed from it: each part anew only when something that it rests on is another one. */
export type Computed = {
  readonly fleet: Fleet
  follow: (question: Question) => Following
  /** of the market that was followed last */
  advice: () => Advice | null
  /** what {@link follow} gave last */
  shownRows: () => Uint32Array
  siteFigures: () => readonly SiteFigures[]
  changes: (trial: Trial) => AdviceChanges
  site: (siteKey: number, find: string) => SiteView | null
  contract: (siteKey: number) => SiteContract | null
  siteAhead: (input: Calls['siteAhead']['input']) => SiteAhead
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

const pictureUnder = (prepared: Prepared, { conditions, choices, nowMs }: MarketInputs): Picture =>
  pictureOf(prepared, marketOf(conditions, choices, nowMs))

/** How often each part has been made: what was made from an older one is out of date. */
type Versions = Record<RestsOn, number>
type Made<T> = { readonly asked: T; readonly version: number }

const NO_ROWS: Uint32Array = new Uint32Array(0)

/**
 * @param inputs contracts, policies, ladders and limits of the fleet
 * @param into columns of a fleet that is no longer needed
 */
export function compute(fleet: Fleet, inputs: CaseInputs, into?: Columns): Computed {
  const versions: Versions = { fleet: 0, basis: 0, market: 0 }
  let prepared = prepare(fleet, inputs, into?.basis)
  /** null: the basis is another one since they were made */
  let sums: FleetSums | null = null
  let prices = '[]'
  let sitesSums: readonly FleetSums[] | null = null
  let strikes: (Made<string> & { readonly index: StrikeIndex }) | null = null
  let byId: Uint32Array | null = null

  let decisions = into?.decisions
  let picture: Picture | null = null
  let line: ShownLine | null = null
  let asked: string | null = null
  let realMargin: { readonly market: string; readonly usdPerDay: number } | null = null

  let order = NO_ROWS
  let shown = NO_ROWS
  let sorted: Made<FleetSort> | null = null
  let filtered: Made<FleetFilter> | null = null
  let orderedByDecisions = false

  function tryPrices(tried: ReadonlyMap<number, number>): void {
    const name = JSON.stringify([...tried])
    if (name === prices) return
    prices = name
    prepared = prepare(withPrices(fleet, tried), inputs, prepared.basis)
    sums = null
    sitesSums = null
    asked = null
    versions.basis++
  }

  function moveMarket(wanted: MarketInputs | null): void {
    const name = JSON.stringify(wanted)
    if (name === asked) return
    asked = name
    versions.market++
    picture =
      wanted === null
        ? null
        : pictureOf(prepared, marketOf(wanted.conditions, wanted.choices, wanted.nowMs), {
            decisions,
            sums: sums ?? undefined,
          })
    decisions = picture?.advice?.decisions ?? decisions
    sums = picture?.sums ?? sums
    if (hasContracts(prepared)) {
      sitesSums = null
      versions.basis++
    }
    line = picture === null ? null : lineUnder(picture.market)
  }

  function lineUnder({
    hashpriceUsdPerPhDay: now,
    hashpriceAfterUsdPerPhDay: afterwards,
  }: Market): ShownLine | null {
    if (!Number.isFinite(now)) return null
    const after = Number.isFinite(afterwards) ? afterwards : null
    const { bars, ...sums } = strikeBars(strikeIndex(), { now, after }, MOST_BARS)
    return { ...sums, bars: bars.map((bar) => ({ ...bar, ...barNames(bar, fleet) })) }
  }

  function strikeIndex(): StrikeIndex {
    const rest = strikesRestOn(prepared)
    if (strikes?.asked !== rest || strikes.version !== versions.basis)
      strikes = {
        asked: rest,
        version: versions.basis,
        index: prepareStrikeLine(prepared.basis, strikesOf(prepared)),
      }
    return strikes.index
  }

  /** Of what is stored, without what is tried: the one that is shown where nothing is. */
  function storedPicture(real: MarketInputs): Picture {
    const isShown = prices === '[]' && JSON.stringify(real) === asked
    return (isShown ? picture : null) ?? pictureUnder(prepare(fleet, inputs), real)
  }

  function realMarginUsdPerDay(real: MarketInputs | null): number {
    if (real === null) return Number.NaN
    const market = JSON.stringify(real)
    if (realMargin?.market !== market) {
      const stored = storedPicture(real)
      realMargin = {
        market,
        usdPerDay: stored.advice?.totals.marginNowUsdPerDay.asIs ?? stored.totals.marginUsdPerDay,
      }
    }
    return realMargin.usdPerDay
  }

  /** Rows keep their places while only the market moves; where nothing was decided before there is nothing to keep. */
  function putInOrder({ sort, filter, keepOrder }: Question): void {
    const decided = picture?.advice?.decisions ?? null
    const keeps = keepOrder && (orderedByDecisions || decided === null)
    const isCurrent = <T>(made: Made<T> | null, isSame: (of: T) => boolean, rest: RestsOn) =>
      made !== null && isSame(made.asked) && (keeps || made.version === versions[rest])
    const inputs = {
      prepared,
      decisions: decided,
      strikeAt: strikesOf(prepared),
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
      return {
        prepared,
        picture,
        line,
        shown,
        realMarginUsdPerDay: realMarginUsdPerDay(question.realMarket),
      }
    },
    advice: () => picture?.advice ?? null,
    shownRows: () => shown,
    siteFigures() {
      sitesSums ??= siteSums(prepared.basis)
      const now = sitesNow(prepared, picture?.advice?.sites() ?? [])
      return sitesSums.map((ofSite, site) => ({
        machines: ofSite.machines,
        now: now[site]!,
        breakevenHashpriceUsdPerPhDay: breakevenHashpriceUsdPerPhDay(
          ofSite.avoidableCostUsdPerDay,
          ofSite.acceptedPhs,
        ),
        totals: picture === null ? null : totalsOf(ofSite, picture.market.conditions),
      }))
    },
    changes: ({ real, tried, sites }) =>
      changesBetween(
        fleet,
        real === null ? null : storedPicture(real),
        tried === null ? null : pictureUnder(prepare(withTerms(fleet, sites), inputs), tried),
      ),
    site: (siteKey, find) => siteView(prepared, picture, siteKey, find),
    contract: (siteKey) => inputs.contracts.find((each) => each.siteKey === siteKey)?.contract ?? null,
    siteAhead({ siteKey, real, tried }) {
      const after = prepare(fleet, withCase(inputs, fleet.sites, tried))
      return siteAhead(
        fleet.sites.key.indexOf(siteKey),
        after,
        real === null ? null : storedPicture(real),
        real === null ? null : pictureUnder(after, real),
      )
    },
    columns: () => ({ basis: prepared.basis, decisions }),
    held: () => {
      const { groupOf, placeOf, policies, kept } = prepared
      const { running, idle } = strikes?.index ?? {}
      return [
        { byId, order, shown, groupOf, placeOf, policies, strikes: kept.strikes?.column },
        { running: running?.order, idle: idle?.order },
        running?.blocks ?? {},
        idle?.blocks ?? {},
      ]
    },
  }
}
