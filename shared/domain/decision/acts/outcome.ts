import { DEFAULT_DAYS_AFTER_ADJUSTMENT } from '../../chain/outlook.ts'
import { revenuePerDay } from '../../margins/margin.ts'
import type { RecentHashprice } from '../../signals/hashprice-history.ts'
import { MS_PER_DAY } from '../../units.ts'
import type { RecordedDecision } from './decision-log.ts'
import { foreseenUsdPerPh } from './stake.ts'
import type { StakePart } from './stake.ts'

/** Why the days of an outcome end: the advice's own end, a later decision about the same machines, or no later day is over yet. */
export type OutcomeEnd = 'over' | 'again' | 'now'

/** What a decision saved until now against not doing it; of a "not now" what doing it would have saved. USD. */
export type DecisionOutcome = {
  readonly fromMs: number
  /** of its longest part; never after the last midnight (UTC): a day that is not over has no hashprice yet */
  readonly toMs: number
  readonly endsWith: OutcomeEnd
  /** days between these that have a hashprice, and those without, which are in no figure here; fractions at the ends */
  readonly daysCovered: number
  readonly daysMissing: number
  /** NaN: no day is covered; then there is no money either */
  readonly meanHashpriceUsdPerPhDay: number
  /** at the hashprices that really came; below 0 where it cost more than it saved */
  readonly savedUsd: number
  /** over the same days, at the hashprices that were foreseen */
  readonly expectedUsd: number
  /** restarts in both */
  readonly restartUsd: number
}

/** Where no date was known the worth was told per day: such a decision is followed for as long as a horizon lasts after its adjustment. */
export const UNDATED_DAYS = DEFAULT_DAYS_AFTER_ADJUSTMENT

/** Hashprices by UTC day, contiguous; NaN where a day has none. */
export type DailyHashprice = RecentHashprice

const dayOf = (atMs: number) => Math.floor(atMs / MS_PER_DAY)

/** USD/PH/s/day of a UTC day, counted from 1970; NaN where it has none. */
function hashpriceOfDay({ usdPerPhDay, lastDayMs }: DailyHashprice, day: number): number {
  return usdPerPhDay[usdPerPhDay.length - 1 + day - dayOf(lastDayMs)] ?? NaN
}

/** When a part of a decision ends, as far as it is known now. */
function endOf({ untilMs, againMs }: StakePart, atMs: number, nowMs: number) {
  const ownMs = untilMs ?? atMs + UNDATED_DAYS * MS_PER_DAY
  const midnightMs = dayOf(nowMs) * MS_PER_DAY
  const ends: readonly (readonly [number, OutcomeEnd])[] = [
    [againMs ?? Infinity, 'again'],
    [ownMs, 'over'],
    [midnightMs, 'now'],
  ]
  const [toMs, endsWith] = ends.reduce((first, end) => (end[0] < first[0] ? end : first))
  return { toMs: Math.max(toMs, atMs), endsWith }
}

/**
 * What a decision saved, at the hashprices that really came, against not doing it. Each part of its stake is followed from the decision to
 * the first of: its own end (without a date {@link UNDATED_DAYS} after the decision), the moment when a later decision switched the same
 * machines again (of a "not now": was about them again), and the last midnight (UTC). For each stretch of a day in it
 *
 * saved += (cost that stops − accepted PH/s that stops × hashprice of the day) × days
 *
 * and restarts once: those at once with the first covered day; those at a part's end where it has reached its own end, unless a later
 * decision has started the machines: then that one pays, and nothing is counted twice. A day without a hashprice is left out and counted as missing; nothing is put
 * in its place. Costs are those of the moment of the decision.
 *
 * @param daily hashprices of days that are over
 * @param nowMs the moment to look from
 * @returns null where the decision was taken back, or its stake was not kept then
 */
export function outcomeOf(
  { atMs, kind, stake, isTakenBack }: RecordedDecision,
  daily: DailyHashprice | null,
  nowMs: number,
): DecisionOutcome | null {
  if (isTakenBack || stake === undefined) return null
  const ends = stake.parts.map((part) => endOf(part, atMs, nowMs))
  const longest = ends.reduce((last, end) => (end.toMs > last.toMs ? end : last), ends[0]!)
  let savedUsd = 0
  let expectedUsd = 0
  let restartUsd = 0
  let coveredDays = 0
  let missingDays = 0
  let usdPerPh = 0
  for (let day = dayOf(atMs); day * MS_PER_DAY < longest.toMs; day++) {
    const fromMs = Math.max(atMs, day * MS_PER_DAY)
    const dayEndMs = (day + 1) * MS_PER_DAY
    const hashprice = daily === null ? NaN : hashpriceOfDay(daily, day)
    const days = (Math.min(dayEndMs, longest.toMs) - fromMs) / MS_PER_DAY
    if (Number.isNaN(hashprice)) {
      missingDays += days
      continue
    }
    coveredDays += days
    usdPerPh += hashprice * days
    stake.parts.forEach(({ acceptedPhs, costUsdPerDay }, i) => {
      const toMs = Math.min(dayEndMs, ends[i]!.toMs)
      if (toMs <= fromMs) return
      const partDays = (toMs - fromMs) / MS_PER_DAY
      const cost = costUsdPerDay * partDays
      savedUsd += cost - revenuePerDay(acceptedPhs, hashprice) * partDays
      expectedUsd += cost - acceptedPhs * foreseenUsdPerPh(stake.foreseen, fromMs, toMs)
    })
  }
  if (coveredDays > 0)
    stake.parts.forEach((part, i) => {
      const isStartedElsewhere = kind === 'done' && part.againMs !== null && part.againMs <= nowMs
      const isPaid = ends[i]!.endsWith === 'over' && !isStartedElsewhere
      restartUsd += part.restartUsd + (isPaid ? part.restartAtEndUsd : 0)
    })
  return {
    ...{ fromMs: atMs, toMs: longest.toMs, endsWith: longest.endsWith },
    ...{ daysCovered: coveredDays, daysMissing: missingDays, restartUsd },
    ...(coveredDays > 0
      ? {
          meanHashpriceUsdPerPhDay: usdPerPh / coveredDays,
          savedUsd: savedUsd - restartUsd,
          expectedUsd: expectedUsd - restartUsd,
        }
      : { meanHashpriceUsdPerPhDay: NaN, savedUsd: NaN, expectedUsd: NaN }),
  }
}

/** The UTC days of an outcome that have no hashprice, unix ms of their beginnings. */
export function missingDaysOf({ fromMs, toMs }: DecisionOutcome, daily: DailyHashprice | null): number[] {
  const missing: number[] = []
  if (toMs <= fromMs) return missing
  for (let day = dayOf(fromMs); day * MS_PER_DAY < toMs; day++)
    if (daily === null || Number.isNaN(hashpriceOfDay(daily, day))) missing.push(day * MS_PER_DAY)
  return missing
}

/** Of days without a hashprice those that lie in the outcomes of some rows, ascending, unix ms of their beginnings. */
export function missingDaysAmong(rows: readonly LoggedDecision[], missing: readonly number[]): number[] {
  const known = new Set(missing.map(dayOf))
  const among = new Set<number>()
  for (const { outcome } of rows)
    if (outcome !== null && outcome.daysMissing > 0)
      for (let day = dayOf(outcome.fromMs); day * MS_PER_DAY < outcome.toMs; day++)
        if (known.has(day)) among.add(day)
  return [...among].sort((a, b) => a - b).map((day) => day * MS_PER_DAY)
}

/** A row of the log; outcome null: taken back, or its stake was not kept then. */
export type LoggedDecision = {
  readonly decision: RecordedDecision
  readonly outcome: DecisionOutcome | null
}

/** Sums of decisions that stand. */
export type OutcomeSum = {
  readonly decisions: number
  /** of these, decisions with a figure: their stake was kept, and a day of them is over and covered */
  readonly known: number
  readonly savedUsd: number
  readonly expectedUsd: number
}
export type OutcomeSums = { readonly done: OutcomeSum; readonly notDone: OutcomeSum }

/** What was done saved, and what was not done would have saved; what was taken back is in neither. */
export function outcomeSums(rows: readonly LoggedDecision[]): OutcomeSums {
  const sumOf = (kind: RecordedDecision['kind']): OutcomeSum => {
    const standing = rows.filter(({ decision }) => decision.kind === kind && !decision.isTakenBack)
    const known = standing.flatMap(({ outcome }) =>
      outcome === null || Number.isNaN(outcome.savedUsd) ? [] : [outcome],
    )
    return {
      ...{ decisions: standing.length, known: known.length },
      savedUsd: known.reduce((sum, { savedUsd }) => sum + savedUsd, 0),
      expectedUsd: known.reduce((sum, { expectedUsd }) => sum + expectedUsd, 0),
    }
  }
  return { done: sumOf('done'), notDone: sumOf('not-now') }
}
