import type { Advice } from '#shared/domain/decision/advice.ts'
import { NO_SITES_TO_CALL } from '#shared/domain/decision/acts/called.ts'
import { sitesToCall } from '#shared/domain/decision/acts/sites-to-call.ts'
import type { SitesToCall } from '#shared/domain/decision/acts/called.ts'
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
import { changesBetween, withTerms } from '#shared/domain/decision/trial.ts'
import { withSitePrices } from '#shared/domain/decision/tried-today.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { breakevenHashpriceUsdPerPhDay } from '#shared/domain/margins/margin.ts'
import type { StrikeIndex } from '#shared/domain/margins/strike-line.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import type { FleetSums } from '#shared/domain/margins/totals.ts'
import { siteSums, totalsOf } from '#shared/domain/margins/totals.ts'
import type { RestsOn, RowInputs } from './order.ts'
import type { MarketInputs, Question, ShownLine, SiteFigures, Trial } from './protocol.ts'
import type { RowSums, SumInputs } from './row-sums.ts'
import { addRows, noSums, printedAs, rowSums, together } from './row-sums.ts'
import { shownLine } from './shown-line.ts'
import type { Scene } from './row-views.ts'
import type { Arranged } from './table.ts'
import { createTable } from './table.ts'
import { idOrder } from './text-order.ts'
import type { PrintedMoney } from './view.ts'

/** Bars that fit the width of the chart and can still be hit with a pointer. */
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
  readonly toCall: SitesToCall
  /** the table from its top to its end */
  readonly arranged: Arranged
}

/** A fleet and all that is computed from it: each part anew only when something that it rests on is another one. */
export type Computed = {
  readonly fleet: Fleet
  follow: (question: Question) => Following
  prepared: () => Prepared
  /** of the market that was followed last */
  advice: () => Advice | null
  /** the table as {@link follow} gave it last */
  arranged: () => Arranged
  /** what the marked rows of the table, or all that are shown, amount to under what was followed last */
  sums: (marks: Uint8Array | null, question: Question) => RowSums
  /** searched word → keys of the machines whose notes have it */
  takeNotes: (notes: ReadonlyMap<string, Float64Array>) => void
  siteFigures: () => readonly SiteFigures[]
  /** of the market that was followed last */
  picture: () => Picture | null
  changes: (trial: Trial) => AdviceChanges
  /** the fleet under the market that was followed last */
  scene: () => Scene
  /** contracts, policies, ladders and limits of the fleet */
  inputs: CaseInputs
  /** the fleet as it is stored under a market */
  storedPicture: (real: MarketInputs) => Picture
  columns: () => Columns
  /** objects whose typed arrays are held beside the columns */
  held: () => readonly object[]
}

export const pictureUnder = (prepared: Prepared, { conditions, choices, nowMs }: MarketInputs): Picture =>
  pictureOf(prepared, marketOf(conditions, choices, nowMs))

/**
 * @param inputs contracts, policies, ladders and limits of the fleet
 * @param into columns of a fleet that is no longer needed
 */
export function compute(fleet: Fleet, inputs: CaseInputs, into?: Columns): Computed {
  const versions: Record<RestsOn, number> = { fleet: 0, basis: 0, market: 0 }
  let prepared = prepare(fleet, inputs, into?.basis)
  /** null: the basis is another one since they were made */
  let sums: FleetSums | null = null
  let prices = '[]'
  let sitesSums: readonly FleetSums[] | null = null
  let strikes: { readonly version: number; readonly index: StrikeIndex } | null = null
  let byId: Uint32Array | null = null

  let decisions = into?.decisions
  let picture: Picture | null = null
  let line: ShownLine | null = null
  let toCall = NO_SITES_TO_CALL
  let asked: string | null = null
  let realMargin: { readonly market: string; readonly usdPerDay: number } | null = null

  const table = createTable()
  let arranged: Arranged = { rows: new Uint32Array(0), groups: null }
  let everyRow: Uint32Array | null = null
  let summed: { readonly rest: readonly unknown[]; readonly sums: RowSums } | null = null

  function tryPrices(tried: ReadonlyMap<number, number>): void {
    const name = JSON.stringify([...tried])
    if (name === prices) return
    prices = name
    prepared = prepare(withSitePrices(fleet, tried), inputs, prepared.basis)
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
    const advice = picture?.advice ?? null
    toCall =
      picture === null || advice === null
        ? NO_SITES_TO_CALL
        : sitesToCall(prepared, picture.market, advice, inputs.paused)
  }

  function lineUnder({
    hashpriceUsdPerPhDay: now,
    hashpriceAfterUsdPerPhDay: afterwards,
  }: Market): ShownLine | null {
    if (!Number.isFinite(now)) return null
    const after = Number.isFinite(afterwards) ? afterwards : null
    const verdicts = picture?.advice?.decisions.verdict ?? null
    return shownLine(strikeBars(strikeIndex(), { now, after }, MOST_BARS, verdicts), fleet)
  }

  function strikeIndex(): StrikeIndex {
    if (strikes?.version !== versions.basis)
      strikes = { version: versions.basis, index: prepareStrikeLine(prepared.basis) }
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

  /** What rows are ordered, filtered and summed by. */
  const rowInputs = (money: PrintedMoney): Omit<RowInputs, 'notes'> & SumInputs => ({
    prepared,
    basis: prepared.basis,
    decisions: picture?.advice?.decisions ?? null,
    hashpriceUsdPerPhDay: picture?.market.hashpriceUsdPerPhDay ?? Number.NaN,
    hashpriceAfterUsdPerPhDay: picture?.market.hashpriceAfterUsdPerPhDay ?? Number.NaN,
    byId: () => (byId ??= idOrder(fleet.machines.id)),
    money,
  })

  function sumsOf(marks: Uint8Array | null, money: PrintedMoney): RowSums {
    const inputs = rowInputs(money)
    if (marks !== null) {
      // Selected rows count whether they pass the filter or not.
      everyRow ??= Uint32Array.from({ length: fleet.machines.length }, (_, row) => row)
      return rowSums(addRows(noSums(), inputs, everyRow, 0, everyRow.length, marks), inputs)
    }
    const { rows, groups } = arranged
    const sums = groups === null ? addRows(noSums(), inputs, rows, 0, rows.length) : together(groups.open)
    return rowSums(sums, inputs)
  }

  return {
    fleet,
    follow(question) {
      tryPrices(question.sitePowerPrices)
      moveMarket(question.market)
      arranged = table.arrange(question, rowInputs(question.money), versions)
      return {
        prepared,
        picture,
        line,
        toCall,
        arranged,
        realMarginUsdPerDay: realMarginUsdPerDay(question.realMarket),
      }
    },
    prepared: () => prepared,
    picture: () => picture,
    advice: () => picture?.advice ?? null,
    arranged: () => arranged,
    sums(marks, { money, turn }) {
      const rest = [marks, arranged.rows, turn, versions.basis, versions.market, ...printedAs({ money })]
      if (summed?.rest.every((value, i) => value === rest[i]) !== true)
        summed = { rest, sums: sumsOf(marks, money) }
      return summed.sums
    },
    takeNotes(notes) {
      const marked = [...notes].map(([word, keys]) => {
        const asked = new Set(keys)
        return [word, Uint8Array.from(fleet.machines.key, (key) => Number(asked.has(key)))] as const
      })
      table.takeNotes(new Map(marked))
    },
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
        totals:
          picture === null
            ? null
            : totalsOf(ofSite, picture.market.conditions, picture.hosts.owedUsdPerDayOf(site)),
      }))
    },
    changes: ({ real, tried, sites }) =>
      changesBetween(
        fleet,
        real === null ? null : storedPicture(real),
        tried === null ? null : pictureUnder(prepare(withTerms(fleet, sites), inputs), tried),
      ),
    scene: () => ({ prepared, market: picture?.market ?? null, advice: picture?.advice ?? null }),
    inputs,
    storedPicture,
    columns: () => ({ basis: prepared.basis, decisions }),
    held: () => {
      const { groupOf, placeOf, policies, kept } = prepared
      const { running, idle } = strikes?.index ?? {}
      return [
        { byId, everyRow, groupOf, placeOf, policies, strikes: kept.strikes?.column },
        ...table.held(),
        { running: running?.order, idle: idle?.order },
        running?.blocks ?? {},
        idle?.blocks ?? {},
      ]
    },
  }
}
