import { nameFault, siteNameKey } from '../fleet/names.ts'
import type { Asset } from './depreciation.ts'
import { checkAsset } from './depreciation.ts'

/** Machines that were bought together; a machine names its purchase in the field of that name. */
export type Purchase = Asset & {
  readonly name: string
  /** the day, midnight UTC, unix ms; null: not said */
  readonly boughtAtMs: number | null
}

/** Beyond it a figure is a slip. */
export const MOST_PURCHASE_USD = 1e9
export const MOST_LIFE_DAYS = 36_525

/** What is equal where two people would say that it is the same purchase: the rule of the names of sites. */
export const purchaseKey = siteNameKey

/** @throws RangeError that begins with the field */
export function checkPurchase(purchase: Purchase): void {
  const { name, boughtAtMs, costUsd, lifeDays } = purchase
  const fault = name.trim() === '' ? 'must not be empty' : nameFault(name)
  if (fault !== null) throw new RangeError(`name: ${fault}`)
  if (boughtAtMs !== null && !Number.isInteger(boughtAtMs))
    throw new RangeError(`boughtAtMs: must be a day; it is ${boughtAtMs}`)
  checkAsset(purchase)
  if (costUsd > MOST_PURCHASE_USD)
    throw new RangeError(`costUsd: must be at most ${MOST_PURCHASE_USD}; it is ${costUsd}`)
  if (!Number.isInteger(lifeDays) || lifeDays > MOST_LIFE_DAYS)
    throw new RangeError(`lifeDays: must be whole days, at most ${MOST_LIFE_DAYS}; it is ${lifeDays}`)
}
