import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { actCountWords, recordedWords } from '#shared/format/act-words.ts'
import { noOutcomeWords, rightOrNotText } from '#shared/format/decision-log-words.ts'
import { usd } from '#shared/format/money.ts'
import { counted, MISSING, number } from '#shared/format/numbers.ts'
import { calendarDayOf } from '#shared/format/times.ts'
import { power } from '#shared/format/units.ts'
import { MOST_LOGGED } from '#shared/ipc/schemas/decisions.ts'
import type { DecisionLog } from '#shared/ipc/schemas/decisions.ts'
import { logDocument } from '#electron/files/decisions/decision-document.ts'
import { writeDecisionCsv } from '#electron/files/decisions/write-decisions.ts'
import { replaceFile } from '#electron/files/replace.ts'
import { createDecisionService } from '#electron/services/decision-service.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import { readPast } from '../hand-over.ts'
import { writeLine } from '../json.ts'
import { periodGiven, periodOptions } from '../period.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'

export const command = defineCommand({
  name: 'decisions',
  summary:
    'what was advised at the sites, what was done about it and by whom, and what it saved at the hashprices that came; the latest first',
  options: {
    ...periodOptions,
    csv: { type: 'string', value: 'FILE', help: 'write them to a file as a table' },
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, host, path }) {
    const period = periodGiven('decisions', options)
    const log = await withStore(host, options.data, (store) =>
      createDecisionService({ store, past: { read: () => readPast(store) }, nowMs: Date.now }).read(
        period,
        options.json || options.csv !== undefined ? null : MOST_LOGGED,
      ),
    )
    if (options.csv !== undefined) {
      await replaceFile(path(options.csv), writeDecisionCsv(log.rows))
      await writeLine(host.stderr, `${counted(log.rows.length, 'decision')} written`)
    }
    if (options.json) await writeLine(host.stdout, JSON.stringify(logDocument(log)))
    else if (options.csv === undefined) for (const line of linesOf(log)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

function* linesOf(log: DecisionLog): Generator<string> {
  const { rows, history, hasMore } = log
  if (rows.length === 0) {
    yield 'Nothing is recorded.'
    return
  }
  yield* textTable(
    [
      { title: 'site' },
      { title: 'recorded' },
      { title: 'by' },
      { title: 'advised' },
      { title: 'frees', right: true },
      { title: 'worth', right: true },
      { title: 'saved', right: true },
      { title: 'expected', right: true },
      { title: 'days', right: true },
    ],
    rows.map(cellsOf),
  )
  yield rightOrNotText(rows, usd)
  const { missing } = history
  if (missing.length > 0) {
    const first = calendarDayOf(missing[0]!)
    yield `No hashprice is stored for ${counted(missing.length, 'of these days', 'of these days')} (the first: ${first}), so that they are in no figure; history fill fetches them.`
  }
  if (hasMore) yield `Older ones are left out: --from and --to choose others, and --csv and --json have all.`
}

function cellsOf({ decision, outcome }: LoggedDecision): string[] {
  const missing = noOutcomeWords(decision, outcome)
  const has = outcome !== null && missing === null
  return [
    decision.site,
    recordedWords(decision),
    decision.byWhom ?? MISSING,
    actCountWords(decision.advised),
    power(decision.freedKw * W_PER_KW),
    `${usd(decision.gainUsd)}${decision.untilMs === null ? ' a day' : ''}`,
    has ? usd(outcome.savedUsd) : missing!,
    has ? usd(outcome.expectedUsd) : MISSING,
    outcome === null ? MISSING : number(outcome.daysCovered, 1),
  ]
}
