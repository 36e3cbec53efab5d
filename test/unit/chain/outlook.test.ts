import { describe, expect, it } from 'vitest'
import { estimateAdjustment, probabilityChangeBelow } from '#shared/domain/chain/adjustment.ts'
import { adjustmentTime, outlookFrom } from '#shared/domain/chain/outlook.ts'

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
})

describe('the adjustment that some values lead to', () => {
  const AT_MS = Date.UTC(2026, 10, 1)
  const HOUR_MS = 3_600_000
  const inTenHours = (nowMs: number | null, atMs: number | null = AT_MS) =>
    adjustmentTime({ secondsLeft: 36_000 }, atMs, nowMs)
  const dueMs = AT_MS + 10 * HOUR_MS

  it('counts from the values where no other moment is given', () => {
    expect(inTenHours(null)).toEqual({ secondsLeft: 36_000, dueMs })
  })
  it('comes nearer as time goes by, and a clock that is behind makes nothing younger', () => {
    expect(inTenHours(AT_MS + 4 * HOUR_MS)).toEqual({ secondsLeft: 21_600, dueMs })
    expect(inTenHours(AT_MS - HOUR_MS)).toEqual({ secondsLeft: 36_000, dueMs })
  })
  it('has passed from the moment at which it was due', () => {
    expect(inTenHours(dueMs)).toEqual({ secondsLeft: 0, dueMs })
    expect(inTenHours(dueMs + 1)).toEqual({ secondsLeft: null, dueMs })
  })
  it('has not passed for values of the last two hours: their epoch still ran', () => {
    const last = (elapsedMs: number) => adjustmentTime({ secondsLeft: 0 }, AT_MS, AT_MS + elapsedMs)
    expect(last(2 * HOUR_MS).secondsLeft).toBe(0)
    expect(last(2 * HOUR_MS + 1).secondsLeft).toBeNull()
  })
  it('cannot have passed for values without a moment', () => {
    expect(inTenHours(dueMs + 1e12, null)).toEqual({ secondsLeft: 36_000, dueMs: null })
  })
  it('leaves the days that are gone out of the horizon', () => {
    const estimate = estimateAdjustment({ blocks: 1007, seconds: 620_000 }, [])
    const outlook = outlookFrom(35, estimate, { change: null, horizonDays: null }, 43_200)
    expect(outlook).toMatchObject({ daysToAdjustment: 0.5, horizonDays: 14.5, change: estimate.change })
  })
})
