import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkbookCase } from '#electron/files/workbook/case.ts'
import type { Workbook } from '#electron/files/workbook/sheet.ts'
import { columnLetters } from '#electron/files/workbook/sheet.ts'
import { workbookOf } from '#electron/files/workbook/workbook.ts'
import { workbookBytes } from '#electron/files/workbook/xlsx.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { constantGrowth, pathThrough } from '#shared/domain/ahead/growth-path.ts'
import type { Tried } from '#shared/domain/ahead/scenario.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { missingOffice } from '#tools/runtime/office.ts'
import { usd } from '../unit/money/ledger/books.ts'
import { BOOKS } from '../unit/money/ledger/two-months.ts'
import { machine, site } from '../unit/machines.ts'
import { contractsCase, MACHINES, SITES, workbookCase } from './cases.ts'
import type { CellChange, OfficeAnswer, OfficeSheets } from './office.ts'
import { inOffice, withoutFigures } from './office.ts'

/*
 * Workbooks are opened by LibreOffice, input cells are changed, everything is computed again, and every formula's result is
 * compared with what the engine says of a case with these inputs.
 */

const MISSING = missingOffice()
const NAN = Number.NaN

type Trial = {
  readonly written: WorkbookCase
  /** by the name of a cell of Inputs, or by sheet and cell */
  readonly set: readonly (readonly [cell: string, value: number | null])[]
  /** what the engine is asked then */
  readonly then: WorkbookCase
}

const plain = workbookCase()
const withNetwork = (of: WorkbookCase, change: Partial<NetworkConditions>): WorkbookCase => ({
  ...of,
  conditions: { ...of.conditions, ...change },
})
const sitesWith = (i: number, change: Partial<(typeof SITES)[number]>) =>
  fleetFrom(
    SITES.map((each, at) => (at === i ? { ...each, ...change } : each)),
    MACHINES,
  )
const machinesWith = (id: string, change: Partial<(typeof MACHINES)[number]>) =>
  fleetFrom(
    SITES,
    MACHINES.map((each) => (each.id === id ? { ...each, ...change } : each)),
  )
const typed = withNetwork(plain, { typed: { hashpriceUsdPerPhDay: 41, adjustment: null } })
const typedAlone = withNetwork(plain, {
  typed: { hashpriceUsdPerPhDay: 41, adjustment: null },
  priceUsdPerBtc: NAN,
  difficulty: NAN,
  feesBtcPerBlock: NAN,
  height: NAN,
  epoch: null,
})
const responding: WorkbookCase = {
  ...plain,
  scenario: {
    name: 'Responds',
    assumptions: {
      price: pathThrough([0, 90], [1, 1.2], 0),
      hashrate: constantGrowth(0.3),
      response: DEFAULT_SUPPLY_CURVE,
    },
  },
}
const unsaid: WorkbookCase = {
  ...plain,
  finance: { generalUsdPerDay: null, demandResponseCreditsUsdPerDay: null, depreciationUsdPerDay: null },
}
const growth = (price: number, hashrate: number): WorkbookCase => ({
  ...plain,
  scenario: {
    name: 'Growth',
    assumptions: { price: constantGrowth(price), hashrate: constantGrowth(hashrate), response: null },
  },
})
const trying = (tried: Partial<Tried>): WorkbookCase => ({
  ...plain,
  scenario: { ...plain.scenario, name: 'Tries', tried: { ...NOTHING_TRIED, ...tried } },
})
const halving = withNetwork(plain, { height: 1_049_500 })

/** With books, in which the landlord's rent was this. */
const booked = (rentUsdCents: number): WorkbookCase => ({
  ...plain,
  ledger: {
    months: [{ month: '2026-10', hash: null }],
    books: {
      ...BOOKS,
      entries: BOOKS.entries.map((entry) =>
        entry.fact.kind === 'cost' ? { ...entry, fact: { ...entry.fact, amount: usd(rentUsdCents) } } : entry,
      ),
    },
  },
})
/** Where debit and credit of an entry stand in the journal. */
function journalCells(of: WorkbookCase, payee: string): readonly string[] {
  const rows = [...workbookOf(of).sheets.find(({ name }) => name === 'Journal')!.rows]
  return rows.flatMap((row, r) =>
    row[3]?.value === payee ? [`Journal!${row[9] === null ? 'K' : 'J'}${r + 1}`] : [],
  )
}

const TRIALS: Readonly<Record<string, Trial>> = {
  'nothing is changed': { written: plain, set: [], then: plain },
  price: {
    written: plain,
    set: [['price_usd_per_btc', 43_210]],
    then: withNetwork(plain, { priceUsdPerBtc: 43_210 }),
  },
  'no price': {
    written: plain,
    set: [
      ['typed_hashprice_usd_per_ph_day', 41],
      ['price_usd_per_btc', null],
    ],
    then: withNetwork(plain, {
      priceUsdPerBtc: NAN,
      typed: { hashpriceUsdPerPhDay: 41, adjustment: null },
    }),
  },
  difficulty: {
    written: plain,
    set: [['difficulty', 2.2e14]],
    then: withNetwork(plain, { difficulty: 2.2e14 }),
  },
  fees: {
    written: plain,
    set: [['fees_btc_per_block', 1.5]],
    then: withNetwork(plain, { feesBtcPerBlock: 1.5 }),
  },
  'a hashprice is typed': { written: plain, set: [['typed_hashprice_usd_per_ph_day', 41]], then: typed },
  'the typed hashprice is taken back': {
    written: typed,
    set: [['typed_hashprice_usd_per_ph_day', null]],
    then: plain,
  },
  'a hashprice alone': { written: typedAlone, set: [], then: typedAlone },
  'a tariff in USD': {
    written: plain,
    set: [['Sites!G2', 0.091]],
    then: { ...plain, fleet: sitesWith(0, { powerPriceUsdPerKwh: 0.091 }) },
  },
  'a tariff that was missing': {
    written: plain,
    set: [['Sites!G4', 0.05]],
    then: { ...plain, fleet: sitesWith(2, { powerPriceUsdPerKwh: 0.05 }) },
  },
  'a tariff in euro': {
    written: plain,
    set: [['Sites!D3', 0.08]],
    then: { ...plain, fleet: sitesWith(1, { powerPriceUsdPerKwh: 0.08 * 1.1 }) },
  },
  'the rate of the euro': {
    written: plain,
    set: [['usd_per_eur', 1.3]],
    then: { ...plain, fleet: sitesWith(1, { powerPriceUsdPerKwh: 0.05 * 1.3, otherUsdPerKwh: 0.01 * 1.3 }) },
  },
  'overhead and other cost of a site': {
    written: plain,
    set: [
      ['Sites!H2', 0.02],
      ['Sites!I2', 0.3],
    ],
    then: { ...plain, fleet: sitesWith(0, { otherUsdPerKwh: 0.02, overhead: 0.3 }) },
  },
  'uptime and hashrate of a lot': {
    written: plain,
    set: [
      ['Machines!I3', 0.5],
      ['Machines!G3', 300],
    ],
    then: { ...plain, fleet: machinesWith('fees', { uptime: 0.5, hashrateThs: 300 }) },
  },
  'growth of price and hashrate': {
    written: plain,
    set: [
      ['price_growth_per_year', -0.2],
      ['hashrate_growth_per_year', 0],
    ],
    then: growth(-0.2, 0),
  },
  'no growth': {
    written: growth(0, 0),
    set: [
      ['price_growth_per_year', 0.1],
      ['hashrate_growth_per_year', 0.3],
    ],
    then: plain,
  },
  'a halving ahead': { written: plain, set: [['height', 1_049_500]], then: halving },
  'a scenario in which the network responds': { written: responding, set: [], then: responding },
  ...Object.fromEntries(
    Object.entries({
      'a price': { priceUsdPerBtc: 61_000 },
      'an adjustment': { change: 0.08 },
      'the price of a site': { sitePowerPrices: [{ site: 'Norður', powerPriceUsdPerKwh: 0.02 }] },
    }).map(([what, tried]) => [
      `a scenario that tries ${what}`,
      { written: trying(tried), set: [], then: trying(tried) },
    ]),
  ),
  'costs that nobody said': {
    written: unsaid,
    set: [['general_usd_per_day', 120]],
    then: { ...unsaid, finance: { ...unsaid.finance, generalUsdPerDay: 120 } },
  },
  'costs that are said afterwards': {
    written: unsaid,
    set: [
      ['general_usd_per_day', 120],
      ['demand_response_credits_usd_per_day', 15],
      ['depreciation_usd_per_day', 80],
    ],
    then: plain,
  },
  'price under contracts': {
    written: contractsCase(),
    set: [['price_usd_per_btc', 150_000]],
    then: withNetwork(contractsCase(), { priceUsdPerBtc: 150_000 }),
  },
  'contracts that cannot be weighed': {
    written: contractsCase(() => 0.075),
    set: [['difficulty', 1e14]],
    then: withNetwork(
      contractsCase(() => 0.075),
      { difficulty: 1e14 },
    ),
  },
  'the books': { written: booked(120_000), set: [], then: booked(120_000) },
  'an amount of the books': {
    written: booked(120_000),
    set: journalCells(booked(120_000), 'Landlord').map((cell) => [cell, 1357.9] as const),
    then: booked(135_790),
  },
  'no machine at all': {
    written: workbookCase({ fleet: fleetFrom([site()], []), tariffs: [] }),
    set: [],
    then: workbookCase({ fleet: fleetFrom([site()], []), tariffs: [] }),
  },
}

/** The cell that a name stands for. */
function cellOf(workbook: Workbook, name: string): readonly [sheet: string, cell: string] {
  const refersTo = workbook.names.find((each) => each.name === name)?.refersTo ?? name
  const [sheet, cell] = refersTo.replaceAll('$', '').split('!')
  return [sheet!, cell!]
}

type Computed = { readonly cell: string; readonly value: number | string }

/** Every formula cell with the engine's figure. */
function formulasOf(workbook: Workbook): readonly Computed[] {
  return workbook.sheets.flatMap(({ name, rows }) =>
    [...rows].flatMap((row, r) =>
      row.flatMap((cell, c) =>
        cell?.formula === undefined
          ? []
          : [{ cell: `${name}!${columnLetters(c)}${r + 1}`, value: cell.value }],
      ),
    ),
  )
}

function inSheets(sheets: OfficeSheets, at: string): number | string | undefined {
  const [, sheet, letters, row] = /^(.+)!([A-Z]+)(\d+)$/.exec(at)!
  const column = letters!.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return sheets[sheet!]?.rows[Number(row) - 1]?.[column]
}

/** Cells that say another thing than the engine; a figure that does not exist is "". */
function differences(sheets: OfficeSheets, expected: readonly Computed[]): string[] {
  return expected.flatMap(({ cell, value }) => {
    const found = inSheets(sheets, cell)
    const wanted = typeof value === 'number' && !Number.isFinite(value) ? '' : value
    const isSame =
      typeof found === 'number' && typeof wanted === 'number'
        ? Math.abs(found - wanted) <= 1e-9 * Math.max(Math.abs(found), Math.abs(wanted), 1e-6)
        : found === wanted
    return isSame ? [] : [`${cell}: ${String(found)}, the engine says ${String(wanted)}`]
  })
}

it.skipIf(MISSING.length === 0)(
  `is not looked at: ${MISSING.join(', ')} cannot be found; npm test installs it`,
  () => expect(MISSING).not.toEqual([]),
)

describe.skipIf(MISSING.length > 0)('a workbook in LibreOffice', () => {
  let folder: string
  const results = new Map<string, OfficeAnswer>()
  const large = workbookCase({
    fleet: fleetFrom(
      SITES,
      Array.from({ length: 20_000 }, (_, i) =>
        machine({
          id: `m${i}`,
          site: SITES[i % 2]!.name,
          quantity: 1 + (i % 9),
          hashrateThs: 60 + (i % 180),
          powerW: 2900 + (i % 700),
          status: i % 11 === 0 ? 'off' : 'running',
        }),
      ),
    ),
  })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strikeline-workbook-'))
    const names = Object.keys(TRIALS)
    const tasks = await Promise.all(
      names.map(async (name, i) => {
        const { written, set } = TRIALS[name]!
        const workbook = workbookOf(written)
        const bytes = Buffer.concat([...workbookBytes(workbook)])
        const [whole, stripped] = [`${i}.xlsx`, `${i}-stripped.xlsx`].map((file) => join(folder, file))
        writeFileSync(whole!, bytes)
        writeFileSync(stripped!, await withoutFigures(bytes))
        const changes = set.map(([cell, value]): CellChange => [...cellOf(workbook, cell), value])
        return [
          { name, file: whole!, before: true, set: changes },
          { name: `${name}, stripped`, file: stripped!, before: false, set: changes },
        ]
      }),
    )
    const largeFile = join(folder, 'large.xlsx')
    writeFileSync(largeFile, Buffer.concat([...workbookBytes(workbookOf(large))]))
    const all = [...tasks.flat(), { name: 'large', file: largeFile, before: false, set: [] }]
    inOffice(all).forEach((answer, i) => results.set(all[i]!.name, answer))
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  describe.each(Object.keys(TRIALS))('%s', (name) => {
    const { written, then } = TRIALS[name]!

    it('carries the figures of the engine before anything is computed', () => {
      const { before } = results.get(name)!
      expect(differences(before!, formulasOf(workbookOf(written)))).toEqual([])
    })

    it.each([
      ['with the figures it carries', name],
      ['without them', `${name}, stripped`],
    ])('gives the engine’s answer when it is computed again, %s', (_, file) => {
      const { after } = results.get(file)!
      expect(differences(after, formulasOf(workbookOf(then)))).toEqual([])
      expect(Object.values(after).flatMap(({ errors }) => errors)).toEqual([])
    })
  })

  it('holds 20 000 lots', () => {
    const expected = formulasOf(workbookOf(large))
    expect(expected.length).toBeGreaterThan(20_000 * 25)
    expect(differences(results.get('large')!.after, expected).slice(0, 5)).toEqual([])
  })

  it('shows names that begin like formulas as text', () => {
    const rows = results.get('nothing is changed')!.after['Sites']!.rows
    expect(rows[1]![1]).toBe('=cmd|’ /C calc’!A0')
  })
})
