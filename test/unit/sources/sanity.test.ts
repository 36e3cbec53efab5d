import { describe, expect, test } from 'vitest'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
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
  test('a price does not move by a factor of ten', () => {
    const stored = [before('priceUsdPerBtc', 20_000, DAY)]
    expect(judged([row('priceUsdPerBtc', 150_000)], stored).why).toEqual([])
    expect(judged([row('priceUsdPerBtc', 199_000)], stored).why).toEqual([])
    expect(judged([row('priceUsdPerBtc', 2_010)], stored).why).toEqual([])
    expect(judged([row('priceUsdPerBtc', 201_000)], stored).kept).toEqual([])
    expect(judged([row('priceUsdPerBtc', 1_999)], stored).kept).toEqual([])
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
