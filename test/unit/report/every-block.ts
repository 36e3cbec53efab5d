import type { ReportDocument, ReportTable } from '#shared/report/document.ts'

const table = (rows: number): ReportTable => ({
  id: 'power-down',
  title: 'What to power down',
  rows,
  totalLabel: 'All lots',
  columns: [
    { key: 'lot', heading: 'Lot', look: 'text', total: null, values: names(rows, 'lot-') },
    { key: 'site', heading: 'Site', look: 'text', total: null, values: names(rows, 'R&D <', 3) },
    {
      ...{ key: 'machines', heading: 'Machines', look: 'count', total: rows * 4 },
      values: new Float64Array(rows).fill(4),
    },
    {
      ...{ key: 'marginUsdPerDay', heading: 'Margin', look: 'usdPerDay', total: -1.005 * rows },
      values: new Float64Array(rows).fill(-1.005),
    },
    {
      ...{ key: 'breakeven', heading: 'Break-even', look: 'breakevenUsdPerPhDay', total: null },
      values: new Float64Array(rows).fill(43.951),
    },
  ],
})

const names = (rows: number, before: string, kinds = Infinity) =>
  Array.from({ length: rows }, (_, i) => `${before}${(i % kinds) + 1}`)

const DAY_MS = 86_400_000

/** A document with each kind of block, and tables of so many rows. */
export function everyBlock(rows: number, asOfMs: number): ReportDocument {
  const atMs = Array.from({ length: 12 }, (_, i) => asOfMs + i * 14 * DAY_MS)
  return {
    title: 'Mining <position>',
    company: 'Nord & Süd AS',
    asOfMs,
    sections: [
      {
        name: 'cover',
        blocks: [
          { kind: 'logo' },
          { kind: 'headline', text: 'Mining <position>' },
          {
            kind: 'facts',
            facts: [
              { label: 'Company', text: 'Nord & Süd AS', origin: '' },
              { label: 'As of', text: '22 Nov 2025, 12:00', origin: '' },
            ],
          },
        ],
      },
      {
        name: 'position',
        blocks: [
          { kind: 'headline', text: 'Power down 1 236 of 2 998 machines. It saves $9 998 by 12 December.' },
          { kind: 'sentence', text: 'With the advice the fleet earns $3 019 a day in cash now.' },
          { kind: 'warning', text: 'The price was typed by hand.' },
          { kind: 'heading', text: 'Strike line', beside: 'break-even against hashprice' },
          { kind: 'strikeLine' },
          { kind: 'note', text: 'Hashprice $34.48, all formulas on the last pages.' },
          { kind: 'list', items: ['One thing.', 'Another & more.'] },
        ],
      },
      {
        name: 'bridge',
        blocks: [
          { kind: 'heading', text: 'What one BTC costs, USD', beside: '0.1672 BTC a day after pool fee' },
          {
            kind: 'bridge',
            priceUsdPerBtc: 88_300,
            bars: [
              {
                label: 'Energy',
                usdPerBtc: 69_753,
                endsAtUsdPerBtc: 69_753,
                isTotal: false,
                printed: '$69 753',
              },
              {
                label: '+ grid and hosting',
                usdPerBtc: 4551,
                endsAtUsdPerBtc: 74_304,
                isTotal: false,
                printed: '$4551',
              },
              {
                label: '− demand response',
                usdPerBtc: -3100,
                endsAtUsdPerBtc: 71_204,
                isTotal: false,
                printed: '−$3100',
              },
              {
                label: '+ sites',
                usdPerBtc: 10_757,
                endsAtUsdPerBtc: 81_961,
                isTotal: false,
                printed: '$10 757',
              },
              {
                label: '= cash cost',
                usdPerBtc: 81_961,
                endsAtUsdPerBtc: 81_961,
                isTotal: true,
                printed: '$81 961',
              },
              {
                label: '+ depreciation',
                usdPerBtc: 27_348,
                endsAtUsdPerBtc: 109_309,
                isTotal: false,
                printed: '$27 348',
              },
              {
                label: '= full cost',
                usdPerBtc: 109_309,
                endsAtUsdPerBtc: 109_309,
                isTotal: true,
                printed: '$109 309',
              },
            ],
          },
          {
            kind: 'chart',
            chart: {
              ...{ title: 'Cash margin', look: 'usdPerDay', atMs },
              lines: [
                { label: 'As it is', values: atMs.map((_, i) => 3000 - 120 * i), isDashed: false },
                { label: 'Growth', values: atMs.map((_, i) => 3000 - 300 * i), isDashed: false },
                { label: 'Recovery', values: atMs.map((_, i) => 3000 + 90 * i), isDashed: true },
              ],
            },
          },
        ],
      },
      { name: 'changes', blocks: [{ kind: 'table', table: table(rows) }] },
      {
        name: 'sources',
        blocks: [
          {
            kind: 'facts',
            facts: [{ label: 'Price', text: '$88 300', origin: 'mempool, 22 Nov 2025, 12:00' }],
          },
        ],
      },
      {
        name: 'signOff',
        blocks: [
          {
            kind: 'signature',
            of: [
              { role: 'Prepared by', name: 'A. Person', dayMs: asOfMs },
              { role: 'Reviewed by', name: '', dayMs: null },
            ],
          },
          { kind: 'seal' },
        ],
      },
    ],
  }
}
