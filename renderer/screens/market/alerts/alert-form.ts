import type { AlertKind, AlertRule } from '#shared/domain/alerts.ts'
import type { Money } from '#shared/format/money.ts'
import { usdWhole } from '#shared/format/money.ts'
import { CHANGE_FIELD } from '#shared/format/typed-fields.ts'
import { readHashprice } from '#shared/format/typed-hashprice.ts'
import { editable, typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'

/** What stands in the form: one field for the kinds that have a value, percent for a change. */
export type AlertForm = { readonly kind: AlertKind; readonly text: string }

/** In what a hashprice is typed: as the screens write it. */
export type HashpriceTyping = {
  readonly money: Money
  /** null: not known */
  readonly priceUsdPerBtc: number | null
}

const HASHPRICE_MOST = 100_000
const CHANGE_LEAST = -0.75
const CHANGE_MOST = 3

/** A rule as it is typed. */
export function formOf(rule: AlertRule, { money }: HashpriceTyping): AlertForm {
  switch (rule.kind) {
    case 'hashprice-below':
      return { kind: rule.kind, text: hashpriceText(rule.usdPerPhDay, money) }
    case 'adjustment-beyond':
      return { kind: rule.kind, text: typedText(rule.change, CHANGE_FIELD) }
    case 'breakeven-crossed':
    case 'verdict-changed':
    case 'strike-crossed':
    case 'nvt-zone':
    case 'data-stale':
      return { kind: rule.kind, text: '' }
  }
}

/** USD as it was typed; in another unit, which moves against it, to two places. */
const hashpriceText = (usdPerPhDay: number, { currency, hashprice, hashpriceUnits }: Money): string => {
  const isKept = currency === 'USD' && !hashprice.inSats
  return editable(isKept ? usdPerPhDay : Number(hashpriceUnits(usdPerPhDay).toFixed(2)))
}

/**
 * The rule, or what is wrong with the field, in words.
 * @param before that is being edited; a threshold that still reads as it did is kept to the last digit
 */
export function readAlertForm(
  { kind, text }: AlertForm,
  typing: HashpriceTyping,
  before: AlertRule | null = null,
): { readonly rule: AlertRule } | { readonly fault: string } {
  if (kind === 'hashprice-below') {
    if (before?.kind === kind && formOf(before, typing).text === text) return { rule: before }
    return hashpriceRule(text, typing)
  }
  if (kind !== 'adjustment-beyond') return { rule: { kind } }
  const { value, fault } = readTyped(text, CHANGE_FIELD)
  if (fault !== null) return { fault }
  if (value === null) return { fault: 'It needs a number.' }
  if (value === 0) return { fault: 'Below 0 it warns of a fall, above 0 of a rise; it cannot be 0.' }
  return value >= CHANGE_LEAST && value <= CHANGE_MOST
    ? { rule: { kind, change: value } }
    : { fault: 'It must be from −75 to 300.' }
}

function hashpriceRule(
  text: string,
  { money, priceUsdPerBtc }: HashpriceTyping,
): { readonly rule: AlertRule } | { readonly fault: string } {
  const unit = money.hashprice.inSats ? 'sat' : money.currency
  const { usdPerPhDay, fault } = readHashprice(text, unit, { priceUsdPerBtc, usdPerUnit: money.usdPerUnit })
  if (fault !== null) return { fault }
  if (usdPerPhDay === null) return { fault: 'It needs a number.' }
  return usdPerPhDay <= HASHPRICE_MOST
    ? { rule: { kind: 'hashprice-below', usdPerPhDay } }
    : { fault: `It must be at most ${usdWhole(HASHPRICE_MOST)} per PH/s a day.` }
}

/** A threshold five percent under what is now, in whole dimes: where a first alert may stand. */
export function suggestedHashprice(usdPerPhDay: number): number {
  return Number((Math.floor(usdPerPhDay * 0.95 * 10) / 10).toPrecision(12))
}
