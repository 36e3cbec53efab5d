import type { MachineTerms, NextPlan, RankedOffer } from '#shared/domain/money/next-purchase.ts'
import type { Purchase } from '#shared/domain/money/purchase.ts'
import type { PurchasesReturns } from '#shared/domain/money/purchase-returns.ts'
import type { OfferPrice } from '#shared/format/offer-text.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import type { RowAdvice, SiteAdvice } from '#shared/domain/decision/advice.ts'
import type { Strikes } from '#shared/domain/decision/waiting/strikes.ts'
import type { AdviceTotals } from '#shared/domain/decision/advice-totals.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { AdviceChanges } from '#shared/domain/decision/large-change.ts'
import type { MarketChoices } from '#shared/domain/decision/market.ts'
import type { Flips } from '#shared/format/shown-flip.ts'
import type { SitesToCall } from '#shared/domain/decision/acts/called.ts'
import type { SiteNow } from '#shared/domain/decision/sites/site-now.ts'
import type { OptimumLine } from '#shared/domain/decision/sites/site-optimum.ts'
import type { SiteVerdict } from '#shared/domain/decision/sites/site-verdicts.ts'
import type { CaseTrial, SiteTerms } from '#shared/domain/decision/trial.ts'
import type { Verdict } from '#shared/domain/decision/words.ts'
import type { LabelName, NumberName, PlaceName, TextName } from '#shared/domain/fleet/fields.ts'
import type { MachineStatus, SiteColumns } from '#shared/domain/fleet/fleet.ts'
import type { MachineFigures } from '#shared/domain/margins/fleet-margins.ts'
import type { StrikeBar, StrikeLine } from '#shared/domain/margins/strike-line.ts'
import type { FleetTotals } from '#shared/domain/margins/totals.ts'
import type { WorkLine } from '#shared/format/work-lines.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import type { Display } from '#shared/format/display.ts'
import type { FleetHeader } from '#shared/ipc/schemas/fleet.ts'
import type { GroupName } from './groups.ts'
import type { RowSums } from './row-sums.ts'
import type {
  FleetFilter,
  FleetSort,
  GroupView,
  PrintedMoney,
  RowSubject,
  RowWindow,
  Selecting,
} from './view.ts'
import type { EditAhead, FleetEdit, Picked } from './edit-ahead.ts'
import type { MarketView } from './market-view.ts'
import type { ModelView } from './model-view.ts'
import type { PlanPortMessage } from './plan-protocol.ts'

/**
 * What the page and the engine say to each other. The engine holds the columns of the fleet; what comes back is of the size of
 * the screen, never of the fleet. NaN = not known, as everywhere.
 */

/** The network that figures rest on. */
export type MarketInputs = {
  readonly conditions: NetworkConditions
  readonly choices: MarketChoices
  /** the moment to look from, unix ms; null: that of the conditions */
  readonly nowMs: number | null
}

/** One look at the fleet: everything that the screen depends on. */
export type Question = {
  /** as shown, with what is being tried; null while it is not known */
  readonly market: MarketInputs | null
  /** as it is */
  readonly realMarket: MarketInputs | null
  /** site key → USD/kWh that is being tried */
  readonly sitePowerPrices: ReadonlyMap<number, number>
  readonly sort: FleetSort
  readonly filter: FleetFilter
  readonly group: GroupView
  /** in which money is shown */
  readonly money: PrintedMoney
  /** grows with every change of the selection and of the notes that were found, which the engine is told apart */
  readonly turn: number
  /** rows keep their places though the market has moved, as long as fleet, order and filter are the same */
  readonly keepOrder: boolean
  readonly window: RowWindow
  /** whose figures are explained */
  readonly explained: RowSubject | null
  /** whether figures per site are wanted */
  readonly wantsSites: boolean
  /** how hours and days in words are written; absent: as in this thread already */
  readonly display?: Display
}

/** Serial number, rack and so on; '' where it is not given. */
type Places = Readonly<Record<PlaceName, string>>

/** What the table shows of a machine. Money is for the lot; hashrate and efficiency for one machine. */
export type MachineRow = Places & {
  readonly key: number
  readonly id: string
  readonly site: string
  /** '' where it has none */
  readonly model: string
  readonly quantity: number
  readonly status: MachineStatus
  /** of the lot at the meter while it runs */
  readonly meterW: number
  readonly hashrateThs: number
  readonly efficiencyJPerTh: number
  readonly powerPriceUsdPerKwh: number
  /** the power price is the machine's own */
  readonly ownPrice: boolean
  readonly breakevenUsdPerPhDay: number
  readonly marginUsdPerDay: number
  readonly marginShare: number
  readonly headroomNow: number
  readonly headroomAfter: number
  /** null: it is in repair, a figure is missing, or nothing is decided */
  readonly verdict: Verdict | null
  /** another operating point that it should run at; null: as it is */
  readonly mode: string | null
  /** the first change, unix ms; NaN: none, or no date is known */
  readonly untilMs: number
  readonly changesWith: 'adjustment' | 'halving'
  /** when it is off in the next 48 hours, in words; '' where it is never */
  readonly hours: string
  /** it stands still in some hours of the time in which it is on */
  readonly isPartTime: boolean
  /** machines of a lot that are to run from now on, where a lot is split; NaN: all do the same */
  readonly runs: number
  readonly gainUsd: number
  /** that the advised action proves right */
  readonly probability: number
}

export type ShownRow = MachineRow & {
  readonly kind: 'row'
  readonly selected: boolean
  /** in its group, the first is 1; 0: there are no groups */
  readonly placeInGroup: number
  readonly rowsInGroup: number
}

/** The head of a group with what its rows amount to. */
export type GroupHead = GroupName &
  RowSums & {
    readonly kind: 'group'
    readonly isOpen: boolean
    /** among the groups, the first is 1 */
    readonly place: number
    readonly groups: number
    readonly selectedRows: number
  }

/** What stands at a place of the table. */
export type ShownEntry = ShownRow | GroupHead

/** Everything behind one row. */
export type Explained = Places & {
  readonly key: number
  readonly id: string
  readonly model: string
  readonly siteKey: number
  readonly site: string
  readonly status: MachineStatus
  /** the power price is the machine's own */
  readonly ownPrice: boolean
  /** what energy costs it follows from its site's contract */
  readonly underContract: boolean
  readonly otherUsdPerKwh: number
  readonly overhead: number
  readonly uptime: number
  readonly poolFee: number
  readonly hostShare: number
  /** null while the network is not known */
  readonly figures: MachineFigures | null
  /** null where nothing can be decided, for the row or for all */
  readonly decision:
    | (RowAdvice & {
        readonly strikes: Strikes
        readonly restartUsd: number
        readonly changesWith: 'adjustment' | 'halving'
        /** that the advised action proves right */
        readonly probability: number
      })
    | null
}

/** Everything behind the figures of a site. */
export type ExplainedSite = SiteFigures & {
  readonly key: number
  readonly name: string
  readonly powerPriceUsdPerKwh: number
  readonly otherUsdPerKwh: number
  readonly overhead: number
  /** empty where nothing can be decided */
  readonly verdicts: readonly SiteVerdict[]
  /** null where it has no contract */
  readonly contract: Pick<
    SiteAdvice,
    | 'marginalEnergyUsdPerKwh'
    | 'powerKw'
    | 'energyKwhPerDay'
    | 'peakKw'
    | 'bill'
    | 'committed'
    | 'prices'
    | 'proven'
    | 'gapUsd'
    | 'notes'
  > | null
}

/** A machine that was looked for. */
export type Found = Pick<ShownRow, 'key' | 'id' | 'model' | 'site'>

export type SiteFigures = {
  readonly machines: number
  readonly now: SiteNow
  /** of all that runs there together; NaN where nothing does */
  readonly breakevenHashpriceUsdPerPhDay: number
  /** null while the network is not known */
  readonly totals: FleetTotals | null
}

/** How many machines of a site take part in its contract in which way, with single lots to choose from. */
export type SitePolicies = {
  readonly machines: Readonly<Record<MachinePolicy, number>>
  /** those that do not simply follow first; the others as they stand in the fleet */
  readonly lots: readonly {
    readonly key: number
    readonly id: string
    readonly model: string
    readonly quantity: number
    readonly policy: MachinePolicy
  }[]
  /** lots that fit what is looked for */
  readonly found: number
}

/** Everything about one site that the page shows beside its contract. */
export type SiteView = {
  readonly siteKey: number
  readonly now: SiteNow
  /** null: without a contract, or nothing can be decided */
  readonly advice: Pick<SiteAdvice, 'totals' | 'committed' | 'proven' | 'gapUsd' | 'notes'> | null
  readonly optimum: readonly OptimumLine[]
  readonly policies: SitePolicies
  /** why its contract cannot be weighed; null where it can */
  readonly refusal: string | null
}

/** What other terms or policies would do. */
export type SiteAhead = {
  readonly changes: AdviceChanges
  /** what the fleet earns as advised, USD/day in the first stage; NaN where it is not known */
  readonly usdPerDay: { readonly before: number; readonly after: number }
  readonly now: SiteNow
  /** why it cannot be weighed; null where it can */
  readonly refusal: string | null
}

/** A bar with its names in place of the codes of a fleet: null where it holds several; '' where its lots have no model. */
export type NamedBar = StrikeBar & {
  readonly model: string | null
  readonly site: string | null
  /** of most of its hashrate; null: nothing is decided */
  readonly verdict: Verdict | null
}

/** The strike line as it is drawn. */
export type ShownLine = Omit<StrikeLine, 'bars'> & { readonly bars: readonly NamedBar[] }

export type Look = {
  /** null while the network is not known */
  readonly totals: FleetTotals | null
  readonly advice: AdviceTotals | null
  /** why a contract cannot be weighed; null where all can */
  readonly refusal: string | null
  readonly sitesToCall: SitesToCall
  /** cash margin of the fleet without anything that is being tried, USD/day */
  readonly realMarginUsdPerDay: number
  /** null where there is no hashprice */
  readonly line: ShownLine | null
  /** rows that pass the filter */
  readonly shown: number
  /** places of the table: rows, and heads of groups with the rows of those that are open */
  readonly places: number
  /** place of the first of `entries` */
  readonly from: number
  readonly entries: readonly ShownEntry[]
  /** rows that are selected */
  readonly selected: number
  /** of the selected rows; of all that are shown where none is */
  readonly sums: RowSums
  /** what rows are worth adds up to what is advised; not where a site is decided as a whole */
  readonly addsUp: boolean
  readonly explained: Explained | null
  readonly explainedSite: ExplainedSite | null
  /** in the order of the sites; empty where they were not wanted */
  readonly sites: readonly SiteFigures[]
}

/** What the page keeps of the machines beside the looks. */
export type Inventory = {
  readonly rows: number
  /** of the machines that are there, each once; '' where some have none */
  readonly models: readonly string[]
  /** in the order of the sites */
  readonly rowsAtSites: readonly { readonly rows: number; readonly rowsWithOwnPrice: number }[]
}

/** One machine as it is stored. */
export type StoredMachine = Readonly<Record<TextName | LabelName, string>> & {
  readonly key: number
  readonly siteKey: number
  readonly status: MachineStatus
  readonly numbers: Readonly<Record<NumberName, number>>
}

/** A value that someone is about to store, as the engine sees it. */
export type Trial = {
  /** as it is; null while it is not known */
  readonly real: MarketInputs | null
  /** as it would be */
  readonly tried: MarketInputs | null
  /** site key → what it would pay; empty: as stored */
  readonly sites: ReadonlyMap<number, SiteTerms>
}

export type WorkLinesAsked = {
  readonly siteKey: number | null
  readonly window: RowWindow
  readonly withMoney?: boolean
}

/** Some lines of what is to be done, as one walks past the machines. */
export type WorkLines = {
  /** in all, and the machines on them */
  readonly length: number
  readonly machines: number
  readonly from: number
  readonly lines: readonly WorkLine[]
  /** of each line, what its machines earn in a day if they run, USD; empty where it was not asked for */
  readonly usdPerDay: readonly number[]
}

/** What is assumed of the years ahead. */
export type Investing = {
  readonly real: MarketInputs | null
  readonly asOfMs: number
  readonly discountRatePerYear: number | null
  readonly priceGrowthPerYear: number
  readonly hashrateGrowthPerYear: number
}

/** Name of a call → what goes in, what comes out. */
export type Calls = {
  readonly load: {
    readonly input: {
      readonly revision: number
      /** which of its machines come through the fleet port; 'same': those that the engine holds are right */
      readonly delivery: FleetHeader['delivery']
      readonly sites: SiteColumns
      readonly inputs: CaseInputs
      readonly question: Question
    }
    readonly output: { readonly inventory: Inventory; readonly look: Look }
  }
  readonly look: { readonly input: Question; readonly output: Look }
  /** of the market that was looked at last; null where something else was asked meanwhile */
  readonly flips: { readonly input: null; readonly output: Flips | null }
  /** whose advice a value would alter before it is stored; what is shown stays as it is */
  readonly changes: { readonly input: Trial; readonly output: AdviceChanges }
  /** of the market that was looked at last; find: words of id or model. null: there is no such site */
  readonly site: {
    readonly input: { readonly siteKey: number; readonly find: string }
    readonly output: SiteView | null
  }
  /** as it is stored; null: there is none */
  readonly contract: { readonly input: number; readonly output: SiteContract | null }
  readonly siteAhead: {
    readonly input: {
      readonly siteKey: number
      readonly real: MarketInputs | null
      readonly tried: CaseTrial
    }
    readonly output: SiteAhead
  }
  /** keys of the rows at these places of the table, as it was shown last; heads of groups have none */
  readonly keys: { readonly input: RowWindow; readonly output: Float64Array }
  /** of the market that was looked at last; siteKey null: at every site */
  readonly workLines: { readonly input: WorkLinesAsked; readonly output: WorkLines }
  readonly select: { readonly input: Selecting; readonly output: null }
  /** keys of the selected rows */
  readonly selectedKeys: { readonly input: null; readonly output: Float64Array }
  /** searched word → keys of the machines whose notes have it */
  readonly notes: { readonly input: ReadonlyMap<string, Float64Array>; readonly output: null }
  /** Remembers machines that are about to be changed, and tells what they have now; their keys come once. */
  readonly pick: { readonly input: Float64Array; readonly output: Picked }
  /** what an edit of the machines that were picked last would do; what is shown stays as it is */
  readonly edit: {
    readonly input: { readonly real: MarketInputs | null; readonly edit: FleetEdit }
    readonly output: EditAhead
  }
  /** everything behind one machine, under the market that was looked at last; null: there is no such machine */
  readonly explain: { readonly input: number; readonly output: Explained | null }
  /** null: the fleet has no machine of this model */
  readonly model: { readonly input: string; readonly output: ModelView | null }
  /** the stored fleet on the axis of the hashprice */
  readonly market: { readonly input: MarketInputs | null; readonly output: MarketView }
  /** the first machines that a text finds */
  readonly find: { readonly input: string; readonly output: readonly Found[] }
  /** under a market; growths are fractions a year */
  readonly purchases: {
    readonly input: Investing & { readonly purchases: readonly Purchase[] }
    readonly output: { readonly returns: PurchasesReturns } | { readonly refusal: string }
  }
  /** faults: what is wrong with each offer, as the end of a sentence */
  readonly nextPurchases: {
    readonly input: Investing &
      Pick<NextPlan, 'lifeDays' | 'salvageShare' | 'rankBy'> & {
        readonly siteKey: number
        readonly offers: readonly { readonly model: string; readonly price: OfferPrice }[]
      }
    readonly output:
      | { readonly ranked: readonly RankedOffer[]; readonly terms: MachineTerms; readonly paths: number }
      | { readonly refusal: string }
      | { readonly faults: readonly (string | null)[] }
  }
  /** null: there is no such machine */
  readonly machine: { readonly input: number; readonly output: StoredMachine | null }
}
export type CallName = keyof Calls

export type ToEngine = {
  readonly [N in CallName]: { readonly number: number; readonly name: N; readonly input: Calls[N]['input'] }
}[CallName]

/** The end of the fleet port that the engine listens to, or of the port to the thread of Plan. */
export type PortMessage = { readonly port: MessagePort } | PlanPortMessage

export type FromEngine =
  | { readonly number: number; readonly output: Calls[CallName]['output'] }
  | { readonly number: number; readonly fault: string }
