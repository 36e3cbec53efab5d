import { NOTHING_TRIED, triedOver } from '#shared/domain/ahead/scenario.ts'
import type { Scenario, Tried } from '#shared/domain/ahead/scenario.ts'
import type { NextAdjustment } from '#shared/domain/ahead/project.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { payFactor } from '#shared/domain/chain/network.ts'
import type { ProjectionStart } from '#shared/domain/decision/start-of-projection.ts'
import { scenariosOver } from '#shared/domain/decision/under-scenario.ts'
import type { UnderScenario } from '#shared/domain/decision/under-scenario.ts'
import { goneSitesWords } from '#shared/format/tried-words.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { scenarioGiven, statedAssumptions } from './assumptions.ts'
import type { pathOptions, Responding } from './assumptions.ts'
import { naming } from './case-inputs.ts'
import type { agreementOptions } from './case-inputs.ts'
import type { Case, caseOptions } from './case.ts'
import { hashpriceNotKnown, toldAgreements } from './cash-case.ts'
import type { CashCase } from './cash-case.ts'
import type { Call } from './command.ts'
import { estimateFor } from './commands/adjustment.ts'
import { writeLine } from './json.ts'
import { atSitePrices, ownPriceWords, triedGiven } from './tried.ts'
import type { triedOptions } from './tried.ts'

type Agreed = Call<typeof agreementOptions & typeof caseOptions>

/** A fleet and a network with what is tried in the place of today's values, as far as a projection of them begins. */
export type CaseAhead = Pick<UnderScenario, 'prepared' | 'goneSites'> & {
  readonly start: ProjectionStart
  readonly horizon: NonNullable<UnderScenario['horizon']>
  /** @throws StrikelineError 'bad-input' that names what a contract asks for and cannot be */
  readonly earning: () => CashCase
}

/**
 * Stored contracts, policies and ladders, or those of files, are read once for all that is tried. Sites that are tried and not there
 * are warned of on standard error.
 * @throws UsageError, or StrikelineError 'bad-input' that names file and field
 */
export async function casesAhead(
  command: string,
  call: Agreed,
  given: Case,
): Promise<(scenario: Pick<Scenario, 'tried'> & { readonly name: string | null }) => Promise<CaseAhead>> {
  const { fleet, network, nowMs, stored } = given
  const inputs = await toldAgreements(command, call, given)
  const overFleet = (of: Fleet) => scenariosOver({ fleet: of, inputs, conditions: network, nowMs })
  const asIs = overFleet(fleet)
  const source = call.options.network ?? 'the stored network'
  return async ({ name, tried }) => {
    const isOfRows = stored === null && tried.sitePowerPrices.length > 0
    const of = isOfRows ? atSitePrices(fleet, tried) : fleet
    const over = isOfRows ? overFleet(of) : asIs
    const { start, horizon, prepared, goneSites, conditions, cash } = over(tried)
    if (Number.isNaN(payFactor(conditions)))
      throw new StrikelineError(
        'bad-input',
        `${source}: a typed hashprice alone says nothing of the epochs ahead; price, difficulty, height and fees are needed too`,
      )
    if (start === null || horizon === null) {
      // It says which part of the epoch's state is missing.
      estimateFor(conditions, source)
      throw hashpriceNotKnown(command)
    }
    const told = [goneSitesWords(goneSites), ownPriceWords(of, tried)].filter((words) => words !== null)
    const ofScenario = name === null ? '' : `scenario ‘${name}’: `
    for (const words of told) await writeLine(call.host.stderr, `warning: ${ofScenario}${words}`)
    const earning = () => ({ prepared, cash: naming(call.options.sites, () => cash()!) })
    return { start, horizon, prepared, goneSites, earning }
  }
}

type ScenarioCall = Call<
  typeof agreementOptions & typeof caseOptions & typeof pathOptions & typeof triedOptions
>

/** Of a command that looks at one future. */
export type ScenarioCase = CaseAhead & Omit<Scenario, 'name'> & { readonly adjustment: NextAdjustment }

/**
 * What --scenario or the paths say, with what is tried beside it, over fleet and network of the call.
 * @throws UsageError, or StrikelineError 'bad-input' that names the option, the file or the scenario
 */
export async function scenarioCase(
  command: string,
  call: ScenarioCall,
  given: Case,
  responding: Responding,
): Promise<ScenarioCase> {
  const stored = await scenarioGiven(command, call, responding)
  const tried = triedBeside(command, call, given, stored?.tried ?? NOTHING_TRIED)
  const ahead = await (await casesAhead(command, call, given))({ name: stored?.name ?? null, tried })
  const { network, adjustment } = ahead.start
  const assumptions = stored?.assumptions ?? (await statedAssumptions(command, call, network, responding))
  return { ...ahead, assumptions, tried, adjustment }
}

/** What the options try counts over what a scenario does. @throws UsageError */
export const triedBeside = (
  command: string,
  { options }: Pick<Call<typeof triedOptions>, 'options'>,
  { fleet }: Pick<Case, 'fleet'>,
  tried: Tried,
): Tried => triedOver(tried, triedGiven(command, options, fleet.sites))

/** What is tried, for JSON, with the sites that the fleet has not got. */
export const triedFigures = (tried: Tried, { goneSites }: Pick<CaseAhead, 'goneSites'>) => ({
  ...tried,
  sitesNotInFleet: goneSites,
})
