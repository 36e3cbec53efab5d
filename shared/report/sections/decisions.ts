import { machinesCalled } from '../../domain/decision/acts/called.ts'
import type { RecordedDecision } from '../../domain/decision/acts/decision-log.ts'
import { actCountWords } from '../../format/act-words.ts'
import { counted } from '../../format/numbers.ts'
import { calendarDayOf } from '../../format/times.ts'
import { figures, heading, note, sentence, table, texts } from '../columns.ts'
import type { Block, ReportColumn } from '../document.ts'
import type { ReportFacts } from '../facts.ts'

/** What was advised in the period, and what was done about it. */
export function decisionsSection(facts: ReportFacts): readonly Block[] {
  const { fromMs, toMs, recorded } = facts.case.decisions
  const period = `${calendarDayOf(fromMs)} to ${calendarDayOf(toMs)}`
  if (recorded.length === 0) return [sentence(`No decision was recorded from ${period}.`)]
  const inTime = [...recorded].sort((a, b) => a.atMs - b.atMs)
  const standing = inTime.filter(({ isTakenBack }) => !isTakenBack)
  const takenBack = inTime.filter(({ isTakenBack }) => isTakenBack)
  return [
    heading('Decisions', period),
    sentence(summary(standing, takenBack)),
    ...(standing.length === 0
      ? []
      : [
          table(
            'decisions',
            'Decisions of the period',
            columnsOf(standing, true),
            counted(standing.length, 'decision'),
          ),
          note(
            'Worth is what the advice was worth when it was given, until the day beside it. Of what was not done it is what was left. Power and worth are of all that was advised, also where fewer machines were switched.',
          ),
        ]),
    ...(takenBack.length === 0
      ? []
      : [
          heading('Taken back', 'in no sum'),
          table('decisions-taken-back', 'Decisions that were taken back', columnsOf(takenBack, false)),
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
      ? [`${done.length} done, ${machinesDone} of ${counted(machinesAdvised, 'machine')} switched`]
      : []),
    ...(done.length < standing.length ? [`${standing.length - done.length} not now`] : []),
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
  const column = (
    key: string,
    title: string,
    look: Parameters<typeof figures>[2],
    of: (row: RecordedDecision) => number,
    isSummed = false,
  ) => {
    const values = rows.map(of)
    const known = values.filter((value) => !Number.isNaN(value))
    const total = known.length === 0 ? Number.NaN : sumOf(known, (value) => value)
    return figures(key, title, look, values, hasTotals && isSummed ? total : null)
  }
  const worth = (of: (row: RecordedDecision) => boolean) => (row: RecordedDecision) =>
    row.untilMs !== null && of(row) ? row.gainUsd : Number.NaN
  const isPerDay = rows.some(({ untilMs }) => untilMs === null)
  return [
    column('atMs', 'Day', 'day', ({ atMs }) => atMs),
    texts(
      'site',
      'Site',
      rows.map(({ site }) => site),
    ),
    texts(
      'advised',
      'Advised',
      rows.map(({ advised: counts }) => actCountWords(counts)),
    ),
    texts('outcome', 'Outcome', rows.map(outcome)),
    column('machinesAdvised', 'Machines', 'count', advised, true),
    column('machinesDone', 'Switched', 'count', ({ machinesDone }) => machinesDone, true),
    column('freedKw', 'Frees at the meter', 'kw', (row) => (isDone(row) ? row.freedKw : Number.NaN), true),
    column('worthDoneUsd', 'Worth, done', 'usd', worth(isDone), true),
    column(
      'worthNotDoneUsd',
      'Worth, not done',
      'usd',
      worth((row) => !isDone(row)),
      true,
    ),
    ...(isPerDay
      ? [
          column('worthUsdPerDay', 'Worth where no day was known', 'usdPerDay', ({ untilMs, gainUsd }) =>
            untilMs === null ? gainUsd : Number.NaN,
          ),
        ]
      : []),
    column('untilMs', 'Until', 'day', ({ untilMs }) => untilMs ?? Number.NaN),
    column('hashpriceUsdPerPhDay', 'Hashprice', 'usdPerPhDay', (row) => row.hashpriceUsdPerPhDay),
  ]
}

function outcome({ kind, reason }: RecordedDecision): string {
  if (kind === 'done') return 'Done'
  return reason === '' ? 'Not now' : `Not now: ${reason}`
}
