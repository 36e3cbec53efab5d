import { describe, expect, it } from 'vitest'
import { estimateAdjustment, probabilityChangeBelow } from '#shared/domain/chain/adjustment.ts'
import { outlookFrom } from '#shared/domain/chain/outlook.ts'

describe('the outlook', () => {
  const estimate = estimateAdjustment({ blocks: 1007, seconds: 620_000 }, [0.01, -0.02])
  const days = estimate.secondsLeft / 86_400

  it('takes the estimate, and two weeks after the adjustment', () => {
    const outlook = outlookFrom(35, estimate)
    expect(outlook).toMatchObject({
      hashpriceUsdPerPhDay: 35,
      change: estimate.change,
      daysToAdjustment: days,
    })
    expect(outlook.horizonDays).toBeCloseTo(days + 14, 12)
    expect(outlook.changeBelow?.(0.01)).toBe(probabilityChangeBelow(estimate, 0.01))
  })

  it('takes what was chosen; a chosen change, also 0, has no probability', () => {
    const outlook = outlookFrom(35, estimate, { change: 0, horizonDays: 3 })
    expect(outlook).toMatchObject({ change: 0, horizonDays: 3, daysToAdjustment: days, changeBelow: null })
  })

  it('leaves the days that are gone out of the horizon', () => {
    const outlook = outlookFrom(35, estimate, { change: null, horizonDays: null }, 86_400)
    expect(outlook).toMatchObject({ daysToAdjustment: 1, horizonDays: 15 })
  })
})
