import type { LedgerFileKind } from '#shared/domain/money/ledger/file-kinds.ts'
import type { CoinPrice, DatedRate, Day, Entry, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import type { Currency, ForeignCurrency } from '#shared/domain/power/currency.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import type { FileQuestions } from '../asking.ts'
import type { Accepted, AnswersBefore } from '../questions.ts'
import { dayOrderIn, decimalSignIn } from '../questions.ts'
import type { RowFault } from '../row-faults.ts'
import type { LedgerColumnMap } from './column-map.ts'
import type { DayOrder } from './dates.ts'
import type { LedgerField } from './fields.ts'

/** What is said of a file; null: nothing. */
export type LedgerSaid = {
  readonly kind: LedgerFileKind | null
  readonly party: string | null
  /** '' for the company as a whole */
  readonly site: string | null
  readonly zone: string | null
  readonly currency: Currency | null
  readonly lifeDays: number | null
  readonly decimalSign: DecimalSign | null
  readonly dayOrder: DayOrder | null
  readonly columns: LedgerColumnMap
}

export const NOTHING_SAID: LedgerSaid = {
  ...{ kind: null, party: null, site: null, zone: null, currency: null, lifeDays: null },
  ...{ decimalSign: null, dayOrder: null, columns: new Map() },
}

/** Where other answers are: names that were accepted. */
export const answersIn = (accepted: Accepted): Pick<LedgerSaid, 'decimalSign' | 'dayOrder'> => ({
  decimalSign: decimalSignIn(accepted),
  dayOrder: dayOrderIn(accepted),
})

/** What was said about a file with the same headings and holds for the next. */
export type LedgerRemembered = Pick<LedgerSaid, 'kind' | 'decimalSign' | 'dayOrder' | 'columns'>

/** What the reader asks of the rest of the program. */
export type LedgerWorld = {
  readonly sites: readonly { readonly name: string; readonly zone: string | null }[]
  /** the mean price of a day, as the stored history has it */
  readonly priceOn: (day: Day) => CoinPrice | null
  /** the stored rate that is nearest to a day */
  readonly rateOn: (currency: ForeignCurrency, day: Day) => DatedRate | null
  readonly booked: readonly Entry[]
  readonly recall: (headings: readonly string[]) => LedgerRemembered | null
  readonly answersBefore: AnswersBefore
}

export type LedgerColumn = {
  readonly heading: string
  readonly field: LedgerField | null
  readonly unit: string | null
  readonly isSaid: boolean
  readonly example: string
  readonly fault: string | null
}

export type LedgerNeed = {
  readonly what: 'party' | 'site' | 'zone' | 'currency' | 'lifeDays'
  readonly label: string
  readonly isOptional: boolean
  readonly value: string | null
}

/** A file as entries. With `faultCount` above 0 it is only good for a preview. */
export type LedgerFile = FileQuestions & {
  readonly fileName: string
  readonly kind: LedgerFileKind | null
  readonly shape: string | null
  readonly needs: readonly LedgerNeed[]
  readonly rows: number
  /** in the order of the file; `origin` names the line */
  readonly entries: readonly NewEntry[]
  readonly leftOut: readonly { readonly why: string; readonly rows: number }[]
  readonly notes: readonly string[]
  readonly headings: readonly string[]
  readonly columns: readonly LedgerColumn[]
  /** what was said about it, on top of what was remembered */
  readonly said: LedgerRemembered
  readonly isRecalled: boolean
  readonly isSignOpen: boolean
  readonly isDayOpen: boolean
  readonly faults: readonly RowFault[]
  readonly faultCount: number
  readonly isList: false
}
