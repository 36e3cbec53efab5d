import { machinesCalled } from '../../domain/decision/acts/called.ts'
import type { RecordedDecision } from '../../domain/decision/acts/decision-log.ts'
import { outcomeOf } from '../../domain/decision/acts/outcome.ts'
import type { LoggedDecision } from '../../domain/decision/acts/outcome.ts'
import { actCountWords } from '../../format/act-words.ts'
import { rightOrNotText } from '../../format/decision-log-words.ts'
import { count, counted, MISSING } from '../../format/numbers.ts'
import { dayMonth } from '../../format/times.ts'
import type { Block, ReportColumn } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { columnsOver, heading, note, sentence, table, tableOf } from '../table.ts'

/** What was advised in the period, what was done about it, and what that saved until the report's moment. */
export function decisionsSection(facts: ReportFacts): readonly Block[] {
  const { recent, asOfMs, decisions } = facts.case
  const { fromMs, toMs, recorded } = decisions
  const period = `${dayMonth(fromMs, undefined, Number.NaN)} to ${dayMonth(toMs, undefined, Number.NaN)}`
  if (recorded.length === 0) return [sentence(`No decision was recorded from ${period}.`)]
  const inTime = [...recorded].sort((a, b) => a.atMs - b.atMs)
  const standing = inTime.filter(({ isTakenBack }) => !isTakenBack)
  const takenBack = inTime.filter(({ isTakenBack }) => isTakenBack)
  const logged = standing.map((decision) => ({ decision, outcome: outcomeOf(decision, recent, asOfMs) }))
  const isWeighed = logged.some(({ outcome: of }) => of !== null && !Number.isNaN(of.savedUsd))
  return [
    heading('Decisions', period),
    sentence(summary(standing, takenBack)),
    ...(isWeighed ? [sentence(rightOrNotText(logged, facts.money.amount))] : []),
    ...(standing.length === 0
      ? []
      : [
          table(
            tableOf(
              'decisions',
              'Decisions of the period',
              counted(standing.length, 'decision'),
              columnsOf(standing, true),
            ),
          ),
          note(
            'Worth is what the advice was worth when it was given, until the day beside it. Of what was not done it is what was left. Power and worth are of all that was advised, also where fewer machines were switched.',
          ),
        ]),
    ...outcomes(logged),
    ...(takenBack.length === 0
      ? []
      : [
          heading('Taken back', 'in no sum'),
          table(tableOf('decisions-taken-back', 'Taken back', null, columnsOf(takenBack, false))),
        ]),
  ]
}

const isDone = ({ kind }: RecordedDecision) => kind === 'done'
const advised = ({ advised: counts }: RecordedDecision) => machinesCalled(counts)

/** `3 decisions: 2 done, 240 of 260 machines; 1 not now. 1 more was taken back.` */
function summary(standing: readonly RecordedDecision[], takenBack: readonly RecordedDecision[]): string {
  const done = standing.filter(isDone)
  const [machinesDone, machinesAdvised] = [
    sumOf(done, ({ machinesDone: machines }) => machines),
    sumOf(done, advised),
  ]
  const parts = [
    ...(done.length > 0
      ? [
          `${count(done.length)} done, ${count(machinesDone)} of ${counted(machinesAdvised, 'machine')} switched`,
        ]
      : []),
    ...(done.length < standing.length ? [`${count(standing.length - done.length)} not now`] : []),
  ]
  const back =
    takenBack.length === 0
      ? ''
      : ` ${takenBack.length} ${standing.length === 0 ? '' : 'more '}${takenBack.length === 1 ? 'was' : 'were'} taken back.`
  return standing.length === 0
    ? `No decision stands.${back}`
    : `${counted(standing.length, 'decision')}: ${parts.join('; ')}.${back}`
}

const sumOf = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((sum, row) => sum + of(row), 0)

function columnsOf(rows: readonly RecordedDecision[], hasTotals: boolean): readonly ReportColumn[] {
  const { text, figure } = columnsOver(rows)
  const total = hasTotals ? 'sum' : null
  const worth = (is: boolean) => (row: RecordedDecision) =>
    row.untilMs !== null && isDone(row) === is ? row.gainUsd : Number.NaN
  return [
    figure('atMs', 'Day', 'day', ({ atMs }) => atMs),
    text('site', 'Site', ({ site }) => site),
    text('advised', 'Advised', ({ advised: counts }) => actCountWords(counts)),
    text('outcome', 'Outcome', outcome),
    ...(rows.some(({ byWhom }) => byWhom !== undefined)
      ? [text('byWhom', 'By', ({ byWhom = MISSING }) => byWhom)]
      : []),
    figure('machinesAdvised', 'Machines', 'count', advised, total),
    figure('machinesDone', 'Switched', 'count', ({ machinesDone }) => machinesDone, total),
    figure('freedKw', 'Frees at the meter', 'kw', (row) => (isDone(row) ? row.freedKw : Number.NaN), total),
    figure('worthDoneUsd', 'Worth, done', 'usd', worth(true), total),
    figure('worthNotDoneUsd', 'Worth, not done', 'usd', worth(false), total),
    ...(rows.some(({ untilMs }) => untilMs === null)
      ? [
          figure('worthUsdPerDay', 'Worth where no day was known', 'usdPerDay', ({ untilMs, gainUsd }) =>
            untilMs === null ? gainUsd : Number.NaN,
          ),
        ]
      : []),
    figure('untilMs', 'Until', 'day', ({ untilMs }) => untilMs ?? Number.NaN),
    figure('hashpriceUsdPerPhDay', 'Hashprice', 'usdPerPhDay', (row) => row.hashpriceUsdPerPhDay),
  ]
}

const HOW_SAVED =
  'Saved is, of the machines that were switched, the avoidable cost that stopped less what the hashrate that stopped would have earned at the hashprice of each day that is over, and restarts; against not doing it, until the day beside the worth, at most the last that is over, or until something else was done with the same machines. Days without a stored hashprice are in no figure. Of what was not done it is what doing it would have saved. The cost is that of the day of the decision.'

/** What came of the decisions whose stake was kept; of reports of before there is none. */
function outcomes(logged: readonly LoggedDecision[]): readonly Block[] {
  const rows = logged.flatMap(({ decision, outcome: of }) => (of === null ? [] : [{ decision, of }]))
  if (rows.length === 0) return []
  const { text, figure } = columnsOver(rows)
  const saved = (is: boolean) => (row: (typeof rows)[number]) =>
    isDone(row.decision) === is ? row.of.savedUsd : Number.NaN
  const columns = [
    figure('atMs', 'Day', 'day', ({ decision }) => decision.atMs),
    text('site', 'Site', ({ decision }) => decision.site),
    text('outcome', 'Outcome', ({ decision }) => outcome(decision)),
    figure('savedDoneUsd', 'Really saved', 'usd', saved(true), 'sum'),
    figure('savedNotDoneUsd', 'Would have saved, not done', 'usd', saved(false), 'sum'),
    figure('expectedUsd', 'Expected for these days', 'usd', ({ of }) => of.expectedUsd),
    figure(
      'hashpriceUsdPerPhDay',
      'Hashprice then',
      'usdPerPhDay',
      (row) => row.decision.hashpriceUsdPerPhDay,
    ),
    figure(
      'meanHashpriceUsdPerPhDay',
      'Really, on average',
      'usdPerPhDay',
      (row) => row.of.meanHashpriceUsdPerPhDay,
    ),
    figure('daysCovered', 'Days covered', 'days', ({ of }) => of.daysCovered),
    figure('daysMissing', 'Days missing', 'days', ({ of }) => of.daysMissing),
  ]
  return [
    heading('What came of them', 'at the hashprices that really came'),
    table(tableOf('decision-outcomes', 'What came of them', counted(rows.length, 'decision'), columns)),
    note(HOW_SAVED),
  ]
}

function outcome({ kind, reason }: RecordedDecision): string {
  if (kind === 'done') return 'Done'
  return reason === '' ? 'Not now' : `Not now: ${reason}`
}
