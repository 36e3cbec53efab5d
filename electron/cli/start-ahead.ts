import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import type { Tried } from '#shared/domain/ahead/scenario.ts'
import type { AheadStart } from '#shared/domain/ahead/start.ts'
import { scenarioNamed, storedScenarios } from '#electron/services/scenarios.ts'
import { agreementOptions } from './case-inputs.ts'
import { caseOptions, nowGiven, nowOption, readCase, refuseTimeless } from './case.ts'
import type { Case } from './case.ts'
import type { Call } from './command.ts'
import { warnOfClock } from './commands/adjustment.ts'
import { casesAhead, triedBeside } from './scenario-ahead.ts'
import type { CaseAhead } from './scenario-ahead.ts'
import { withStore } from './stored.ts'
import { triedOptions } from './tried.ts'

/** Of commands that ask what the adjustment ahead would do, price and hashrate staying after it. */
export const startOptions = {
  ...caseOptions,
  ...agreementOptions,
  scenario: {
    type: 'string',
    value: 'NAME',
    help: 'what a stored scenario tries of today; its paths do not count',
  },
  ...triedOptions,
  ...nowOption,
} as const

export type StartAhead = {
  readonly given: Case
  readonly tried: Tried
  readonly ahead: CaseAhead
  readonly start: AheadStart
}

/** @throws UsageError, or StrikelineError 'bad-input' that names the option, the file or the scenario */
export async function startAhead(command: string, call: Call<typeof startOptions>): Promise<StartAhead> {
  const { options, host } = call
  const givenMs = await nowGiven(command, options.now)
  const given = await readCase(command, call, givenMs)
  refuseTimeless(command, givenMs, given.network)
  const name = options.scenario ?? null
  const stored =
    name === null ? null : scenarioNamed(await withStore(host, options.data, storedScenarios), name)
  const tried = triedBeside(command, call, given, stored?.tried ?? NOTHING_TRIED)
  const ahead = await (await casesAhead(command, call, given))({ name, tried })
  await warnOfClock(host, ahead.start.carried)
  const { prepared, cash } = ahead.earning()
  return { given, tried, ahead, start: { ...ahead.start, prepared, horizon: ahead.horizon, cash } }
}
