import { describe, expect, it } from 'vitest'
import { caseText, readCaseText } from '#electron/files/sealed/sealed-case.ts'
import { ledgerMonth } from '#shared/domain/money/ledger/ledger-month.ts'
import { monthText } from '#shared/domain/money/ledger/month-text.ts'
import { US_DOLLARS, usdCents } from '#shared/format/money.ts'
import { count } from '#shared/format/numbers.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import type { ReportLedger } from '#shared/report/case.ts'
import { monthsTold, reportLedger } from '#shared/report/ledger-case.ts'
import { energyTable } from '#shared/report/ledger-tables.ts'
import { reportDocument } from '#shared/report/make.ts'
import { ledgerSection, monthBlocks, NO_LEDGER } from '#shared/report/sections/ledger.ts'
import { freshnessWarnings } from '#shared/report/warnings.ts'
import { writtenTable } from '#shared/report/written.ts'
import { BOOKS, northEntry, payout } from '../money/ledger/two-months.ts'
import { machine, site } from '../machines.ts'
import { factsFor, saidIn, tableIn } from './finance-case.ts'
import { caseOf, columnOf, sumOf, textsOf } from './report-case.ts'

const NOW_MS = Date.UTC(2026, 10, 20)
const SITES = [site({ name: 'North' })]
const MACHINES = [machine({ site: 'North' })]
const NO_PAST = { dates: [] } as unknown as DailySeries
const OCTOBER = '2026-10'
const evidence = { network: null, plansNow: [], nowMs: NOW_MS }
const october = ledgerMonth(BOOKS, OCTOBER, evidence, () => 'same')

const ledgerFor = (most?: number): ReportLedger => reportLedger(BOOKS, [october], NO_PAST, most)
const sectionOf = (ledger: ReportLedger | null) =>
  ledgerSection(factsFor(SITES, MACHINES, { ledger, madeAtMs: NOW_MS }))

describe('the ledger in a report', () => {
  it('tells the month: statement, pools, energy, coins, equipment, balances', () => {
    const blocks = sectionOf(ledgerFor())
    expect(saidIn(blocks)).toContain('October 2026')
    const usd = (id: string, key: string) => columnOf(tableIn(blocks, id), key)
    const statement = usd('ledger-statement', 'usd')
    expect(statement.total).toBe(october.resultUsdCents / 100)
    expect(sumOf(statement.values as Float64Array)).toBeCloseTo(statement.total!, 6)
    expect(usd('ledger-balances', 'usd').total).toBeCloseTo(0, 6)
    expect(textsOf(tableIn(blocks, 'ledger-pools'), 'pool')).toEqual(october.pools.map(({ pool }) => pool))
    expect(sumOf(usd('ledger-pools', 'actualBtc').values as Float64Array)).toBeCloseTo(0.05234566, 8)
    expect([...usd('ledger-energy', 'meterKwh').values]).toEqual([74_000])
    expect(usd('ledger-coins', 'btc').total).toBe(october.coins.closingSat / 1e8)
    expect(textsOf(tableIn(blocks, 'ledger-assets'), 'what')).toEqual(['10 S21'])
  })

  it('has the newest lots and those before them in one line, which add up to what is held', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({
      ...northEntry(payout('Solo', `2026-10-${String(i + 1).padStart(2, '0')}`, 1001 + i, 60_000 + i)),
      ...{ key: 100 + i, batch: 100 + i, recordedMs: 0 },
    }))
    const books = { ...BOOKS, entries: [...BOOKS.entries, ...many] }
    const network = {
      fromDay: '2026-10-31',
      ...{ priceUsd: Float64Array.of(99_100), difficulty: Float64Array.of(1) },
      ...{ subsidyBtcPerBlock: Float64Array.of(3), feesBtcPerBlock: Float64Array.of(0) },
    }
    const month = ledgerMonth(books, OCTOBER, { ...evidence, network }, () => '')
    const blocks = monthBlocks(month)
    const lots = tableIn(blocks, 'ledger-lots')
    expect(lots.title).toBe('Lots of bitcoin held, first in, first out, Oct 2026')
    const names = textsOf(lots, 'lot')
    expect(names).toHaveLength(21)
    expect(names[0]).toBe(`${month.coins.lots.length - 20} older lots, the last of 10 Oct 2026`)
    expect(names.at(-1)).toBe('30 Oct 2026')
    const { closingSat, closingUsdCents, marketUsdCents } = month.coins
    const ends = { btc: closingSat / 1e8, costUsd: closingUsdCents / 100, marketUsd: marketUsdCents! / 100 }
    for (const [key, end] of Object.entries(ends)) {
      const column = columnOf(lots, key)
      expect(column.total).toBe(end)
      expect(sumOf(column.values as Float64Array)).toBeCloseTo(end, 9)
    }
    // To the cent, as the window has it.
    expect(saidIn(blocks)).toContain(usdCents(marketUsdCents! / 100))
  })

  it('has a sum of energy only where every site has a figure, in kWh', () => {
    const meterless = { ...october.energy[0]!, site: 'Ridge', meterWh: null, invoiceWh: 21_855_000 }
    const energy = energyTable([{ ...october.energy[0]!, invoiceWh: 27_100_400 }, meterless])
    expect(columnOf(energy, 'meterKwh').total).toBeNull()
    const written = writtenTable(energy, US_DOLLARS)
    expect(written[3]).toEqual({
      unit: 'kWh',
      cells: [27_100, 21_855].map((kwh) => count(kwh)),
      total: count(48_955),
    })
  })

  it('says so where nothing is booked, and where the books are more than a report seals', () => {
    expect(saidIn(sectionOf(null))).toContain(NO_LEDGER)
    const large = ledgerFor(5)
    expect(large.books).toBeNull()
    expect(saidIn(sectionOf(large))).toContain('The books have 11 entries up to October 2026')
  })

  it('says of a day that is over that the books are those of now', () => {
    const asOf = (ledger: ReportLedger | null) =>
      freshnessWarnings(
        factsFor(SITES, MACHINES, { ledger, asOfMs: Date.UTC(2026, 10, 1) - 1, madeAtMs: NOW_MS }),
      )[0]
    expect(asOf(ledgerFor())).toBe(
      'Price, difficulty and fees are those of 31 Oct 2026; machines, contracts, settings and books are those of 20 Nov 2026.',
    )
    expect(asOf(null)).toContain('machines, contracts and settings are')
  })

  it('warns where something has changed under a closed month', () => {
    const close = northEntry({ kind: 'close', month: OCTOBER, hash: 'a'.repeat(64), costing: 'fifo' })
    const entries = [...BOOKS.entries, { ...close, key: 99, batch: 99, recordedMs: NOW_MS }]
    const told = { ...october, closed: { entry: 99, atMs: NOW_MS, hash: 'a'.repeat(64), hashNow: 'b' } }
    const changed = reportLedger({ ...BOOKS, entries }, [told], NO_PAST)
    expect(sectionOf(changed).some(({ kind }) => kind === 'warning')).toBe(true)
    const same = { ...told, closed: { ...told.closed, hashNow: 'a'.repeat(64) } }
    const blocks = sectionOf(reportLedger({ ...BOOKS, entries }, [same], NO_PAST))
    expect(blocks.some(({ kind }) => kind === 'warning')).toBe(false)
    expect(saidIn(blocks)).toContain(`Closed with SHA-256 ${'a'.repeat(64)}`)
  })
})

describe('what a report seals of the books', () => {
  it('is enough for the same figures, and nothing of later months, files and notes', () => {
    const later = { ...northEntry(payout('Solo', '2026-11-09', 5, 1)), key: 50, batch: 50, recordedMs: 0 }
    const noted = BOOKS.entries.map((entry) => ({
      ...entry,
      note: 'n',
      origin: { file: '/home/a', line: 1 },
    }))
    const { books } = reportLedger({ ...BOOKS, entries: [...noted, later] }, [october], NO_PAST)
    expect(books!.entries).toHaveLength(11)
    expect(JSON.stringify(books)).not.toContain('/home/a')
    expect(monthText(books!, OCTOBER)).toBe(monthText(BOOKS, OCTOBER))
    expect(ledgerMonth(books!, OCTOBER, evidence, () => 'same')).toEqual(october)
  })

  it('comes back from the sealed text, and gives the same pages', () => {
    const network = {
      fromDay: '2026-10-01',
      ...{ priceUsd: Float64Array.of(1, NaN), difficulty: Float64Array.of(1, 2) },
      ...{ subsidyBtcPerBlock: Float64Array.of(3, 3), feesBtcPerBlock: Float64Array.of(0, NaN) },
    }
    const of = caseOf(SITES, MACHINES, { ledger: { ...ledgerFor(), network } })
    const read = readCaseText(caseText(of), 'it')
    expect(read).toEqual(of)
    expect(reportDocument(read)).toEqual(reportDocument(of))
    const broken = caseText(of).replace('"kind":"payout"', '"kind":"gift"')
    expect(() => readCaseText(broken, 'Report X')).toThrow('ledger.books.entries')
  })

  it('is sealed as before where terms of pools hold since ever, and with their month where they do not', () => {
    const books = { ...BOOKS, pools: [BOOKS.pools[0]!, { ...BOOKS.pools[0]!, from: '2026-11', fee: 0.01 }] }
    const of = caseOf(SITES, MACHINES, { ledger: { ...ledgerFor(), books } })
    const text = caseText(of)
    expect(text.match(/"from":"2026-11"/g)).toHaveLength(1)
    expect(text).not.toContain('"from":""')
    expect(readCaseText(text, 'it')).toEqual(of)
  })

  it('is of the months that ended within the period, else of the newest that is over', () => {
    const heads = ['2026-08', '2026-09', '2026-10', '2026-11'].map((month) => ({ month, entries: 1 }))
    const period = (from: string, to: string) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) })
    expect(monthsTold(heads, period('2026-10-21', '2026-11-20'))).toEqual(['2026-10'])
    expect(monthsTold(heads, period('2026-09-01', '2026-10-01'))).toEqual(['2026-09'])
    expect(monthsTold(heads, period('2026-09-20', '2026-11-02'))).toEqual(['2026-09', '2026-10'])
    // A report of a day that is over speaks of its last millisecond.
    expect(monthsTold(heads, period('2026-10-02', '2026-10-31T23:59:59.999Z'))).toEqual(['2026-10'])
    expect(monthsTold(heads, period('2026-10-02', '2026-10-31T23:59:59.998Z'))).toEqual(['2026-09'])
    expect(monthsTold(heads, period('2027-03-01', '2027-03-30'))).toEqual(['2026-11'])
    expect(monthsTold(heads, period('2026-01-01', '2026-02-01'))).toEqual([])
    expect(monthsTold([{ month: '2026-10', entries: 0 }], period('2026-10-20', '2026-11-20'))).toEqual([])
  })
})
