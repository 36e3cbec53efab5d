import type { AlertKind, AlertRule } from '#shared/domain/alerts.ts'
import { editable, readTyped } from '#shared/format/typed.ts'

/** What stands in the form: one field for the kinds that have a value, percent for a change. */
export type AlertForm = { readonly kind: AlertKind; readonly text: string }

const HASHPRICE_MOST = 100_000
const CHANGE_LEAST_PERCENT = -75
const CHANGE_MOST_PERCENT = 300

/** A rule as it is typed. */
export function formOf(rule: AlertRule): AlertForm {
  switch (rule.kind) {
    case 'hashprice-below':
      return { kind: rule.kind, text: editable(rule.usdPerPhDay) }
    case 'adjustment-beyond':
      return { kind: rule.kind, text: editable(rule.change * 100) }
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
  const typed = readTyped(text)
  if (typed === null) return { fault: 'It needs a number.' }
  if (Number.isNaN(typed)) return { fault: 'This is not a number.' }
  if (kind === 'hashprice-below') {
    return typed > 0 && typed <= HASHPRICE_MOST
      ? { rule: { kind, usdPerPhDay: typed } }
      : { fault: 'It must be above 0 and at most 100 000.' }
  }
  if (typed === 0) return { fault: 'Below 0 it warns of a fall, above 0 of a rise; it cannot be 0.' }
  return typed >= CHANGE_LEAST_PERCENT && typed <= CHANGE_MOST_PERCENT
    ? { rule: { kind, change: Number((typed / 100).toPrecision(12)) } }
    : { fault: 'It must be from −75 to 300.' }
}

/** A threshold five percent under what is now, in whole dimes: where a first alert may stand. */
export function suggestedHashprice(usdPerPhDay: number): number {
  return Number((Math.floor(usdPerPhDay * 0.95 * 10) / 10).toPrecision(12))
}
