import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import { inSteps, moneyColumn, printedSums } from '#shared/format/printed-sums.ts'

const MONEY = fc.double({ min: -1e9, max: 1e9, noNaN: true })
const DECIMALS = fc.integer({ min: 0, max: 2 })
const steps = (value: number, decimals: number) => Math.round(value * 10 ** decimals)

describe('Columns add up as printed', () => {
  it('whatever the values and the precision', () => {
    fc.assert(
      fc.property(fc.array(MONEY, { minLength: 1, maxLength: 60 }), DECIMALS, (values, decimals) => {
        const { parts, total } = printedSums(values, decimals)
        expect(parts.reduce((sum, part) => sum + steps(part, decimals), 0)).toBe(steps(total, decimals))
      }),
    )
  })

  it('with no part a whole step from its value in cents, and cents as they are', () => {
    fc.assert(
      fc.property(fc.array(MONEY, { minLength: 1, maxLength: 60 }), DECIMALS, (values, decimals) => {
        const { parts } = printedSums(values, decimals)
        for (const [index, part] of parts.entries()) {
          const cents = inSteps(values[index]!, 2)
          const apart = Math.abs(Math.round(part * 100) - cents)
          if (decimals === 2) expect(apart).toBe(0)
          else expect(apart).toBeLessThan(100 / 10 ** decimals)
        }
      }),
    )
  })

  it('again within a group: what is printed for the group is what its lots add up to', () => {
    const groups = fc.array(fc.array(MONEY, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(groups, (lots) => {
        const cents = lots.map((group) => group.reduce((sum, lot) => sum + inSteps(lot, 2), 0) / 100)
        const table = printedSums(cents, 0)
        for (const [index, group] of lots.entries()) {
          const { parts, total } = printedSums(group, 0, 2, table.parts[index])
          expect(total).toBe(table.parts[index])
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total)
        }
      }),
    )
  })

  it('in every order the same total', () => {
    fc.assert(
      fc.property(fc.array(MONEY, { minLength: 1, maxLength: 40 }), (values) => {
        expect(printedSums(values.toReversed(), 0).total).toBe(printedSums(values, 0).total)
      }),
    )
  })
})

describe('A column of money', () => {
  it('shares out what rounding leaves over', () => {
    expect(moneyColumn(US_DOLLARS, [100.4, 100.4, 100.4])).toEqual({
      parts: ['$101', '$100', '$100'],
      total: '$301',
    })
    expect(moneyColumn(US_DOLLARS, [-100.5, 100.5]).total).toBe('$0')
  })
  it('has cents while all of it is small', () => {
    expect(moneyColumn(US_DOLLARS, [0.125, 0.125])).toEqual({ parts: ['$0.13', '$0.13'], total: '$0.26' })
    expect(moneyColumn(moneyIn('JPY', 0.0066), [0.66, 0.66]).total).toBe('¥200')
  })
  it('does not count what is missing', () => {
    expect(moneyColumn(US_DOLLARS, [Number.NaN, 12.3])).toEqual({ parts: ['–', '$12.30'], total: '$12.30' })
    expect(moneyColumn(US_DOLLARS, [Number.NaN]).total).toBe('–')
  })
  it('keeps to the total that was told already', () => {
    expect(moneyColumn(US_DOLLARS, [60.004, 60.004, 60.004], 180.5).total).toBe('$181')
    const { parts, total } = moneyColumn(US_DOLLARS, [150.5, 149.5], 300)
    expect(parts).toEqual(['$151', '$149'])
    expect(total).toBe('$300')
  })
  it('rounds each part alone where they are no parts of the total', () => {
    expect(moneyColumn(US_DOLLARS, [150.4, 150.4], 900)).toEqual({ parts: ['$150', '$150'], total: '$900' })
  })
})
