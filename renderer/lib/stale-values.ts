import type { FleetSnapshot } from '#shared/ipc/schemas/channels.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { SAMPLE } from '#shared/ipc/conditions.ts'
import { age, calendarDayOf } from '#shared/format/times.ts'

/** A value that figures on screen rest on, and that is older than its kind should be, or the sample's: then it is that instead of stale. */
export type StaleValue = { readonly name: string; readonly asOfMs: number; readonly isSample?: boolean }

/** What margins, break-evens and hashprice are computed from. */
export const MARGIN_VALUES = [
  'priceUsdPerBtc',
  'difficulty',
  'feesBtcPerBlock',
  'height',
] as const satisfies readonly NetworkValueName[]

/** What the advice and everything after the adjustment is computed from. */
export const ADVICE_VALUES = [
  ...MARGIN_VALUES,
  'epochBlocks',
  'epochSeconds',
] as const satisfies readonly NetworkValueName[]

const NAMES: Readonly<Record<NetworkValueName, string>> = {
  priceUsdPerBtc: 'price',
  difficulty: 'difficulty',
  feesBtcPerBlock: 'fees',
  height: 'block height',
  epochBlocks: 'epoch',
  epochSeconds: 'epoch',
}

/** Currencies whose rates are in the figures: those that sites pay in, and the one that figures are shown in. */
export function ratesUsed(tariffs: FleetSnapshot['tariffs'], reporting: Currency): readonly Currency[] {
  return [...new Set<Currency>([...tariffs.map((tariff) => tariff.currency), reporting])]
}

/**
 * Those of the values that are stale or the sample's, in their order, then the rates.
 *
 * @param without values that something else stands in for
 */
export function staleValues(
  network: NetworkState | null,
  names: readonly NetworkValueName[],
  currencies: readonly Currency[],
  without: readonly NetworkValueName[] = [],
): readonly StaleValue[] {
  if (network === null) return []
  const dated = [
    ...names
      .filter((name) => !without.includes(name))
      .map((name) => ({ name: NAMES[name], value: network.values[name] })),
    ...currencies.map((currency) => ({ name: `${currency} rate`, value: network.rates[currency] ?? null })),
  ]
  const oldest = new Map<string, StaleValue>()
  for (const { name, value } of dated) {
    const isSample = value?.source === SAMPLE
    if (value === null || !(value.stale || isSample)) continue
    if (value.asOfMs < (oldest.get(name)?.asOfMs ?? Infinity))
      oldest.set(name, { name, asOfMs: value.asOfMs, ...(isSample ? { isSample } : {}) })
  }
  return [...oldest.values()]
}

/** Which values are the sample's, and of which day: `sample of 5 Oct 2026: price, difficulty`. */
export function sampleWords(values: readonly StaleValue[]): string {
  const day = calendarDayOf(values[0]?.asOfMs ?? Number.NaN)
  return `sample of ${day}: ${values.map(({ name }) => name).join(', ')}`
}

/** The first of the values by name, for where room is short: `price, difficulty and 3 more`. */
export function briefStaleWords(values: readonly StaleValue[]): string {
  const names = values.slice(0, 2).map(({ name }) => name)
  return `${names.join(', ')}${values.length > 2 ? ` and ${values.length - 2} more` : ''}`
}

/** Which values are stale and how old: `price, difficulty 3 h ago; NOK rate 2 days ago`. */
export function staleWords(values: readonly StaleValue[], nowMs: number): string {
  const byAge = new Map<string, string[]>()
  for (const { name, asOfMs } of values) {
    const old = age(asOfMs, nowMs)
    byAge.set(old, [...(byAge.get(old) ?? []), name])
  }
  return Array.from(byAge, ([old, names]) => `${names.join(', ')} ${old}`).join('; ')
}
