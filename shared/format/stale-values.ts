import type { ForeignCurrency } from '../domain/power/currency.ts'
import type { NetworkValueName } from '../domain/chain/network-values.ts'
import type { NetworkState } from '../ipc/schemas/network.ts'
import type { Told } from '../ipc/freshness.ts'
import { toBeTold } from '../ipc/freshness.ts'
import { age, calendarDayOf } from './times.ts'

/** A value that figures on screen rest on, and that is older than its kind should be; or instead the sample's, or typed by hand. */
export type StaleValue = {
  readonly name: string
  readonly asOfMs: number
  readonly isSample?: boolean
  readonly isTyped?: boolean
}

/** In the order in which they are told. */
const NAMES: Readonly<Record<NetworkValueName, string>> = {
  priceUsdPerBtc: 'price',
  difficulty: 'difficulty',
  feesBtcPerBlock: 'fees',
  height: 'block height',
  epochBlocks: 'epoch',
  epochSeconds: 'epoch',
}
const TOLD = Object.keys(NAMES) as NetworkValueName[]

function nameOf(key: Told['name']): string {
  if (key === 'hashpriceUsdPerPhDay') return 'hashprice'
  return key in NAMES ? NAMES[key as NetworkValueName] : `${key.slice('rates.'.length)} rate`
}

/**
 * Those of the values that are stale, the sample's or typed, then the rates; each name once in each of these, by the oldest of its values.
 * What is missing is left out: where it is needed the figure itself is missing.
 *
 * @param without values that something else stands in for
 */
export function staleValues(
  network: NetworkState | null,
  names: readonly NetworkValueName[],
  currencies: readonly ForeignCurrency[],
  without: readonly NetworkValueName[] = [],
): readonly StaleValue[] {
  if (network === null) return []
  const told = TOLD.filter((name) => names.includes(name) && !without.includes(name))
  const oldest = new Map<string, StaleValue>()
  for (const { name: key, state, asOfMs } of toBeTold(network, told, currencies)) {
    if (state === 'missing') continue
    const name = nameOf(key)
    const known = `${name} ${state}`
    if (asOfMs < (oldest.get(known)?.asOfMs ?? Infinity))
      oldest.set(known, {
        name,
        asOfMs,
        ...(state === 'sample' ? { isSample: true } : {}),
        ...(state === 'typed' ? { isTyped: true } : {}),
      })
  }
  return [...oldest.values()]
}

/** Which values are the sample's, and of which day: `sample of 5 Oct 2026: price, difficulty`. */
export function sampleWords(values: readonly StaleValue[]): string {
  const day = calendarDayOf(values[0]?.asOfMs ?? Number.NaN)
  return `sample of ${day}: ${values.map(({ name }) => name).join(', ')}`
}

/** Which values are stale or typed and how old: `price, difficulty 3 h ago; NOK rate 2 days ago`. */
export function staleWords(values: readonly StaleValue[], nowMs: number): string {
  const byAge = new Map<string, string[]>()
  for (const { name, asOfMs } of values) {
    const old = age(asOfMs, nowMs)
    byAge.set(old, [...(byAge.get(old) ?? []), name])
  }
  return Array.from(byAge, ([old, names]) => `${names.join(', ')} ${old}`).join('; ')
}
