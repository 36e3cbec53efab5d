import type { ReportCase } from './case.ts'
import type { LookedBack } from './looked-back.ts'

/** What is asked of the thread that draws pages, and what it answers. Everything in it goes from thread to thread as it is. */
export type PagesRequest =
  | {
      readonly kind: 'pack'
      readonly reportCase: ReportCase
      /** absent: it is computed with the pages */
      readonly lookedBack?: LookedBack | null
      /** hash of the sealed inputs, hex; null: the pages are not sealed */
      readonly seal: string | null
      /** of each table, for a preview; null: all of them */
      readonly rowsAtMost: number | null
    }
  | {
      readonly kind: 'workList'
      readonly reportCase: ReportCase
      /** null: every site */
      readonly site: string | null
    }

export type DrawnPages = {
  /** static: no script, no style but by classes */
  readonly markup: string
  /** small enough that each cell can be told to those who cannot see it: the tags of a cell take half a kilobyte */
  readonly isTagged: boolean
  /** of the document, as it stands in its metadata */
  readonly title: string
  /** at the head of each page: whose it is and what, and as of when */
  readonly head: { readonly company: string; readonly title: string; readonly asOf: string }
  readonly checks: readonly ReportCheck[]
}

/** What is looked at before a report is handed over. */
export type ReportCheck = { readonly isFine: boolean; readonly words: string }

export type PagesReply = { readonly pages: DrawnPages } | { readonly refusal: string }
