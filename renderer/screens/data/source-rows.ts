import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { Source, SourceName } from '#shared/ipc/sources.ts'
import { SOURCE_NAMES, sourceOrder, SOURCES } from '#shared/ipc/sources.ts'
import { age, dateTime } from '#shared/format/times.ts'
import { sourceWord } from '#shared/format/words.ts'
import { COLUMN_WORDS } from './past-words.ts'

export type AddressField = `${SourceName}Url`

export type SourceRow = {
  readonly name: SourceName
  readonly source: Source
  /** place in the order of asking, from 1; null: it is off */
  readonly place: number | null
  readonly addressField: AddressField
  readonly url: string
  /** what it answered so far; null where nothing is known of it */
  readonly status: NetworkState['sources'][number] | null
}

/** Every source: those that are asked in the operator's order, then those that are off. */
export function sourceRows(settings: Settings, network: NetworkState | null): readonly SourceRow[] {
  const order = sourceOrder(settings.networkOrder)
  return [...order, ...SOURCE_NAMES.filter((name) => !order.includes(name))].map((name, row) => ({
    name,
    source: SOURCES[name],
    place: row < order.length ? row + 1 : null,
    addressField: `${name}Url`,
    url: settings[`${name}Url`],
    status: network?.sources.find((status) => status.name === name) ?? null,
  }))
}

/** The order with one source asked a place earlier (−1) or later (1); the same order where there is no such place. */
export function moved(order: readonly SourceName[], name: SourceName, step: -1 | 1): readonly SourceName[] {
  const from = order.indexOf(name)
  const to = from + step
  if (from < 0 || to < 0 || to >= order.length) return order
  return order.with(from, order[to]!).with(to, name)
}

/** The order with one source switched on, as the last that is asked, or off. */
export function switched(order: readonly SourceName[], name: SourceName, on: boolean): readonly SourceName[] {
  const others = order.filter((other) => other !== name)
  return on ? [...others, name] : others
}

/** What a change of the order has made of a source, for those who do not see the row move. */
export function placeWords(order: readonly SourceName[], name: SourceName): string {
  const place = order.indexOf(name) + 1
  return place === 0
    ? `${sourceWord(name)} is off.`
    : `${sourceWord(name)} is asked in place ${place} of ${order.length}.`
}

/** The two counts of the epoch are one thing to a reader. */
const VALUE_WORDS: Readonly<Record<NetworkValueName, string>> = {
  height: 'block height',
  difficulty: 'difficulty',
  priceUsdPerBtc: 'price',
  feesBtcPerBlock: 'fees',
  epochBlocks: 'pace of the epoch',
  epochSeconds: 'pace of the epoch',
}

const sentence = (before: string, words: readonly string[]) =>
  words.length === 0 ? [] : [`${before}${[...new Set(words)].join(', ')}`]

/** What a source gives, a line for what is true now and one for the past. */
export function offerWords({ offers, rates, past }: Source): readonly string[] {
  return [
    ...sentence('Now: ', [...offers.map((name) => VALUE_WORDS[name]), ...(rates ? ['exchange rates'] : [])]),
    ...sentence(
      'History: ',
      past.map((column) => (column === 'epochs' ? 'difficulty epochs' : COLUMN_WORDS[column].toLowerCase())),
    ),
  ]
}

/** How a source is, without its fault: whether it is asked, when it answered last. */
export function stateWords({ place, url, source, status }: SourceRow, nowMs: number): string {
  if (place === null) return 'Off: not asked.'
  if (url.trim() === '') return 'No address: not asked.'
  const answeredMs = status?.lastSuccessMs ?? null
  if (answeredMs !== null) return `Answered ${age(answeredMs, nowMs)}.`
  const onlyPast = source.offers.length === 0 && !source.rates
  return onlyPast ? 'Asked when the history is filled.' : 'No answer yet.'
}

/** Until when a source is left alone because it asked for that or failed; null where it is not. */
export function pauseWords({ place, status }: SourceRow, nowMs: number): string | null {
  const untilMs = status?.notBeforeMs ?? null
  return place === null || untilMs === null || untilMs <= nowMs
    ? null
    : `Not asked again before ${dateTime(untilMs)}.`
}
