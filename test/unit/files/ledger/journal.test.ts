import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, onTestFinished } from 'vitest'
import { writeJournal } from '#electron/files/ledger/write-journal.ts'
import type { JournalScope } from '#electron/files/ledger/write-journal.ts'
import { balancesAt } from '#shared/domain/money/ledger/sums.ts'
import { postings } from '#shared/domain/money/ledger/postings.ts'
import { ACCOUNTS } from '#shared/domain/money/ledger/accounts.ts'
import { BOOKS } from '../../money/ledger/two-months.ts'

const ALL: JournalScope = { from: null, to: null, asSums: false }

type Line = Readonly<
  Record<
    | 'date'
    | 'payee'
    | 'reference'
    | 'account'
    | 'debit'
    | 'credit'
    | 'journal'
    | 'account_number'
    | 'description',
    string
  >
>

async function written(scope: JournalScope) {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'journal.csv')
  const counts = await writeJournal(path, BOOKS, scope)
  const text = readFileSync(path, 'utf8')
  return { text, counts, lines: parse<Line>(text, { columns: true }) }
}

const cents = (amount: string) => (amount === '' ? 0 : Math.round(Number(amount) * 100))
const signed = ({ debit, credit }: Line) => cents(debit) - cents(credit)

function sums(lines: readonly Line[], of: (line: Line) => string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const line of lines) sums.set(of(line), (sums.get(of(line)) ?? 0) + signed(line))
  return sums
}

describe('the journal', () => {
  it('has lines that each stand on one side, in entries that sum to 0 and stand together', async () => {
    const { lines, counts } = await written(ALL)
    expect(counts.lines).toBe(lines.length)
    expect(counts.lines).toBeGreaterThan(20)
    for (const { debit, credit } of lines) {
      expect((debit === '') !== (credit === '')).toBe(true)
      expect(debit + credit).toMatch(/^\d+\.\d\d$/)
    }
    const byEntry = sums(lines, ({ journal }) => journal)
    expect([...byEntry.values()].every((sum) => sum === 0)).toBe(true)
    expect(byEntry.size).toBe(counts.entries)
    const turns = lines.filter(({ journal }, i) => journal !== lines[i - 1]?.journal)
    expect(turns).toHaveLength(byEntry.size)
  })

  it.each([ALL, { ...ALL, asSums: true }])('comes to the balances of the books (%#)', async (scope) => {
    const { lines } = await written(scope)
    const expected = new Map<string, number>()
    for (const { account, usdCents } of balancesAt(postings(BOOKS, null), '9999-12')) {
      const number = String(ACCOUNTS[account].number)
      expected.set(number, (expected.get(number) ?? 0) + usdCents)
    }
    const found = [...sums(lines, (line) => line.account_number)].filter(([, sum]) => sum !== 0)
    expect(new Map(found)).toEqual(new Map([...expected].filter(([, sum]) => sum !== 0)))
  })

  it('defuses what a spreadsheet would run, and quotes what has a comma', async () => {
    const { text, lines } = await written(ALL)
    expect(lines.map(({ reference }) => reference)).toContain(`'=HYPERLINK("x")`)
    expect(text).toContain('"Grid, Ltd"')
    expect(text).toContain('"Bitcoin held, at cost"')
  })

  it('of one month has its days alone, and a bill its part', async () => {
    const { lines } = await written({ ...ALL, from: '2026-10', to: '2026-10' })
    expect(lines.every(({ date }) => date.startsWith('2026-10-'))).toBe(true)
    const bill = lines.filter(({ reference }) => reference === 'INV-7')
    // 15 of 30 days of 3600.01 USD; the half cent stands in one of the two months
    expect(bill.map(({ debit, credit }) => [debit, credit])).toEqual([
      ['1800.00', ''],
      ['', '1800.00'],
    ])
  })

  it('as sums has one balanced entry a month, on its last day', async () => {
    const { lines, counts } = await written({ ...ALL, asSums: true })
    expect(new Set(lines.map(({ date }) => date))).toEqual(
      new Set(['2026-09-30', '2026-10-31', '2026-11-30']),
    )
    expect(counts.entries).toBe(3)
    expect([...sums(lines, ({ journal }) => journal)]).toEqual([
      ['sums-2026-09', 0],
      ['sums-2026-10', 0],
      ['sums-2026-11', 0],
    ])
  })

  it('of months without entries is its headings alone', async () => {
    const { text, counts } = await written({ ...ALL, from: '2030-01' })
    expect(counts).toEqual({ entries: 0, lines: 0 })
    expect(text).toBe('date,payee,reference,account,debit,credit,journal,account_number,description,site\n')
  })
})
