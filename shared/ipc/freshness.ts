import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import type { Currency, ForeignCurrency } from '#shared/domain/power/currency.ts'
import { MARGIN_VALUE_NAMES, SAMPLE, TYPED, withoutSample } from './conditions.ts'
import type { DatedValue, NetworkState } from './schemas/network.ts'

/*
 * The one answer to what a figure rests on and which of it is stale or typed. Window, report, command line and alerts all ask
 * here, so that they never disagree about the same state.
 */

/** The network values beneath a kind of figure. No margin rests on the epoch. */
export const VALUES_BENEATH = {
  margins: MARGIN_VALUE_NAMES,
  advice: NETWORK_VALUE_NAMES,
  adjustment: ['epochBlocks', 'epochSeconds'],
} as const satisfies Record<string, readonly NetworkValueName[]>

export type RateName = `rates.${ForeignCurrency}`

/** A value beneath a figure that must be told: stale, the sample's, typed by hand, or never fetched or typed. */
export type Told = {
  readonly name: NetworkValueName | 'hashpriceUsdPerPhDay' | RateName
  readonly state: 'stale' | 'sample' | 'typed' | 'missing'
  /** when it was true or typed, unix ms; NaN where it is missing */
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

/**
 * Those of the values that are not what a source has just said, in their order, then the rates. A typed hashprice stands for the values
 * that it would follow from.
 */
export function toBeTold(
  state: NetworkState,
  names: readonly NetworkValueName[],
  currencies: readonly ForeignCurrency[],
): readonly Told[] {
  const { rates, typed } = state
  return [
    ...(typed === undefined || names.length === 0
      ? names.flatMap((name) => judged(name, state.values[name]))
      : besideTyped(state, typed, names)),
    ...currencies.flatMap((currency) => judged(`rates.${currency}`, rates[currency])),
  ]
}

/** The typed hashprice, and what else still counts: the epoch for the advice, the price for what is told in bitcoin. */
function besideTyped(
  state: NetworkState,
  { typedAtMs, adjustment }: NonNullable<NetworkState['typed']>,
  names: readonly NetworkValueName[],
): readonly Told[] {
  const { values } = withoutSample(state)
  const epoch = VALUES_BENEATH.adjustment.filter((name) => names.includes(name))
  const others = epoch.length === 0 ? (['priceUsdPerBtc'] as const) : adjustment === null ? epoch : []
  return [
    { name: 'hashpriceUsdPerPhDay', state: 'typed', asOfMs: typedAtMs },
    ...others.flatMap((name) => judged(name, values[name])),
  ]
}

function judged(name: Told['name'], value: DatedValue | null | undefined): readonly Told[] {
  if (value === null || value === undefined) return [{ name, state: 'missing', asOfMs: Number.NaN }]
  if (value.source === SAMPLE) return [{ name, state: 'sample', asOfMs: value.asOfMs }]
  if (value.source === TYPED) return [{ name, state: 'typed', asOfMs: value.asOfMs }]
  return value.stale ? [{ name, state: 'stale', asOfMs: value.asOfMs }] : []
}
