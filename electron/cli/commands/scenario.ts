import { HALF_YEAR_EPOCHS, projectNetwork, responseScale } from '#shared/domain/ahead/project.ts'
import { scenarioNameKey } from '#shared/domain/ahead/scenario.ts'
import { moneyOfAnyDay } from '#shared/format/money.ts'
import { scenarioWords } from '#shared/format/tried-words.ts'
import { scenarioNamed, storedScenarios } from '#electron/services/scenarios.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { ScenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import { scenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import { count } from '#shared/format/numbers.ts'
import { assumptionFigures } from '../assumptions.ts'
import { agreementOptions } from '../case-inputs.ts'
import { caseOptions, nowGiven, nowOption, readCase, refuseTimeless } from '../case.ts'
import type { Call } from '../command.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { existingFields, isoTime, writeLine } from '../json.ts'
import { casesAhead, triedBeside, triedFigures } from '../scenario-ahead.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'
import { triedOptions } from '../tried.ts'
import { clockFigures, warnOfClock } from './adjustment.ts'
import { epochFigures, epochTable } from './project.ts'

const scenarioOptions = {
  ...caseOptions,
  ...agreementOptions,
  ...triedOptions,
  epochs: { type: 'string', value: 'N', help: `with compare: how many (${HALF_YEAR_EPOCHS}, half a year)` },
  ...nowOption,
} as const

type ScenarioCall = Call<typeof scenarioOptions>

/** Verb → work. Scenarios are saved by `project --save`, and under Today and Plan in the window. */
const VERBS: Readonly<Record<string, (call: ScenarioCall, names: readonly string[]) => Promise<void>>> = {
  list,
  rename,
  remove,
  compare,
}

export const command = defineCommand({
  name: 'scenario',
  operands: 'list | rename NAME NEW-NAME | remove NAME | compare NAME NAME …',
  minOperands: 1,
  maxOperands: 20,
  summary: 'the stored scenarios: lists, renames, removes, or compares them on one fleet',
  options: scenarioOptions,
  async run(call) {
    const [verb = '', ...names] = call.operands
    const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
    if (work === undefined)
      throw new UsageError(`scenario: '${verb}' is none of ${Object.keys(VERBS).join(', ')}`)
    const { price, change, 'site-price': sitePrice, now } = call.options
    if (verb !== 'compare' && (price ?? change ?? sitePrice ?? now) !== undefined)
      throw new UsageError('scenario: --price, --change, --site-price and --now go with compare')
    await work(call, names)
    return EXIT.done
  },
})

async function list({ options, host }: ScenarioCall): Promise<void> {
  const { scenarios, unreadable } = await withStore(host, options.data, storedScenarios)
  if (options.json) await writeLine(host.stdout, JSON.stringify({ scenarios, unreadable }))
  else
    for (const scenario of scenarios)
      await writeLine(host.stdout, `${scenario.name}: ${scenarioWords(scenario, null)}`)
  for (const { fault } of unreadable) await writeLine(host.stderr, `warning: ${fault}`)
}

async function rename({ options, host }: ScenarioCall, names: readonly string[]): Promise<void> {
  const [from, to] = names
  if (from === undefined || to === undefined || names.length > 2)
    throw new UsageError('scenario: rename takes a name and the new one')
  await withStore(host, options.data, async (store) => {
    const known = await nameIn(store, from)
    const isTaken = (await allNames(store)).some((name) => isSameName(name, to) && name !== known)
    if (isTaken) throw new UsageError(`scenario: there is a scenario '${to}' already`)
    await store.renameScenario(known, to)
  })
}

async function remove({ options, host }: ScenarioCall, names: readonly string[]): Promise<void> {
  const [name] = names
  if (name === undefined || names.length > 1) throw new UsageError('scenario: remove takes one name')
  await withStore(host, options.data, async (store) => store.removeScenario(await nameIn(store, name)))
}

const isSameName = (a: string, b: string) => scenarioNameKey(a) === scenarioNameKey(b)
const allNames = async (store: Store) => (await store.readScenarios()).map(({ name }) => name)

/** As it is stored; one that cannot be read has a name too. @throws StrikelineError 'bad-input' that lists those that there are */
async function nameIn(store: Store, name: string): Promise<string> {
  const known = (await allNames(store)).find((other) => isSameName(other, name))
  return known ?? scenarioNamed(await storedScenarios(store), name).name
}

async function compare(call: ScenarioCall, names: readonly string[]): Promise<void> {
  const { options, host } = call
  if (names.length < 2) throw new UsageError('scenario: compare takes two names or more')
  const epochs =
    numberOption('scenario', 'epochs', options.epochs, { min: 1, max: 1000, whole: true }) ?? HALF_YEAR_EPOCHS
  const givenMs = await nowGiven('scenario', options.now)
  const given = await readCase('scenario', call, givenMs)
  refuseTimeless('scenario', givenMs, given.network)
  const stored = await withStore(host, options.data, storedScenarios)
  const scenarios = names.map((name) => {
    const { tried, ...scenario } = scenarioNamed(stored, name)
    return { ...scenario, name, tried: triedBeside('scenario', call, given, tried) }
  })
  const over = await casesAhead('scenario', call, given)
  const projected = []
  for (const scenario of scenarios) {
    const ahead = await over(scenario)
    const { network, adjustment } = ahead.start
    const rows = projectNetwork(network, adjustment, { epochs, ...scenario.assumptions })
    const scale = responseScale(scenario.assumptions, network, adjustment.change)
    const earning = ahead.earning()
    const start = { ...ahead.start, ...earning, horizon: ahead.horizon }
    const together = scenarioAhead(start, scenario.assumptions, epochs, 'stop')
    projected.push({ scenario, ahead, rows, scale, earning, together })
  }
  const { carried } = projected[0]!.ahead.start
  await warnOfClock(host, carried)
  if (options.json) {
    const documents = projected.map(({ scenario, ahead, rows, scale, earning, together }) => ({
      name: scenario.name,
      assumptions: assumptionFigures(scenario.assumptions, scale),
      tried: triedFigures(scenario.tried, ahead),
      together: togetherFigures(together),
      epochs: rows.map((row) => epochFigures(earning, row, ahead.start.network)),
    }))
    await writeLine(
      host.stdout,
      JSON.stringify({ ...given.restsOn, ...clockFigures(carried), scenarios: documents }),
    )
    return
  }
  for (const { scenario, rows, scale, earning } of projected) {
    await writeLine(host.stdout, `${scenario.name}. ${scenarioWords(scenario, scale, given.money)}`)
    for (const line of epochTable(earning, rows, given.money)) await writeLine(host.stdout, line)
  }
  const titles = [
    'scenario',
    'now/day',
    'in 90 days',
    'at the end',
    'sum',
    'to power down',
    'hashprice at the end',
  ]
  const lines = textTable(
    titles.map((title, column) => ({ title, right: column > 0 })),
    projected.map(({ scenario, together }) => [
      scenario.name,
      given.money.amount(together.nowUsdPerDay),
      given.money.amount(together.in90DaysUsdPerDay),
      given.money.amount(together.endUsdPerDay),
      given.money.amount(together.sumUsd),
      count(together.machinesToPowerDown),
      moneyOfAnyDay(given.money).perPh(together.endHashpriceUsdPerPhDay),
    ]),
  )
  await writeLine(host.stdout, 'Side by side, every machine doing what earns most:')
  for (const line of lines) await writeLine(host.stdout, line)
}

/** The row of a scenario in the place Plan, machines doing what earns most. */
function togetherFigures(together: ScenarioAhead) {
  const { days, endsAtMs, nowUsdPerDay, in90DaysUsdPerDay, endUsdPerDay, sumUsd } = together
  const { machinesToPowerDown, endHashpriceUsdPerPhDay } = together
  return {
    days,
    endsAt: Number.isNaN(endsAtMs) ? null : isoTime(endsAtMs),
    ...existingFields({ nowUsdPerDay, in90DaysUsdPerDay, endUsdPerDay, sumUsd }),
    ...existingFields({ machinesToPowerDown, endHashpriceUsdPerPhDay }),
  }
}
