import { describe, expect, it } from 'vitest'
import { tablesOf } from '#electron/files/tables/tables.ts'
import { headingOf, writeTableCsv } from '#electron/files/tables/write-csv.ts'
import { writeTablesJson } from '#electron/files/tables/write-json.ts'
import type { ReportDocument, ReportTable } from '#shared/report/document.ts'

const DAY_MS = Date.UTC(2026, 0, 31)
const table: ReportTable = {
  id: 'sites',
  title: 'By site',
  rows: 2,
  totalLabel: 'All sites',
  columns: [
    { key: 'site', heading: 'Site', look: 'text', values: ['=cmd|x', 'Nord, "Süd"'], total: null },
    {
      key: 'marginUsdPerDay',
      heading: 'Margin',
      look: 'usdPerDay',
      values: Float64Array.of(0.1 + 0.2, Number.NaN),
      total: 1.5,
    },
    {
      key: 'startsAtMs',
      heading: 'Starts',
      look: 'day',
      values: Float64Array.of(DAY_MS, Number.NaN),
      total: null,
    },
    {
      key: 'costPerBtcUsd',
      heading: 'Cost',
      look: 'usdPerBtc',
      values: Float64Array.of(1, 2),
      total: Number.NaN,
    },
  ],
}
const document: ReportDocument = {
  title: 'Mining position',
  company: 'Ridge',
  asOfMs: DAY_MS,
  sections: [
    { name: 'position', blocks: [{ kind: 'warning', text: 'Old.' }] },
    {
      name: 'sites',
      blocks: [
        { kind: 'warning', text: 'Old.' },
        { kind: 'table', table },
      ],
    },
    { name: 'models', blocks: [{ kind: 'table', table: { ...table, rows: 0, totalLabel: null } }] },
  ],
}

describe('tables of a report', () => {
  it('have units in their headings, figures unrounded, and no formula', () => {
    expect([...writeTableCsv(table)].join('')).toBe(
      [
        'site,margin_usd_per_day,starts_at,cost_per_btc_usd',
        "'=cmd|x,0.30000000000000004,2026-01-31T00:00:00Z,1",
        '"Nord, ""Süd""",,,2',
        '',
      ].join('\n'),
    )
    expect(headingOf('breakevenUsdPerPhDay')).toBe('breakeven_usd_per_ph_day')
  })

  it('are one JSON document, with what is not known as null', () => {
    expect(JSON.parse([...writeTablesJson(document)].join(''))).toEqual({
      title: 'Mining position',
      company: 'Ridge',
      asOf: '2026-01-31T00:00:00.000Z',
      warnings: ['Old.'],
      tables: {
        sites: {
          title: 'By site',
          rows: [
            {
              site: '=cmd|x',
              marginUsdPerDay: 0.1 + 0.2,
              startsAt: '2026-01-31T00:00:00Z',
              costPerBtcUsd: 1,
            },
            { site: 'Nord, "Süd"', marginUsdPerDay: null, startsAt: null, costPerBtcUsd: 2 },
          ],
          total: { marginUsdPerDay: 1.5, costPerBtcUsd: null },
        },
        'sites-2': { title: 'By site', rows: [], total: null },
      },
    })
  })

  it('have names of their own', () => {
    expect(tablesOf(document).map(({ id }) => id)).toEqual(['sites', 'sites-2'])
  })

  it('come in pieces, however many rows there are', () => {
    const values = Float64Array.from({ length: 2500 }, (_, i) => i)
    const long: ReportTable = { ...table, rows: 2500, columns: [{ ...table.columns[3]!, values }] }
    const pieces = [...writeTableCsv(long)]
    expect(pieces.length).toBe(3)
    expect(pieces.join('').split('\n').length).toBe(2502)
  })
})
