import type { DecisionOutcome, OutcomeSum, OutcomeSums } from '../domain/decision/acts/outcome.ts'
import type { RecordedDecision } from '../domain/decision/acts/decision-log.ts'
import { US_DOLLARS } from './money.ts'
import type { Money } from './money.ts'
import { counted, MISSING } from './numbers.ts'

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

/**
 * `What was done saved $120, where $140 was expected for these days (2 decisions). What was not done would have lost …`; '' where neither
 * has a figure.
 */
export function outcomeSumWords({ done, notDone }: OutcomeSums, money: Money = US_DOLLARS): string {
  const said = (
    what: string,
    [saved, lost]: readonly [string, string],
    { known, savedUsd, expectedUsd }: OutcomeSum,
  ) => {
    const figure = `${savedUsd < 0 ? lost : saved} ${money.amount(Math.abs(savedUsd))}`
    const expected = `where ${money.amount(expectedUsd)} was expected for these days (${counted(known, 'decision')})`
    return known === 0 ? [] : [`${what} ${figure}, ${expected}.`]
  }
  return [
    ...said('What was done', ['saved', 'lost'], done),
    ...said('What was not done', ['would have saved', 'would have lost'], notDone),
  ].join(' ')
}
