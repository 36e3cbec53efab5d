import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'

/** Dear on the evenings of working days. */
export const TARIFF: SiteContract = {
  ...NO_CONTRACT,
  tariffs: [
    {
      from: '2025-01-01',
      to: null,
      baseUsdPerKwh: 0.045,
      periods: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromHour: 16, toHour: 21, usdPerKwh: 0.14 }],
      seasons: [],
      tiers: [],
      meteredKwhThisMonth: 0,
    },
  ],
}

/** Energy committed by the hour under the same tariff. */
export const takeOrPay = (committedKwhPerDay: number): SiteContract => ({
  ...TARIFF,
  takeOrPay: {
    committedKwhPerDay,
    per: 'hour',
    handBackUsdPerKwh: 0.02,
    handBack: null,
    committedUsdPerKwh: null,
  },
})
