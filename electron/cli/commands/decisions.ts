import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { actCountWords, recordedWords } from '#shared/format/act-words.ts'
import { usd } from '#shared/format/money.ts'
import { power } from '#shared/format/units.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'

const MOST_READ = 10_000

export const command = defineCommand({
  name: 'decisions',
  summary: 'what was advised at the sites and what was done about it, the latest first',
  options: { ...jsonOption, ...dataOption },
  async run({ options, host }) {
    const decisions = await withStore(host, options.data, (store) => store.readDecisions(MOST_READ))
    if (options.json) await writeLine(host.stdout, JSON.stringify({ decisions: decisions.map(documentOf) }))
    else if (decisions.length === 0) await writeLine(host.stdout, 'Nothing is recorded.')
    else for (const line of linesOf(decisions)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

const documentOf = (decision: RecordedDecision) => ({
  at: isoTime(decision.atMs),
  site: decision.site,
  kind: decision.kind,
  reason: decision.reason,
  advised: decision.advised,
  machinesDone: decision.machinesDone,
  freedKw: decision.freedKw,
  gainUsd: decision.gainUsd,
  until: decision.untilMs === null ? null : isoTime(decision.untilMs),
  hashpriceUsdPerPhDay: decision.hashpriceUsdPerPhDay,
  priceUsdPerBtc: decision.priceUsdPerBtc,
  difficulty: decision.difficulty,
  change: decision.change,
  takenBack: decision.isTakenBack,
})

function linesOf(decisions: readonly RecordedDecision[]) {
  return textTable(
    [
      { title: 'site' },
      { title: 'recorded' },
      { title: 'advised' },
      { title: 'frees', right: true },
      { title: 'worth', right: true },
    ],
    decisions.map((each) => [
      each.site,
      recordedWords(each),
      actCountWords(each.advised),
      power(each.freedKw * W_PER_KW),
      `${usd(each.gainUsd)}${each.untilMs === null ? ' a day' : ''}`,
    ]),
  )
}
