import { describe, expect, it } from 'vitest'
import { pointTable } from '#shared/domain/ladders/point-table.ts'

const TERMS = {
  uptime: 1,
  poolFee: 0,
  hostShare: 0,
  overhead: 0,
  powerPriceUsdPerKwh: 0.05,
  otherUsdPerKwh: 0,
  standbyW: 0,
}
const point = (name: string, hashrateThs: number, powerW: number) => ({ name, hashrateThs, powerW })
// Steps cost 24 · 1 · 0.05 / 0.05 PH = 24 and 24 · 2 · 0.05 / 0.05 PH = 48 USD per PH/s a day.
const LADDER = [point('low', 50, 1000), point('worse', 55, 1900), point('high', 100, 3000)]

describe('the points of a ladder', () => {
  it('are best from the hashprice on that pays the step to them', () => {
    const { rows, changesAbove, changesBelow } = pointTable(LADDER, TERMS, 40)
    expect(rows.map(({ strikeUsdPerPhDay }) => Number(strikeUsdPerPhDay.toFixed(6)))).toEqual([24, NaN, 48])
    expect(rows.map(({ isBest }) => isBest)).toEqual([true, false, false])
    expect(changesAbove).toMatchObject({ to: 'high' })
    expect(changesBelow).toMatchObject({ to: null })
    expect(changesBelow.usdPerPhDay).toBeCloseTo(24, 9)
  })

  it('the best one earns the most at any hashprice', () => {
    for (const hashprice of [10, 23.9, 24.1, 30, 47.9, 48.1, 90]) {
      const { rows, offUsdPerDay } = pointTable(LADDER, TERMS, hashprice)
      const most = Math.max(offUsdPerDay, ...rows.map(({ marginUsdPerDay }) => marginUsdPerDay))
      const best = rows.find(({ isBest }) => isBest)
      expect(best?.marginUsdPerDay ?? offUsdPerDay, hashprice.toString()).toBe(most)
    }
  })

  it('without a price or a hashprice none is best', () => {
    const unknown = pointTable(LADDER, { ...TERMS, powerPriceUsdPerKwh: Number.NaN }, 40)
    expect(unknown.rows.some(({ isBest }) => isBest)).toBe(false)
    expect(unknown.changesAbove.usdPerPhDay).toBeNaN()
    expect(pointTable(LADDER, TERMS, Number.NaN).rows.some(({ isBest }) => isBest)).toBe(false)
  })
})
