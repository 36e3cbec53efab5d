import { describe, expect, it } from 'vitest'
import type { FleetFile, ReadOptions } from '#electron/files/fleet/read-fleet.ts'
import {
  faultSentence,
  readFleetFile,
  readFleetText,
  refuseFaults,
} from '#electron/files/fleet/read-fleet.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import { fixture, models } from './catalogue-models.ts'

const read = (text: string, options: Partial<ReadOptions> = {}) =>
  readFleetText(text, 'fleet.csv', { models, ...options })
const sentences = (file: FleetFile) => file.faults.map((fault) => faultSentence('fleet.csv', fault, false))
const faultsOf = (text: string) => sentences(read(text))
const ids = ({ fleet }: FleetFile) =>
  Array.from({ length: fleet.machines.length }, (_, row) => textAt(fleet.machines.id, row))
const header = 'id,model,hashrate_ths,power_w,power_price_usd_kwh'

describe('what a file says', () => {
  it.each(['commas.csv', 'spreadsheet-semicolons.csv', 'tabs.csv'])(
    '%s: the same fleet whatever the program that wrote it',
    async (name) => {
      const file = await readFleetFile(fixture(name), { models })
      const { machines, sites } = file.fleet
      expect(sentences(file)).toEqual([])
      expect(ids(file)).toEqual(['A1', 'B, 2', 'C3'])
      expect([0, 1, 2].map((row) => labelAt(machines.model, row))).toEqual([
        'Antminer S19j Pro 104T',
        'Whatsminer M30S++ 112T',
        'my own box',
      ])
      expect([...machines.hashrateThs]).toEqual([104, 110.5, 1.2])
      expect([...machines.powerW]).toEqual([3068, 3500, 35])
      expect([...machines.powerPriceUsdPerKwh]).toEqual([0.0535, 0.0535, -0.012])
      expect(sites.name).toEqual(['North', 'Küste'])
      expect([...machines.site]).toEqual([0, 0, 1])
      expect(file.noteColumns).toEqual(['owner'])
      expect(file.notes.map((note) => note && (JSON.parse(note) as unknown))).toEqual([
        { owner: '1-2' },
        null,
        { owner: 'row "9"' },
      ])
      expect(file.filledFromCatalogue).toBe(1)
      expect([...file.lines]).toEqual([2, 3, 4])
      expect([...file.idsGiven]).toEqual([1, 1, 1])
    },
  )

  it('fills what is absent with the defaults, and leaves a missing power price missing', () => {
    const file = read('model\nAntminer S21 XP 270T\n')
    const { machines, sites } = file.fleet
    const numbers = [
      machines.quantity,
      machines.otherUsdPerKwh,
      machines.overhead,
      machines.uptime,
      machines.poolFee,
      machines.hostShare,
      machines.standbyW,
      machines.fixedUsdPerDay,
      machines.restartUsd,
      machines.status,
    ].map((column) => column[0])
    expect(numbers).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    expect(machines.powerPriceUsdPerKwh[0]).toBeNaN()
    expect(file.withoutPowerPrice).toBe(1)
    expect(sites.name).toEqual(['Default'])
    expect(sites.powerPriceUsdPerKwh[0]).toBeNaN()
    expect(ids(file)).toEqual(['M1'])
    expect([...file.idsGiven]).toEqual([0])
    expect(file.fields).toEqual(['model'])
  })

  it('makes ids that are neither in the file, below as well as above, nor taken', () => {
    const file = read('id,model\n,S21 XP\nM1,S21 XP\n,S21 XP\nM3,S21 XP\n,S21 XP\n', {
      takenIds: new Set(['M2', 'M4']),
    })
    expect(ids(file)).toEqual(['M5', 'M1', 'M6', 'M3', 'M7'])
    expect([...file.idsGiven]).toEqual([0, 1, 0, 1, 0])
  })

  it('takes site names that differ in case as one, with the first spelling', () => {
    const { fleet } = read('model,site\nS21 XP, North \nS21 XP,NORTH\nS21 XP,\nS21 XP,north\n')
    expect(fleet.sites.name).toEqual(['North', 'Default'])
    expect([...fleet.machines.site]).toEqual([0, 0, 1, 0])
  })

  it('reads headers and statuses in any case, with spaces around', () => {
    const { fleet } = read(
      ' Model , STATUS,Power_W,Hashrate_THS\nbox, Running ,10,1\nbox,OFF,10,1\nbox,repair,10,1\n',
    )
    expect([...fleet.machines.status]).toEqual([0, 1, 2])
  })

  it('skips blank lines and rows of empty cells, and still counts them as lines', () => {
    const file = read('\n\nmodel,site\n\nS21 XP,a\n,\n   \nS21 XP,b')
    expect([...file.lines]).toEqual([5, 8])
  })

  it('counts the lines inside quoted cells', () => {
    const file = read('model,memo\nS21 XP,"two\nlines"\nS21 XP,x\nNope 1,y\n')
    expect([...file.lines]).toEqual([2, 4, 5])
    expect(file.faults[0]?.row).toBe(5)
  })

  it('fills only what is absent, and chooses the bin of an ambiguous name by the hashrate of the row', () => {
    const file = read(
      'model,hashrate_ths,power_w\nS19j Pro 104T,99.5,\nS19j Pro 104T,,2900\nS19,95.4,\nS19,70,\n',
    )
    expect([...file.fleet.machines.hashrateThs]).toEqual([99.5, 104, 95.4, 70])
    expect([...file.fleet.machines.powerW]).toEqual([3068, 2900, 3250, NaN])
    expect(file.filledFromCatalogue).toBe(3)
    expect(file.withoutFigures).toBe(1)
    expect(file.faultCount).toBe(0)
  })

  it('keeps one figure without the other as missing, not as zero', () => {
    const file = read('model,hashrate_ths,power_w\nmine,,3000\nmine,90,\n')
    expect([...file.fleet.machines.hashrateThs]).toEqual([NaN, 90])
    expect([...file.fleet.machines.powerW]).toEqual([3000, NaN])
    expect([file.withoutFigures, file.faultCount]).toEqual([2, 0])
  })

  it('keeps notes apart from each other, whatever their names', () => {
    const file = read('model,__proto__,constructor\nS21 XP,a,b\n')
    expect(file.notes).toEqual(['{"__proto__":"a","constructor":"b"}'])
  })

  it('takes lines that end in CR alone, but not CR in the middle of lines that end in LF', () => {
    expect([...read('model\rS21 XP\r\rS21 XP').lines]).toEqual([2, 4])
    expect(read('model,x\nS21 XP,a\rS21 XP,b\rS21 XP,c\nS21 XP,d\n').faults).toMatchObject([
      { row: 2, column: '' },
    ])
  })

  it('takes scientific and signed numbers', () => {
    const { fleet } = read('model,hashrate_ths,power_w,power_price_usd_kwh\nbox,1.04e2,+3068,-.5e-1\n')
    expect(fleet.machines.hashrateThs[0]).toBe(104)
    expect(fleet.machines.powerPriceUsdPerKwh[0]).toBe(-0.05)
  })
})

it.each(['power_price_usd_per_kwh', 'Power price USD per kWh', 'power_price_usd_kwh'])(
  '%s is a price in USD/kWh',
  (heading) => {
    const { fleet, faults } = read(`model,${heading}\nAntminer S9 14T,0.05\n`)
    expect(faults).toEqual([])
    expect(fleet.machines.powerPriceUsdPerKwh[0]).toBe(0.05)
  },
)

describe('a wrong header', () => {
  it.each([
    ['hash_rat', 'hashrate_ths (in TH/s)'],
    ['powerr_w', 'power_w (in W)'],
    ['power_prices_usd_kwh', 'power_price_usd_kwh (in USD/kWh)'],
    ['poolfe', 'pool_fee (a fraction, 1 % is 0.01)'],
  ])('%s is refused with the column that was meant and its unit', (name, meant) => {
    const file = read(`model,${name}\nAntminer S9 14T,1\n`)
    expect(sentences(file)[0]).toContain(
      `column '${name}': not a column of a fleet file; did you mean ${meant}?`,
    )
    expect(sentences(file)[0]).toContain(`--map '${name}=`)
    expect(file.fleet.machines.length).toBe(0)
    expect(() => refuseFaults(file, 'fleet.csv')).toThrow(/did you mean/)
  })

  it('names the word that was meant where there is no unit', () => {
    expect(faultsOf('model,stauts\nAntminer S9 14T,1\n')).toEqual([
      "fleet.csv, row 1, column 'stauts': not a column of a fleet file; did you mean status?",
    ])
  })

  it.each([
    [
      'hashrate',
      '1',
      'column hashrate: neither the heading nor 1 says the unit; hashrate_ths is written in TH/s',
    ],
    ['power', '1', 'column power: neither the heading nor 1 says the unit; power_w is written in W'],
    ['power_price', '1', 'column power_price: neither the heading nor 1 says the unit'],
    ['price', '"$0.07"', "column price: neither the heading nor '$0.07' says the unit"],
    [
      'poolfee',
      '1',
      'column poolfee: neither the heading nor 1 says the unit; pool_fee is written as a fraction',
    ],
    [
      'power_price_eur_kwh',
      '0.05',
      'in eur/kwh; power_price_usd_kwh is in USD/kWh. A price in another currency',
    ],
    ['Price ($)', '2500', 'in $, but not per what; power_price_usd_kwh is per kWh'],
    ['Hosting fee (USD/kWh)', '0.075', 'a fee per kWh is other_usd_kwh'],
  ])('%s with %s is asked for its unit', (name, cell, message) => {
    expect(faultsOf(`model,${name}\nAntminer S9 14T,${cell}\n`).join()).toContain(message)
  })

  it('keeps names that only look a little like ours, and any name beside the column itself, as notes', () => {
    const innocent = ['denote', 'date', 'racks', 'series', 'ips', 'owner', 'pool', 'host', 'power_limit']
    expect(read(`model,${innocent.join(',')}\n`).noteColumns).toEqual(innocent)
    expect(read('model,hashrate_ths,hashrate\n').noteColumns).toEqual(['hashrate'])
  })

  it('takes the headings of other programs for the texts that say which machine it is and where it stands', () => {
    const theirs = 'Serial Number,Rack,Slot,IP Address,MAC Address,Firmware,Comments'
    const file = read(
      `model,${theirs}\nAntminer S21 XP 270T,SN-1, R 1 ,4,10.0.0.4,02:00:00:00:00:01,LuxOS 2025.4.8,fan is loud\n`,
    )
    expect(sentences(file)).toEqual([])
    expect(file.fields).toEqual(['model', 'serial', 'rack', 'position', 'ip', 'mac', 'firmware', 'notes'])
    expect(textAt(file.fleet.machines.notes, 0)).toBe('fan is loud')
    expect(file.noteColumns).toEqual([])
    const { machines } = file.fleet
    expect([textAt(machines.serial, 0), labelAt(machines.rack, 0), textAt(machines.position, 0)]).toEqual([
      'SN-1',
      'R 1',
      '4',
    ])
    expect([textAt(machines.ip, 0), textAt(machines.mac, 0)]).toEqual(['10.0.0.4', '02:00:00:00:00:01'])
    expect(read('model,miner_serial,miner_rack,miner_ip,miner_mac\n').fields).toEqual([
      'model',
      'serial',
      'rack',
      'ip',
      'mac',
    ])
  })

  it('prefers our own heading to that of another program, and the first of those; the others are notes', () => {
    const file = read('model,IP Address,ip,MAC Address,miner_mac\nAntminer S21 XP 270T,a,b,c,d\n')
    expect(textAt(file.fleet.machines.ip, 0)).toBe('b')
    expect(textAt(file.fleet.machines.mac, 0)).toBe('c')
    expect(file.noteColumns).toEqual(['IP Address', 'miner_mac'])
    expect(file.notes).toEqual([JSON.stringify({ 'IP Address': 'a', miner_mac: 'd' })])
  })

  it('refuses a text that is too long or would break a table', () => {
    const long = 'x'.repeat(101)
    expect(faultsOf(`model,serial,rack\nAntminer S21 XP 270T,${long},"a\tb"\n`)).toEqual([
      `fleet.csv, row 2, column rack: 'a�b' contains a control character or a line break`,
      `fleet.csv, row 2, column serial: '${'x'.repeat(39)}…' is longer than 100 characters`,
    ])
  })

  it('is no fleet file where nothing says what the machines are', () => {
    const refusal = /^fleet\.csv, row 1: this is not the header of a fleet file/
    expect(faultsOf('date,price_of_tea\n2024-01-01,3\n')).toEqual([expect.stringMatching(refusal)])
    expect(() => read('<html><body>Not found</body></html>')).toThrow(refusal)
    expect(() => read('')).toThrow('fleet.csv is empty')
    expect(() => read('\n \n\r\n')).toThrow('fleet.csv is empty')
  })

  it('lists every fault of the header: twice the same, too long, control characters', () => {
    expect(faultsOf(`model,Model,${'x'.repeat(101)},"a\tb"\n`)).toEqual([
      "fleet.csv, row 1, column 'Model': stands twice in the header",
      `fleet.csv, row 1, column '${'x'.repeat(39)}…': is longer than 100 characters`,
      "fleet.csv, row 1, column 'a�b': contains a control character or a line break",
    ])
  })

  it('bounds the notes', () => {
    const names = Array.from({ length: 201 }, (_, i) => `n${i}`).join(',')
    expect(() => read(`model,${names}\n`)).toThrow(/201 columns are not of a fleet file; at most 200/)
  })
})

describe('faults in rows', () => {
  it.each([
    ['quantity', '1.5', '1.5 is not a whole number of machines'],
    ['quantity', '0', '0 is out of bounds (1 … 1000000)'],
    ['quantity', '1000001', '1000001 is out of bounds (1 … 1000000)'],
    ['hashrate_ths', '-5', '-5 TH/s is negative; it must be 0 or more'],
    ['power_w', '-1', '-1 W is negative; it must be 0 or more'],
    ['power_price_usd_kwh', '7', '7 USD/kWh is out of bounds (−1 … 1); is it in cents? 7 ¢ is 0.07'],
    [
      'power_price_usd_kwh',
      '-4.5',
      '−4.5 USD/kWh is out of bounds (−1 … 1); is it in cents? −4.5 ¢ is −0.045',
    ],
    ['uptime', '95', '95 is out of bounds (0 … 1); write a fraction: 95 % is 0.95'],
    ['pool_fee', '2', '2 is out of bounds (0 … 1); write a fraction: 2 % is 0.02'],
    ['pool_fee', '2 W', "'2 W' is not a number as a fraction: it says 'W'"],
    ['overhead', '-0.1', '-0.1 is negative; it must be 0 or more'],
    ['restart_usd', '-3', '-3 USD is negative; it must be 0 or more'],
    [
      'status',
      'lost',
      "'lost' is not a status: running, off or repair; say which it is with --map 'status:lost=off'",
    ],
    ['id', 'a\u0007b', "'a�b' contains a control character or a line break"],
    ['site', 's'.repeat(101), `'${'s'.repeat(39)}…' is longer than 100 characters`],
  ])('%s %s', (column, cell, message) => {
    expect(faultsOf(`model,${column}\nS21 XP,${cell}\n`)).toEqual([
      `fleet.csv, row 2, column ${column}: ${message}`,
    ])
  })

  it.each([
    'NaN',
    'Infinity',
    '-Infinity',
    '0x10',
    '1e999',
    '10 00',
    '0x1e',
    'abc',
    '1,50,5',
    '--1',
    '1.2.3',
    '.',
    '３',
    '$5',
  ])('hashrate %s is not a number of this world', (cell) => {
    const [fault] = read(`model,hashrate_ths\nS21 XP,"${cell}"\n`).faults
    expect(fault).toMatchObject({ row: 2, column: 'hashrate_ths' })
    expect(fault?.message).toMatch(/is not a number|out of bounds/)
  })

  it('names both rows of a repeated id', () => {
    expect(faultsOf('id,model\nA,S21 XP\nB,S21 XP\n\nA,S21 XP\n')).toEqual([
      "fleet.csv, row 5, column id: 'A' is the id of row 2 already",
    ])
  })

  it('refuses rows with a wrong number of cells', () => {
    expect(faultsOf('id,model\nA\nB,S21 XP,3\nC,S21 XP\n')).toEqual([
      'fleet.csv, row 2: has 1 cells where the header has 2',
      'fleet.csv, row 3: has 3 cells where the header has 2',
    ])
  })

  it('refuses a value under a header without a name, and ignores such a column while it is empty', () => {
    expect(faultsOf('model,,\nS21 XP,,\n')).toEqual([])
    expect(faultsOf('model,\nS21 XP,7\n')).toEqual([
      'fleet.csv, row 2: cell 2 has a value, but its column has no name in the header',
    ])
  })

  it('refuses an unknown model without figures, and says what it is like or which sizes there are', () => {
    expect(
      faultsOf(`${header}\n1,Antminer S19j Prro 104T,,,\n2,S19,,,\n3,,,,\n4,mystery,,,\n5,mystery,1,1,\n`),
    ).toEqual([
      "fleet.csv, row 2, column model: 'Antminer S19j Prro 104T' is not in the catalogue and the row has neither " +
        'hashrate_ths nor power_w; like it are Antminer S19j Pro 104T, Antminer S19 Pro 104T, Antminer S19a Pro 104T',
      "fleet.csv, row 3, column model: 'S19' comes in several sizes (86T, 90T, 95T): add the size to the name, or give " +
        'hashrate_ths and power_w',
      'fleet.csv, row 4, column model: the row has neither a model nor hashrate_ths and power_w',
      "fleet.csv, row 5, column model: 'mystery' is not in the catalogue and the row has neither hashrate_ths nor power_w",
    ])
  })

  it('collects all of them, keeps the first hundred, and names the first in a refusal', () => {
    const rows = Array.from({ length: 150 }, (_, i) => `M${i},S21 XP,-1,-1,7\n`).join('')
    const file = read(`${header}\n${rows}`)
    expect(file.faultCount).toBe(450)
    expect(file.faults).toHaveLength(100)
    expect(file.faults.slice(0, 4).map(({ row, column }) => `${row} ${column}`)).toEqual([
      '2 hashrate_ths',
      '2 power_w',
      '2 power_price_usd_kwh',
      '3 hashrate_ths',
    ])
    expect(() => refuseFaults(file, 'fleet.csv')).toThrow(
      'fleet.csv, row 2, column hashrate_ths: -1 TH/s is negative; it must be 0 or more (and 449 more)',
    )
  })

  it('finds a site column that is none', () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `S21 XP,host-${i}\n`).join('')
    expect(faultsOf(`model,site\n${rows}`)).toEqual([
      'fleet.csv, row 1002, column site: more than 1000 different sites: is this the column of the site?',
    ])
  })

  it('bounds a note', () => {
    expect(faultsOf(`model,memo\nS21 XP,${'x'.repeat(10_001)}\n`)).toEqual([
      'fleet.csv, row 2, column memo: longer than 10000 characters',
    ])
  })

  it.each([
    ['model,memo\nS21 XP,ok\nS21 XP,"a"b\n', 'row 3: a quotation mark ends before its cell does'],
    ['model,memo\nS21 XP,19" rack\n', 'row 2: a quotation mark in the middle of a cell'],
    ['model,memo\nS21 XP,"open\nS21 XP,x\n', 'a quotation mark in this row or above it is never closed'],
  ])('names the row of quotation marks that do not match', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('a file that is refused as a whole', () => {
  it.each([
    [
      'latin1.csv',
      'latin1.csv, row 3: not UTF-8, probably an older Windows or Mac encoding: save it as CSV in UTF-8',
    ],
    ['nowhere.csv', 'nowhere.csv cannot be read: there is no such file'],
    ['.', 'fleet cannot be read: it is a folder'],
  ])('%s', async (name, message) => {
    await expect(readFleetFile(fixture(name), { models })).rejects.toMatchObject({
      code: 'file-unreadable',
      message,
    })
  })

  it('is refused by its size, before it is read, and by its number of rows', async () => {
    await expect(
      readFleetFile(fixture('commas.csv'), { models, limits: { bytes: 100 } }),
    ).rejects.toMatchObject({
      code: 'file-unreadable',
      message: 'commas.csv is 1 MB; the limit is 1 MB for a file: split it',
    })
    expect(() => read('model\nS21 XP\nS21 XP\nS21 XP\n', { limits: { rows: 2 } })).toThrow(
      'fleet.csv, row 4: more than 2 rows: split the file',
    )
    expect(read('model\nS21 XP\nS21 XP\n\n', { limits: { rows: 2 } }).fleet.machines.length).toBe(2)
  })

  it('tells how far it is and stops when asked', async () => {
    const told: number[] = []
    const file = await readFleetFile(fixture('commas.csv'), {
      models,
      onProgress: (done, total) => told.push(done / total),
    })
    expect(file.fleet.machines.length).toBe(3)
    expect(told).toEqual([1])
    await expect(
      readFleetFile(fixture('commas.csv'), { models, isCancelled: () => true }),
    ).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

describe('a large file', () => {
  it('comes back complete over many chunks, with quoted line ends across them', () => {
    const rows = 40_000
    const memo = `"${'x\n'.repeat(30)}"`
    const text = Array.from({ length: rows }, (_, i) => `id-${i},S21 XP,${i % 1000},${memo}`).join('\n')
    const file = read(`id,model,power_w,memo\n${text}`)
    expect(file.faultCount).toBe(0)
    expect(file.fleet.machines.length).toBe(rows)
    expect(textAt(file.fleet.machines.id, rows - 1)).toBe(`id-${rows - 1}`)
    expect(file.fleet.machines.powerW[rows - 1]).toBe((rows - 1) % 1000)
    expect(file.lines[rows - 1]).toBe(2 + (rows - 1) * 31)
  })
})
