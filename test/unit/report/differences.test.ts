import { describe, expect, it } from 'vitest'
import { differencesOf, differingWords } from '#shared/report/differences.ts'
import type { Block, ReportColumn, ReportDocument } from '#shared/report/document.ts'
import { reportDocument } from '#shared/report/make.ts'
import { sampleCase } from './report-case.ts'

const text = (key: string, ...values: string[]): ReportColumn => ({
  ...{ key, heading: key, look: 'text', values, total: null },
})
const usd = (key: string, ...values: number[]): ReportColumn => ({
  ...{ key, heading: key, look: 'usdPerDay', values: Float64Array.from(values) },
  total: values.reduce((sum, value) => sum + value, 0),
})

function documentOf(columns: readonly ReportColumn[], ...blocks: readonly Block[]): ReportDocument {
  const table = { id: 'sites', title: 'Sites', columns, rows: columns[0]!.values.length, totalLabel: 'All' }
  return {
    ...{ title: 'Position', company: 'Example', asOfMs: 5 },
    sections: [{ name: 'sites', blocks: [{ kind: 'table', table }, ...blocks] }],
  }
}
const THEN = documentOf([text('Site', 'North', 'South'), usd('Margin', 10, -2)])
const SITES = { section: 'sites', place: 'Sites' }

describe('differences of two documents', () => {
  it('are none between a document and itself, nor where the last digit alone is another', () => {
    expect(differencesOf(THEN, THEN)).toEqual([])
    const near = documentOf([text('Site', 'North', 'South'), usd('Margin', 10 * (1 + 1e-14), -2)])
    expect(differencesOf(THEN, near)).toEqual([])
    const missing = documentOf([text('Site', 'North'), usd('Margin', NaN)])
    expect(differencesOf(missing, missing)).toEqual([])
  })

  it('are none where a figure in a sentence is grouped and was not', () => {
    const said = (figure: string): ReportDocument =>
      documentOf([text('Site', 'North')], { kind: 'sentence', text: `${figure} machines switched` })
    expect(differencesOf(said('40200'), said('40\u202f200'))).toEqual([])
    expect(differencesOf(said('40200'), said('40\u202f201'))).toHaveLength(1)
  })

  it('name section, table, row and column, with the figure of then and of now', () => {
    const now = documentOf([text('Site', 'North', 'South'), usd('Margin', 10, NaN)])
    expect(differencesOf(THEN, now)).toEqual([
      { ...SITES, row: 'South', column: 'Margin', then: -2, now: '–' },
      { ...SITES, row: 'All', column: 'Margin', then: 8, now: '–' },
    ])
  })

  it('find rows by their first text, so that one that is gone moves no other', () => {
    const now = documentOf([text('Site', 'South', 'West'), usd('Margin', -2, 10)])
    expect(differencesOf(THEN, now)).toEqual([
      { ...SITES, row: 'North', column: '', then: 'there', now: null },
      { ...SITES, row: 'West', column: '', then: null, now: 'there' },
    ])
  })

  it('take rows that are called alike by their place', () => {
    const alike = documentOf([text('Site', 'North', 'North'), usd('Margin', 1, 2)])
    const now = documentOf([text('Site', 'North', 'North'), usd('Margin', 1, 3)])
    expect(differencesOf(alike, now)).toEqual([
      { ...SITES, row: 'North', column: 'Margin', then: 2, now: 3 },
      { ...SITES, row: 'All', column: 'Margin', then: 3, now: 4 },
    ])
  })

  it('tell of columns, tables and sections that only one of them has', () => {
    const wider = documentOf([...THEN.sections[0]!.blocks.flatMap(columnsOf), usd('Cost', 1, 2)])
    expect(differencesOf(THEN, wider)).toEqual([
      { ...SITES, row: '', column: 'Cost', then: null, now: 'there' },
    ])
    const none = { ...THEN, sections: [{ name: 'sites' as const, blocks: [] }] }
    expect(differencesOf(THEN, none)).toEqual([{ ...SITES, row: '', column: '', then: 'there', now: null }])
    expect(differencesOf(THEN, { ...THEN, sections: [] })).toEqual([
      { section: 'sites', place: 'section', row: '', column: '', then: 'there', now: null },
    ])
  })

  it('look at sentences, facts and bars too', () => {
    const said = (words: string, usdPerBtc: number) =>
      documentOf(
        [text('Site', 'North')],
        { kind: 'sentence', text: words },
        { kind: 'facts', facts: [{ label: 'Price', text: words, origin: '' }] },
        {
          kind: 'bridge',
          bars: [{ label: 'Energy', usdPerBtc, endsAtUsdPerBtc: usdPerBtc, isTotal: false, printed: words }],
          priceUsdPerBtc: 9,
        },
      )
    expect(
      differencesOf(said('a', 1), said('b', 2)).map(({ place, row, then, now }) => [place, row, then, now]),
    ).toEqual([
      ['sentence', '', 'a', 'b'],
      ['facts', 'Price', 'a', 'b'],
      ['bridge', 'Energy', 1, 2],
      ['bridge', 'Energy', 1, 2],
    ])
  })

  it('are found in a whole report of another price, each where it is', async () => {
    const then = await sampleCase()
    const price = then.network.values.priceUsdPerBtc!
    const values = { ...then.network.values, priceUsdPerBtc: { ...price, value: price.value * 1.01 } }
    const now = { ...then, network: { ...then.network, values } }
    expect(differencesOf(reportDocument(then), reportDocument(then))).toEqual([])
    const found = differencesOf(reportDocument(then), reportDocument(now))
    expect(new Set(found.map(({ section }) => section))).toContain('sites')
    expect(found.every(({ then: before, now: after }) => before !== after)).toBe(true)
  })

  it('are written with the digits that are compared', () => {
    expect(differingWords(0.1 + 0.2)).toBe('0.3')
    expect([differingWords(null), differingWords('–')]).toEqual(['not there', '–'])
  })
})

const columnsOf = (block: Block) => (block.kind === 'table' ? block.table.columns : [])
