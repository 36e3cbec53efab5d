import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { changeAfter, estimateAdjustment, probabilityChangeBelow } from '#shared/domain/chain/adjustment.ts'
import { mempoolEstimate } from '#shared/domain/chain/mempool-estimate.ts'
import { bitsChangePercent, difficultyFromBits, retargetBits } from '#shared/domain/chain/retarget.ts'

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
}

describe('the estimate, against a second computation', () => {
  type Expected = {
    readonly change: number
    readonly change80: readonly [number, number]
    readonly change95: readonly [number, number]
    readonly secondsLeft: number
    readonly secondsLeft80: readonly [number, number]
    readonly logSpread: number
    readonly probabilityBelowZero: number
  }
  const { estimates } = golden('adjustment-estimates.json') as {
    readonly estimates: readonly {
      readonly epoch: { readonly blocks: number; readonly seconds: number }
      readonly previousAdjustments: readonly number[]
      readonly expected: Expected
    }[]
  }

  it.each(estimates)(
    '$epoch.blocks blocks in $epoch.seconds s',
    ({ epoch, previousAdjustments, expected }) => {
      const estimate = estimateAdjustment(epoch, previousAdjustments)
      expect(estimate.change).toBeCloseTo(expected.change, 8)
      expect(estimate.logSpread).toBeCloseTo(expected.logSpread, 7)
      for (const end of [0, 1] as const) {
        expect(estimate.change80[end]).toBeCloseTo(expected.change80[end], 9)
        expect(estimate.change95[end]).toBeCloseTo(expected.change95[end], 9)
        expect(estimate.secondsLeft80[end] / expected.secondsLeft80[end]).toBeCloseTo(1, 8)
      }
      expect(estimate.secondsLeft / expected.secondsLeft).toBeCloseTo(1, 9)
      expect(probabilityChangeBelow(estimate, 0)).toBeCloseTo(expected.probabilityBelowZero, 9)
    },
  )
})

describe('published epochs', () => {
  // mempool.space documentation, difficulty-adjustments: time of the retarget's block, height, new ÷ old difficulty.
  const published = [
    { time: 1703311464, height: 822528, ratio: 1.06983 },
    { time: 1702180644, height: 820512, ratio: 0.990408 },
    { time: 1700957763, height: 818496, ratio: 1.0507 },
  ]

  it.each([0, 1])('epoch before retarget %i: 2 015 intervals, the 2 016th does not count', (i) => {
    const [end, start] = [published[i]!, published[i + 1]!]
    const withNextBlock = end.time - start.time
    const counted = 1_209_600 / end.ratio
    expect(withNextBlock - counted).toBeGreaterThan(0)
    expect(withNextBlock - counted).toBeLessThan(3600)
    expect(changeAfter(counted)).toBeCloseTo(end.ratio - 1, 12)
  })

  it('takes blocks of 720 s for −16.7 %, not −20 % (mempool issue 471)', () => {
    expect(changeAfter(2016 * 720)).toBeCloseTo(-1 / 6, 12)
    const { plainChange } = estimateAdjustment({ blocks: 1000, seconds: 720_000 }, [])
    expect(plainChange).toBeCloseTo((2016 / 2015) * (600 / 720) - 1, 12)
  })
})

describe('consensus retarget', () => {
  const { retargets } = golden('adjustment-retarget.json') as {
    readonly retargets: readonly {
      readonly height: number
      readonly bits: string
      readonly firstTime: number
      readonly lastTime: number
      readonly next: string
      readonly difficulty?: number
      readonly why: string
    }[]
  }

  it.each(retargets)('height $height: $why', ({ bits, firstTime, lastTime, next, difficulty }) => {
    expect(retargetBits(Number(bits), firstTime, lastTime)).toBe(Number(next))
    if (difficulty !== undefined) expect(difficultyFromBits(Number(next))).toBe(difficulty)
  })

  it('reads difficulty from bits', () => {
    expect(difficultyFromBits(0x1b0404cb)).toBe(16307.420938523983)
    expect(difficultyFromBits(0x1d00ffff)).toBe(1)
  })
})

describe('the estimate that mempool.space publishes', () => {
  type Vector = {
    readonly name: string
    readonly input: {
      readonly lastAdjustmentTime: number
      readonly timestamp504BlocksAgo: number
      readonly now: number
      readonly height: number
      readonly previousRetarget: number
      readonly network: 'mainnet' | 'testnet'
      readonly latestBlockTimestamp: number
    }
    readonly expected: Readonly<Record<string, number>>
  }
  const { estimates, bits, impossibleBits, invalidBits } = golden('adjustment-mempool.json') as {
    readonly estimates: readonly Vector[]
    readonly bits: readonly {
      readonly oldBits: string
      readonly newBits: string
      readonly expected: number
    }[]
    readonly impossibleBits: readonly { readonly oldBits: string; readonly newBits: string }[]
    readonly invalidBits: readonly (string | number)[]
  }

  it.each(estimates)('$name', ({ input, expected }) => {
    const estimate = mempoolEstimate({
      network: input.network,
      height: input.height,
      nowSeconds: input.now,
      epochStartSeconds: input.lastAdjustmentTime,
      windowStartSeconds: input.timestamp504BlocksAgo,
      latestBlockSeconds: input.latestBlockTimestamp,
      previousChangePercent: input.previousRetarget,
    })
    expect({
      progressPercent: estimate.progressPercent,
      difficultyChange: estimate.changePercent,
      estimatedRetargetDate: estimate.retargetAtMs,
      remainingBlocks: estimate.remainingBlocks,
      remainingTime: estimate.remainingMs,
      previousRetarget: input.previousRetarget,
      previousTime: input.lastAdjustmentTime,
      nextRetargetHeight: estimate.nextRetargetHeight,
      timeAvg: estimate.meanBlockMs,
      adjustedTimeAvg: estimate.windowMeanBlockMs,
      timeOffset: estimate.offsetMs,
      expectedBlocks: estimate.expectedBlocks,
    }).toStrictEqual(expected)
  })

  it.each(bits)('bits $oldBits → $newBits: $expected %', ({ oldBits, newBits, expected }) => {
    expect(bitsChangePercent(Number(oldBits), Number(newBits))).toBe(expected)
  })

  it.each(impossibleBits)('refuses $oldBits → $newBits', ({ oldBits, newBits }) => {
    expect(() => bitsChangePercent(Number(oldBits), Number(newBits))).toThrow(
      'Impossible exponent difference',
    )
  })

  it.each(invalidBits)('refuses %s as bits', (value) => {
    expect(() => bitsChangePercent(Number(value), 0x1d00ffff)).toThrow(RangeError)
    expect(() => bitsChangePercent(0x1d00ffff, Number(value))).toThrow(RangeError)
    expect(() => difficultyFromBits(Number(value))).toThrow(RangeError)
  })
})
