import type { AlertKind, AlertRule } from '#shared/domain/alerts.ts'
import { CHANGE_FIELD, HASHPRICE_FIELD } from '#shared/format/typed-fields.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'

/** What stands in the form: one field for the kinds that have a value, percent for a change. */
export type AlertForm = { readonly kind: AlertKind; readonly text: string }

const HASHPRICE_MOST = 100_000
const CHANGE_LEAST = -0.75
const CHANGE_MOST = 3

/** A rule as it is typed. */
export function formOf(rule: AlertRule): AlertForm {
  switch (rule.kind) {
    case 'hashprice-below':
      return { kind: rule.kind, text: typedText(rule.usdPerPhDay, HASHPRICE_FIELD) }
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

/** The rule, or what is wrong with the field, in words. */
export function readAlertForm({
  kind,
  text,
}: AlertForm): { readonly rule: AlertRule } | { readonly fault: string } {
  if (kind !== 'hashprice-below' && kind !== 'adjustment-beyond') return { rule: { kind } }
  const { value, fault } = readTyped(text, kind === 'hashprice-below' ? HASHPRICE_FIELD : CHANGE_FIELD)
  if (fault !== null) return { fault }
  if (value === null) return { fault: 'It needs a number.' }
  if (kind === 'hashprice-below') {
    return value > 0 && value <= HASHPRICE_MOST
      ? { rule: { kind, usdPerPhDay: value } }
      : { fault: 'It must be above 0 and at most 100 000.' }
  }
  if (value === 0) return { fault: 'Below 0 it warns of a fall, above 0 of a rise; it cannot be 0.' }
  return value >= CHANGE_LEAST && value <= CHANGE_MOST
    ? { rule: { kind, change: value } }
    : { fault: 'It must be from −75 to 300.' }
}

/** A threshold five percent under what is now, in whole dimes: where a first alert may stand. */
export function suggestedHashprice(usdPerPhDay: number): number {
  return Number((Math.floor(usdPerPhDay * 0.95 * 10) / 10).toPrecision(12))
}
