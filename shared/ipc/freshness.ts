import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import type { Currency, ForeignCurrency } from '#shared/domain/power/currency.ts'
import { MARGIN_VALUE_NAMES, SAMPLE } from './conditions.ts'
import type { DatedValue, NetworkState } from './schemas/network.ts'

/*
 * The one answer to what a figure rests on and which of it is stale. Window, report, command line and alerts all ask
 * here, so that they never disagree about the same state.
 */

/** The network values beneath a kind of figure. No margin rests on the epoch. */
export const VALUES_BENEATH = {
  margins: MARGIN_VALUE_NAMES,
  advice: NETWORK_VALUE_NAMES,
  adjustment: ['epochBlocks', 'epochSeconds'],
} as const satisfies Record<string, readonly NetworkValueName[]>

export type RateName = `rates.${ForeignCurrency}`

/** A value beneath a figure that is not fresh: stale, the sample's, or never fetched or typed. */
export type NotFresh = {
  readonly name: NetworkValueName | RateName
  readonly state: 'stale' | 'sample' | 'missing'
  /** when it was true, unix ms; NaN where it is missing */
  readonly asOfMs: number
}

/** Currencies whose rates are in the figures: those that sites pay in, and the reporting currency. */
export function ratesUsed(
  tariffs: readonly { readonly currency: ForeignCurrency }[],
  reporting: Currency,
): readonly ForeignCurrency[] {
  const used = new Set(tariffs.map(({ currency }) => currency))
  if (reporting !== 'USD') used.add(reporting)
  return [...used]
}

/** Those of the values that are not fresh, in their order, then the rates. */
export function notFresh(
  { values, rates }: Pick<NetworkState, 'values' | 'rates'>,
  names: readonly NetworkValueName[],
  currencies: readonly ForeignCurrency[],
): readonly NotFresh[] {
  return [
    ...names.flatMap((name) => judged(name, values[name])),
    ...currencies.flatMap((currency) => judged(`rates.${currency}`, rates[currency])),
  ]
}

function judged(name: NotFresh['name'], value: DatedValue | null | undefined): readonly NotFresh[] {
  if (value === null || value === undefined) return [{ name, state: 'missing', asOfMs: Number.NaN }]
  if (value.source === SAMPLE) return [{ name, state: 'sample', asOfMs: value.asOfMs }]
  return value.stale ? [{ name, state: 'stale', asOfMs: value.asOfMs }] : []
}
