import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNetworkService } from '#electron/services/network-service.ts'
import { makeStore } from '../unit/sources/database.ts'
import { NOW_MS } from '../unit/sources/servers.ts'
import { roundsOr, SEED, tell } from './rounds.ts'
import { MINUTE, serveWorld, truth, type World } from './world.ts'

/**
 * A source that is asked alone and lies in one answer: over real sockets, with a store of its own. What is stored stays within
 * what consensus and the source's own past allow, and after two honest rounds the truth is back.
 */
const RUNS = Math.ceil(roundsOr(120) / 2)
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
    const server = await serveWorld(name, () => ({ world, nowMs }))
    const store = await makeStore({ networkOrder: name, [`${name}Url`]: server.url })
    // Each round as the command line asks: a program of its own, which remembers nothing.
    const round = async (change: Partial<World>) => {
      nowMs += MINUTE
      world = { ...truth(nowMs), ...change }
      const state = await createNetworkService({ store, version: '0', nowMs: () => nowMs }).refresh()
      return state
    }
    type Values = Awaited<ReturnType<typeof round>>['values']
    /** What the world is, and what of it is known. */
    const truthAndKnown = (values: Values) => {
      const w = truth(nowMs)
      const epochSeconds = nowMs / 1000 - w.startS
      const isNear = (value: number | undefined, of: number, by: number) => Math.abs((value ?? NaN) - of) < by
      return [
        {
          height: w.height,
          difficulty: w.difficulty,
          fees: true,
          epochBlocks: w.height % 2016,
          epochSeconds: true,
        },
        {
          height: values.height?.value,
          difficulty: values.difficulty?.value,
          fees: isNear(values.feesBtcPerBlock?.value, w.feesSat / 1e8, 1e-10),
          epochBlocks: values.epochBlocks?.value,
          epochSeconds: isNear(values.epochSeconds?.value, epochSeconds, 5),
        },
        // The node knows no price.
        name === 'bitcoind' || values.priceUsdPerBtc?.value === w.priceUsd,
      ] as const
    }
    const isTruth = (values: Values) => {
      const [expected, known, priceIsTrue] = truthAndKnown(values)
      return priceIsTrue && JSON.stringify(expected) === JSON.stringify(known)
    }
    const expectTruth = (values: Values) => {
      const [expected, known, priceIsTrue] = truthAndKnown(values)
      expect(known).toEqual(expected)
      expect(priceIsTrue).toBe(true)
    }
    expectTruth((await round({})).values)
    let [lies, moved, backAfterOne] = [0, 0, 0]
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
        if (isTruth((await round({})).values)) backAfterOne++
        expectTruth((await round({})).values)
      }),
      { numRuns: RUNS, seed: SEED },
    )
    tell(
      `${name}: ${lies} hostile answers, 0 bad values stored, ${moved} moved the height within its bounds; the truth was back after one honest ` +
        `round ${backAfterOne} times, after two ${lies - backAfterOne} times`,
    )
  }, 1_200_000)
})
