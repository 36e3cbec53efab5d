import type { Horizon } from '#shared/domain/decision/horizon.ts'

/** One day at a hashprice, USD/PH/s/day, without price risk. */
export function aDay(hashpriceUsdPerPhDay: number): Horizon {
  return {
    stages: [
      {
        opensWith: 'now',
        fromMs: Date.UTC(2025, 10, 20),
        days: 1,
        subsidyBtc: 3.125,
        difficulty: 1.5e14,
        hashpriceUsdPerPhDay,
      },
    ],
    days: 1,
    volatilityPerYear: 0,
    reviewDays: 1,
    changeBelow: null,
    drawn: null,
  }
}
