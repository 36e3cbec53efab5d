import { describe, expect, it } from 'vitest'
import { decideFleet, optionValuesUsd, runningMarginsUsdPerDay } from '#shared/domain/decision/decide.ts'
import { decisionTotals } from '#shared/domain/decision/decision-totals.ts'
import { basisOf, machine } from '../machines.ts'

const ahead = {
  hashpriceUsdPerPhDay: 40,
  change: -0.1,
  daysToAdjustment: 6,
  horizonDays: 20,
  changeBelow: null,
}
/** 100 TH/s and 1 000 W with standby, breaking even at the given hashprice */
const breakingEvenAt = (hashprice: number, quantity: number) =>
  machine({ quantity, powerW: 1000, powerPriceUsdPerKwh: hashprice / 240, standbyW: 20, restartUsd: 0.1 })

describe('totals of the decisions', () => {
  const machines = [
    breakingEvenAt(30, 5),
    breakingEvenAt(42, 3),
    breakingEvenAt(60, 2),
    { ...breakingEvenAt(90, 100), status: 'off' as const },
    { ...breakingEvenAt(90, 100), hashrateThs: NaN },
  ]
  const basis = basisOf(machines)
  const decisions = decideFleet(basis, ahead)
  const totals = decisionTotals(basis, decisions, ahead)
  const standby = (row: number) => basis.standbyCostUsdPerDay[row]!
  const now = (row: number) => runningMarginsUsdPerDay(basis, ahead, row).now
  const after = (row: number) => runningMarginsUsdPerDay(basis, ahead, row).after
  const value = (row: number) => optionValuesUsd(basis, ahead, row)

  it('count the machines of each verdict among those that run and have figures', () => {
    expect(totals.machines).toEqual({ run: 5, pause: 3, off: 2 })
  })

  it('sum the money over the horizon', () => {
    expect(totals.gainUsd).toBeCloseTo(value(1).pause - value(1).run + value(2).off - value(2).run, 9)
    expect(totals.valueUsd.run).toBeCloseTo(value(0).run + value(1).run + value(2).run, 9)
    expect(totals.valueUsd.pause).toBeCloseTo(value(0).pause + value(1).pause + value(2).pause, 9)
    expect(totals.valueUsd.off).toBeCloseTo(value(0).off + value(1).off + value(2).off, 9)
    expect(totals.valueUsd.advised).toBeCloseTo(value(0).run + value(1).pause + value(2).off, 9)
  })

  it('give the margin as is and as advised, with the standby of what does not run', () => {
    expect(totals.marginNowUsdPerDay.asIs).toBeCloseTo(now(0) + now(1) + now(2), 10)
    expect(totals.marginNowUsdPerDay.advised).toBeCloseTo(now(0) - standby(1) - standby(2), 10)
    expect(totals.marginAfterUsdPerDay.asIs).toBeCloseTo(after(0) + after(1) + after(2), 10)
    expect(totals.marginAfterUsdPerDay.advised).toBeCloseTo(after(0) + after(1) - standby(2), 10)
  })

  it('agree with each other: margins over the days less restarts are the advised value', () => {
    const overDays = totals.marginNowUsdPerDay.advised * 6 + totals.marginAfterUsdPerDay.advised * 14
    expect(overDays - 0.1 * 3).toBeCloseTo(totals.valueUsd.advised, 9)
  })

  it('give the power that the advice frees, less standby', () => {
    expect(totals.powerFreedW).toEqual({ now: 5 * 980, after: 2 * 980 })
  })

  it('give what is under water now and after', () => {
    expect(totals.underwater.now).toEqual({ machines: 5, hashrateThs: 500 })
    expect(totals.underwater.after).toEqual({ machines: 2, hashrateThs: 200 })
  })

  it('of nothing are zero', () => {
    const none = basisOf([])
    expect(decisionTotals(none, decideFleet(none, ahead), ahead)).toMatchObject({
      machines: { run: 0, pause: 0, off: 0 },
      gainUsd: 0,
      valueUsd: { advised: 0 },
    })
  })
})
