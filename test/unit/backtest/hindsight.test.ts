import { describe, expect, it } from 'vitest'
import { createHindsight } from '#shared/domain/backtest/hindsight.ts'
import { randomOf } from './pasts.ts'

type Steps = readonly { readonly on: number; readonly off: number }[]

/** What the best of all 2ⁿ sequences earns, and of these the fewest starts. */
function bestOfAll(steps: Steps, isOn: boolean, restartUsd: number, staysOn: boolean) {
  let best = { cashUsd: -Infinity, starts: 0 }
  for (let bits = 0; bits < 2 ** steps.length; bits++) {
    let was = isOn
    let cashUsd = 0
    let starts = 0
    steps.forEach(({ on, off }, i) => {
      const runs = ((bits >> i) & 1) === 1
      if (runs && !was) {
        cashUsd -= restartUsd
        starts++
      }
      cashUsd += runs ? on : off
      was = runs
    })
    if (staysOn && bits !== 2 ** steps.length - 1) continue
    if (cashUsd > best.cashUsd + 1e-9 || (cashUsd > best.cashUsd - 1e-9 && starts < best.starts))
      best = { cashUsd, starts }
  }
  return best
}

describe('hindsight', () => {
  it('finds the best of every sequence of on and off, and what each month had of it', () => {
    const random = randomOf(5)
    const lots = 60
    const n = 9
    const columns = {
      length: lots,
      machines: new Float64Array(lots).fill(3),
      restartUsd: Float64Array.from({ length: lots }, (_, i) => (i % 5) * 4),
      isOn: Uint8Array.from({ length: lots }, () => Number(random() < 0.5)),
      staysOn: Uint8Array.from({ length: lots }, (_, i) => Number(i % 11 === 0)),
    }
    // Whole dollars, so that there are ties.
    const steps = Array.from({ length: lots }, () =>
      Array.from({ length: n }, () => ({
        on: Math.round((random() - 0.5) * 20),
        off: -Math.round(random() * 2),
      })),
    )
    const hindsight = createHindsight(columns)
    for (let i = 0; i < n; i++) {
      steps.forEach((of, lot) => hindsight.step(lot, of[i]!.on, of[i]!.off, 1))
      if (i % 3 === 2) hindsight.endMonth()
    }
    const months = hindsight.sums()
    const best = steps.map((of, lot) =>
      bestOfAll(of, columns.isOn[lot] === 1, columns.restartUsd[lot]!, columns.staysOn[lot] === 1),
    )
    const sum = (of: (month: (typeof months)[number]) => number) =>
      months.reduce((total, month) => total + of(month), 0)
    expect(months).toHaveLength(3)
    expect(sum(({ cashUsd }) => cashUsd)).toBeCloseTo(
      best.reduce((total, { cashUsd }) => total + cashUsd, 0),
      6,
    )
    // One that costs nothing may be started for nothing.
    const paid = best.reduce((total, { starts }, lot) => total + starts * columns.restartUsd[lot]!, 0)
    expect(sum(({ restartsUsd }) => restartsUsd)).toBeCloseTo(paid, 6)
  })

  it('splits a sequence at the end of a month by the state that it is in', () => {
    const hindsight = createHindsight({
      length: 1,
      machines: Float64Array.of(2),
      restartUsd: Float64Array.of(5),
      isOn: Uint8Array.of(1),
      staysOn: Uint8Array.of(0),
    })
    // −3 −3 | +4 +4: off through the first month saves 6 and costs a restart of 5.
    for (const usd of [-3, -3]) hindsight.step(0, usd, 0, 1)
    hindsight.endMonth()
    for (const usd of [4, 4]) hindsight.step(0, usd, 0, 1)
    hindsight.endMonth()
    expect(hindsight.sums()).toEqual([
      { cashUsd: 0, restartsUsd: 0, starts: 0, machineDaysOff: 4 },
      { cashUsd: 3, restartsUsd: 5, starts: 2, machineDaysOff: 0 },
    ])
  })
})
