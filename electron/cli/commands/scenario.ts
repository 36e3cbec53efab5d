import { HALF_YEAR_EPOCHS, projectNetwork, responseScale } from '#shared/domain/ahead/project.ts'
import type { Assumptions } from '#shared/domain/ahead/project.ts'
import { assumptionWords } from '#shared/format/assumption-words.ts'
import { assumptionFigures, storedScenario } from '../assumptions.ts'
import { agreementOptions } from '../case-inputs.ts'
import { caseOptions, readCase } from '../case.ts'
import { cashCase } from '../cash-case.ts'
import type { Call } from '../command.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { carriedCase, clockFigures, warnOfClock } from './adjustment.ts'
import { epochFigures, epochTable } from './project.ts'

const scenarioOptions = {
  ...caseOptions,
  ...agreementOptions,
  epochs: { type: 'string', value: 'N', help: `with compare: how many (${HALF_YEAR_EPOCHS}, half a year)` },
} as const

/** Verb → work. Scenarios are saved by `project --save`. */
const VERBS: Readonly<
  Record<string, (call: Call<typeof scenarioOptions>, names: readonly string[]) => Promise<void>>
> = {
  list,
  remove,
  compare,
}

export const command = defineCommand({
  name: 'scenario',
  operands: 'list | remove NAME | compare NAME NAME …',
  minOperands: 1,
  maxOperands: 20,
  summary: 'the stored assumptions of projections: lists, removes, or compares them on one fleet',
  options: scenarioOptions,
  async run(call) {
    const [verb = '', ...names] = call.operands
    const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
    if (work === undefined)
      throw new UsageError(`scenario: '${verb}' is none of ${Object.keys(VERBS).join(', ')}`)
    await work(call, names)
    return EXIT.done
  },
})

async function list({ options, host }: Call<typeof scenarioOptions>): Promise<void> {
  const scenarios = await withStore(host, options.data, async (store) => {
    const stored = await store.readScenarios()
    return Promise.all(
      stored.map(async ({ name }) => ({ name, assumptions: await storedScenario(store, name) })),
    )
  })
  if (options.json) await writeLine(host.stdout, JSON.stringify({ scenarios }))
  else
    for (const { name, assumptions } of scenarios)
      await writeLine(host.stdout, `${name}: ${assumptionWords(assumptions, null)}`)
}

async function remove(
  { options, host }: Call<typeof scenarioOptions>,
  names: readonly string[],
): Promise<void> {
  const [name] = names
  if (name === undefined || names.length > 1) throw new UsageError('scenario: remove takes one name')
  await withStore(host, options.data, async (store) => {
    await storedScenario(store, name)
    await store.removeScenario(name)
  })
}

async function compare(call: Call<typeof scenarioOptions>, names: readonly string[]): Promise<void> {
  const { options, host } = call
  if (names.length < 2) throw new UsageError('scenario: compare takes two names or more')
  const epochs =
    numberOption('scenario', 'epochs', options.epochs, { min: 1, max: 1000, whole: true }) ?? HALF_YEAR_EPOCHS
  const given = await readCase('scenario', call)
  const { restsOn } = given
  const { carried, network, estimate } = carriedCase(given, options.network ?? 'the stored network')
  await warnOfClock(host, carried)
  const earning = await cashCase('scenario', call, given)
  const scenarios = await withStore(host, options.data, (store) =>
    Promise.all(names.map(async (name) => ({ name, assumptions: await storedScenario(store, name) }))),
  )
  const projected = scenarios.map(({ name, assumptions }) => ({
    name,
    assumptions,
    rows: projectNetwork(network, estimate, { epochs, ...assumptions }),
  }))
  const scaleOf = (assumptions: Assumptions) => responseScale(assumptions, network, estimate.change)
  if (options.json) {
    const documents = projected.map(({ name, assumptions, rows }) => ({
      name,
      assumptions: assumptionFigures(assumptions, scaleOf(assumptions)),
      epochs: rows.map((row) => epochFigures(earning, row, network)),
    }))
    await writeLine(
      host.stdout,
      JSON.stringify({ ...restsOn, ...clockFigures(carried), scenarios: documents }),
    )
    return
  }
  for (const { name, assumptions, rows } of projected) {
    await writeLine(host.stdout, `${name}. ${assumptionWords(assumptions, scaleOf(assumptions))}`)
    for (const line of epochTable(earning, rows, given.money)) await writeLine(host.stdout, line)
  }
}
