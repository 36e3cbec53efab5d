import type { RecordedDecision } from '../domain/decision/acts/decision-log.ts'
import type { Scenario, Tried } from '../domain/ahead/scenario.ts'
import type { DaysPast } from '../domain/backtest/known-days.ts'
import type { Period } from '../domain/backtest/period.ts'
import type { CaseInputs } from '../domain/decision/case-inputs.ts'
import type { Books, Month } from '../domain/money/ledger/entry.ts'
import type { LedgerEvidence } from '../domain/money/ledger/month.ts'
import type { Purchase } from '../domain/money/purchase.ts'
import type { Currency } from '../domain/power/currency.ts'
import type { Display } from '../format/display.ts'
import type { FleetView } from '../ipc/schemas/fleet.ts'
import type { NetworkState } from '../ipc/schemas/network.ts'
import type { PackTemplate } from './pack.ts'

/**
 * Everything that a report is made from, and nothing else: it is sealed with the report, so that the same pages can be
 * computed again on another day. Whatever a section needs is added here, never read beside it.
 */
export type ReportCase = {
  readonly template: PackTemplate
  /** when it was made, and the moment of which it speaks */
  readonly madeAtMs: number
  readonly asOfMs: number
  /** of the program */
  readonly version: string
  readonly fleet: FleetView
  readonly inputs: CaseInputs
  readonly network: NetworkState
  /** hashprices of the last days; null where none are stored */
  readonly recent: { readonly usdPerPhDay: Float64Array; readonly lastDayMs: number } | null
  /** days over which a verdict is weighed; null: until the adjustment and 14 days */
  readonly horizonDays: number | null
  /** the first is the one of the pages, the others stand beside it */
  readonly scenarios: readonly ReportScenario[]
  /** stored scenarios that cannot be read, each with what is wrong in a sentence; absent: none */
  readonly unreadableScenarios?: readonly { readonly name: string; readonly fault: string }[]
  readonly decisions: {
    readonly fromMs: number
    readonly toMs: number
    readonly recorded: readonly RecordedDecision[]
  }
  /** days of which the back-test speaks, and those before them; null where none are stored; absent without its section */
  readonly backtest?: (Period & { readonly past: DaysPast }) | null
  /** the books as far as the months that it tells need them; null where nothing is booked; absent without its section */
  readonly ledger?: ReportLedger | null
  readonly finance: Finance
  /** in which money is shown, where its rate is known */
  readonly currency: Currency
  readonly display: Display
}

/** Enough to compute its months again. */
export type ReportLedger = {
  /** oldest first; at least one */
  readonly months: readonly {
    readonly month: Month
    /** of its figures when the report was made; null: it was open */
    readonly hash: string | null
  }[]
  /** entries of the books up to the end of the last of them; `books` is null where they are more than a report seals */
  readonly entries: number
  readonly books: Books | null
  /** of the days of these months */
  readonly network: LedgerEvidence['network']
  /** of the fleet, by site, where no plan of a month is booked */
  readonly plansNow: LedgerEvidence['plansNow']
}

/** Absent where nothing is tried, so that a report that was sealed before anything could be stays what it was. */
export type ReportScenario = Omit<Scenario, 'tried'> & { readonly tried?: Tried | undefined }

export type Company = {
  readonly name: string
  readonly preparedBy: string
  readonly reviewedBy: string
  readonly logo: {
    readonly type: 'image/png' | 'image/jpeg' | 'image/svg+xml'
    readonly bytes: Uint8Array
  } | null
}

/** What the fleet's rows do not carry; null: not said, and then shown as missing. */
export type Finance = {
  readonly company: Company
  readonly generalUsdPerDay: number | null
  readonly demandResponseCreditsUsdPerDay: number | null
  /** a fraction: 0.12 is 12 % a year */
  readonly discountRatePerYear: number | null
  readonly treasury: {
    readonly openingBtc: number
    /** of what is left after the cost is covered, 0..1 */
    readonly shareHeld: number
    /** null: the price of now */
    readonly markPriceUsdPerBtc: number | null
  } | null
  readonly purchases: readonly Purchase[]
}
