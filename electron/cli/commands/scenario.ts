import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { assumptionWords, storedScenario } from '../assumptions.ts'
import { caseOptions, readCase } from '../case.ts'
import type { Call } from '../command.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { estimateAhead } from './adjustment.ts'
import { epochFigures, epochTable } from './project.ts'

const DEFAULT_EPOCHS = 13

const scenarioOptions = {
  ...caseOptions,
  epochs: { type: 'string', value: 'N', help: `with compare: how many (${DEFAULT_EPOCHS}, half a year)` },
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
      await writeLine(host.stdout, `${name}: ${assumptionWords(assumptions)}`)
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
    numberOption('scenario', 'epochs', options.epochs, { min: 1, max: 1000, whole: true }) ?? DEFAULT_EPOCHS
  const given = await readCase(call)
  const { fleet, network, restsOn } = given
  const estimate = estimateAhead(given, options.network ?? 'the stored network')
  const basis = prepareMargins(fleet)
  const scenarios = await withStore(host, options.data, (store) =>
    Promise.all(names.map(async (name) => ({ name, assumptions: await storedScenario(store, name) }))),
  )
  const projected = scenarios.map(({ name, assumptions }) => ({
    name,
    assumptions,
    rows: projectNetwork(network, estimate, { epochs, ...assumptions }),
  }))
  if (options.json) {
    const documents = projected.map(({ name, assumptions, rows }) => ({
      name,
      assumptions,
      epochs: rows.map((row) => epochFigures(basis, row, network)),
    }))
    await writeLine(host.stdout, JSON.stringify({ ...restsOn, scenarios: documents }))
    return
  }
  for (const { name, assumptions, rows } of projected) {
    await writeLine(host.stdout, `${name}. ${assumptionWords(assumptions)}`)
    for (const line of epochTable(basis, rows)) await writeLine(host.stdout, line)
  }
}
