import type { Day, Month } from './entry.ts'

/** Where something stands that is in the way: stored, or given together with it (place from 0). */
export type Place = { readonly key: number } | { readonly at: number }

/** Why an entry is not taken; words for it in shared/format/ledger-words.ts. */
export type EntryFault =
  | { readonly what: 'site'; readonly site: string }
  | { readonly what: 'zone'; readonly zone: string }
  | { readonly what: 'text'; readonly field: string; readonly atMost: number }
  /** no day or month of the calendar, or before bitcoin began */
  | { readonly what: 'day'; readonly field: string; readonly value: string }
  | { readonly what: 'period'; readonly from: Day; readonly to: Day; readonly atMostDays: number }
  | { readonly what: 'future'; readonly day: Day; readonly last: Day }
  | {
      readonly what: 'number'
      readonly field: string
      readonly value: number
      readonly rule: 'whole' | 'not negative' | 'not positive' | 'above 0' | 'a share' | 'a number'
    }
  /** further from 0 than any such figure is */
  | { readonly what: 'most'; readonly field: string; readonly value: number; readonly most: number }
  /** its USD are not its amount at its rate */
  | { readonly what: 'money'; readonly field: string }
  | { readonly what: 'salvage' }
  /** given twice together */
  | { readonly what: 'twice'; readonly other: Place }
  /** the same thing is known with other figures */
  | { readonly what: 'conflict'; readonly other: Place }
  | { readonly what: 'overlap'; readonly other: Place; readonly day: Day }
  | { readonly what: 'closed'; readonly month: Month }
  /** more bitcoin goes out than is held at the end of a day */
  | { readonly what: 'sold'; readonly day: Day; readonly heldSat: number; readonly sat: number }
  | {
      readonly what: 'correction'
      readonly of: number
      readonly why:
        | 'unknown'
        | 'void'
        /** only kinds with figures to add to */
        | 'no figures'
        | 'other kind'
        /** name the entry that the correction corrects */
        | 'a correction'
        /** another pool, payee, meter, site … */
        | 'other subject'
        | 'other currency'
        | 'before it'
        /** original and corrections come to less than 0 */
        | 'below 0'
        | 'changes nothing'
    }
  | {
      readonly what: 'void'
      readonly of: { readonly entry: number } | { readonly batch: number }
      /** `corrected`: its corrections would change what does not count */
      readonly why: 'unknown' | 'void already' | 'no fact' | 'corrected'
    }
  | {
      readonly what: 'close'
      readonly month: Month
      readonly why: 'closed already' | 'not over' | 'costing'
    }
  /** an earlier month with entries is open */
  | { readonly what: 'close before'; readonly month: Month; readonly first: Month }
  /** newest is what can be reopened; null: no month is closed */
  | { readonly what: 'reopen'; readonly month: Month; readonly newest: Month | null }

export type AdmitFault = {
  /** place among those that were given, from 0 */
  readonly at: number
  readonly fault: EntryFault
}
