import { describe, expect, it } from 'vitest'
import { createKnownDays, minedBlocks } from '#shared/domain/backtest/known-days.ts'
import { daysPast, periodIn } from '#shared/domain/backtest/period.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { chainPast, flatPast, NO_BLOCKS } from './pasts.ts'

describe('what was known when a day began', () => {
  const { past, truth } = chainPast(200, 3)
  const known = createKnownDays(past)
  const rows = Array.from({ length: 200 }, (_, row) => known.at(row))

  it('is nothing before the first day, and price and fees of the day before then', () => {
    expect(rows[0]).toBeNull()
    expect(rows[50]!.priceUsdPerBtc).toBe(past.priceUsd[49])
    expect(rows[50]!.feesBtcPerBlock).toBeCloseTo(past.feesBtc[49]! / minedBlocks(past, 49), 12)
    expect(rows[50]!.atMs).toBe(truth[50]!.startMs)
  })

  it('has the epoch that the means of difficulty show: its difficulty at once, its blocks and seconds', () => {
    let seen = 0
    for (let row = 30; row < 200; row++) {
      const { difficulty, epochStartMs, blocks, startMs } = truth[row]!
      const { epoch, difficulty: found } = rows[row]!
      expect(Math.abs(found / difficulty - 1)).toBeLessThan(1e-5)
      expect(epoch).not.toBeNull()
      expect(Math.abs(epoch!.blocks - Math.min(blocks, 2015))).toBeLessThanOrEqual(20)
      expect(Math.abs(epoch!.seconds - (startMs - epochStartMs) / 1000)).toBeLessThan(1200)
      seen++
    }
    expect(seen).toBe(170)
  })

  it('remembers the adjustments that it has seen, the newest first', () => {
    const at = truth.findLastIndex(({ difficulty }) => difficulty !== truth.at(-1)!.difficulty)
    const change = truth[at + 1]!.difficulty / truth[at]!.difficulty - 1
    expect(rows.at(-1)!.previousAdjustments[0]).toBeCloseTo(change, 6)
    expect(rows.at(-1)!.previousAdjustments.length).toBeGreaterThan(8)
  })

  it('knows no epoch after a day without difficulty, until an adjustment shows the next one', () => {
    const gap = { ...past, difficulty: past.difficulty.map((value, row) => (row === 100 ? NaN : value)) }
    const after = createKnownDays(gap)
    expect(after.at(102)!.epoch).toBeNull()
    expect(after.at(102)!.previousAdjustments).toEqual([])
    expect(after.at(140)!.epoch).not.toBeNull()
  })

  it('takes a difficulty that moves in the middle of an epoch as it is, and knows no epoch', () => {
    // A mean over seven days moves on seven of fourteen; none of it is a change of 300 % in one day.
    const smooth = past.difficulty.map((_, row) => {
      const days = past.difficulty.subarray(Math.max(row - 6, 0), row + 1)
      return days.reduce((sum, each) => sum + each, 0) / days.length
    })
    const after = createKnownDays({ ...past, difficulty: smooth })
    let still = 0
    for (let row = 40; row < 200; row++) {
      const { difficulty, epoch } = after.at(row)!
      expect(Math.abs(difficulty / smooth[row - 1]! - 1)).toBeLessThan(1e-6)
      if (smooth[row - 1] !== smooth[row - 2]) expect(epoch).toBeNull()
      else still++
    }
    expect(still).toBeGreaterThan(40)
    // One that moves every day never stands still.
    const rising = createKnownDays({
      ...past,
      difficulty: past.difficulty.map((_, row) => 1.4e14 + row * 2e10),
    })
    for (let row = 2; row < 200; row++) {
      expect(rising.at(row)).toMatchObject({ difficulty: 1.4e14 + (row - 1) * 2e10, epoch: null })
      expect(rising.at(row)!.previousAdjustments).toEqual([])
    }
  })

  it('carries the last values where a day has none', () => {
    const gap = { ...past, priceUsd: past.priceUsd.map((value, row) => (row === 100 ? NaN : value)) }
    const after = createKnownDays(gap).at(101)!
    expect(after.priceUsdPerBtc).toBe(past.priceUsd[99])
    expect(after.atMs).toBe(truth[100]!.startMs)
  })
})

describe('the height', () => {
  it('is counted from the newest block whose time is known and over', () => {
    const blocks = {
      height: Float64Array.of(2016 * 380, 2016 * 381),
      atMs: Float64Array.of(Date.parse('2022-02-02T12:00:00Z'), Date.parse('2022-02-05T00:00:00Z')),
    }
    const known = createKnownDays({ ...flatPast('2022-02-01', [50, 50, 50, 50, 50]), blocks })
    expect(known.at(2)!.height).toBe(2016 * 380 + 72)
    expect(known.at(4)!.height).toBe(2016 * 380 + 72 + 288)
    expect(known.at(5)!.height).toBe(2016 * 381 + 144)
  })

  it('pays the subsidy of its side of a halving, and counts the blocks of the day that has both', () => {
    // 630 000 came on 11 May 2020 at 19:23:43: 116.4 blocks at 12.5 and 27.6 at 6.25 BTC.
    const issuanceBtc = Float64Array.of(1800, 116.397 * 12.5 + 27.603 * 6.25, 900)
    const past = { ...flatPast('2020-05-10', [50, 50, 50]), issuanceBtc }
    expect(minedBlocks(past, 1)).toBeCloseTo(144, 1)
    const known = createKnownDays(past)
    expect(known.at(1)!.height).toBeLessThan(630_000)
    expect(known.at(2)!.height).toBe(630_000 + 28)
  })
})

describe('the period', () => {
  const { past } = chainPast(500, 4)
  const series: DailySeries = {
    ...past,
    dates: Array.from({ length: 500 }, (_, row) =>
      new Date(Date.parse(past.fromDay) + row * 86_400_000).toISOString().slice(0, 10),
    ),
    hashrateEhs: new Float64Array(500).fill(NaN),
    marketCapUsd: new Float64Array(500).fill(NaN),
    transferValueUsd: new Float64Array(500).fill(NaN),
    minerNetFlowBtc: new Float64Array(500).fill(NaN),
  }

  it('is a year up to the last day that has all values', () => {
    const late = { ...series, priceUsd: series.priceUsd.map((usd, row) => (row > 490 ? NaN : usd)) }
    expect(periodIn(late, { fromDay: null, toDay: null })).toEqual({
      fromDay: series.dates[490 - 364],
      toDay: series.dates[490],
    })
  })

  it('begins with the first day that has them where there is less than a year', () => {
    const young = { ...series, feesBtc: series.feesBtc.map((btc, row) => (row < 400 ? NaN : btc)) }
    expect(periodIn(young, { fromDay: null, toDay: null })!.fromDay).toBe(series.dates[400])
  })

  it('is none where no day has them', () => {
    const none = { ...series, priceUsd: new Float64Array(500).fill(NaN) }
    expect(periodIn(none, { fromDay: null, toDay: null })).toBeNull()
    expect(periodIn(none, { fromDay: '2022-03-01', toDay: '2022-03-02' })).not.toBeNull()
  })

  it('takes the days before it along, and knows as much at its beginning as the whole series does', () => {
    const cut = daysPast(series, NO_BLOCKS, { fromDay: series.dates[450]!, toDay: series.dates[499]! })
    expect(cut.priceUsd).toHaveLength(450)
    const [whole, part] = [createKnownDays(past).at(460)!, createKnownDays(cut).at(410)!]
    expect(part).toEqual({ ...whole, previousAdjustments: expect.any(Array) as unknown, height: part.height })
    expect(Math.abs(part.height - whole.height)).toBeLessThan(2)
    expect(part.previousAdjustments.slice(0, 20)).toEqual(whole.previousAdjustments.slice(0, 20))
  })
})
