import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNetworkService } from '#electron/services/network-service.ts'
import { makeStore } from '../unit/sources/database.ts'
import { NOW_MS, sendJson, serve } from '../unit/sources/servers.ts'

/**
 * A source that is asked alone and lies in one answer: over real sockets, with a store of its own. What is stored stays within
 * what consensus and the source's own past allow, and after two honest rounds the truth is back. HOSTILE_ANSWERS says how many.
 */
const RUNS = Number(process.env['HOSTILE_ANSWERS'] ?? 60)
const MINUTE = 60_000

/** What a server believes; a lie is a change of it that keeps its answers consistent, or of single parts. */
type World = {
  readonly height: number
  readonly difficulty: number
  readonly startS: number
  readonly previousTimeS: number
  readonly feesSat: number
  readonly priceUsd: number
  readonly remainingBlocks: number
}

const START_S = NOW_MS / 1000 - 185_000
function truth(nowMs: number): World {
  const height = 970_000 + Math.floor((nowMs - NOW_MS) / (10 * MINUTE))
  return {
    height,
    difficulty: 1.327e14,
    startS: START_S,
    previousTimeS: START_S,
    feesSat: 2_000_000,
    priceUsd: 85_850,
    remainingBlocks: 2016 - (height % 2016),
  }
}

const subsidySat = 312_500_000
function mempoolAnswer(path: string, w: World, nowMs: number): unknown {
  const first = w.height - (w.height % 2016)
  switch (path) {
    case '/api/blocks/tip/height':
      return w.height
    case '/api/v1/difficulty-adjustment':
      return {
        difficultyChange: 0,
        estimatedRetargetDate: nowMs + 1000,
        remainingBlocks: w.remainingBlocks,
        remainingTime: 1000,
        previousTime: w.previousTimeS,
        nextRetargetHeight: first + 2016,
        timeAvg: 0,
      }
    case '/api/v1/mining/difficulty-adjustments/6m':
      return [0, 1, 2].map((i) => [
        w.startS - i * 1_209_600,
        first - i * 2016,
        w.difficulty / 1.01 ** i,
        1.01,
      ])
    case '/api/v1/prices':
      return { time: Math.floor(nowMs / 1000), USD: w.priceUsd }
    case '/api/v1/mining/reward-stats/144':
      return {
        startBlock: w.height - 143,
        endBlock: w.height,
        totalReward: String(144 * (subsidySat + w.feesSat)),
        totalFee: String(144 * w.feesSat),
      }
    default:
      return undefined
  }
}

type Question = { readonly id: number; readonly method: string; readonly params: readonly unknown[] }
const hashOf = (height: number) => height.toString(16).padStart(64, '0')
function nodeAnswer({ method, params }: Question, w: World, nowMs: number): unknown {
  const tipS = Math.floor(nowMs / 1000) - 300
  const first = w.height - (w.height % 2016)
  switch (method) {
    case 'getblockchaininfo':
      return {
        chain: 'main',
        blocks: w.height,
        headers: w.height,
        bestblockhash: hashOf(w.height),
        difficulty: w.difficulty,
        initialblockdownload: false,
        time: tipS,
      }
    case 'getblockhash':
      return hashOf(Number(params[0]))
    case 'getblockheader': {
      const height = parseInt(String(params[0]), 16)
      const epochs = (first - (height - (height % 2016))) / 2016
      const time = height === w.height ? tipS : w.previousTimeS - epochs * 1_209_600
      return { time, difficulty: w.difficulty / 1.01 ** epochs }
    }
    case 'getnetworkhashps':
      return (w.difficulty * 2 ** 32) / 600
    default:
      return { totalfee: w.feesSat }
  }
}

const factor = fc.oneof(
  fc.constantFrom(1.02, 1.5, 3.9, 0.26, 15, 1000, 1e-3),
  fc.double({ min: 1.01, max: 20, noNaN: true }),
)
const lie: fc.Arbitrary<(w: World) => Partial<World>> = fc.oneof(
  factor.map((f) => (w: World) => ({ difficulty: w.difficulty * f })),
  fc.integer({ min: -5000, max: 5000 }).map((n) => (w: World) => ({
    height: w.height + n,
    remainingBlocks: 2016 - ((w.height + n) % 2016),
  })),
  fc.integer({ min: -5000, max: 5000 }).map((n) => (w: World) => ({ height: w.height + n })),
  fc
    .integer({ min: 5 * 3600, max: 1_000_000 })
    .map((s) => (w: World) => ({ previousTimeS: w.previousTimeS - s })),
  fc.integer({ min: 5 * 3600, max: 1_000_000 }).map((s) => (w: World) => ({
    previousTimeS: w.previousTimeS - s,
    startS: w.startS - s,
  })),
  fc.integer({ min: 0, max: 1_400_000_000 }).map((feesSat) => () => ({ feesSat })),
  factor.map((f) => (w: World) => ({ priceUsd: w.priceUsd * f })),
  fc.constant(() => ({ height: 250_000, difficulty: 0.003, remainingBlocks: 2016 - (250_000 % 2016) })),
)

describe.each(['mempool', 'bitcoind'] as const)('%s alone', (name) => {
  test(`${RUNS} lies: nothing that is stored is beyond what its past allows, and two honest rounds bring the truth back`, async () => {
    let nowMs = NOW_MS
    let world = truth(nowMs)
    const server = await serve((request, response, body) => {
      if (name === 'mempool') {
        const answer = mempoolAnswer((request.url ?? '').replace(/\?.*/, ''), world, nowMs)
        sendJson(response, answer ?? 'not found', answer === undefined ? 404 : 200)
        return
      }
      const asked = JSON.parse(body) as Question | readonly Question[]
      const reply = (question: Question) => ({
        result: nodeAnswer(question, world, nowMs),
        error: null,
        id: question.id,
      })
      sendJson(response, 'method' in asked ? reply(asked) : asked.map(reply))
    })
    const store = await makeStore({ networkOrder: name, [`${name}Url`]: server.url })
    // Each round as the command line asks: a program of its own, which remembers nothing.
    const round = async (change: Partial<World>) => {
      nowMs += MINUTE
      world = { ...truth(nowMs), ...change }
      const state = await createNetworkService({ store, version: '0', nowMs: () => nowMs }).refresh()
      return state
    }
    const expectTruth = (values: Awaited<ReturnType<typeof round>>['values']) => {
      const w = truth(nowMs)
      expect(values.height?.value).toBe(w.height)
      expect(values.difficulty?.value).toBe(w.difficulty)
      expect(values.feesBtcPerBlock?.value).toBeCloseTo(w.feesSat / 1e8, 10)
      if (name === 'mempool') expect(values.priceUsdPerBtc?.value).toBe(w.priceUsd)
      expect(values.epochBlocks?.value).toBe(w.height % 2016)
      expect(values.epochSeconds?.value).toBeCloseTo(nowMs / 1000 - w.startS, -1)
    }
    expectTruth((await round({})).values)
    let [lies, moved] = [0, 0]
    await fc.assert(
      fc.asyncProperty(lie, async (change) => {
        const w = truth(nowMs + MINUTE)
        const { values } = await round(change(w))
        lies++
        expect(values.difficulty?.value).toBe(w.difficulty)
        expect(Math.abs(values.height!.value - w.height)).toBeLessThanOrEqual(100)
        expect(Math.abs(values.feesBtcPerBlock!.value - w.feesSat / 1e8)).toBeLessThan(0.7)
        if (name === 'mempool')
          expect(Math.abs(Math.log2(values.priceUsdPerBtc!.value / w.priceUsd))).toBeLessThanOrEqual(1)
        expect(Math.abs(values.epochSeconds!.value - (nowMs / 1000 - w.startS))).toBeLessThan(3600)
        if (values.height!.value !== w.height) moved++
        await round({})
        expectTruth((await round({})).values)
      }),
      { numRuns: RUNS },
    )
    process.stdout.write(
      `${name}: ${lies} lies, ${moved} moved the height within its bounds, the truth back after each\n`,
    )
  }, 600_000)
})
