import { describe, expect, test } from 'vitest'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { tipNotes } from '#electron/sources/chain-sanity.ts'
import { judge, soundAdjustments } from '#electron/sources/sanity.ts'
import type { StoredValue } from '#electron/sources/in-force.ts'
import { NOW_MS } from './servers.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const row = (
  name: NetworkValueName,
  value: number,
  more: { source?: string; asOfMs?: number; fetchedAtMs?: number } = {},
): StoredValue => ({ name, value, source: 'mempool', asOfMs: NOW_MS, fetchedAtMs: NOW_MS, ...more })

const price = (source: string, value: number, asOfMs = NOW_MS) =>
  row('priceUsdPerBtc', value, { source, asOfMs })

function judged(
  said: readonly StoredValue[],
  stored: readonly StoredValue[] = [],
  hashratesHs: ReadonlyMap<string, number> = new Map(),
) {
  const { kept, refused } = judge(said, stored, hashratesHs, NOW_MS)
  return {
    kept: kept.map(({ name, source }) => `${source} ${name}`),
    why: refused.map(({ why }) => why),
  }
}

describe('a value by itself', () => {
  test.each([
    ['height', 970_000],
    ['difficulty', 1.327e14],
    ['priceUsdPerBtc', 85_850],
    ['feesBtcPerBlock', 0],
    ['feesBtcPerBlock', 9.2],
    ['feesBtcPerBlock', 15],
  ] as const)('%s %d is taken', (name, value) => {
    expect(judged([row(name, value)]).why).toEqual([])
  })
  test.each([
    ['height', 970],
    ['height', 970_000_000],
    ['height', 970_000.5],
    ['difficulty', 1.327e11],
    ['difficulty', 1.327e17],
    ['priceUsdPerBtc', 85.85],
    ['priceUsdPerBtc', 85_850_000],
    ['priceUsdPerBtc', 0],
    ['feesBtcPerBlock', 15.01],
    ['feesBtcPerBlock', 20.1],
    ['feesBtcPerBlock', -0.01],
    ['difficulty', NaN],
    ['priceUsdPerBtc', Infinity],
  ] as const)('%s %d is refused (a wrong unit, chain or sign)', (name, value) => {
    const { kept, why } = judged([row(name, value)])
    expect(kept).toEqual([])
    expect(why[0]).toMatch(/(is outside .+ to .+|is not a whole number); it was not taken$/)
  })
  test('from a clock that is ahead by a day is refused, by some minutes taken', () => {
    expect(judged([price('mempool', 85_850, NOW_MS + DAY)]).why).toEqual([
      'its price in USD 85,850 is dated 24 h ahead of this computer’s clock; it was not taken',
    ])
    expect(judged([price('mempool', 85_850, NOW_MS + 300_000)]).why).toEqual([])
    expect(judged([price('mempool', 85_850, NaN)]).kept).toEqual([])
  })
})

describe('a value against what is stored', () => {
  const before = (name: NetworkValueName, value: number, ageMs = HOUR, source = 'mempool') =>
    row(name, value, { asOfMs: NOW_MS - ageMs, source })

  test('difficulty moves by a factor of four at most', () => {
    const stored = [before('difficulty', 1.3e14)]
    expect(judged([row('difficulty', 5.1e14)], stored).why).toEqual([])
    expect(judged([row('difficulty', 3.3e13)], stored).why).toEqual([])
    expect(judged([row('difficulty', 5.3e14)], stored).kept).toEqual([])
    expect(judged([row('difficulty', 3.2e13)], stored).kept).toEqual([])
  })
  test('whatever the source of the stored one, but not a typed one or one from another season', () => {
    const said = [row('difficulty', 9e14)]
    expect(judged(said, [before('difficulty', 1.3e14, HOUR, 'bitcoind')]).kept).toEqual([])
    expect(judged(said, [before('difficulty', 1.3e14, HOUR, 'typed')]).why).toEqual([])
    expect(judged(said, [before('difficulty', 1.3e14, 100 * DAY)]).why).toEqual([])
    expect(judged(said, [before('difficulty', 1.3e14, -400 * DAY)]).why).toEqual([])
  })
  test('a price at most doubles or halves within a day, and moves by a factor of ten at most', () => {
    const within = (days: number) => [before('priceUsdPerBtc', 20_000, days * DAY)]
    expect(judged([row('priceUsdPerBtc', 39_900)], within(1)).why).toEqual([])
    expect(judged([row('priceUsdPerBtc', 10_010)], within(1)).why).toEqual([])
    expect(judged([row('priceUsdPerBtc', 40_100)], within(1)).kept).toEqual([])
    expect(judged([row('priceUsdPerBtc', 9_990)], within(1 / 24)).kept).toEqual([])
    expect(judged([row('priceUsdPerBtc', 199_000)], within(10)).why).toEqual([])
    expect(judged([row('priceUsdPerBtc', 2_010)], within(10)).why).toEqual([])
    expect(judged([row('priceUsdPerBtc', 201_000)], within(10)).kept).toEqual([])
    expect(judged([row('priceUsdPerBtc', 1_999)], within(10)).kept).toEqual([])
  })
  test('height goes on at the pace of blocks and does not fall back', () => {
    const stored = [before('height', 970_000, DAY)]
    expect(judged([row('height', 970_150)], stored).why).toEqual([])
    expect(judged([row('height', 969_999)], stored).why).toEqual([])
    expect(judged([row('height', 969_800)], stored).why[0]).toContain('200 blocks behind')
    expect(judged([row('height', 973_000)], stored).why[0]).toContain('3,000 blocks ahead')
    expect(judged([row('height', 973_000)], [before('height', 970_000, 20 * DAY)]).why).toEqual([])
  })
  test('a source whose clock has fallen back is refused, another one with an older value is not', () => {
    const stored = [before('priceUsdPerBtc', 85_000, HOUR)]
    expect(judged([price('mempool', 85_850, NOW_MS - DAY)], stored).why[0]).toContain(
      '23 h older than what it said',
    )
    expect(judged([price('kraken', 85_850, NOW_MS - DAY)], stored).why).toEqual([])
  })
})

describe('difficulty and its epoch', () => {
  const chain = (height: number, difficulty: number, ageMs = 0, source = 'mempool') => [
    row('height', height, { source, asOfMs: NOW_MS - ageMs }),
    row('difficulty', difficulty, { source, asOfMs: NOW_MS - ageMs }),
  ]
  test('inside an epoch it is fixed, across one it may change', () => {
    const stored = chain(969_990, 1.3e14, 100 * 60_000)
    expect(judged(chain(970_000, 1.3e14), stored).why).toEqual([])
    const { kept, why } = judged(chain(970_000, 1.35e14), stored)
    expect(kept).toEqual([])
    expect(why[0]).toContain('that mempool gave in the same epoch, in which it is fixed')
    // 969 696 is the first block of an epoch
    expect(judged(chain(969_700, 1.35e14), chain(969_690, 1.3e14, 100 * 60_000)).why).toEqual([])
  })
  test('two sources cannot both be right about one epoch', () => {
    const said = [...chain(970_000, 1.3e14), ...chain(970_001, 1.4e14, 0, 'bitcoind')]
    expect(judged(said).kept).toEqual([])
    expect(judged(said, chain(969_990, 1.3e14, 100 * 60_000, 'bitcoind')).kept).toEqual([
      'mempool height',
      'mempool difficulty',
    ])
  })
})

describe('an answer as a whole', () => {
  const answer = (change: Partial<Record<NetworkValueName, number>> = {}, source = 'mempool') =>
    Object.entries({
      height: 970_000,
      difficulty: 1.327e14,
      priceUsdPerBtc: 85_850,
      feesBtcPerBlock: 0.02,
      epochBlocks: 304,
      epochSeconds: 185_000,
      ...change,
    }).map(([name, value]) => row(name as NetworkValueName, value, { source }))
  const starts = [
    { height: 969_696, startedAtMs: NOW_MS - 185_000_000, difficulty: 1.327e14 },
    { height: 967_680, startedAtMs: NOW_MS - 1_395_000_000, difficulty: 1.3e14 },
  ]
  const listing = (said: readonly StoredValue[], list = starts) =>
    judge(said, [], new Map(), NOW_MS, new Map([['mempool', list]]))

  test('that fits together is taken', () => {
    expect(listing(answer()).refused).toEqual([])
    // asked a moment later, the tip is a block or two further than the epoch
    expect(listing(answer({ height: 970_002 })).refused).toEqual([])
  })
  test.each([
    ['a test chain', { height: 3_000 }, /block height 3,000 is outside/],
    ['fees in another unit', { feesBtcPerBlock: 20 }, /fees per block in BTC 20 is outside/],
    [
      'the epoch of another height',
      { epochBlocks: 824 },
      /does not fit block 970,000, which is block 304 of its epoch/,
    ],
    [
      'the start of the epoch before',
      { epochSeconds: 1_200_000 },
      /does not fit|puts the epoch’s first block, 969,696, 281\.9 h before/,
    ],
    [
      'the start three days off',
      { epochSeconds: 444_200 },
      /puts the epoch’s first block, 969,696, 72 h before/,
    ],
    [
      'a difficulty that its list does not have',
      { difficulty: 1.4e14 },
      /difficulty 140,000,000,000,000 is not that of block 969,696/,
    ],
  ] as const)('of which one part is wrong is refused whole: %s', (_, change, words) => {
    const { kept, refused } = listing(answer(change))
    expect(kept).toEqual([])
    expect(refused.map(({ why }) => why).join(' ')).toMatch(words)
    expect(refused).toHaveLength(6)
  })
  test('with a list that consensus does not allow is refused whole', () => {
    const list = (change: Partial<(typeof starts)[0]>) =>
      listing(answer(), [starts[0]!, { ...starts[1]!, ...change }]).kept
    expect(list({ difficulty: 1.327e14 / 4.1 })).toEqual([])
    expect(list({ startedAtMs: NOW_MS - 1_000_000 })).toEqual([])
    expect(list({ height: 967_681 })).toEqual([])
  })
  test('leaves the other sources alone', () => {
    const said = [...answer({ difficulty: 1e12 }), ...answer({}, 'bitcoind')]
    expect(judged(said).kept.every((name) => name.startsWith('bitcoind'))).toBe(true)
    expect(judged(said).kept).toHaveLength(6)
  })
  test('of a source that is more than a few blocks behind another one is refused, and told', () => {
    const said = [...answer({ height: 969_990, epochBlocks: 294 }, 'bitcoind'), ...answer()]
    const { kept, why } = judged(said)
    expect(kept.every((name) => name.startsWith('mempool'))).toBe(true)
    expect(why[0]).toContain('10 blocks behind mempool, which is at 970,000')
    expect(judged([...answer({ height: 969_998 }, 'bitcoind'), ...answer()]).why).toEqual([])
  })
})

describe('the date of a height', () => {
  test('a source that stays at a height knows nothing younger than when it first told of it', () => {
    const stored = [row('height', 970_000, { asOfMs: NOW_MS - 3 * HOUR })]
    const said = [row('height', 970_000), row('difficulty', 1.327e14)]
    const { kept } = judge(said, stored, new Map(), NOW_MS)
    expect(kept.map(({ asOfMs }) => NOW_MS - asOfMs)).toEqual([3 * HOUR, 3 * HOUR])
    const ofBlock = { asOfMs: NOW_MS - 0.2 * HOUR, isDatedByBlock: true }
    const dated = judge([{ ...row('height', 970_000), ...ofBlock }], stored, new Map(), NOW_MS).kept
    expect(dated).toEqual([row('height', 970_000, { asOfMs: ofBlock.asOfMs })])
    const { kept: later } = judge([row('height', 970_001)], stored, new Map(), NOW_MS)
    expect(later[0]!.asOfMs).toBe(NOW_MS)
  })
  test('is told where it does not agree with the clock, and who is wrong', () => {
    const tip = (source: string, ageMs: number, height = 970_000) =>
      row('height', height, { source, asOfMs: NOW_MS - ageMs })
    const words = (...heights: StoredValue[]) => [...tipNotes(heights, NOW_MS)].map(([, note]) => note)
    expect(words(tip('bitcoind', HOUR))).toEqual([])
    expect(words(tip('bitcoind', 96 * HOUR))[0]).toMatch(
      /970,000 is 96 h old; this source is cut off from the network, or this computer’s clock is wrong/,
    )
    expect(words(tip('bitcoind', 96 * HOUR), tip('mempool', HOUR, 970_500))).toEqual([
      expect.stringContaining('another source has a newer one, so this source is cut off'),
    ])
    expect(words(tip('bitcoind', 96 * HOUR), tip('mempool', 96 * HOUR))[1]).toContain(
      'other sources say the same, so this computer’s clock is wrong',
    )
    expect(judged([tip('mempool', -5 * HOUR)]).why[0]).toContain(
      'this computer’s clock is behind, or the answer is false',
    )
  })
  test('a height that the clock does not allow is refused', () => {
    expect(judged([row('height', 1_000_000)]).why[0]).toContain('the clock is behind, or the answer is false')
  })
})

describe('a value that got in and was wrong', () => {
  const MINUTE = 60_000
  /** Rounds a minute apart of one source alone; the last value that is stored. */
  function rounds(name: NetworkValueName, values: readonly number[], stored: StoredValue[] = []) {
    let [rows, doubts]: [readonly StoredValue[], readonly StoredValue[]] = [stored, []]
    for (const [i, value] of values.entries()) {
      const atMs = NOW_MS + i * MINUTE
      const said = [row(name, value, { asOfMs: atMs, fetchedAtMs: atMs })]
      const { kept, doubts: next } = judge(said, rows, new Map(), atMs, new Map(), doubts)
      rows = kept.length > 0 ? kept : rows
      doubts = next
    }
    return rows[0]?.value ?? null
  }
  test.each([
    ['height', 985_000, 970_000],
    ['difficulty', 9e14, 1.327e14],
    ['priceUsdPerBtc', 850_000, 85_850],
    ['feesBtcPerBlock', 14, 0.02],
  ] as const)('%s: the truth is back after it was said twice', (name, lie, truth) => {
    expect(rounds(name, [lie, truth])).toBe(lie)
    expect(rounds(name, [lie, truth, truth])).toBe(truth)
  })
  test('lies that do not repeat themselves do not get in', () => {
    expect(rounds('difficulty', [1.327e14, 9e14, 3e13, 9.9e14])).toBe(1.327e14)
    expect(rounds('priceUsdPerBtc', [85_850, 850_000, 8_000, 400_000])).toBe(85_850)
    expect(rounds('feesBtcPerBlock', [0.02, 14, 9, 5])).toBe(0.02)
    expect(rounds('height', [970_000, 972_000, 975_000, 980_000])).toBe(970_000)
  })
  test('what another source goes on saying is not overruled by one that repeats itself', () => {
    const truth = (atMs: number) =>
      row('difficulty', 1.327e14, { source: 'bitcoind', asOfMs: atMs, fetchedAtMs: atMs })
    const lie = (atMs: number) => row('difficulty', 9e14, { asOfMs: atMs, fetchedAtMs: atMs })
    const first = judge([lie(NOW_MS), truth(NOW_MS)], [truth(NOW_MS - MINUTE)], new Map(), NOW_MS)
    expect(first.kept.map(({ source }) => source)).toEqual(['bitcoind'])
    const later = NOW_MS + MINUTE
    const second = judge([lie(later), truth(later)], first.kept, new Map(), later, new Map(), first.doubts)
    expect(second.kept.map(({ source }) => source)).toEqual(['bitcoind'])
  })
})

describe('a stored value that was wrong from the first', () => {
  const wrong = (name: NetworkValueName, value: number, source = 'mempool') =>
    row(name, value, { asOfMs: NOW_MS - HOUR, source })
  test.each([
    ['priceUsdPerBtc', 8_585_000, [85_850, 85_900]],
    ['height', 2_000_000, [970_000, 970_001]],
    ['difficulty', 1.3e12, [1.327e14, 1.327e14]],
  ] as const)(
    '%s: two other sources that agree overrule it, a single one does not',
    (name, stored, [one, two]) => {
      const said = [row(name, one, { source: 'bitcoind' }), row(name, two, { source: 'kraken' })]
      expect(judged(said.slice(0, 1), [wrong(name, stored)]).kept).toEqual([])
      expect(judged(said, [wrong(name, stored)]).why).toEqual([])
      // what as many sources have said before is not overruled, nor by two that contradict each other
      const twice = [wrong(name, stored), wrong(name, stored, 'coingecko')]
      expect(judged(said, twice).kept).toEqual([])
      expect(judged([said[0]!, { ...said[1]!, value: two * 1.5 }], [wrong(name, stored)]).kept).toEqual([])
    },
  )
})

describe('the epoch', () => {
  const epoch = (blocks: number, seconds: number) => [
    row('epochBlocks', blocks),
    row('epochSeconds', seconds),
  ]
  test.each([
    [0, 0],
    [0, 7_200],
    [3, 60],
    [304, 185_000],
    [2015, 2015 * 900],
  ])('%d blocks in %d s are thinkable', (blocks, seconds) => {
    expect(judged(epoch(blocks, seconds)).why).toEqual([])
  })
  test.each([
    [304, 185],
    [304, 185_000_000],
    [304, 900_000],
    [2015, 200_000],
    [10, 86_400],
    [2016, 1_209_600],
    [-1, 0],
  ])('%d blocks in %d s are not, and neither of the two is taken', (blocks, seconds) => {
    const { kept, why } = judged(epoch(blocks, seconds))
    expect(kept).toEqual([])
    expect(why).toHaveLength(2)
  })
  test('blocks without seconds say nothing', () => {
    expect(judged([row('epochBlocks', 304)]).kept).toEqual([])
    expect(
      judged([row('epochBlocks', 304), row('epochSeconds', 185_000, { source: 'bitcoind' })]).kept,
    ).toEqual([])
  })
})

test('difficulty must fit the node’s own estimate of the hashrate', () => {
  const said = [row('difficulty', 1.327e14, { source: 'bitcoind' })]
  const with_ = (hashrateHs: number) => judged(said, [], new Map([['bitcoind', hashrateHs]]))
  expect(with_(9.5e20).why).toEqual([])
  expect(with_(4e20).why).toEqual([])
  expect(with_(9.5e17).why[0]).toContain('does not fit its own estimate of the network’s hashrate, 0.95 EH/s')
})

describe('prices against each other', () => {
  test('within 5 % all are taken', () => {
    expect(
      judged([price('mempool', 85_850), price('kraken', 88_000), price('coingecko', 84_000)]).why,
    ).toEqual([])
  })
  test('of three the one that differs is left out', () => {
    const { kept, why } = judged([
      price('mempool', 43_753),
      price('kraken', 85_861),
      price('coingecko', 85_843),
    ])
    expect(kept).toEqual(['kraken priceUsdPerBtc', 'coingecko priceUsdPerBtc'])
    expect(why).toEqual(['its price in USD 43,753 is 49 % from the other sources (85,843); it was not taken'])
  })
  test('of two that contradict each other none is taken', () => {
    const { kept, why } = judged([price('mempool', 43_753), price('kraken', 85_861)])
    expect(kept).toEqual([])
    expect(why).toHaveLength(2)
  })
  test('unless a price of the last day tells which of them is right', () => {
    const said = [price('mempool', 43_753), price('kraken', 85_861)]
    expect(judged(said, [price('mempool', 86_100, NOW_MS - 2 * HOUR)]).kept).toEqual([
      'kraken priceUsdPerBtc',
    ])
    expect(judged(said, [price('mempool', 86_100, NOW_MS - 2 * DAY)]).kept).toEqual([])
  })
  test('but what a source said before does not speak for it now', () => {
    const said = [price('mempool', 43_753), price('kraken', 85_861)]
    // its very first answer was wrong already
    expect(judged(said, [price('mempool', 43_700, NOW_MS - 300_000)]).kept).toEqual([])
    // it has drifted away little by little, while the other one stood
    const drifted = [price('mempool', 81_900, NOW_MS - 300_000), price('kraken', 85_900, NOW_MS - 300_000)]
    expect(judged([price('mempool', 81_200), price('kraken', 85_861)], drifted).kept).toEqual([
      'kraken priceUsdPerBtc',
    ])
    expect(
      judged(said, [price('mempool', 85_900, NOW_MS - 300_000), price('kraken', 85_900, NOW_MS - 300_000)])
        .kept,
    ).toEqual(['kraken priceUsdPerBtc'])
  })
  test('a single one is also held against fresh ones of sources that were not asked now', () => {
    expect(judged([price('mempool', 43_753)], [price('kraken', 85_861, NOW_MS - 60_000)]).kept).toEqual([])
    expect(judged([price('mempool', 43_753)], [price('kraken', 85_861, NOW_MS - 2 * HOUR)]).why).toEqual([])
    expect(judged([price('mempool', 43_753)], [price('typed', 85_861)]).why).toEqual([])
  })
  test('the last price of a feed that stopped long ago is old, not wrong: it is kept with its date', () => {
    const said = [price('mempool', 43_753, NOW_MS - 300 * DAY), price('kraken', 85_861)]
    expect(judged(said).why).toEqual([])
  })
})

test('adjustments outside the consensus limits, beyond the tip or between two epochs are left out', () => {
  const sound = { height: 969_696, change: -0.02 }
  expect(
    soundAdjustments(
      [
        sound,
        { height: 967_680, change: 3.1 },
        { height: 965_664, change: -0.8 },
        { height: 1.5, change: 0 },
        { height: 965_664, change: NaN },
        { height: 969_700, change: 0.01 },
        { height: -2016, change: 0.01 },
        { height: 971_712, change: 0.01 },
        { height: 2_997_792, change: 2.9 },
      ],
      970_000,
    ),
  ).toEqual([sound])
})
