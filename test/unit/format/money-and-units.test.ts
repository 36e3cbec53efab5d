import { describe, expect, it } from 'vitest'
import { btc, sats, usd, usdCents, usdCost, usdPerKwh, usdPerPh, usdWhole } from '#shared/format/money.ts'
import { difficulty, energy, hashrate, hashrateOfThs, jPerTh, power, ths } from '#shared/format/units.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('money', () => {
  it('puts the minus before the dollar sign and drops cents where they do not matter', () => {
    expect(plain(usd(88300.4))).toBe('$88 300')
    expect(usd(-31.6)).toBe('−$31.60')
    expect(usd(99.996)).toBe('$100')
    expect(plain(usdCents(1204.3))).toBe('$1 204.30')
    expect(plain(usdWhole(-7107.4))).toBe('−$7 107')
  })

  it('rounds break-evens to the safe side', () => {
    expect(usdPerPh(37.4501, 'up')).toBe('$37.46')
    expect(usdPerKwh(0.05359, 'down')).toBe('$0.0535')
    expect(plain(usdCost(71419.2))).toBe('$71 420')
  })

  it('shows a tariff to a tenth of a cent, further only where it says something', () => {
    expect(usdPerKwh(0.06)).toBe('$0.060')
    expect(usdPerKwh(0.0535)).toBe('$0.0535')
    expect(usdPerKwh(-0.012)).toBe('−$0.012')
    expect(usdPerKwh(Number.NaN)).toBe('–')
  })

  it('shows bitcoin with the digits a day of mining has', () => {
    expect(btc(0.1482)).toBe('0.148 BTC')
    expect(btc(0.00012345678)).toBe('0.00012346 BTC')
    expect(btc(12.437)).toBe('12.44 BTC')
    expect(btc(0)).toBe('0 BTC')
    expect(plain(sats(0.0003907))).toBe('39 070 sat')
    expect([btc(Number.NaN), sats(Number.NaN), usd(Number.NaN)]).toEqual(['–', '–', '–'])
  })
})

describe('units', () => {
  it('picks the unit of a hashrate and keeps three digits', () => {
    expect(plain(hashrate(1.16e21))).toBe('1.16 ZH/s')
    expect(plain(hashrate(462e15))).toBe('462 PH/s')
    expect(plain(hashrateOfThs(98))).toBe('98.0 TH/s')
    expect(plain(hashrate(999.7e15))).toBe('1.00 EH/s')
    expect(plain(hashrate(0))).toBe('0 TH/s')
    expect(hashrate(Number.NaN)).toBe('–')
  })

  it('shows difficulty in units of 10¹², and small ones of test networks as they are', () => {
    expect(plain(difficulty(162.14e12))).toBe('162.1 T')
    expect(plain(difficulty(162.19e12, 'down'))).toBe('162.1 T')
    expect(difficulty(1)).toBe('1')
    expect(plain(difficulty(1.2345e15))).toBe('1.235 P')
  })

  it('shows power and energy in the unit that suits their size', () => {
    expect(plain(power(3510))).toBe('3 510 W')
    expect(plain(power(812_400))).toBe('812 kW')
    expect(plain(power(999_800))).toBe('1.00 MW')
    expect(plain(energy(84.24))).toBe('84.2 kWh')
    expect(plain(energy(312_000))).toBe('312 MWh')
    expect(jPerTh(29.54)).toBe('29.5')
    expect(ths(234)).toBe('234')
    expect(ths(98.52)).toBe('98.5')
  })
})
