import type { DatedValue, NetworkState } from '../ipc/schemas/network.ts'
import type { Currency } from '../domain/power/currency.ts'
import { rateSentence } from '../format/money.ts'
import { SAMPLE } from '../ipc/conditions.ts'
import { calendarDayOf, dateTime } from '../format/times.ts'
import { creditWord } from '../format/words.ts'
import { rateOf } from '../ipc/reporting-money.ts'

/** Source and time of a value, and whether it is stale; of the sample the day is enough. */
export const origin = (value: DatedValue) =>
  value.source === SAMPLE
    ? `${creditWord(value.source)}, ${calendarDayOf(value.asOfMs)}`
    : `${creditWord(value.source)}, ${dateTime(value.asOfMs)}${value.stale ? ', stale' : ''}`

/** In what the page speaks of money, and the rate of every currency that is in its figures. */
export function moneyWords(
  network: NetworkState,
  paid: readonly { readonly currency: Currency }[],
  currency: Currency,
): readonly string[] {
  const told = (foreign: Currency) => {
    const rate = rateOf(network, foreign)
    return rate === null ? null : `${rateSentence(foreign, rate.value)} (${origin(rate)})`
  }
  const reporting =
    currency === 'USD'
      ? 'Money in USD.'
      : told(currency) === null
        ? `Money in USD, because no rate for ${currency} is known.`
        : `Money in ${currency}, computed in USD at ${told(currency)!}.`
  const others = [...new Set(paid.map((each) => each.currency))].filter((other) => other !== currency)
  return [
    reporting,
    ...others.map((other) =>
      told(other) === null
        ? `No rate for ${other} is known: sites that pay in it have no figures.`
        : `Tariffs in ${other} at ${told(other)!}.`,
    ),
  ]
}
