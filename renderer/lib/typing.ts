import type { TypedNetwork } from '#shared/domain/chain/network.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { TYPED, withoutSample, withTyped, withTypedHashprice } from '#shared/ipc/conditions.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { readTyped } from '#shared/format/typed.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { HASHPRICE_FIELD, TYPED_VALUES } from '#shared/format/typed-fields.ts'
import type { TypedHashpriceUnit } from '#shared/format/typed-hashprice.ts'
import { readAdjustment, readHashprice } from '#shared/format/typed-hashprice.ts'
import { rateOf } from '#shared/ipc/reporting-money.ts'

/** What a hashprice follows from, where it is not typed itself. */
export const INSTEAD_NAMES = ['priceUsdPerBtc', 'difficulty', 'height', 'feesBtcPerBlock'] as const
export type InsteadName = (typeof INSTEAD_NAMES)[number]

/** What stands in the fields, as it was typed. */
export type Typing = {
  readonly hashprice: string
  readonly unit: TypedHashpriceUnit
  readonly adjustment: string
  readonly values: Readonly<Record<InsteadName, string>>
}

/** What a hashprice is typed in where nobody chose another unit: the one that it is shown in. */
export function usualUnit(
  network: NetworkState,
  settings: Pick<Settings, 'currency' | 'hashpriceUnit'> | null,
) {
  if (settings?.hashpriceUnit === 'sat-th') return 'sat'
  return settings !== null && network.rates[settings.currency] ? settings.currency : 'USD'
}

/** The fields as they open: with what is typed already. */
export function typingOf({ typed, values }: NetworkState, unit: TypedHashpriceUnit): Typing {
  const text = (name: InsteadName) => {
    const value = values[name]
    return value?.source === TYPED ? typedText(value.value, TYPED_VALUES[name]) : ''
  }
  return {
    hashprice: typed === undefined ? '' : typedText(typed.hashpriceUsdPerPhDay, HASHPRICE_FIELD),
    unit: typed === undefined ? unit : 'USD',
    adjustment: '',
    values: {
      priceUsdPerBtc: text('priceUsdPerBtc'),
      difficulty: text('difficulty'),
      height: text('height'),
      feesBtcPerBlock: text('feesBtcPerBlock'),
    },
  }
}

/** What the fields say. */
export type TypingRead = {
  /** as it would be */
  readonly network: NetworkState
  readonly typed: TypedNetwork | null
  /** those that differ from what counts now */
  readonly values: readonly (readonly [name: InsteadName, value: number])[]
  /** a hashprice in satoshi needs the price of a bitcoin */
  readonly needsPrice: boolean
  readonly faults: Readonly<Partial<Record<'hashprice' | 'adjustment' | InsteadName, string>>>
  readonly hasFault: boolean
}

/** Reads the fields; what is not understood is left out and said. */
export function readTyping(network: NetworkState, typing: Typing, currency: Currency): TypingRead {
  const faults: Partial<Record<'hashprice' | 'adjustment' | InsteadName, string>> = {}
  let tried = withTypedHashprice(network, null)
  const values: [InsteadName, number][] = []
  for (const name of INSTEAD_NAMES) {
    const { value, fault } = readTyped(typing.values[name], TYPED_VALUES[name])
    if (fault !== null) faults[name] = fault
    else if (value !== null && value < 0) faults[name] = 'It must not be below 0.'
    else if (value !== null) {
      tried = withTyped(tried, name, value)
      if (network.values[name]?.value !== value) values.push([name, value])
    }
  }
  const { usdPerPhDay, fault, needsPrice } = readHashprice(typing.hashprice, typing.unit, {
    priceUsdPerBtc: withoutSample(tried).values.priceUsdPerBtc?.value ?? null,
    usdPerUnit: rateOf(network, currency)?.value ?? null,
  })
  if (fault !== null) faults.hashprice = fault
  const next = readAdjustment(typing.adjustment)
  if (next.fault !== null) faults.adjustment = next.fault
  const typed =
    usdPerPhDay === null ? null : { hashpriceUsdPerPhDay: usdPerPhDay, adjustment: nextOf(network, next) }
  return {
    network: withTypedHashprice(tried, typed),
    typed,
    values,
    needsPrice,
    faults,
    hasFault: Object.keys(faults).length > 0,
  }
}

/** The adjustment that was typed, else the one that was typed before and is still ahead. */
function nextOf(
  { readAtMs, typed }: NetworkState,
  { adjustment }: ReturnType<typeof readAdjustment>,
): TypedNetwork['adjustment'] {
  if (adjustment !== null)
    return { change: adjustment.change, atMs: readAtMs + adjustment.secondsLeft * 1000 }
  const before = typed?.adjustment ?? null
  return before !== null && before.atMs > readAtMs ? before : null
}
