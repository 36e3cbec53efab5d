import { advise } from '#shared/domain/decision/advise.ts'
import { riskOf } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { leftOutWords } from '#shared/format/advice-words.ts'
import { clockWords } from '#shared/format/clock-words.ts'
import { leftOutOfMarketWords } from '#shared/format/market-words.ts'
import type { Case, caseOptions } from './case.ts'
import type { caseInputOptions } from './case-inputs.ts'
import { caseInputsOf, naming } from './case-inputs.ts'
import type { Call } from './command.ts'
import { UsageError } from './command.ts'
import type { Decided } from './decision-document.ts'
import { isoTime, writeLine } from './json.ts'

/** What a person chose about the days ahead; null: as the network says. */
export type OutlookChoices = { readonly horizonDays: number | null; readonly change: number | null }

/**
 * Decides a case, with warnings on standard error of what a reader should know. It brings the engine along, and is loaded while the
 * store's thread reads.
 */
export async function decided(
  call: Call<typeof caseOptions & typeof caseInputOptions>,
  given: Case,
  choices: OutlookChoices,
): Promise<Omit<Decided, 'withProbability'>> {
  const { options, host } = call
  const { fleet, network, nowMs, restsOn } = given
  const { inputs, warnings, leftOut } = await caseInputsOf('decide', call, given)
  for (const sentence of [...warnings, ...leftOutWords(leftOut)])
    await writeLine(host.stderr, `warning: ${sentence}`)
  const market = marketOf(network, { ...choices, ...riskOf(inputs) }, nowMs)
  const clock = clockWords(market, isoTime)
  if (clock !== null) await writeLine(host.stderr, `warning: ${clock}`)
  if (market.isPerDay && choices.change !== null)
    throw new UsageError(
      'decide: --change has no date to count from: neither an epoch nor a height is known; type the adjustment with its date instead: network set adjustment "-2 % in 2 days"',
    )
  if (market.isPerDay)
    await writeLine(
      host.stderr,
      'warning: the difficulty epoch is not known, so there is no date and no total: money is per day',
    )
  const notKnown = market.hashpriceIsTyped ? leftOutOfMarketWords(market) : null
  if (notKnown !== null) await writeLine(host.stderr, `warning: ${notKnown}`)
  const prepared = prepare(fleet, inputs)
  const advice = naming(options.sites, () => advise(prepared, market))
  return { prepared, market, advice, leftOut, restsOn }
}
