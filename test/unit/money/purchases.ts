import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Site } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import type { Purchase } from '#shared/domain/money/purchase.ts'
import type { PurchaseCase, PurchasePlan } from '#shared/domain/money/purchase-returns.ts'
import { aDay } from '../decision/one-day.ts'
import { network, site } from '../machines.ts'

export const AS_OF_MS = Date.UTC(2025, 10, 20, 12)
export const DAY_MS = 86_400_000

/** Ten minutes before an adjustment that changes nothing. */
export const estimate = estimateAdjustment({ blocks: 2015, seconds: 1_209_600 }, [])

export function caseOf(
  machines: readonly Machine[],
  given: {
    readonly sites?: readonly Site[]
    readonly inputs?: Partial<CaseInputs>
    readonly on?: NetworkConditions
    readonly horizon?: Horizon
  } = {},
): PurchaseCase {
  const on = given.on ?? network()
  return {
    prepared: prepare(fleetFrom(given.sites ?? [site()], machines), { ...PLAIN_CASE, ...given.inputs }),
    horizon: given.horizon ?? aDay(hashpriceUsdPerPhDay(on)),
    network: on,
    adjustment: estimate,
    asOfMs: AS_OF_MS,
  }
}

export const purchase = (given: Partial<Purchase> = {}): Purchase => ({
  name: 'First',
  boughtAtMs: Date.UTC(2025, 10, 20),
  costUsd: 3000,
  salvageUsd: 300,
  lifeDays: 1461,
  ...given,
})

export const planOf = (purchases: readonly Purchase[], change: Partial<PurchasePlan> = {}): PurchasePlan => ({
  purchases,
  discountRatePerYear: 0.1,
  assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0), response: null },
  underWater: 'stop',
  ...change,
})
