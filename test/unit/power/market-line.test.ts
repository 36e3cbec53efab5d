import { describe, expect, it } from 'vitest'
import { marketLine } from '#shared/domain/power/market-line.ts'
import { marketOf } from '#shared/domain/power/market-prices.ts'
import { zoneClock } from '#shared/domain/power/zone-clock.ts'

const HOUR_MS = 3_600_000
const MIDNIGHT = Date.UTC(2025, 0, 1)

describe('prices of less than a week', () => {
  it('repeat their days hour by hour, the last hour of the evening before their first day too', () => {
    // Wednesday and Thursday, each hour at its own number.
    const perKwh = Array.from({ length: 48 }, (_, hour) => (hour % 24) / 100)
    const prices = marketOf('USD', [{ fromMs: MIDNIGHT, minutes: 60, perKwh }])
    const from = Date.UTC(2025, 10, 20)
    const line = marketLine(prices, zoneClock('UTC'), from, from + 9 * 24 * HOUR_MS)
    line.atMs.forEach((at, i) =>
      expect(line.perKwh[i], new Date(at).toISOString()).toBe(new Date(at).getUTCHours() / 100),
    )
    expect(line.repeatedHours).toBe(9 * 24)
  })
})
