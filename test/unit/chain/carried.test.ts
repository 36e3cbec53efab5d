import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { adjustmentStanding, carryToNow, difficultySpread, startOf } from '#shared/domain/chain/carried.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'

const DAY_MS = 86_400_000
const AT_MS = Date.UTC(2025, 10, 20, 12)
const data: NetworkConditions = {
  height: 925_344 - 345,
  difficulty: 1.5e14,
  priceUsdPerBtc: 88_300,
  feesBtcPerBlock: 0.02,
  epoch: { blocks: 1671, seconds: 1_040_000 },
  previousAdjustments: [0.012, -0.024],
  atMs: AT_MS,
}
const estimate = estimateAdjustment(data.epoch!, data.previousAdjustments)
const dueMs = AT_MS + estimate.secondsLeft * 1000
const carried = (nowMs: number | null) => carryToNow(data, estimate, nowMs)

/** Of S and the block after the last: 97.5 % of it is over. */
const certainMs =
  dueMs +
  600_000 +
  1000 * Math.hypot(estimate.secondsLeft95[1] - estimate.secondsLeft, 600 * Math.log(40) - 600)

describe('values carried to now', () => {
  it('are the values at their own moment, or by a clock that is behind', () => {
    for (const nowMs of [null, AT_MS, AT_MS - DAY_MS]) {
      const same = carried(nowMs)
      expect(same.conditions).toBe(data)
      expect(same).toMatchObject({
        estimate,
        secondsLeft: estimate.secondsLeft,
        nowMs: AT_MS,
        expectedHeight: data.height,
        applied: [],
        mayHavePassedSinceMs: null,
      })
    }
  })

  it('lose the time that is gone and nothing else while the adjustment is ahead', () => {
    const later = carried(AT_MS + DAY_MS)
    expect(later.conditions).toBe(data)
    expect(later.estimate).toBe(estimate)
    expect(later.secondsLeft).toBeCloseTo(estimate.secondsLeft - 86_400, 6)
    expect(later.mayHavePassedSinceMs).toBeNull()
    expect(carried(dueMs - 1).mayHavePassedSinceMs).toBeNull()
  })

  it('may have passed the adjustment from exactly its expected moment to its 97.5 % time', () => {
    for (const nowMs of [dueMs, (dueMs + certainMs) / 2, certainMs]) {
      const due = carried(nowMs)
      expect(due).toMatchObject({
        secondsLeft: 0,
        applied: [],
        mayHavePassedSinceMs: dueMs,
        conditions: data,
      })
      expect(due.adjustmentAtMs80[0]).toBe(nowMs)
      expect(due.adjustmentAtMs80[1]).toBeGreaterThanOrEqual(nowMs)
      expect(due.expectedHeight).toBe(925_343)
    }
  })

  it('have passed it beyond that: change and range are applied, and the next one is ahead', () => {
    const passed = carried(certainMs + 1)
    const { change, change95, logSpread } = estimate
    expect(passed.applied).toEqual([{ dueMs, change, change95, logSpread }])
    expect(passed.mayHavePassedSinceMs).toBeNull()
    expect(passed.conditions).toEqual({
      ...data,
      height: 925_344,
      difficulty: data.difficulty * (1 + change),
      epoch: { blocks: 0, seconds: 0 },
      previousAdjustments: [change, 0.012, -0.024],
    })
    expect(passed.estimate).toEqual(
      estimateAdjustment({ blocks: 0, seconds: 0 }, passed.conditions.previousAdjustments),
    )
    // A whole epoch from the block after the last, less what is gone.
    expect(passed.sinceMs).toBe(dueMs + 600_000)
    expect(passed.secondsLeft).toBeCloseTo(
      passed.estimate!.secondsLeft - (certainMs + 1 - dueMs - 600_000) / 1000,
      5,
    )
    expect(difficultySpread(passed.applied)).toBe(logSpread)
  })

  it('have their adjustment where carrying them has it', () => {
    for (const [nowMs, standing] of [
      [AT_MS, 'ahead'],
      [dueMs - 1, 'ahead'],
      [dueMs, 'due'],
      [certainMs, 'due'],
      [certainMs + 1, 'passed'],
    ] as const)
      expect(adjustmentStanding(estimate, AT_MS, nowMs), String(nowMs - dueMs)).toBe(standing)
    expect(adjustmentStanding(estimate, null, certainMs + 1)).toBe('ahead')
  })

  it('may have passed several, each on top of the one before; the range in time grows', () => {
    const long = carried(AT_MS + 100 * DAY_MS)
    expect(long.applied.length).toBeGreaterThanOrEqual(6)
    const product = long.applied.reduce((so, { change }) => so * (1 + change), 1)
    expect(long.conditions.difficulty / data.difficulty).toBeCloseTo(product, 12)
    expect(long.conditions.height).toBe(925_344 + 2016 * (long.applied.length - 1))
    const days = long.applied.map((passed) => passed.dueMs / DAY_MS)
    days.slice(1).forEach((day, i) => expect(day - days[i]!).toBeCloseTo(14, 0))
    const width = (nowMs: number) => {
      const { adjustmentAtMs80 } = carried(nowMs)
      return adjustmentAtMs80[1] - adjustmentAtMs80[0]
    }
    expect(width(AT_MS + 100 * DAY_MS)).toBeGreaterThan(width(certainMs + 1))
    expect(difficultySpread(long.applied)).toBeGreaterThan(difficultySpread(carried(certainMs + 1).applied))
  })

  it('are believed at the last block of an epoch, and let it go within the time of a block', () => {
    const settled = { ...data, height: 925_343, epoch: { blocks: 2015, seconds: 1_209_600 } }
    const exact = estimateAdjustment(settled.epoch, [])
    const at = (ms: number) => carryToNow(settled, exact, AT_MS + ms)
    expect(at(0)).toMatchObject({ secondsLeft: 0, applied: [], mayHavePassedSinceMs: null })
    expect(at(1)).toMatchObject({ secondsLeft: 0, applied: [], mayHavePassedSinceMs: AT_MS })
    // An exponential wait of 600 s is over after 600·ln 40 s in 97.5 % of cases.
    expect(at(2_213_000).applied).toEqual([])
    const passed = at(2_214_000)
    expect(passed.applied).toEqual([{ dueMs: AT_MS, change: 0, change95: [0, 0], logSpread: 0 }])
    expect(passed.conditions.height).toBe(925_344)
  })

  it('are past a halving when the pace of the epoch says so', () => {
    // 1 050 000 lies 144 blocks ahead, the end of its epoch 480.
    const before = { ...data, height: 1_049_856, epoch: { blocks: 1536, seconds: 1536 * 600 } }
    const next = estimateAdjustment(before.epoch, [])
    const at = (days: number) => carryToNow(before, next, AT_MS + days * DAY_MS)
    expect(at(0.9).conditions.height).toBe(1_049_856)
    expect(at(1.1).conditions.height).toBe(1_050_000)
    expect(at(1.1).conditions.difficulty).toBe(before.difficulty)
    expect(at(1.1).expectedHeight).toBeGreaterThanOrEqual(1_050_000)
  })

  it('stay as they are without a moment or without an estimate', () => {
    const timeless = carryToNow({ ...data, atMs: null }, estimate, AT_MS + 1000 * DAY_MS)
    expect(timeless).toMatchObject({ applied: [], secondsLeft: estimate.secondsLeft })
    expect(startOf(timeless, estimate).network.atMs).toBeNull()
    const unknown = carryToNow({ ...data, epoch: null }, null, AT_MS + 1000 * DAY_MS)
    expect(unknown).toMatchObject({ estimate: null, applied: [], secondsLeft: NaN })
  })

  it('are applied for two years at most; then the next one may have passed, and none is dated in the past', () => {
    const nowMs = AT_MS + 4000 * DAY_MS
    const old = carried(nowMs)
    expect(old.applied).toHaveLength(52)
    expect(old).toMatchObject({ secondsLeft: 0, adjustmentAtMs80: [nowMs, nowMs] })
    expect(old.mayHavePassedSinceMs).toBeLessThan(nowMs)
  })

  it('never date an adjustment in the past, never end in NaN, never lose difficulty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2015 }),
        fc.double({ min: 300, max: 1500, noNaN: true }),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (blocks, pace, days) => {
          const epoch = { blocks, seconds: blocks * pace }
          const nowMs = AT_MS + days * DAY_MS
          const network = { ...data, height: 923_328 + blocks, epoch }
          const now = carryToNow(network, estimateAdjustment(epoch, data.previousAdjustments), nowMs)
          expect(now.secondsLeft).toBeGreaterThanOrEqual(0)
          expect(now.adjustmentAtMs80[0]).toBeGreaterThanOrEqual(nowMs)
          expect(now.adjustmentAtMs80[1]).toBeGreaterThanOrEqual(now.adjustmentAtMs80[0])
          expect(now.conditions.difficulty).toBeGreaterThan(0)
          expect(now.expectedHeight).toBeGreaterThanOrEqual(now.conditions.height)
          for (const passed of now.applied) expect(passed.dueMs).toBeLessThan(nowMs)
        },
      ),
      { numRuns: 60 },
    )
  })
})
