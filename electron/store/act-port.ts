import type { ActCounts } from '#shared/domain/decision/acts/called.ts'
import type { Verdict } from '#shared/domain/decision/words.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import type { Changed } from './port.ts'

/** What was decided about one machine or lot. */
export type MachineDecision = Pick<RecordedDecision, 'atMs' | 'kind' | 'reason' | 'isTakenBack'> & {
  /** what was advised */
  readonly act: Verdict
  /** machines of the lot that were to be switched, and that were */
  readonly advised: number
  readonly done: number
}

/** The network that advice rests on, and the moment; null: that of the conditions. */
export type ActMarket = {
  readonly conditions: NetworkConditions
  readonly horizonDays: number | null
  readonly nowMs: number | null
}

/** unix ms; null: from the first, or to the last */
export type DecisionPeriod = { readonly fromMs: number | null; readonly toMs: number | null }

/** What someone did about the advice of today at some sites, or why not now. */
export type ActRequest = {
  readonly kind: RecordedDecision['kind']
  readonly reason: string
  /** who decided; '': nobody says */
  readonly by: string
  readonly atMs: number
  /** shown: what was advised when it was shown; where it is another by now: 'conflict'. null: nothing was shown */
  readonly sites: readonly { readonly siteKey: number; readonly shown: ActCounts | null }[]
  /** all rows; all but these, of which so many machines are done; or only these, null: all their machines */
  readonly done:
    | { readonly rows: 'all' }
    | {
        readonly rows: 'but'
        readonly machines: readonly { readonly key: number; readonly machines: number }[]
      }
    | {
        readonly rows: 'only'
        readonly machines: readonly { readonly id: string; readonly machines: number | null }[]
      }
}

/** machines: that were switched */
export type Recorded = Changed & { readonly machines: number; readonly sites: readonly string[] }

/** A work list that has come home, before it is recorded. */
export type MarkedListPreview = {
  readonly token: string
  readonly fileName: string
  /** lines of the file, and those that are marked as done */
  readonly lines: number
  readonly marked: number
  /** machines by what the list does to them, by site */
  readonly sites: readonly {
    readonly site: string
    readonly powerDown: number
    readonly start: number
    /** to another operating point */
    readonly set: number
    /** that are in that state already */
    readonly already: number
  }[]
  /** what may be wrong about it: it is recorded only where that is said to be right */
  readonly questions: readonly string[]
  /** lines that are left out, and why; the first ones */
  readonly leftOut: readonly { readonly line: number; readonly message: string }[]
  readonly leftOutCount: number
}

/** Decisions, what is advised now, and work lists. */
export type ActCalls = {
  /** The decisions that a machine was in, the newest first, at most 100. */
  readMachineDecisions(key: number): readonly MachineDecision[]
  /** Newest first, without what was at stake. */
  readDecisions(atMost: number): readonly RecordedDecision[]
  /** Newest first, of a period with both its ends, with what was at stake, as far as later decisions let it last. */
  readDecisionLog(period: DecisionPeriod, atMost: number | null): readonly RecordedDecision[]
  /**
   * Records what was done about today's advice, or why not now, and switches machines that are done: one transaction and one step of
   * undo. Undo of it marks the decisions as taken back, redo takes the mark off; they are never lost. 'conflict' where something
   * else is advised than was shown, 'not-found' where there is nothing to do; then nothing is changed.
   */
  recordActs(market: ActMarket, request: ActRequest): Promise<Recorded>
  /** Withdraws a "not now"; 'not-found' where it does not stand any more. */
  takeBackDecision(key: number): void
  /** Writes what is to be done at a site, or at all, as CSV. An existing file is replaced at once or not at all. */
  writeWorkList(
    path: string,
    market: ActMarket,
    site: string | null,
    nowMs: number,
  ): Promise<{ readonly rows: number }>
  /** Reads a work list with its done column filled in; nothing is stored. It waits under the token, one at a time. */
  previewWorkList(path: string, market: ActMarket, nowMs: number): Promise<MarkedListPreview>
  /** As {@link recordActs}. 'bad-input' where the preview asks and nobody said yes; 'not-found' where another list waits now. */
  confirmWorkList(
    token: string,
    market: ActMarket,
    accepted: boolean,
    by: string,
    nowMs: number,
  ): Promise<Recorded>
  discardWorkList(token: string): void
}
