import { horizonOf } from '#shared/domain/decision/advise.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { FleetCash } from '#shared/domain/decision/fleet-cash.ts'
import { fleetCash } from '#shared/domain/decision/fleet-cash.ts'
import { offersOver } from '#shared/domain/decision/sites/offers.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { leftOutWords } from '#shared/format/advice-words.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { agreementsOfCall, naming } from './case-inputs.ts'
import type { agreementOptions } from './case-inputs.ts'
import type { Case, caseOptions } from './case.ts'
import type { Call } from './command.ts'
import { writeLine } from './json.ts'

/** A fleet with its contracts, and its cash as a function of hashprice. */
export type CashCase = { readonly prepared: Prepared; readonly cash: FleetCash }

type Agreed = Call<typeof agreementOptions & typeof caseOptions>

/**
 * What figures beyond a verdict rest on: stored contracts, policies and ladders, or those of files. What energy costs under contracts is in
 * the basis afterwards.
 * @throws UsageError, or StrikelineError 'bad-input' that names file and field
 */
export async function cashCase(command: string, call: Agreed, given: Case): Promise<CashCase> {
  const { prepared, horizon } = await agreedCase(command, call, given)
  return { prepared, cash: naming(call.options.sites, () => fleetCash(prepared, horizon)) }
}

/** A fleet with what energy costs under its contracts, as it runs now, in its basis. @throws as {@link cashCase} */
export async function pricedCase(command: string, call: Agreed, given: Case): Promise<Prepared> {
  const { prepared, horizon } = await agreedCase(command, call, given)
  naming(call.options.sites, () => offersOver(prepared, horizon))
  return prepared
}

/** The fleet with its contracts, and the days whose prices of energy count. @throws as {@link cashCase} */
export async function agreedCase(command: string, call: Agreed, given: Case) {
  const { fleet, network, nowMs } = given
  const inputs = await toldAgreements(command, call, given)
  const horizon = horizonOf(marketOf(network, { horizonDays: null, change: null }, nowMs))
  if (horizon === null) throw hashpriceNotKnown(command)
  return { prepared: prepare(fleet, inputs), horizon }
}

export const hashpriceNotKnown = (command: string) =>
  new StrikelineError(
    'bad-input',
    `${command}: the hashprice is not known: run refresh, or give --network NETWORK.JSON`,
  )

/** What a fleet rests on, with warnings on standard error of what a reader should know. @throws as {@link cashCase} */
export async function toldAgreements(
  command: string,
  call: Agreed,
  given: Pick<Case, 'fleet' | 'stored'>,
): Promise<CaseInputs> {
  const { inputs, warnings, leftOut } = await agreementsOfCall(command, call, given)
  for (const sentence of [...warnings, ...leftOutWords(leftOut)])
    await writeLine(call.host.stderr, `warning: ${sentence}`)
  return inputs
}
