import { describe, expect, it } from 'vitest'
import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import { siteInputSchema } from '#shared/ipc/schemas/fleet.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import { fieldOfFault, readSiteForm, siteForm } from '#renderer/screens/sites/site-form.ts'
import { besideWords, priceFault } from '#renderer/parts/tariff.ts'
import { smallFleet } from './small-fleet.ts'

const plain = (text: string | null) => text?.replaceAll('\u202f', ' ') ?? null

/** North pays in crowns at 0.1 USD, Harbor in USD. */
const snapshot: FleetView = {
  revision: 1,
  ...smallFleet([{}]),
  tariffs: [{ siteKey: 0, currency: 'NOK', powerPricePerKwh: 0.4321, otherPerKwh: 0.02 }],
  contracts: 0,
  ladders: 0,
  undo: null,
  redo: null,
}

describe('form of a site', () => {
  it('gives back what is stored when nothing is touched, in the currency in which it is paid', () => {
    const north = readSiteForm(siteForm(snapshot, 0), 0.1)
    expect(north.input).toEqual({
      name: 'North',
      overhead: 0,
      powerPriceUsdPerKwh: null,
      otherUsdPerKwh: 0,
      tariff: { currency: 'NOK', powerPricePerKwh: 0.4321, otherPerKwh: 0.02 },
    })
    expect(siteInputSchema.safeParse(north.input).success).toBe(true)
    expect(readSiteForm(siteForm(snapshot, 1), 1).input).toEqual({
      name: 'Harbor',
      overhead: 0,
      powerPriceUsdPerKwh: 0.08,
      otherUsdPerKwh: 0,
      tariff: null,
    })
  })

  it('leaves a price that is not typed as not given, never zero', () => {
    const empty = { ...siteForm(snapshot, null), name: 'New' }
    expect(readSiteForm(empty, 1).input).toMatchObject({ powerPriceUsdPerKwh: null, overhead: 0 })
    expect(readSiteForm({ ...empty, currency: 'EUR' }, null).input?.tariff).toEqual({
      currency: 'EUR',
      powerPricePerKwh: null,
      otherPerKwh: 0,
    })
  })

  it('names each field that is wrong', () => {
    const form = siteForm(snapshot, 0)
    const wrong = readSiteForm(
      { ...form, name: ' ', numbers: { powerPrice: 'much', other: '43.2', overhead: '300' } },
      0.1,
    )
    expect(wrong.input).toBeNull()
    expect(wrong.faults).toEqual({
      name: 'A site needs a name.',
      powerPrice: "'much' is not a number: write it like 0.5 or 500 NOK/MWh.",
      other: 'It must be from −10 to 10 NOK/kWh. Is it in hundredths of NOK? Then type 0.432.',
      overhead: 'It must be from 0 to 200.',
    })
  })

  it('finds the field that the store refuses', () => {
    expect(fieldOfFault('tariff.powerPricePerKwh')).toBe('powerPrice')
    expect(fieldOfFault('otherUsdPerKwh')).toBe('other')
    expect(fieldOfFault('elsewhere')).toBeNull()
    expect(fieldOfFault(undefined)).toBeNull()
  })
})

describe('a price per kWh', () => {
  it('is held to the bounds of USD at the rate, and to wide ones without a rate', () => {
    const unit = (currency: 'USD' | 'NOK' | 'PYG', usdPerUnit: number | null) => ({ currency, usdPerUnit })
    expect(priceFault('powerPriceUsdPerKwh', 9.9, unit('NOK', 0.1))).toBeNull()
    expect(priceFault('powerPriceUsdPerKwh', 11.5, unit('NOK', 0.0987))).toBe(
      'It must be from −10.13 to 10.13 NOK/kWh. Is it in hundredths of NOK? Then type 0.115.',
    )
    expect(plain(priceFault('powerPriceUsdPerKwh', 12_000, unit('PYG', 0.000138)))).toBe(
      'It must be from −7 246 to 7 246 PYG/kWh. Is it in hundredths of PYG? Then type 120.',
    )
    expect(priceFault('powerPriceUsdPerKwh', 12_000, unit('PYG', null))).toBeNull()
    expect(plain(priceFault('powerPriceUsdPerKwh', 2e9, unit('PYG', null)))).toBe(
      'It must be from −1 000 000 to 1 000 000 PYG/kWh.',
    )
    expect(priceFault('powerPriceUsdPerKwh', 7, unit('USD', 1))).toBe(
      'It must be from −1 to 1. Is it in cents? Then write it like 4.5 ¢.',
    )
  })

  it('has the reader’s money beside it, or USD where that is the same', () => {
    expect(plain(besideWords(US_DOLLARS, 'NOK', 0.0535))).toBe('= $0.0535 per kWh')
    expect(plain(besideWords(moneyIn('NOK', 0.1), 'NOK', 0.0535))).toBe('= $0.0535 per kWh')
    expect(plain(besideWords(moneyIn('EUR', 1.07), 'NOK', 0.0535))).toBe('= €0.050 per kWh')
    expect(plain(besideWords(moneyIn('EUR', 1.07), 'USD', 0.0535))).toBe('= €0.050 per kWh')
    expect(besideWords(US_DOLLARS, 'USD', 0.0535)).toBeNull()
    expect(besideWords(US_DOLLARS, 'NOK', Number.NaN)).toBeNull()
  })
})
