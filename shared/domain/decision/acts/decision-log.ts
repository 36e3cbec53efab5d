import { MS_PER_DAY } from '../../units.ts'
import type { ActCounts } from './called.ts'
import { isSameActs } from './called.ts'
import type { Stake, StakeOfOne } from './stake.ts'

/** Letters of who decided. */
export const MOST_BY_LENGTH = 100

/** What was advised at a site, and what someone did about it. */
export type RecordedDecision = {
  readonly key: number
  readonly atMs: number
  readonly siteKey: number
  /** as the site was called then */
  readonly site: string
  readonly kind: 'done' | 'not-now'
  /** why not now; '' where nobody said */
  readonly reason: string
  readonly advised: ActCounts
  /** fewer than advised where it was done in part */
  readonly machinesDone: number
  /** power at the meter that the advice frees, kW */
  readonly freedKw: number
  /** what it was worth until `untilMs`, USD; per day where that is null */
  readonly gainUsd: number
  readonly untilMs: number | null
  /** what the advice rested on */
  readonly hashpriceUsdPerPhDay: number
  /** null: not known beside a typed hashprice */
  readonly priceUsdPerBtc: number | null
  readonly difficulty: number | null
  /** change of the next adjustment, a fraction; null where none was known */
  readonly change: number | null
  /** its change of the fleet was undone, or someone withdrew it */
  readonly isTakenBack: boolean
  /** since when, unix ms; absent: it stands, or that was not kept then */
  readonly takenBackAtMs?: number
  /** who decided, as they say it; absent: nobody said */
  readonly byWhom?: string
  /** of what was switched, or would have been (not now); absent: not kept then, or not asked for */
  readonly stake?: Stake
}

/** What stands in a decision of each machine, as columns. */
export type DecidedMachines = {
  readonly key: readonly number[]
  /** that were to be switched, and that were */
  readonly advised: readonly number[]
  readonly done: readonly number[]
  /** codes of VERDICTS */
  readonly act: readonly number[]
  /** indices into MACHINE_STATUSES; `after` of the machines that were switched */
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** under which those that were switched stand from then on: a part of a lot gets a key of its own; absent: not kept then */
  readonly keyAfter?: readonly number[]
  /** what is at stake with one machine, each once, and which of them is a row's; absent: not kept then */
  readonly stakes?: readonly StakeOfOne[]
  readonly stake?: readonly number[]
}

const localDay = (atMs: number) => Math.floor(atMs / MS_PER_DAY - new Date(atMs).getTimezoneOffset() / 1440)

/**
 * The "not now" that holds for a site: said today, while the same is advised. The next day, or when the advice is another one, the
 * site is called again.
 * @param decisions newest first
 */
export function notNowFor(
  decisions: readonly RecordedDecision[],
  call: ActCounts & { readonly siteKey: number },
  nowMs: number,
): RecordedDecision | null {
  const latest = decisions.find((each) => each.siteKey === call.siteKey && !each.isTakenBack)
  if (latest?.kind !== 'not-now' || localDay(latest.atMs) !== localDay(nowMs)) return null
  return isSameActs(latest.advised, call) ? latest : null
}
