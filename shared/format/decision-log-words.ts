import { machinesCalled } from '../domain/decision/acts/called.ts'
import type { RecordedDecision } from '../domain/decision/acts/decision-log.ts'
import type {
  DecisionOutcome,
  LoggedDecision,
  OutcomeSum,
  OutcomeSums,
} from '../domain/decision/acts/outcome.ts'
import { outcomeSums } from '../domain/decision/acts/outcome.ts'
import { MS_PER_DAY } from '../domain/units.ts'
import { count, counted, MISSING } from './numbers.ts'
import { calendarDayOf, dayMonth } from './times.ts'

/** Money in a sentence, apart from its words, so that it can be set off. */
export type SaidMoney = { readonly text: string; readonly isLoss: boolean }
export type SentencePart = string | SaidMoney

/** Less reads as nothing. */
const LEAST_USD = 0.005

type Verbs = { readonly gains: string; readonly loses: string; readonly nothing: string }
const DID: Verbs = { gains: 'saved ', loses: 'cost ', nothing: 'made no difference' }
const WOULD: Verbs = {
  gains: 'would have saved ',
  loses: 'would have cost ',
  nothing: 'would have made no difference',
}

function verdict(usd: number, verbs: Verbs, print: (usd: number) => string): readonly SentencePart[] {
  if (Math.abs(usd) < LEAST_USD) return [verbs.nothing]
  const isLoss = usd < 0
  return [isLoss ? verbs.loses : verbs.gains, { text: print(Math.abs(usd)), isLoss }]
}

/**
 * Whether it was right, in one sentence: `What was done since 26 Aug saved $4 120 against not doing it; what was not done would have saved
 * $310 more.`
 * @param firstMs of the oldest decision that is counted
 * @param where ` at North`; '' everywhere
 * @param print amounts of USD
 */
export function rightOrNot(
  { done, notDone }: OutcomeSums,
  {
    firstMs,
    where,
    takenBack,
  }: { readonly firstMs: number; readonly where: string; readonly takenBack: number },
  print: (usd: number) => string,
): readonly SentencePart[] {
  if (done.decisions + notDone.decisions === 0)
    return [
      takenBack === 0 ? `Nothing is recorded${where} yet.` : `Nothing that was recorded${where} stands.`,
    ]
  const since = `${where} since ${dayMonth(firstMs)} `
  if (done.known + notDone.known === 0) return [`What was decided${since}cannot be weighed yet.`]
  const did = verdict(done.savedUsd, DID, print)
  const would = verdict(notDone.savedUsd, WOULD, print)
  if (notDone.known === 0) return [`What was done${since}`, ...did, against(done), '.']
  if (done.known === 0) return [`What was not done${since}`, ...would, '.']
  const more = notDone.savedUsd >= LEAST_USD && done.savedUsd >= LEAST_USD ? ' more' : ''
  return [`What was done${since}`, ...did, `${against(done)}; what was not done `, ...would, `${more}.`]
}

/** What was foreseen of the days that count: `Expected for these days: $1 480 of what was done, $290 of what was not.`; '' where none counts. */
export function expectedWords({ done, notDone }: OutcomeSums, print: (usd: number) => string): string {
  const parts = [
    ...(done.known === 0 ? [] : [`${print(done.expectedUsd)} of what was done`]),
    ...(notDone.known === 0 ? [] : [`${print(notDone.expectedUsd)} of what was not`]),
  ]
  return parts.length === 0 ? '' : `Expected for these days: ${parts.join(', ')}.`
}

/** The sentence of decisions without an amount set off, and what was expected. */
export function rightOrNotText(rows: readonly LoggedDecision[], print: (usd: number) => string): string {
  const sums = outcomeSums(rows)
  const standing = rows.filter(({ decision }) => !decision.isTakenBack)
  const firstMs = standing.reduce((first, { decision }) => Math.min(first, decision.atMs), Infinity)
  const takenBack = rows.length - standing.length
  const said = rightOrNot(sums, { firstMs, where: '', takenBack }, print)
  const words = said.map((part) => (typeof part === 'string' ? part : part.text)).join('')
  return [words, expectedWords(sums, print)].filter((text) => text !== '').join(' ')
}

const against = ({ savedUsd }: OutcomeSum) =>
  savedUsd >= LEAST_USD ? ' against not doing it' : savedUsd <= -LEAST_USD ? ' more than not doing it' : ''

/** What was decided: `Done`, `Done, 12 of 18`, `Not now: no crew on site`. */
export function decisionWords({
  kind,
  reason,
  advised,
  machinesDone,
}: Pick<RecordedDecision, 'kind' | 'reason' | 'advised' | 'machinesDone'>): string {
  if (kind === 'not-now') return reason === '' ? 'Not now' : `Not now: ${reason}`
  const all = machinesCalled(advised)
  return machinesDone < all ? `Done, ${count(machinesDone)} of ${count(all)}` : 'Done'
}

/** Why a decision has no figure of what it saved; null where it has one. */
export function noOutcomeWords(
  { isTakenBack, stake }: Pick<RecordedDecision, 'isTakenBack' | 'stake'>,
  outcome: DecisionOutcome | null,
): string | null {
  if (isTakenBack) return 'taken back'
  if (stake === undefined) return 'not kept then'
  if (outcome === null) return MISSING
  if (outcome.daysCovered > 0) return null
  return outcome.daysMissing > 0 ? 'no hashprice is stored of these days' : 'no day is over yet'
}

/** Why decisions that stand have no figure: `1 decision has no figure: no day is over yet.`; null where each has one. */
export function withoutFigureWords(rows: readonly LoggedDecision[]): string | null {
  const standing = rows.filter(({ decision }) => !decision.isTakenBack)
  const open = standing.filter(({ outcome }) => outcome !== null && outcome.daysCovered === 0)
  const lacking = open.filter(({ outcome }) => outcome!.daysMissing > 0).length
  const fresh = open.length - lacking
  const old = standing.filter(({ outcome }) => outcome === null).length
  const all = lacking + fresh + old
  if (all === 0) return null
  const reasons = (
    [
      [fresh, 'no day is over yet'],
      [lacking, 'the days have no hashprice'],
      [old, 'an older version did not keep what was at stake'],
    ] as const
  ).filter(([decisions]) => decisions > 0)
  const words = reasons.map(([decisions, why]) =>
    reasons.length === 1 ? why : `of ${count(decisions)} ${why}`,
  )
  return `${counted(all, 'decision')} ${all === 1 ? 'has' : 'have'} no figure: ${words.join('; ')}.`
}

const MOST_SPANS = 4

/** Days as spans: `3 Mar 2026, 7 Mar 2026 to 9 Mar 2026 and more`. @param daysMs beginnings of UTC days, ascending or not */
export function daySpanWords(daysMs: readonly number[]): string {
  const spans: [number, number][] = []
  for (const day of daysMs.toSorted((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last !== undefined && day - last[1] <= MS_PER_DAY) last[1] = day
    else spans.push([day, day])
  }
  const words = spans
    .slice(0, MOST_SPANS)
    .map(([from, to]) =>
      from === to ? calendarDayOf(from) : `${calendarDayOf(from)} to ${calendarDayOf(to)}`,
    )
  return spans.length > MOST_SPANS ? `${words.join(', ')} and more` : words.join(', ')
}
