import { describe, expect, it } from 'vitest'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import {
  daysAfterAdjustment,
  daysBeforeAdjustment,
  decideFleet,
  NO_VERDICT,
  OFF,
  optionValuesUsd,
  PAUSE,
  RUN,
  runningMarginsUsdPerDay,
  verdictProbability,
} from '#shared/domain/decision/decide.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { basisOf, machine, site } from '../machines.ts'

function outlook(given: Partial<Outlook> = {}): Outlook {
  return {
    hashpriceUsdPerPhDay: 40,
    change: -0.1,
    daysToAdjustment: 6,
    horizonDays: 20,
    changeBelow: null,
    ...given,
  }
}

/** Verdict of one machine of 100 TH/s whose cash margin is zero at the given hashprice. */
function breakingEvenAt(hashprice: number, given: Partial<Machine> = {}) {
  return machine({ powerW: 1000, powerPriceUsdPerKwh: hashprice / 240, ...given })
}

function decide(given: Machine, ahead = outlook()) {
  const basis = basisOf([given])
  const decisions = decideFleet(basis, ahead)
  return {
    verdict: decisions.verdict[0],
    gainUsd: decisions.gainUsd[0]!,
    marginNow: runningMarginsUsdPerDay(basis, ahead, 0).now,
    marginAfter: runningMarginsUsdPerDay(basis, ahead, 0).after,
    probability: verdictProbability(basis, decisions, ahead, 0),
    values: optionValuesUsd(basis, ahead, 0),
  }
}

describe('the value of an option', () => {
  const lot = breakingEvenAt(42, { quantity: 3, standbyW: 100, restartUsd: 0.2 })
  const { values, marginNow, marginAfter } = decide(lot)
  const standby = 3 * 0.024 * 100 * (42 / 240)

  it('weighs the days before and after the adjustment', () => {
    expect(marginNow).toBeCloseTo(0.3 * (40 - 42), 10)
    expect(marginAfter).toBeCloseTo(0.3 * (40 / 0.9 - 42), 10)
    expect(values.run).toBeCloseTo(marginNow * 6 + marginAfter * 14, 10)
  })

  it('of a pause has standby until then and one restart of every machine of the lot', () => {
    expect(values.pause).toBeCloseTo(-standby * 6 - 0.6 + marginAfter * 14, 10)
  })

  it('of off has standby over the whole horizon', () => {
    expect(values.off).toBeCloseTo(-standby * 20, 10)
  })

  it('does not know fixed cost', () => {
    const rented = decide({ ...lot, fixedUsdPerDay: 1000 })
    expect(rented.values).toEqual(values)
    expect(rented.gainUsd).toBe(decide(lot).gainUsd)
  })
})

describe('the verdict', () => {
  it('is to run above water, to pause where the adjustment lifts it out, and off below', () => {
    expect(decide(breakingEvenAt(39)).verdict).toBe(RUN)
    expect(decide(breakingEvenAt(42)).verdict).toBe(PAUSE)
    expect(decide(breakingEvenAt(46)).verdict).toBe(OFF)
  })

  it('saves what running on would cost more', () => {
    expect(decide(breakingEvenAt(39)).gainUsd).toBe(0)
    const paused = decide(breakingEvenAt(42))
    expect(paused.gainUsd).toBeCloseTo(0.1 * 2 * 6, 10)
    const off = decide(breakingEvenAt(46))
    expect(off.gainUsd).toBeCloseTo(-off.values.run, 10)
  })

  it('runs through a small loss that a restart would cost more than', () => {
    expect(decide(breakingEvenAt(42, { restartUsd: 1.19 })).verdict).toBe(PAUSE)
    expect(decide(breakingEvenAt(42, { restartUsd: 1.21 })).verdict).toBe(RUN)
  })

  it('runs through a loss that is smaller than standby', () => {
    const standby = { standbyW: 120 }
    expect(decide(breakingEvenAt(44, standby), outlook({ change: 0 })).verdict).toBe(RUN)
    expect(decide(breakingEvenAt(46, standby), outlook({ change: 0 })).verdict).toBe(OFF)
  })

  it('is to run on a tie, then to pause', () => {
    // no standby, no restart, exactly zero margin now
    expect(decide(machine({ powerPriceUsdPerKwh: 0, hashrateThs: 0 })).verdict).toBe(RUN)
    // the adjustment is now: running and pausing are the same
    expect(decide(breakingEvenAt(41), outlook({ daysToAdjustment: 0 })).verdict).toBe(RUN)
    // nothing earned and nothing lost after the adjustment: pausing and off are the same
    const even = outlook({ hashpriceUsdPerPhDay: 32, change: -0.5 })
    expect(
      decide(machine({ powerW: 1000, powerPriceUsdPerKwh: 0.25, hashrateThs: 93.75 }), even),
    ).toMatchObject({
      verdict: PAUSE,
      marginAfter: 0,
    })
  })

  it('knows only the days before the adjustment where the horizon ends first', () => {
    const short = outlook({ horizonDays: 4 })
    expect(daysBeforeAdjustment(short)).toBe(4)
    expect(daysAfterAdjustment(short)).toBe(0)
    const under = decide(breakingEvenAt(42), short)
    expect(under.values.run).toBeCloseTo(0.1 * -2 * 4, 10)
    // paused for the whole horizon is as good as off
    expect(under.verdict).toBe(PAUSE)
    expect(under.gainUsd).toBeCloseTo(0.8, 10)
  })

  it('is to stop being paid to hash only where standby is paid better', () => {
    const paid = machine({ powerPriceUsdPerKwh: -0.05, hashrateThs: 0.001 })
    expect(decide(paid).verdict).toBe(RUN)
    expect(decide({ ...paid, standbyW: 4000 }).verdict).toBe(OFF)
  })

  it('does not exist where a figure of the row or of the network is missing', () => {
    for (const nothing of [
      decide(machine({ powerW: NaN })),
      decide(machine({ restartUsd: NaN })),
      decide(machine(), outlook({ hashpriceUsdPerPhDay: NaN })),
      decide(machine(), outlook({ change: NaN })),
      decide(machine(), outlook({ change: -1 })),
    ]) {
      expect(nothing.verdict).toBe(NO_VERDICT)
      expect(nothing.gainUsd).toBeNaN()
      expect(nothing.probability).toBeNaN()
    }
  })

  it('is given for machines that do not run as if they ran', () => {
    expect(decide(breakingEvenAt(46, { status: 'off' }))).toEqual(decide(breakingEvenAt(46)))
  })

  it('writes into the columns it is given, where these fit', () => {
    const basis = basisOf([breakingEvenAt(46), breakingEvenAt(39)])
    const decisions = decideFleet(basis, outlook())
    expect([...decisions.verdict]).toEqual([OFF, RUN])
    const again = decideFleet(basis, outlook({ hashpriceUsdPerPhDay: 60 }), decisions)
    expect(again.verdict).toBe(decisions.verdict)
    expect([...again.verdict]).toEqual([RUN, RUN])
    expect(decideFleet(basisOf([machine()]), outlook(), decisions)).toHaveLength(1)
  })
})

describe('the probability of the verdict', () => {
  /** uniform between two changes */
  const uniform = (low: number, high: number) => (change: number) =>
    Math.min(Math.max((change - low) / (high - low), 0), 1)

  it('does not exist where the change is an assumption', () => {
    expect(decide(breakingEvenAt(42), outlook({ changeBelow: null })).probability).toBeNaN()
  })

  it('is 1 where no change in range turns it', () => {
    const changeBelow = uniform(-0.15, -0.05)
    expect(decide(breakingEvenAt(20), outlook({ changeBelow })).probability).toBe(1)
    expect(decide(breakingEvenAt(200), outlook({ changeBelow })).probability).toBe(1)
    // earns before the adjustment more than it could ever lose after it: no change at all makes off better
    const soon = outlook({ daysToAdjustment: 19, changeBelow: () => 0 })
    expect(decide(breakingEvenAt(10), soon).probability).toBe(1)
  })

  it('is that of the changes on its side of the turning point', () => {
    // paused for nothing, it is worth 0.1 · (40/(1 + δ) − 42) · 14 after the adjustment: turns at δ = 40/42 − 1
    const turn = 40 / 42 - 1
    const pause = decide(breakingEvenAt(42), outlook({ changeBelow: uniform(-0.1, 0) }))
    expect(pause.verdict).toBe(PAUSE)
    expect(pause.probability).toBeCloseTo((turn + 0.1) / 0.1, 9)
    const off = decide(breakingEvenAt(42), outlook({ change: 0, changeBelow: uniform(-0.1, 0.1) }))
    expect(off.verdict).toBe(OFF)
    expect(off.probability).toBeCloseTo((0.1 - turn) / 0.2, 9)
  })

  it('is 1 where the horizon ends before the adjustment', () => {
    const short = outlook({ horizonDays: 3, changeBelow: uniform(-0.2, 0.2) })
    expect(decide(breakingEvenAt(45), short).probability).toBe(1)
  })

  it('is 1 where nothing is earned: the change changes nothing', () => {
    const ahead = outlook({ changeBelow: uniform(-0.2, 0.2) })
    expect(decide(machine({ hashrateThs: 0 }), ahead)).toMatchObject({ verdict: OFF, probability: 1 })
  })
})

describe('sites with prices of their own', () => {
  it('decide each machine by what it pays', () => {
    const basis = basisOf(
      [machine({ site: 'A' }), machine({ site: 'B' })],
      [site({ name: 'A', powerPriceUsdPerKwh: 0.03 }), site({ name: 'B', powerPriceUsdPerKwh: 0.09 })],
    )
    expect([...decideFleet(basis, outlook()).verdict]).toEqual([RUN, OFF])
  })
})
