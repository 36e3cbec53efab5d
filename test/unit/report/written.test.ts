import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { DEFAULT_DISPLAY, setDisplay } from '#shared/format/display.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import { columnsThatDoNotAddUp } from '#shared/report/checks.ts'
import type { Look, ReportColumn } from '#shared/report/document.ts'
import { reportDocument } from '#shared/report/make.ts'
import { writtenColumn, writtenTable } from '#shared/report/written.ts'
import { anyMachine, anySites } from '../../property/machines.ts'
import { caseOf, readBack, tables } from './report-case.ts'

afterEach(() => setDisplay(DEFAULT_DISPLAY))

const column = (look: Look, values: readonly number[], total: number | null = null): ReportColumn => ({
  ...{ key: 'key', heading: 'Heading', look, total },
  values: Float64Array.from(values),
})
const written = (look: Look, values: readonly number[], total: number | null = null, money = US_DOLLARS) => {
  const { unit, cells, total: below } = writtenColumn(column(look, values, total), money)
  return {
    unit,
    cells: cells.map((cell) => cell.replaceAll('\u202f', ' ')),
    total: below?.replaceAll('\u202f', ' '),
  }
}

describe('a written column', () => {
  it('has one precision, its unit in the heading, and an en dash for what is missing', () => {
    expect(written('usdPerDay', [-1.234, 20, Number.NaN], 18.766)).toEqual({
      unit: 'USD/day',
      cells: ['−1.23', '20.00', '–'],
      total: '18.77',
    })
    expect(written('kw', [511.2, 1290], 1801.2)).toEqual({
      unit: 'MW',
      cells: ['0.51', '1.29'],
      total: '1.80',
    })
    expect(written('kw', [3.4, 3.6], 7)).toMatchObject({ unit: 'kW', cells: ['3.4', '3.6'], total: '7.0' })
    expect(written('share', [0.1234, Number.NaN]).cells).toEqual(['12.3', '–'])
    expect(written('change', [0.02, -0.02]).cells).toEqual(['+2.0', '−2.0'])
    expect(written('count', [1040], 1040)).toEqual({ unit: '', cells: ['1 040'], total: '1 040' })
  })

  it('has cents where one column of the table needs them, so that lines add up too', () => {
    const columns = [column('usdPerDay', [456.12], 456.12), column('usdPerDay', [-39.82], -39.82)]
    const table = { id: 't', title: 'T', columns, rows: 1, totalLabel: 'All' }
    expect(writtenTable(table, US_DOLLARS).flatMap(({ cells }) => cells)).toEqual(['456.12', '−39.82'])
    expect(written('usdPerDay', [456.12]).cells).toEqual(['456'])
  })

  it('keeps the cents of single machines, however large their sum is', () => {
    const many = Array.from({ length: 2000 }, () => 1.13)
    expect(written('usdPerDay', many, 2260)).toMatchObject({ total: '2 260.00' })
  })

  it('shares out what rounding leaves over, so that it adds up to the sum that is told elsewhere', () => {
    expect(written('usd', [100.4, 100.4, 100.4], 301.2)).toMatchObject({
      cells: ['101', '100', '100'],
      total: '301',
    })
  })

  it('rounds break-evens to their safe side in every currency', () => {
    expect(written('breakevenUsdPerPhDay', [33.891]).cells).toEqual(['33.90'])
    expect(written('breakevenUsdPerKwh', [0.05359]).cells).toEqual(['0.0535'])
    const inCrowns = written('breakevenUsdPerPhDay', [33.891], null, moneyIn('NOK', 0.1))
    expect(inCrowns).toMatchObject({ unit: 'NOK/PH/s/day', cells: ['338.91'] })
  })

  it('follows the units that the reader has chosen', () => {
    setDisplay({
      ...DEFAULT_DISPLAY,
      energyUnit: 'MWh',
      powerUnit: 'kW',
      hashrateUnit: 'EH',
      numberLanguage: 'de',
    })
    expect(written('usdPerKwh', [0.0535])).toMatchObject({ unit: 'USD/MWh', cells: ['53,50'] })
    expect(written('kw', [511.2, 1290]).cells).toEqual(['511,2', '1 290,0'])
    expect(written('phs', [1200])).toMatchObject({ unit: 'EH/s', cells: ['1,200'] })
  })

  it('has satoshi for the hashprices of now alone: of another day they would be those at the price of now', () => {
    setDisplay({ ...DEFAULT_DISPLAY, hashpriceUnit: 'sat-th' })
    const money = moneyIn('USD', 1, 50_000)
    // 25 USD per PH/s ÷ 50 000 USD × 1e8 sat ÷ 1000 TH/s
    expect(written('breakevenUsdPerPhDay', [25], null, money)).toMatchObject({
      unit: 'sat/TH/s/day',
      cells: ['50.00'],
    })
    expect(written('usdPerPhDay', [25], null, money)).toMatchObject({
      unit: 'USD/PH/s/day',
      cells: ['25.00'],
    })
  })
})

describe('columns as printed', () => {
  it('add up where one figure is large beside small ones', () => {
    const values = [0.00001, 0.00001, 0.00001, 10_000.00000004, 10_000.00000004]
    const { cells, total } = written('btc', values, 20_000.00003008)
    const steps = (cell: string) => Math.round(Number(cell.replaceAll(' ', '')) * 1e8)
    expect(cells.reduce((sum, cell) => sum + steps(cell), 0)).toBe(steps(total!))
  })

  it('add up, of any column', () => {
    const look = fc.constantFrom<Look>('usd', 'usdPerDay', 'kw', 'phs', 'btc', 'kwh')
    const value = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN))
    fc.assert(
      fc.property(look, fc.array(value, { minLength: 1, maxLength: 50 }), (look, values) => {
        const known = values.filter((each) => !Number.isNaN(each))
        const total = known.length === 0 ? Number.NaN : known.reduce((sum, each) => sum + each, 0)
        const { cells, total: below } = writtenColumn(column(look, values, total), US_DOLLARS)
        const decimals = (below ?? '').split('.')[1]?.length ?? 0
        const sum = cells.reduce((all, cell) => all + (Math.round(readBack(cell) * 10 ** decimals) || 0), 0)
        if (known.length > 0) expect(sum).toBe(Math.round(readBack(below!) * 10 ** decimals))
      }),
    )
  })

  it('add up, of any fleet', () => {
    fc.assert(
      fc.property(anySites, fc.array(anyMachine, { minLength: 1, maxLength: 30 }), (sites, machines) => {
        const named = machines.map((each, i) => ({ ...each, id: `m${i}` }))
        const sections = ['sites', 'models', 'changes', 'machines'] as const
        const template = { name: '', title: '', sections, paper: 'A4' } as const
        const made = tables(reportDocument(caseOf(sites, named, { template })))
        for (const money of [US_DOLLARS, moneyIn('NOK', 0.0987), moneyIn('JPY', 0.0064)])
          for (const [id, table] of made) expect(columnsThatDoNotAddUp(table, money), id).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
