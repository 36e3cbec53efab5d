import type { StoredPurchase } from './use-purchases.ts'
import type { Purchase } from '#shared/domain/money/purchase.ts'
import { isoDay } from '#shared/format/times.ts'
import { DAYS_PER_YEAR } from '#shared/domain/units.ts'
import { typedText } from '#shared/format/typed-text.ts'
import type { TypedField } from '#shared/format/typed.ts'
import { readTyped } from '#shared/format/typed.ts'

/** What is typed in the dialog of purchases, and what it means. */

export const USD: TypedField = { unit: 'USD', usual: [0, 1e9], example: '160 000 or $160,000' }
export const YEARS: TypedField = { unit: 'number', usual: [0.1, 100], example: '4 or 3.5' }
export const SHARE: TypedField = { unit: '%', scale: 0.01, usual: [0, 100], example: '10 or 10 %' }

export type PurchaseTexts = {
  readonly name: string
  /** YYYY-MM-DD; '': not said */
  readonly day: string
  readonly cost: string
  readonly salvage: string
  readonly years: string
}
export type PurchaseFaults = Readonly<Partial<Record<keyof PurchaseTexts, string>>>

export const textsOf = (purchase: StoredPurchase | null): PurchaseTexts =>
  purchase === null
    ? { name: '', day: '', cost: '', salvage: '', years: '' }
    : {
        name: purchase.name,
        day: purchase.boughtAtMs === null ? '' : isoDay(purchase.boughtAtMs),
        cost: typedText(purchase.costUsd, USD),
        salvage: typedText(purchase.salvageUsd, USD),
        years: typedText(Number((purchase.lifeDays / DAYS_PER_YEAR).toFixed(2)), YEARS),
      }

/** @param before of a life that is not typed anew the days stay */
export function purchaseFrom(
  texts: PurchaseTexts,
  before: StoredPurchase | null,
): { readonly purchase: Purchase | null; readonly faults: PurchaseFaults } {
  const cost = needed(texts.cost, USD)
  const salvage = texts.salvage.trim() === '' ? { value: 0, fault: null } : readTyped(texts.salvage, USD)
  const years = needed(texts.years, YEARS)
  const faults: PurchaseFaults = {
    ...(texts.name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...(cost.fault === null ? {} : { cost: cost.fault }),
    ...(salvage.fault === null ? {} : { salvage: salvage.fault }),
    ...(years.fault === null ? {} : { years: years.fault }),
  }
  if (Object.keys(faults).length > 0) return { purchase: null, faults }
  const isSameLife = before !== null && texts.years === textsOf(before).years
  const purchase = {
    name: texts.name.trim(),
    boughtAtMs: texts.day === '' ? null : Date.parse(`${texts.day}T00:00:00Z`),
    costUsd: cost.value!,
    salvageUsd: salvage.value ?? 0,
    lifeDays: isSameLife ? before.lifeDays : Math.round(years.value! * DAYS_PER_YEAR),
  }
  return { purchase, faults }
}

/** A field that must not stay empty. */
export function needed(text: string, field: TypedField): ReturnType<typeof readTyped> {
  const read = readTyped(text, field)
  return read.fault === null && read.value === null
    ? { value: null, fault: `Type a value, like ${field.example}.` }
    : read
}
