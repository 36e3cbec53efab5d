import type { Picture } from '../../domain/decision/picture.ts'
import { groupAt } from '../../domain/decision/prepare.ts'
import { VERDICTS } from '../../domain/decision/words.ts'
import { VERDICT_WORDS } from '../../format/advice-words.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { modelWords, NO_NETWORK } from '../facts.ts'
import type { Grouped } from '../groups.ts'
import { groupColumns, groupFigures, moneyColumns } from '../groups.ts'
import { columnsOver, note, sentence, table, tableOf } from '../table.ts'

/** The same figures by model, and what is advised of each. */
export function modelsSection(facts: ReportFacts): readonly Block[] {
  const { picture, hosts, fleet } = facts
  if (picture === null || hosts === null) return [sentence(NO_NETWORK)]
  if (fleet.machines.length === 0) return [sentence('There are no machines yet.')]
  const { labels, codes } = fleet.machines.model
  const grouped = groupFigures(picture, hosts, labels.map(modelWords), codes, null)
  const ranges = breakevens(picture)
  const counts = adviceCounts(picture)
  // Labels may outlive their machines.
  const order = grouped.groups
    .map((_, group) => group)
    .filter((group) => grouped.groups[group]!.lots > 0)
    .sort((a, b) => grouped.groups[b]!.totals.machines - grouped.groups[a]!.totals.machines)
  const shown = { groups: order.map((group) => grouped.groups[group]!), all: grouped.all }
  const { figure } = columnsOver(order)
  const advised = counts.flatMap(({ key, heading, machines }) => {
    const column = figure(key, heading, 'count', (group) => machines[group]!, 'sum')
    return column.total === 0 ? [] : [column]
  })
  return [
    table(
      tableOf('models', 'By model, a day', 'All models', [
        ...figuresOfModels(shown),
        figure(
          'breakevenLowUsdPerPhDay',
          'Break-even from',
          'breakevenUsdPerPhDay',
          (group) => ranges.low[group]!,
        ),
        figure('breakevenHighUsdPerPhDay', 'to', 'breakevenUsdPerPhDay', (group) => ranges.high[group]!),
        ...moneyColumns(shown),
      ]),
    ),
    note(
      'Money, hashrate and efficiency are of the machines that run, with their figures; break-evens of all lots that have them; at the meter machines that are off count with their standby. Columns add up as printed, so a last digit may differ from that of another table.',
    ),
    ...(picture.advice === null
      ? []
      : [
          table(
            tableOf('models-advice', 'What is advised, in machines', 'All models', [
              columnsOver(shown.groups).text('model', 'Model', ({ name }) => name),
              ...advised,
            ]),
          ),
        ]),
  ]
}

function figuresOfModels(grouped: Grouped) {
  const { lots, machines, running, hashrate, meter, efficiency } = groupColumns(grouped)
  const model = columnsOver(grouped.groups).text('model', 'Model', ({ name }) => name)
  return [model, lots, machines, running, hashrate, meter, efficiency]
}

/** Lowest and highest break-even hashprice of each model; NaN where no lot has one. */
function breakevens({ basis }: Picture) {
  const { codes, labels } = basis.fleet.machines.model
  const low = new Float64Array(labels.length).fill(Number.NaN)
  const high = low.slice()
  for (let row = 0; row < basis.length; row++) {
    const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
    const model = codes[row]!
    if (Number.isNaN(breakeven)) continue
    if (!(breakeven >= low[model]!)) low[model] = breakeven
    if (!(breakeven <= high[model]!)) high[model] = breakeven
  }
  return { low, high }
}

/** Machines of each model by verdict, those without one last. */
function adviceCounts({ basis, prepared, advice }: Picture) {
  const { model, quantity } = basis.fleet.machines
  const counts = Array.from({ length: VERDICTS.length + 1 }, () => new Float64Array(model.labels.length))
  for (let row = 0; row < basis.length; row++) {
    const own = Math.min(advice?.decisions.verdict[row] ?? VERDICTS.length, VERDICTS.length)
    // A lot of a cleared site carries one word, its machines need not all do the same.
    const parts = groupAt(prepared, row) === -1 ? null : (advice?.splitVerdicts(row) ?? null)
    for (const { code, machines } of parts ?? [{ code: own, machines: quantity[row]! }])
      counts[code]![model.codes[row]!]! += machines
  }
  const heads = [
    ...VERDICTS.map((verdict) => ({ key: keyOf(verdict), heading: VERDICT_WORDS[verdict] })),
    { key: 'withoutAdvice', heading: 'No advice' },
  ]
  return heads.map((head, code) => ({ ...head, machines: counts[code]! }))
}

/** `run-until` as a key: `runUntil`. */
const keyOf = (verdict: string) => verdict.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
