import { describe, expect, it } from 'vitest'
import { checkSwitchRule, nextRunning, strikesForRestart } from '#shared/domain/ladders/hysteresis.ts'

const RULE = { offBelow: 30, onAbove: 33, minOffHours: 4, minOnHours: 2 }

describe('switching', () => {
  it.each([
    [true, 10, 29.9, false],
    [true, 10, 30, true],
    [true, 1, 20, true],
    [false, 10, 33.1, true],
    [false, 10, 33, false],
    [false, 10, 31, false],
    [false, 3.9, 60, false],
    [false, 4, 60, true],
    [true, 10, NaN, true],
    [false, 10, NaN, false],
  ])('running %s for %d h and a reading of %d: running is %s', (running, hoursInState, reading, expected) => {
    expect(nextRunning({ running, hoursInState }, reading, RULE)).toBe(expected)
  })

  it('is off only where the loss avoided in the least time off pays for the restart', () => {
    // 2 PH/s at 90 USD/day of energy, 10 of them drawn anyway: even at 40. 24 USD for a restart, half a day off.
    const rule = strikesForRestart(2, 90, 10, 24, { minOffHours: 12, minOnHours: 1 })
    expect(rule.onAbove).toBe(40)
    expect(rule.offBelow).toBe(40 - 24)
    const lossWhileOnUsd = (40 - rule.offBelow) * 2 * 0.5
    expect(lossWhileOnUsd).toBe(24)
    expect(strikesForRestart(2, 90, 10, 0, { minOffHours: 0, minOnHours: 0 }).offBelow).toBe(40)
  })

  it('names the field that cannot be', () => {
    const rest = { minOffHours: 1, minOnHours: 1 }
    expect(() => strikesForRestart(1, 1, 0, -1, rest)).toThrow(/^restartUsd: -1 is negative/)
    expect(() => strikesForRestart(0, 1, 0, 1, rest)).toThrow(/^acceptedPhs/)
    expect(() => strikesForRestart(1, 1, 0, 1, { ...rest, minOffHours: 0 })).toThrow(/^minOffHours/)
    expect(() => checkSwitchRule({ ...RULE, onAbove: 29 })).toThrow(/^onAbove: 29 is below/)
    expect(() => checkSwitchRule({ ...RULE, minOffHours: NaN })).toThrow(/^minOffHours/)
    expect(() => checkSwitchRule({ ...RULE, minOnHours: -1 })).toThrow(/^minOnHours/)
  })
})
