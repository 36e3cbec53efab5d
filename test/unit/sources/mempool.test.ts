import { describe, expect, test } from 'vitest'
import { mempool } from '#electron/sources/mempool.ts'
import type { Reading } from '#electron/sources/provider.ts'
import { inWords } from '#electron/sources/ask.ts'
import type { Answers } from './servers.ts'
import { answering, contextOf, MEMPOOL, NOW_MS, serve } from './servers.ts'

/** Everything that a mempool server with these answers says, and its faults in words with its address as "host". */
async function say(answers: Answers, base = '/api', nowMs = NOW_MS) {
  const server = await serve(answering(answers))
  const context = contextOf(server.url + base, { nowMs: () => nowMs })
  const readings = await Promise.all(mempool.parts.map((part) => part.ask(context)))
  const all = <T>(pick: (reading: Reading) => readonly T[]) => readings.flatMap(pick)
  return {
    values: Object.fromEntries(all(({ values }) => values).map(({ name, value }) => [name, value])),
    asOfMs: Object.fromEntries(all(({ values }) => values).map(({ name, asOfMs }) => [name, asOfMs])),
    adjustments: all(({ adjustments }) => adjustments),
    faults: inWords(all(({ faults }) => faults))?.replaceAll(server.host, 'host') ?? null,
    asked: server.asked,
  }
}

const without = (...paths: string[]): Answers =>
  Object.fromEntries(Object.entries(MEMPOOL).filter(([path]) => !paths.includes(path)))
const EPOCH = '/api/v1/difficulty-adjustment'
const RETARGETS = '/api/v1/mining/difficulty-adjustments/6m'
const CHART = '/api/v1/mining/hashrate/3d'
const epoch = MEMPOOL[EPOCH] as Record<string, number>

describe('a server that answers everything', () => {
  test('gives every value with its unit', async () => {
    const { values, faults } = await say(MEMPOOL)
    expect(faults).toBeNull()
    expect(values).toEqual({
      height: 970_000,
      epochBlocks: 304, // 2016 − 1712
      epochSeconds: 185_000,
      difficulty: 132_700_000_000_000.5,
      priceUsdPerBtc: 85_850,
      feesBtcPerBlock: 0.02, // 2.88 BTC over 144 blocks
    })
  })
  test('dates the price as the server does, the rest as now', async () => {
    const { asOfMs } = await say(MEMPOOL)
    expect(asOfMs).toMatchObject({ height: NOW_MS, difficulty: NOW_MS, feesBtcPerBlock: NOW_MS })
    expect(asOfMs['priceUsdPerBtc']).toBe(1_791_201_420_000)
  })
  test('gives the past adjustments as fractions', async () => {
    const { adjustments } = await say(MEMPOOL)
    expect(adjustments.map(({ height }) => height)).toEqual([969_696, 967_680, 965_664])
    expect(adjustments[0]!.change).toBeCloseTo(-0.00031, 10)
    expect(adjustments[2]!.change).toBeCloseTo(-0.025, 10)
  })
  test('is not asked for the chart that only stands in for the list', async () => {
    expect((await say(MEMPOOL)).asked).not.toContain(CHART)
  })
})

describe('the address', () => {
  test.each(['', '/', '/api', '/api/'])('may end with "%s"', async (base) => {
    expect((await say(MEMPOOL, base)).faults).toBeNull()
  })
  test('may be that of a server without the prefix, or of one below a path', async () => {
    const bare = Object.fromEntries(Object.entries(MEMPOOL).map(([path, answer]) => [path.slice(4), answer]))
    expect((await say(bare, '')).faults).toBeNull()
    const below = Object.fromEntries(
      Object.entries(MEMPOOL).map(([path, answer]) => [`/mempool${path}`, answer]),
    )
    expect((await say(below, '/mempool')).faults).toBeNull()
  })
})

describe('the epoch', () => {
  const at = (change: Record<string, number>, nowMs = NOW_MS) =>
    say({ ...MEMPOOL, [EPOCH]: { ...epoch, ...change } }, '/api', nowMs)

  test('an answer out of a cache keeps the moment at which it was made', async () => {
    const { values, asOfMs } = await at({}, NOW_MS + 240_000)
    expect(values).toMatchObject({ epochBlocks: 304, epochSeconds: 185_000 })
    expect(asOfMs['epochSeconds']).toBe(NOW_MS)
  })
  test('an answer that contradicts itself is dated by our clock', async () => {
    const { values, asOfMs } = await at({ estimatedRetargetDate: 1_792_244_208 }, NOW_MS + 240_000)
    expect(values['epochSeconds']).toBe(185_240)
    expect(asOfMs['epochSeconds']).toBe(NOW_MS + 240_000)
  })
  test('at its first block no interval has passed', async () => {
    const { values } = await at({ remainingBlocks: 2016, previousTime: 1_791_201_570, timeAvg: 600_000 })
    expect(values).toMatchObject({ epochBlocks: 0, epochSeconds: 30 })
  })
  test('at its last block the time is the one between first and last block, from the final change', async () => {
    // A real epoch: block 786 240 at 1681984653, block 788 255 at 1683212066, change −1.45126375555742 %.
    const { values } = await at(
      {
        difficultyChange: -1.4512637555574193,
        remainingBlocks: 1,
        previousTime: 1_681_984_653,
        timeAvg: 609_129,
        estimatedRetargetDate: 1_683_212_658_129,
        remainingTime: 609_129,
      },
      1_683_212_049_000,
    )
    expect(values['epochBlocks']).toBe(2015)
    expect(values['epochSeconds']).toBe(1_683_212_066 - 1_681_984_653)
  })
})

describe('the difficulty', () => {
  test('comes from the chart where the list is not served', async () => {
    const { values, adjustments, faults } = await say(without(RETARGETS))
    expect(values['difficulty']).toBe(132_700_000_000_000.5)
    expect(adjustments).toHaveLength(2)
    expect(faults).toBe('host answered with an error (HTTP 404) (/v1/mining/difficulty-adjustments/6m).')
  })
  test('comes from the last row of the chart while the server’s node is away; the old name of the time is no matter', async () => {
    const chart = {
      hashrates: [],
      difficulty: [{ timestamp: 1_791_016_600, height: 969_696, difficulty: 1.327e14 }],
      currentHashrate: 0,
      currentDifficulty: 0,
    }
    const { values, adjustments } = await say({ ...without(RETARGETS), [CHART]: chart })
    expect(values['difficulty']).toBe(1.327e14)
    expect(adjustments).toEqual([])
  })
  test('after an adjustment the node’s difficulty counts, not the list that lags behind', async () => {
    const list = (MEMPOOL[RETARGETS] as unknown[]).slice(1)
    const { values, faults, asked } = await say({ ...MEMPOOL, [RETARGETS]: list })
    expect(values['difficulty']).toBe(132_700_000_000_000.5)
    expect(faults).toBeNull()
    expect(asked).toContain(CHART)
  })
  test('is not given where only one of an epoch before is known', async () => {
    const list = (MEMPOOL[RETARGETS] as unknown[]).slice(1)
    const { values, faults } = await say({ ...without(CHART), [RETARGETS]: list })
    expect(values['difficulty']).toBeUndefined()
    expect(faults).toContain('(/v1/mining/hashrate/3d)')
  })
})

describe('what one endpoint fails to give does not discard the rest', () => {
  test.each([
    ['/api/blocks/tip/height', 'feesBtcPerBlock'],
    [EPOCH, 'epochSeconds'],
    ['/api/v1/prices', 'priceUsdPerBtc'],
    ['/api/v1/mining/reward-stats/144', 'feesBtcPerBlock'],
  ])('%s', async (path) => {
    const { values, faults } = await say(without(path))
    expect(faults).toBe(`host answered with an error (HTTP 404) (${path.slice(4)}).`)
    const lost = { [EPOCH]: 2, '/api/blocks/tip/height': 0 }[path] ?? 1
    expect(Object.keys(values)).toHaveLength(6 - lost)
  })
  test('without the tip, the height follows from the epoch', async () => {
    expect((await say(without('/api/blocks/tip/height'))).values['height']).toBe(970_000)
  })
})

describe('answers in another shape', () => {
  const prices = '/api/v1/prices'
  const rewards = '/api/v1/mining/reward-stats/144'
  const stats = MEMPOOL[rewards] as Record<string, unknown>
  test.each([
    [
      prices,
      { time: 1_791_201_420, USD: '85850' },
      /another shape than promised \(USD: .*\) \(\/v1\/prices\)/,
    ],
    [prices, { time: 1_791_201_420_000, USD: 85_850 }, /time: /],
    [prices, { time: 1_791_201_420, USD: -1 }, /^host has no price in USD at the moment \(\/v1\/prices\)\.$/],
    [prices, null, /another shape/],
    [prices, [], /another shape/],
    [rewards, { ...stats, totalFee: 'NaN' }, /totalFee: is not a whole number/],
    [rewards, { ...stats, totalFee: '2.88' }, /totalFee: is not a whole number/],
    [rewards, { ...stats, totalFee: '288000000000' }, /do not fit the block subsidy/],
    [rewards, { ...stats, totalReward: '452880' }, /do not fit the block subsidy/],
    [rewards, { ...stats, startBlock: 970_001 }, /do not fit the block subsidy/],
    [RETARGETS, [], /another shape/],
    [RETARGETS, [[1_791_016_600, 969_696, '1.3e14', 1]], /0\.2: /],
    [EPOCH, { ...epoch, remainingBlocks: 3000 }, /remainingBlocks: /],
    [EPOCH, { ...epoch, previousTime: 1_791_016_600_000 }, /previousTime: /],
    ['/api/blocks/tip/height', 'NaN', /is not a block height/],
    ['/api/blocks/tip/height', { height: 970_000 }, /is not a block height/],
  ])('%s %j is refused with the field', async (path, answer, words) => {
    const { values, faults } = await say({ ...MEMPOOL, [path]: answer })
    expect(faults).toMatch(words)
    if (path === prices) expect(values['priceUsdPerBtc']).toBeUndefined()
    if (path === rewards) expect(values['feesBtcPerBlock']).toBeUndefined()
  })
})
