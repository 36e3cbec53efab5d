import { marketOf } from '#shared/domain/power/market-prices.ts'
import { PLAIN_CHARGE } from '#shared/domain/power/demand-charge.ts'
import type { CoincidentPeak } from '#shared/domain/power/coincident-peak.ts'
import type { DemandCharge } from '#shared/domain/power/demand-charge.ts'
import type { DemandResponse } from '#shared/domain/power/demand-response.ts'
import type { SiteMarket, TakeOrPay } from '#shared/domain/power/site-contract.ts'
import type { TariffVersion } from '#shared/domain/power/tariff.ts'

/** Parts of contracts that say nothing but what a test says. */

export const tariff = (change: Partial<TariffVersion> = {}): TariffVersion => ({
  from: '2000-01-01',
  to: null,
  baseUsdPerKwh: 0.05,
  periods: [],
  seasons: [],
  tiers: [],
  meteredKwhThisMonth: 0,
  ...change,
})

/** Prices of whole hours. */
export const hourly = (
  firstHourMs: number,
  usdPerKwh: ArrayLike<number>,
  adderUsdPerKwh = 0,
): SiteMarket => ({
  ...marketOf('USD', [{ fromMs: firstHourMs, minutes: 60, perKwh: usdPerKwh }]),
  adderUsdPerKwh,
})

export const takeOrPay = (change: Partial<TakeOrPay> & { committedKwhPerDay: number }): TakeOrPay => ({
  per: 'hour',
  handBackUsdPerKwh: 0,
  handBack: null,
  committedUsdPerKwh: null,
  ...change,
})

export const response = (change: Partial<DemandResponse> = {}): DemandResponse => ({
  creditUsdPerKwMonth: 0,
  events: [],
  hoursPerMonth: 0,
  capacityKw: null,
  ...change,
})

export const charge = (usdPerKwMonth: number, change: Partial<DemandCharge> = {}): DemandCharge => ({
  ...PLAIN_CHARGE,
  usdPerKwMonth,
  ...change,
})

export const fourPeaks = (usdPerKwYear: number, change: Partial<CoincidentPeak> = {}): CoincidentPeak => ({
  rule: 'mean-of-four-peaks',
  usdPerKwYear,
  shedIn: [],
  peaks: null,
  hours: [],
  ...change,
})
