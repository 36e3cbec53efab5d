import { describe, expect, it } from 'vitest'
import { decimalSignOf, together } from '#electron/files/numbers.ts'
import { factorOf } from '#shared/format/number-units.ts'
import { addEvidence, noEvidence, readNumber } from '#shared/format/read-number.ts'

const evidenceOf = (...cells: readonly string[]) => {
  const evidence = noEvidence()
  for (const cell of cells) addEvidence(evidence, cell)
  return evidence
}
const signOf = (own: readonly string[], others: readonly string[], separator: ',' | ';' | '\t') => {
  const ownEvidence = evidenceOf(...own)
  return decimalSignOf(ownEvidence, together([ownEvidence, evidenceOf(...others)]), separator, null)
}

describe('the decimal sign of a column', () => {
  it.each([
    [['3,068', '3,500'], ['0.07'], '\t', '.'],
    [['3.068', '3.500'], ['0,07'], ';', ','],
    [['0,045'], [], ';', ','],
    [['1.234.567,5'], [], ';', ','],
    [['1,234,567'], [], ',', '.'],
    [['3,068', '30,5'], ['0.07'], '\t', ','],
    [['104.123'], [], ',', '.'],
    [['3068'], [], ';', '.'],
    [['1 234,5'], [], ';', ','],
  ] as const)('%s beside %s, cells separated by %j: %s', (own, others, separator, sign) => {
    expect(signOf(own, others, separator)).toBe(sign)
  })

  it.each([
    [['3,068'], [], ';'],
    [['3,068'], [], ','],
    [['3.068'], [], ';'],
    [['3,068'], ['0.07', '0,08'], '\t'],
    [['3,068', '1.5', '1,5'], [], ';'],
  ] as const)('%s beside %s, cells separated by %j: is asked', (own, others, separator) => {
    expect(signOf(own, others, separator)).toHaveProperty('open')
  })

  it('is the one that was answered where it stays open', () => {
    const own = evidenceOf('3,068')
    expect(decimalSignOf(own, own, ';', ',')).toBe(',')
    expect(decimalSignOf(own, own, ';', '.')).toBe('.')
  })
})

describe('a number', () => {
  it.each([
    ['3,250 W', '.', 3250, 'W'],
    ['3.250 W', ',', 3250, 'W'],
    ['104 TH/s', '.', 104, 'TH/s'],
    ['4,5 ¢/kWh', ',', 4.5, '¢/kWh'],
    ['2 %', '.', 2, '%'],
    ['$0.07/kWh', '.', 0.07, '$/kWh'],
    ['US$ 1,250.50', '.', 1250.5, 'US$'],
    ['−5', '.', -5, ''],
    ['-$5', '.', -5, '$'],
    ['3\u00a0068', ',', 3068, ''],
    ["3'068.5", '.', 3068.5, ''],
    ['.5', '.', 0.5, ''],
    ['1.04e2', '.', 104, ''],
  ] as const)('%s with the decimal sign %s is %d in %j', (text, sign, value, unit) => {
    expect(readNumber(text, sign)).toEqual({ value, unit })
  })

  it.each([['1,23,4'], ['1.2.3'], ['12 34 5'], ['NaN'], ['Infinity'], [''], ['--1'], ['.']])(
    '%j is none',
    (text) => {
      const { value, unit } = readNumber(text, '.')
      expect(Number.isNaN(value) || factorOf(unit, 'W') === null).toBe(true)
    },
  )

  it('keeps the sign of an accountant’s brackets from getting lost', () => {
    expect(factorOf(readNumber('(0.05)', '.').unit, 'USD/kWh')).toBeNull()
  })
})

describe('a unit', () => {
  it.each([
    ['GH/s', 'TH/s', 1e-3],
    ['PH/s', 'TH/s', 1e3],
    ['H/s', 'TH/s', 1e-12],
    ['T', 'TH/s', 1],
    ['kW', 'W', 1000],
    ['MW', 'W', 1e6],
    ['mW', 'W', null],
    ['kWh', 'W', null],
    ['¢/kWh', 'USD/kWh', 0.01],
    ['USD/MWh', 'USD/kWh', 0.001],
    ['€/kWh', 'USD/kWh', null],
    ['%', 'share', 0.01],
    ['W', 'TH/s', null],
    ['$/day', 'USD/day', 1],
    ['$/month', 'USD/day', null],
  ] as const)('%s for %s', (unit, ours, factor) => {
    const found = factorOf(unit, ours)
    if (factor === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(factor, 15)
  })
})
