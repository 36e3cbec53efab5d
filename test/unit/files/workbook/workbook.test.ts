import { describe, expect, it } from 'vitest'
import type { Cell, Row, Sheet, Workbook } from '#electron/files/workbook/sheet.ts'
import { columnLetters } from '#electron/files/workbook/sheet.ts'
import { workbookOf } from '#electron/files/workbook/workbook.ts'
import { workbookBytes } from '#electron/files/workbook/xlsx.ts'
import { machineFigures, prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { contractsCase, MACHINES, SITES, workbookCase } from '../../../workbook/cases.ts'
import { unzipped } from '../../../workbook/office.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { network } from '../../machines.ts'

const sheetOf = ({ sheets }: Workbook, name: string): Sheet => sheets.find((sheet) => sheet.name === name)!
const rowsOf = (workbook: Workbook, name: string): readonly Row[] => [...sheetOf(workbook, name).rows]

/** The cell of a lot below a heading. */
function machineCell(workbook: Workbook, id: string, heading: string): Cell {
  const [head, ...lots] = rowsOf(workbook, 'Machines')
  const column = head!.findIndex((cell) => cell!.value === heading)
  expect(column).toBeGreaterThanOrEqual(0)
  return lots.find((row) => row[0]!.value === id)![column]!
}

describe('formulas of a plain fleet', () => {
  const of = workbookCase()
  const workbook = workbookOf(of)

  it('name the inputs and the row of the site, and carry what the engine says of the lot', () => {
    const margin = machineCell(workbook, 'fees', 'Cash margin, USD/day')
    const revenue = machineCell(workbook, 'fees', 'Revenue, USD/day')
    const price = machineCell(workbook, 'fees', 'Power price in force, USD/kWh')
    expect(revenue.formula).toMatch(
      /^IF\(COUNT\((\w+),hashprice_usd_per_ph_day\)<2,"",\1\*hashprice_usd_per_ph_day\)$/,
    )
    expect(price.formula).toContain('Sites!$G$2')
    const basis = prepareMargins(fleetFrom(SITES, MACHINES))
    const figures = machineFigures(basis, 1, network({ ...of.conditions }))
    expect(margin.value).toBe(figures.marginUsdPerDay)
    expect(revenue.value).toBe(figures.revenueUsdPerDay)
    expect(price.value).toBe(0.06)
  })

  it.each([
    ['no price', 'Cash margin, USD/day'],
    ['no price', 'Break-even hashprice, USD/PH/s/day'],
    ['no hashrate', 'Revenue, USD/day'],
    ['no power', 'Energy, kWh/day'],
    ['never up', 'Cost that stops, USD/BTC'],
    ['paid to run', 'Break-even difficulty'],
  ])('of %s there is no figure for %s: an empty text, not 0', (id, heading) => {
    const { formula, value } = machineCell(workbook, id, heading)
    expect(value).toBeNaN()
    expect(formula).toContain('""')
  })

  it('leave cells of missing figures empty', () => {
    expect(machineCell(workbook, 'no hashrate', 'Hashrate of one, TH/s').value).toBeNaN()
    expect(machineCell(workbook, 'plain', 'Own power price, USD/kWh (empty: the site’s)').value).toBeNaN()
  })

  it('convert a tariff in another currency at the named rate', () => {
    const euro = rowsOf(workbook, 'Sites')[2]!
    expect(euro[6]!.formula).toBe('IF(COUNT(D3,usd_per_eur)<2,"",D3*usd_per_eur)')
    expect(euro[6]!.value).toBeCloseTo(0.055, 12)
  })

  it('say names of inputs that stand where the names point to', () => {
    const inputs = rowsOf(workbook, 'Inputs')
    for (const { name, refersTo } of workbook.names) {
      const row = Number(/\$B\$(\d+)$/.exec(refersTo)![1])
      expect(inputs[row - 1]![1], name).toBeTruthy()
    }
    const priceAt = workbook.names.find(({ name }) => name === 'price_usd_per_btc')!.refersTo
    expect(inputs[Number(priceAt.split('$').at(-1)) - 1]!.map((cell) => cell?.value)).toEqual(
      expect.arrayContaining(['Price of a bitcoin', 88_000, 'USD/BTC', 'kraken']),
    )
  })
})

describe('a fleet under contracts', () => {
  const workbook = workbookOf(contractsCase())

  it('holds what a kWh costs the site as it runs, and says so in words', () => {
    const sites = rowsOf(workbook, 'Sites').slice(1)
    expect(sites.map((row) => row[2]!.value)).toEqual(
      sites.map(() => 'its contract: the price as the site runs now'),
    )
    const nameplate = sites.find((row) => row[1]!.value === 'nameplate')!
    expect(nameplate[6]).toMatchObject({ value: 0.07 })
    expect(nameplate[6]!.formula).toBeUndefined()
    const words = rowsOf(workbook, 'Read me').flatMap((row) => row.map((cell) => String(cell?.value ?? '')))
    expect(words.join('\n')).toMatch(/Contracts price the energy of tariff, committed, own price, flat host/)
  })

  it('says that contracts are left out where one cannot be weighed', () => {
    const refused = workbookOf(contractsCase(() => 0.075))
    const words = rowsOf(refused, 'Read me').flatMap((row) => row.map((cell) => String(cell?.value ?? '')))
    expect(words.join('\n')).toMatch(
      /cannot be weighed, so machines stand at their own prices: site committed/,
    )
    expect(rowsOf(refused, 'Sites')[1]![2]!.value).toBe('the price beside')
  })
})

describe('a scenario that tries other values of today', () => {
  const plain = workbookCase()
  const tried = {
    ...{ priceUsdPerBtc: 61_000, change: null },
    sitePowerPrices: [
      { site: 'Norður', powerPriceUsdPerKwh: 0.02 },
      { site: 'Fjord', powerPriceUsdPerKwh: 0.02 },
    ],
  }
  const workbook = workbookOf({ ...plain, scenario: { ...plain.scenario, tried } })
  const cells = (heading: string, of = workbook) => {
    const [, , , head, ...epochs] = rowsOf(of, 'Projection')
    const column = head!.findIndex((cell) => cell!.value === heading)
    return epochs.map((row) => row[column]!)
  }

  it('has price and money as figures, those of today with these values, and says so', () => {
    const said = String(rowsOf(workbook, 'Projection')[1]![0]!.value)
    expect(said).toContain('Tried: bitcoin at $61\u202f000, power at Norður $0.020 per kWh')
    expect(said).toContain('The fleet has no site ‘Fjord’')
    expect(said).toContain('Its price, machines and margins are figures of the program')
    const then = workbookOf({
      ...plain,
      fleet: fleetFrom(
        SITES.map((each) => (each.name === 'Norður' ? { ...each, powerPriceUsdPerKwh: 0.02 } : each)),
        MACHINES,
      ),
      conditions: { ...plain.conditions, priceUsdPerBtc: 61_000 },
    })
    for (const heading of [
      'Price, mean, USD/BTC',
      'Cash margin as it runs, USD/day',
      'Cash margin where each does what earns most, USD/day',
    ]) {
      expect(cells(heading).map(({ formula }) => formula)).toEqual(cells(heading).map(() => undefined))
      expect(cells(heading).map(({ value }) => value)).toEqual(cells(heading, then).map(({ value }) => value))
    }
    // Difficulty is that of the inputs as before.
    expect(cells('Difficulty').every(({ formula }) => formula !== undefined)).toBe(true)
  })

  it('leaves every other sheet as it is', () => {
    for (const name of ['Sites', 'Machines', 'Fleet', 'Bridge'])
      expect(rowsOf(workbook, name)).toEqual(rowsOf(workbookOf(plain), name))
  })
})

describe('the file', () => {
  it('has frozen headings, named cells, number formats and no formula in a text', async () => {
    const files = await unzipped(Buffer.concat([...workbookBytes(workbookOf(workbookCase()))]))
    expect([...files.keys()]).toContain('xl/worksheets/sheet7.xml')
    expect(files.get('xl/workbook.xml')).toContain('<definedName name="difficulty">Inputs!$B$')
    expect(files.get('xl/styles.xml')).toContain('formatCode="#,##0.00"')
    const machines = files.get('xl/worksheets/sheet4.xml')!
    expect(machines).toContain(
      '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>',
    )
    const sites = files.get('xl/worksheets/sheet3.xml')!
    expect(sites).toMatch(/<c r="B2" s="\d+" t="inlineStr"><is><t xml:space="preserve">=cmd\|/)
    expect(sites).not.toMatch(/<f>[^<]*cmd/)
    expect(files.get('xl/worksheets/sheet1.xml')).toContain('Ridge &amp; Sons &lt;Ltd&gt;')
  })

  it('writes signs that XML has none for by their number, and halves of signs as unknown ones', async () => {
    const sites = [{ ...SITES[0]!, name: 'a\u0001b _x0041_ \ud800' }]
    const fleet = fleetFrom(sites, [])
    const files = await unzipped(
      Buffer.concat([...workbookBytes(workbookOf(workbookCase({ fleet, tariffs: [] })))]),
    )
    expect(files.get('xl/worksheets/sheet3.xml')).toContain('a_x0001_b _x005F_x0041_ \ufffd')
  })

  it('counts columns in letters', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ])
  })
})
