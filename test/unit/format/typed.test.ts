import { describe, expect, it } from 'vitest'
import { numberField } from '#shared/domain/fleet/fields.ts'
import {
  CHANGE_FIELD,
  HASHPRICE_FIELD,
  HORIZON_FIELD,
  machineField,
  priceField,
  rateField,
  TYPED_VALUES,
} from '#shared/format/typed-fields.ts'
import type { TypedField } from '#shared/format/typed.ts'
import { editable, typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'

const FIELDS = {
  ...TYPED_VALUES,
  hashrate: machineField(numberField('hashrateThs')),
  power: machineField(numberField('powerW')),
  quantity: machineField(numberField('quantity')),
  powerPrice: machineField(numberField('powerPriceUsdPerKwh')),
  poolFee: machineField(numberField('poolFee')),
  fixed: machineField(numberField('fixedUsdPerDay')),
  restart: machineField(numberField('restartUsd')),
  standby: machineField(numberField('standbyW')),
  euro: priceField('EUR', 1.08),
  crowns: priceField('NOK', 0.1),
  guarani: priceField('PYG', 0.00013),
  rate: rateField('EUR'),
  change: CHANGE_FIELD,
  hashprice: HASHPRICE_FIELD,
  horizon: HORIZON_FIELD,
} as const satisfies Record<string, TypedField>

describe('a number that is typed', () => {
  it.each([
    ['priceUsdPerBtc', '88 300', 88_300],
    ['priceUsdPerBtc', '$88,300', 88_300],
    ['priceUsdPerBtc', '88.300', 88_300],
    ['priceUsdPerBtc', '88 300 USD', 88_300],
    ['priceUsdPerBtc', '88\u202f300 $', 88_300],
    ['priceUsdPerBtc', '88.3k', 88_300],
    ['priceUsdPerBtc', '$88,300/BTC', 88_300],
    ['priceUsdPerBtc', '88,3', 88.3],
    ['priceUsdPerBtc', '88,300.50', 88_300.5],
    ['difficulty', '162.1T', 162.1e12],
    ['difficulty', '162.1 T', 162.1e12],
    ['difficulty', '1.62e14', 1.62e14],
    ['difficulty', '162,1 t', 162.1e12],
    ['difficulty', '0.162 P', 162e12],
    ['height', '925,000', 925_000],
    ['height', '925.000', 925_000],
    ['feesBtcPerBlock', '0.02 BTC', 0.02],
    ['feesBtcPerBlock', '2 000 000 sat', 0.02],
    ['epochBlocks', '1,007', 1007],
    ['epochSeconds', '2.4 days', 207_360],
    ['epochSeconds', '2.4', 207_360],
    ['epochSeconds', '2d 9h', 205_200],
    ['epochSeconds', '2 days, 9 hours', 205_200],
    ['epochSeconds', '12 h', 43_200],
    ['epochSeconds', '612345 s', 612_345],
    ['powerPrice', '4.5 c', 0.045],
    ['powerPrice', '4.5 ¢/kWh', 0.045],
    ['powerPrice', '45 $/MWh', 0.045],
    ['powerPrice', '$0.0535', 0.0535],
    ['powerPrice', '0,0535', 0.0535],
    ['powerPrice', '0,500', 0.5],
    ['powerPrice', '−$0.01', -0.01],
    ['euro', '4,5 ct/kWh', 0.045],
    ['euro', '€45/MWh', 0.045],
    ['crowns', '53 øre', 0.53],
    ['crowns', '0.535 NOK', 0.535],
    ['power', '3.25 kW', 3250],
    ['power', '3,250 W', 3250],
    ['power', '3.250', 3250],
    ['hashrate', '104 TH/s', 104],
    ['hashrate', '0.104 PH/s', 104],
    ['hashrate', '104.5', 104.5],
    ['quantity', '1,200', 1200],
    ['quantity', '12 machines', 12],
    ['poolFee', '1.2 %', 0.012],
    ['poolFee', '1.2', 0.012],
    ['poolFee', '0,3', 0.003],
    ['fixed', '$4.50 a day', null],
    ['fixed', '$4.50/day', 4.5],
    ['restart', '180.125', 180.125],
    ['rate', '1,1', 1.1],
    ['rate', '1,100', 1.1],
    ['rate', '$1.0842', 1.0842],
    ['change', '−4.7 %', -0.047],
    ['change', '+1.2', 0.012],
    ['hashprice', '38.20 $/PH/s a day', 38.2],
    ['hashprice', '$33,90', 33.9],
    ['horizon', '4 weeks', 28],
    ['horizon', '14 days', 14],
  ] as const)('in %s %j is %s', (name, text, value) => {
    const read = readTyped(text, FIELDS[name])
    if (value === null) expect(read.fault).toContain('is not understood here')
    else expect(read).toEqual({ value, fault: null })
  })

  it.each(['seven', '1.2.3', '1,2,3', '--4', 'NaN', 'Infinity', '1e999'])('%j is none', (text) => {
    expect(readTyped(text, FIELDS.power)).toEqual({
      value: null,
      fault: `'${text}' is not a number: write it like 3250 or 3.25 kW.`,
    })
  })

  it('has a unit of its field or is refused', () => {
    const faults = (
      [
        ['power', '3250 kWh'],
        ['power', '3 mW'],
        ['crowns', '$0.05'],
        ['euro', '45 $/MWh'],
        ['powerPrice', '(0.05)'],
        ['powerPrice', '1 500 USD/day'],
        ['height', '0x10'],
        ['epochSeconds', '3 moons'],
        ['epochSeconds', '2d 3 moons'],
        ['priceUsdPerBtc', '88 300 EUR'],
        ['change', '3 T'],
      ] as const
    ).map(([name, text]) => readTyped(text, FIELDS[name]).fault)
    for (const fault of faults) expect(fault).toMatch(/^'.+' is not understood here: write it like .+\.$/)
    expect(readTyped('3250 kWh', FIELDS.power).fault).toBe(
      "'kWh' is not understood here: write it like 3250 or 3.25 kW.",
    )
  })

  it('is of thousands where money has three digits behind the sign that is not the reader’s', () => {
    const field: TypedField = { unit: 'USD', usual: [0, 1e12], isMoney: true, example: '1250.50' }
    expect(readTyped('$11,000', field).value).toBe(11_000)
    expect(readTyped('1,250.50', field).value).toBe(1250.5)
    expect(readTyped('11.000', field, ',').value).toBe(11_000)
    expect(readTyped('12.345', field).value).toBe(12.345)
  })

  it('is asked about where a comma leaves two readings that both lie where the field does', () => {
    for (const [field, text] of [
      [FIELDS.standby, '1,500'],
      [FIELDS.restart, '1,500'],
      [FIELDS.guarani, '1,500'],
    ] as const)
      expect(readTyped(text, field).fault).toBe(`'${text}' is 1500 or 1.500: write the one that you mean.`)
    expect(readTyped('1,500 T', FIELDS.difficulty).fault).toBe(
      "'1,500 T' is 1500 T or 1.500 T: write the one that you mean.",
    )
  })

  it('tells an empty field from one that is no number', () => {
    expect(readTyped('  ', FIELDS.power)).toEqual({ value: null, fault: null })
  })

  it('is understood as every field’s own example says', () => {
    for (const field of Object.values(FIELDS))
      for (const text of field.example.split(' or '))
        expect(readTyped(text, field), text).toMatchObject({ fault: null })
  })
})

describe('what an edit field holds', () => {
  it('is a plain number in the unit of the field', () => {
    expect(editable(0.0535)).toBe('0.0535')
    expect(editable(0.1 + 0.2)).toBe('0.3')
    expect(editable(98765432109.87)).toBe('98765432109.87')
    expect(editable(1234567890123)).toBe('1234567890123')
    expect(editable(Number.NaN)).toBe('')
    expect(typedText(0.07, FIELDS.poolFee)).toBe('7')
    expect(typedText(Number.NaN, FIELDS.poolFee)).toBe('')
    expect(typedText(207_360, FIELDS.epochSeconds)).toBe('2.4')
  })
})
