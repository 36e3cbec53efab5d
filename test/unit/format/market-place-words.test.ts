import { describe, expect, it } from 'vitest'
import type { FleetStand } from '#shared/domain/margins/fleet-stand.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import type { HardPressed } from '#shared/format/market-place-words.ts'
import { hardPressedWords, standDetails } from '#shared/format/market-place-words.ts'

const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')

const STAND: FleetStand = {
  ...{ lots: 18, machines: 7420, acceptedPhs: 1000, usdPerDay: 3419, breakevenUsdPerPhDay: 31.061 },
  under: { lots: 7, machines: 1369, acceptedPhs: 185, usdPerDay: -412.4 },
}
const CASE: HardPressed = {
  ...{ hashpriceUsdPerPhDay: 34.48, stand: STAND, hasMachines: true, signsOf: null },
  signs: { hashRibbons: true, puell: false, hashprice: true, minerNetFlow: false },
}
const words = (change: Partial<HardPressed>) => plain(hardPressedWords({ ...CASE, ...change }, US_DOLLARS))
const none: FleetStand = { ...STAND, lots: 0, machines: 0 }
const stand = (change: Partial<FleetStand>, under: Partial<FleetStand['under']> = {}) => ({
  stand: { ...STAND, ...change, under: { ...STAND.under, ...under } },
})

describe('how hard pressed miners are, in one sentence', () => {
  it('says hashprice against the fleet, who is under water, and the signs of stress', () => {
    expect(words({})).toBe(
      'Hashprice is $34.48, 11 % above the fleet’s average break-even; 1 369 of 7 420 machines are under water; two of four signs of stress.',
    )
    expect(words(stand({ breakevenUsdPerPhDay: 34.6 }))).toContain(
      ', 0.3 % below the fleet’s average break-even;',
    )
    expect(words(stand({ breakevenUsdPerPhDay: 34.48 }))).toContain(', at the fleet’s average break-even;')
    // Power that is paid for: there is no share of a cost below nothing.
    expect(words(stand({ breakevenUsdPerPhDay: -1.2 }))).toContain(', the fleet’s average break-even −$1.20;')
    expect(words(stand({ breakevenUsdPerPhDay: NaN }))).toContain('Hashprice is $34.48; 1 369 of')
    expect(plain(hardPressedWords(CASE, moneyIn('EUR', 1.1)))).toContain('Hashprice is €31.35, 11 % above')
  })

  it('counts one machine, all of them and none', () => {
    expect(words(stand({}, { machines: 1 }))).toContain('; 1 of 7 420 machines is under water;')
    expect(words(stand({}, { machines: 0 }))).toContain('; no machine is under water;')
    expect(words(stand({ machines: 12 }, { machines: 12 }))).toContain('; all 12 machines are under water;')
    expect(words(stand({ machines: 1 }, { machines: 1 }))).toContain('; its one machine is under water;')
    expect(words(stand({ machines: 1 }, { machines: 0 }))).toContain('; its one machine is not under water;')
  })

  it('says what is not known, of the network, the fleet and the market', () => {
    expect(words({ hashpriceUsdPerPhDay: NaN })).toBe('Hashprice is not known; two of four signs of stress.')
    expect(words({ hasMachines: false, stand: null })).toBe(
      'Hashprice is $34.48, and there is no fleet to hold against it; two of four signs of stress.',
    )
    expect(words({ stand: null })).toContain('; where the fleet stands is not known; two of')
    // Nothing is said of what is being worked out.
    expect(words({ stand: undefined, signs: undefined })).toBe('Hashprice is $34.48.')
    expect(words({ stand: none })).toContain(', and no machine with all figures runs; two of')
    expect(words({ signs: null })).toMatch(/; signs of stress among miners are not known\.$/)
    const nothing = { hashRibbons: null, puell: null, hashprice: null, minerNetFlow: null }
    expect(words({ signs: nothing })).toMatch(/; signs of stress among miners are not known\.$/)
    expect(words({ signs: { ...nothing, puell: true } })).toMatch(
      /; the one known sign of stress is there\.$/,
    )
    expect(words({ signs: { ...nothing, puell: false, hashprice: false } })).toMatch(
      /; none of two known signs of stress\.$/,
    )
    expect(words({ signsOf: '2021-05-05' })).toMatch(/; two of four signs of stress on 5 May 2021\.$/)
  })
})

describe('what stands behind it', () => {
  it('tells shares that add up, money, and the adjustment', () => {
    const after = {
      ...{ change: -0.02, atMs: Date.UTC(2026, 10, 28, 12), hashpriceUsdPerPhDay: 35.18 },
      stand: stand({}, { lots: 6, machines: 1236 }).stand,
    }
    expect(standDetails(STAND, after, US_DOLLARS, 'UTC').map(plain)).toEqual([
      'The average break-even is $31.07 per PH/s a day.',
      '81.5 % of the hashrate breaks even at or below the hashprice of now, 18.5 % above it.',
      'As it runs the fleet earns $3 419 a day; what is under water loses $412 a day.',
      expect.stringMatching(
        /^The adjustment \(−2\.0 %, about 28 Nov.*\) would take hashprice to \$35\.18, with 1 236 machines in 6 lots under water\.$/,
      ) as string,
    ])
    expect(standDetails(none, after, US_DOLLARS)).toEqual([])
    expect(standDetails(STAND, { ...after, atMs: NaN }, US_DOLLARS).at(-1)).toContain('(−2.0\u202f%)')
  })
})
