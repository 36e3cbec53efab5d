import { describe, expect, it } from 'vitest'
import {
  hashpriceAfterChange,
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  networkHashrateHs,
  rewardBtcPerPhDay,
  subsidyBtc,
} from '#shared/domain/chain/network.ts'
import { network } from '../machines.ts'

describe('block subsidy', () => {
  it.each([
    [0, 50],
    [209_999, 50],
    [210_000, 25],
    [839_999, 6.25],
    [840_000, 3.125],
    [1_050_000, 1.5625],
    // whole satoshis: 50 BTC halved ten times is 4882812.5 sat
    [2_100_000, 0.04882812],
    [32 * 210_000, 1e-8],
    [33 * 210_000, 0],
    [64 * 210_000, 0],
    [10_000_000_000, 0],
  ])('at height %i is %d BTC', (height, btc) => {
    expect(subsidyBtc(height)).toBe(btc)
  })

  it('adds up to the money there will be', () => {
    let sats = 0
    for (let halving = 0; halving < 64; halving++)
      sats += Math.round(subsidyBtc(halving * 210_000) * 1e8) * 210_000
    expect(sats).toBe(2_099_999_997_690_000)
  })

  it.each([-1, 0.5, NaN, Infinity])('does not exist at height %d', (height) => {
    expect(subsidyBtc(height)).toBeNaN()
  })
})

describe('hashprice', () => {
  it('is the reward of a day over the hashes of a day', () => {
    const given = network({ difficulty: 1e14, feesBtcPerBlock: 0.025, priceUsdPerBtc: 100_000 })
    const blocksOfOnePh = (86_400 * 1e15) / (1e14 * 2 ** 32)
    expect(hashpriceBtcPerPhDay(given)).toBeCloseTo(blocksOfOnePh * 3.15, 15)
    expect(hashpriceUsdPerPhDay(given)).toBeCloseTo(blocksOfOnePh * 3.15 * 100_000, 10)
  })

  it('of all miners together is 144 blocks a day', () => {
    const difficulty = 1.5e14
    const networkPhs = networkHashrateHs(difficulty) / 1e15
    expect(networkPhs * rewardBtcPerPhDay(3.125, difficulty)).toBeCloseTo(144 * 3.125, 9)
  })

  it('leaves out the fees in a payout without them', () => {
    const given = network({ feesBtcPerBlock: 0.5 })
    expect(
      rewardBtcPerPhDay(subsidyBtc(given.height), given.difficulty) / hashpriceBtcPerPhDay(given),
    ).toBeCloseTo(3.125 / 3.625, 12)
  })

  it('falls by the change of difficulty as a divisor', () => {
    expect(hashpriceAfterChange(40, 0.25)).toBe(32)
    expect(hashpriceAfterChange(40, -0.2)).toBe(50)
    expect(hashpriceAfterChange(40, -1)).toBeNaN()
  })

  it.each([
    ['difficulty', 0],
    ['difficulty', NaN],
    ['height', NaN],
    ['priceUsdPerBtc', NaN],
    ['feesBtcPerBlock', NaN],
  ] as const)('does not exist where %s is %d', (field, value) => {
    expect(hashpriceUsdPerPhDay(network({ [field]: value }))).toBeNaN()
  })
})
