import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readNetworkCase } from '#electron/files/network-case.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { fixture } from './catalogue-models.ts'

const whole = { height: 925_000, difficulty: 1.5e14, priceUsdPerBtc: 88_300, feesBtcPerBlock: 0.02 }
const read = (json: unknown) => readNetworkCase(JSON.stringify(json), 'network.json')

describe('readNetworkCase', () => {
  it('reads a whole case', () => {
    expect(readNetworkCase(readFileSync(fixture('network.json'), 'utf8'), 'network.json')).toEqual({
      ...whole,
      epoch: { blocks: 1007, seconds: 612_345 },
      previousAdjustments: [0.012, -0.024],
      atMs: Date.UTC(2025, 10, 20, 12),
    })
  })

  it('takes absent and null fields as not known, and ignores fields that are not ours', () => {
    const nothing = { ...whole, epoch: null, previousAdjustments: [], atMs: null }
    expect(read(whole)).toEqual(nothing)
    expect(read({ ...whole, epoch: null, previousAdjustments: null, at: null, hashrate: 'x' })).toEqual(
      nothing,
    )
    expect(read({ ...whole, at: '2025-11-20T14:00:00+02:00' }).atMs).toBe(Date.UTC(2025, 10, 20, 12))
    expect(read({ ...whole, epoch: { blocks: 0, seconds: 0 } }).epoch).toEqual({ blocks: 0, seconds: 0 })
  })

  it.each([
    [{ height: 1.5 }, 'network.json, field height: must be a whole number from 0 to 100000000'],
    [
      { height: undefined },
      'network.json, field height: is missing; it must be a whole number from 0 to 100000000',
    ],
    [{ difficulty: 0.5 }, 'network.json, field difficulty: must be a number of 1 or more'],
    [{ difficulty: '1.5e14' }, 'network.json, field difficulty: must be a number of 1 or more'],
    [{ priceUsdPerBtc: 0 }, 'network.json, field priceUsdPerBtc: must be a number above 0, in USD per BTC'],
    [
      { priceUsdPerBtc: null },
      'network.json, field priceUsdPerBtc: must be a number above 0, in USD per BTC',
    ],
    [
      { feesBtcPerBlock: -1 },
      'network.json, field feesBtcPerBlock: must be a number of 0 or more, in BTC per block',
    ],
    [
      { feesBtcPerBlock: 2e6 },
      'network.json, field feesBtcPerBlock: must be at most 1000 BTC per block; is it in satoshi?',
    ],
    [
      { epoch: { blocks: 2016, seconds: 1 } },
      'network.json, field epoch.blocks: must be a whole number from 0 to 2015',
    ],
    [
      { epoch: { blocks: 10, seconds: -1 } },
      'network.json, field epoch.seconds: must be a number of 0 or more, in seconds',
    ],
    [
      { epoch: { blocks: 10, seconds: 0 } },
      'network.json, field epoch.seconds: must be above 0 when epoch.blocks is 10',
    ],
    [{ epoch: { blocks: 10 } }, 'network.json, field epoch.seconds: is missing'],
    [{ epoch: 5 }, 'network.json, field epoch: must be an object with blocks and seconds, or absent'],
    [
      { previousAdjustments: [0.01, 5] },
      'network.json, field previousAdjustments[1]: must be a fraction from −0.75 to 3',
    ],
    [{ previousAdjustments: 0.01 }, 'network.json, field previousAdjustments: must be a list of fractions'],
    [{ at: 'yesterday' }, 'network.json, field at: must be a time such as "2025-11-20T12:00:00Z", or absent'],
  ])('%j is refused by its field', (change, message) => {
    expect(() => read({ ...whole, ...change })).toThrow(message)
    expect(() => read({ ...whole, ...change })).toThrow(StrikelineError)
  })

  it.each(['', '{', 'null', '[]', '3', '{"height": NaN}', '<html>'])('%j is no case', (text) => {
    expect(() => readNetworkCase(text, 'standard input, line 3')).toThrow(/^standard input, line 3/)
    expect(() => readNetworkCase(text, 'x')).toThrow(StrikelineError)
  })

  it('refuses a number that JSON turns into infinity', () => {
    expect(() => readNetworkCase(JSON.stringify(whole).replace('88300', '1e999'), 'network.json')).toThrow(
      'field priceUsdPerBtc',
    )
  })
})
