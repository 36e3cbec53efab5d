import { describe, expect, it } from 'vitest'
import { columnMapOf } from '#electron/files/fleet/column-map.ts'
import type { FleetFile, ReadOptions } from '#electron/files/fleet/fleet-file.ts'
import { refuseQuestions } from '#electron/files/row-faults.ts'
import { readFleetText } from '#electron/files/fleet/read-fleet.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { models } from './catalogue-models.ts'

const read = (text: string | Uint8Array, options: Partial<ReadOptions> = {}) =>
  readFleetText(text, 'fleet.csv', { models, ...options })

/** id, quantity, TH/s, W and status of each row */
const rowsOf = ({ fleet: { machines } }: FleetFile) =>
  Array.from({ length: machines.length }, (_, row) => [
    textAt(machines.id, row),
    machines.quantity[row],
    machines.hashrateThs[row],
    machines.powerW[row],
    machines.status[row],
  ])
const askedOf = ({ questions }: FleetFile) => questions.map(({ name, row }) => `${name} ${row}`)

const HEADER = 'id,model,quantity,hashrate_ths,power_w,power_price_usd_kwh'
const PLAIN = 'a,S21 200T,1,200,3500,0.07'

describe('figures that fit their bounds and not each other', () => {
  it.each([
    ['a,S9 13.5T,1,13500,1323,0.07', ['nameplate 2', 'efficiency 2']],
    ['a,S21 200T,1,200,3.5,0.07', ['nameplate 2', 'efficiency 2']],
    ['a,S21 200T,60,12000,210000,0.07', ['nameplate 2', 'nameplate 2']],
    ['a,own,1,200,3.5,0.07', ['efficiency 2']],
    ['a,own,60,6000,180000,0.07', ['size 2', 'size 2']],
    ['a,S21 200T,1,200,3500,0.7', ['price 2']],
    ['a,S21 200T,1,200,3500,0.25', []],
    ['a,S21 200T,1,150,3300,0.07', []],
    ['a,S9 13.5T,1,13.5,1323,-0.02', []],
  ])('%s: %j', (row, asked) => {
    expect(askedOf(read(`${HEADER}\n${row}\n`))).toEqual(asked)
  })

  it('asks about a price ten times the usual one of the file, either way', () => {
    const rows = ['0.07', '0.07', '0.065', '0.68', '0.0068', '0'].map(
      (price, i) => `m${i},S21 200T,1,200,3500,${price}`,
    )
    expect(askedOf(read(`${HEADER}\n${rows.join('\n')}\n`))).toEqual(['price 5', 'price 6'])
  })

  it.each([
    ['pool_fee', '1', ['share 2']],
    ['pool_fee', '0.5', ['share 2']],
    ['pool_fee', '0.025', []],
    ['host_share', '0.5', ['share 2']],
    ['host_share', '1', []],
    ['host_share', '0.25', []],
    ['overhead', '1.05', ['overhead 2']],
    ['overhead', '0.05', []],
    ['PUE', '1.05', []],
    ['uptime', '0.98', []],
    ['uptime', '0.01', ['share 2']],
  ])('%s %s: %j', (column, cell, asked) => {
    const file = read(`model,${column}\nS21 200T,${cell}\n`)
    expect(file.faults).toEqual([])
    expect(askedOf(file)).toEqual(asked)
  })

  it('refuses until the name of every question is accepted', () => {
    const file = read(`${HEADER}\na,S21 200T,1,200,3.5,0.07\n`)
    expect(() => refuseQuestions(file, 'fleet.csv', new Set(['efficiency']))).toThrow(/--accept nameplate/)
    expect(() => refuseQuestions(file, 'fleet.csv', new Set(['efficiency', 'nameplate']))).not.toThrow()
  })
})

describe('rows that are no machines', () => {
  it.each([
    'Total,,1,200,3500,0.07',
    'Grand total:,,1,200,3500,',
    'Summe,,1,200,3500,',
    'Average,,1,200,3500,0.07',
    ',Total,1,200,3500,',
    '合计,,1,200,3500,',
    'id,model,quantity,hashrate_ths,power_w,power_price_usd_kwh',
    'Prices without VAT,,,,,',
    '# exported by the inventory',
  ])('%s is left out and asked', (row) => {
    const file = read(`${HEADER}\n${PLAIN}\n${row}\n`)
    expect(file.faults).toEqual([])
    expect(rowsOf(file)).toHaveLength(1)
    expect(askedOf(file)).toEqual(['no-machines 3'])
  })

  it('asks about a row without a model whose figures are the sums of those above', () => {
    const file = read(`${HEADER}\n${PLAIN}\nb,S21 200T,2,200,3500,0.07\n,,3,400,7000,\n`)
    expect(askedOf(file)).toContain('sum 4')
  })

  it('keeps machines that only sound like one', () => {
    const file = read(
      `${HEADER}\nTotal Eclipse,S21 200T,1,200,3500,0.07\nSumitomo-1,S21 200T,1,200,3500,0.07\n`,
    )
    expect(rowsOf(file)).toHaveLength(2)
    expect(file.questions).toEqual([])
  })

  it('passes over a title above the headings', () => {
    expect(rowsOf(read(`Farm North,,,,,\n\n${HEADER}\n${PLAIN}\n`))).toHaveLength(1)
  })

  it.each([
    'timestamp,hashrate_gh,power_w\n2026-05-01T00:00:00Z,1180.4,18.2\n2026-05-01T00:01:00Z,1201.9,18.3\n',
    'time,mac,hashrate_ths,power_w\n2026-05-01 00:00,aa,200,3500\n2026-05-01 00:01,aa,200,3500\n',
    'id,Date Time,hashrate_ths,power_w\na,1767225600,200,3500\na,1767225660,200,3500\n',
  ])('a log is no list: %j', (text) => {
    expect(() => read(text)).toThrow(/it is a log/)
  })
})

describe('status words', () => {
  it('takes those that mean one thing', () => {
    const words = ['Active', 'Hashing', 'OK', 'Offline', 'Paused / Sleeping', 'RMA', 'repair', '']
    const file = read(`model,status\n${words.map((word) => `S21 200T,${word}\n`).join('')}`)
    expect(file.faults).toEqual([])
    expect([...file.fleet.machines.status]).toEqual([0, 0, 0, 1, 1, 2, 2, 0])
  })

  it('asks for the others, and takes the answer', () => {
    const text = 'model,status\nS21 200T,Degraded\nS21 200T,Active / Offline\n'
    expect(read(text).faults.map(({ row }) => row)).toEqual([2, 3])
    const map = columnMapOf(['status:degraded=running', 'status:Active / Offline=off'])
    expect([...read(text, { map }).fleet.machines.status]).toEqual([0, 1])
  })

  it('does not take what an idle machine reports for what it has while it runs', () => {
    expect(rowsOf(read('id,model,status,hashrate_ths,power_w\na,S21 200T,Sleeping,0,25\n'))).toEqual([
      ['a', 1, 200, 3500, 1],
    ])
  })
})

describe('lists of other programs', () => {
  it.each([
    ['Name,Model,Status,Hashrate (TH/s),Power (kW)\na,S21 XP,Hashing,268.4,3.65\n', ['a', 1, 268.4, 3650, 0]],
    [
      '"IP","Status","Type","Hash Rate RT","Hash Rate avg"\n"10.0.0.1","success","Antminer S19j Pro","99 TH/s","103.86 TH/s"\n',
      ['M1', 1, 103.86, 3068, 0],
    ],
    [
      'miner_id,miner_name,miner_type,miner_state,status,wattage,hash_rate\n1,A,Antminer S19j Pro,mining,warning,3068,104000000000000\n',
      ['A', 1, 104, 3068, 0],
    ],
    [
      'ip,status,type,power,version,mac,uptime\n10.0.0.1,mining,S21 200T,3500,1,02:00:00:00:00:01,86400\n',
      ['M1', 1, 200, 3500, 0],
    ],
    [
      'Miner name;Model;Qty;Hashrate GH/s;Power (W)\na;S21 200T;2;200000,5;3.500\n',
      ['a', 2, 200.0005, 3500, 0],
    ],
    ['Worker,Model,Speed (GH/s),Load (kW)\na,S21 200T,200500,3.5\n', ['a', 1, 200.5, 3500, 0]],
    ['Rig,Model,speed_ths,load_kw,Load (%)\na,S21 200T,200,3.5,97\n', ['a', 1, 200, 3500, 0]],
    ['sep=;\nid;model;hashrate_ths;power_w\na;S21 200T;200;3500\n', ['a', 1, 200, 3500, 0]],
    ['id,model,hashrate_ths,power_w\na,S21 200T,200,3500,,,\n', ['a', 1, 200, 3500, 0]],
    ['id,model,hashrate,power,pool fee\na,S21 200T,"200.5 TH/s","3,500 W",1 %\n', ['a', 1, 200.5, 3500, 0]],
    ['id,model,hashrate_ths,power_w\na,S21 200T,N/A,-\n', ['a', 1, 200, 3500, 0]],
  ])('%j', (text, row) => {
    const file = read(text)
    expect(file.faults).toEqual([])
    expect(file.questions).toEqual([])
    expect(rowsOf(file)).toEqual([row])
  })

  it('leaves headings that may be anything alone without a unit that decides, and beside the name itself', () => {
    const file = read(
      'Name,Worker,Model,Load,Speed (rpm),Output (TH/s),Hashrate (TH/s)\na,w.1,S21 200T,90,4200,1,200\n',
    )
    expect(file.faults).toEqual([])
    expect(file.noteColumns).toEqual(['Worker', 'Load', 'Speed (rpm)', 'Output (TH/s)'])
    expect(rowsOf(file)).toEqual([['a', 1, 200, 3500, 0]])
  })

  it('of workers that are accounts and no machines is refused with what to say', () => {
    const text = 'Worker,Model\nacc,S21 200T\nacc,S21 200T\n'
    expect(read(text).faults).toMatchObject([
      {
        row: 3,
        message: "'acc' is the id of row 2 already",
        remedy: expect.stringContaining("--map 'Worker=note'") as string,
      },
    ])
    expect(rowsOf(read(text, { map: columnMapOf(['Worker=note']) })).map(([id]) => id)).toEqual(['M1', 'M2'])
  })

  it('UTF-16 of either order, which Excel calls Unicode text', () => {
    const text = 'id\tmodel\thashrate_ths\tpower_w\nä\tS21 200T\t200\t3500\n'
    const little = Buffer.from(`\ufeff${text}`, 'utf16le')
    expect(rowsOf(read(little))).toEqual([['ä', 1, 200, 3500, 0]])
    expect(rowsOf(read(Buffer.from(little).swap16()))).toEqual([['ä', 1, 200, 3500, 0]])
    expect(() => read(little.subarray(0, -1))).toThrow(/cut off or broken/)
  })

  it('a scan without figures keeps machines whose size is open, without figures', () => {
    const file = read('mac_address,model,hostname\n02:00:00:00:00:01,Antminer S19,miner\n')
    expect(file.faults).toEqual([])
    expect([file.withoutFigures, rowsOf(file)[0]?.[2]]).toEqual([1, NaN])
  })

  it('says how it read what is not written as ours', () => {
    const file = read('model,Power (kW),Efficiency (J/TH),PUE,Pool fee %\nS21 200T,3.5,17.5,1.05,2\n')
    expect(file.understood).toEqual([
      'Power (kW): in kW; reads as power_w × 1000',
      'Efficiency (J/TH): kept as a note; J/TH is not power, it follows from power and hashrate',
      'PUE: reads as overhead, PUE − 1',
      'Pool fee %: in percent; reads as pool_fee ÷ 100',
    ])
    const { machines } = file.fleet
    expect([machines.powerW[0], machines.overhead[0], machines.poolFee[0]]).toEqual([3500, 0.05, 0.02])
  })
})

describe('--map', () => {
  it('reads a column as it was told', () => {
    const map = columnMapOf(['Load=power_w*1000', 'Speed=hashrate_ths/1000', 'Comment=note', 'X=overhead-1'])
    const file = read('model,Load,Speed,Comment,X\nS21 200T,3.5,200000,c,1.1\n', { map })
    expect(file.faults).toEqual([])
    expect(rowsOf(file)).toEqual([['M1', 1, 200, 3500, 0]])
    expect(file.fleet.machines.overhead[0]).toBe(0.1)
    expect(file.noteColumns).toEqual(['Comment'])
  })

  it.each([
    ['Load', 'write'],
    ['Load=watts', 'there is no column watts'],
    ['Load=power_w*0', 'the factor is 0'],
    ['Load=power_w^2', 'is not a column with a factor'],
    ['Load=model*2', 'is a text'],
    ['status:lost=gone', "'gone' is not a status"],
  ])('%s is refused', (entry, message) => {
    expect(() => columnMapOf([entry])).toThrow(message)
  })

  it('names a column that is not there', () => {
    const map = columnMapOf(['Load=power_w*1000'])
    expect(read('model,power_w\nS21 200T,3500\n', { map }).faults[0]?.message).toMatch(/no such column/)
  })
})
