import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { columnMapOf } from '#electron/files/fleet/column-map.ts'
import type { FleetFile, ReadOptions } from '#electron/files/fleet/fleet-file.ts'
import { faultSentence } from '#electron/files/row-faults.ts'
import { readFleetFile, readFleetText } from '#electron/files/fleet/read-fleet.ts'
import { writeFleetCsv } from '#electron/files/fleet/write-fleet.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { models } from './catalogue-models.ts'

const read = (entries: unknown, options: Partial<ReadOptions> = {}) =>
  readFleetText(typeof entries === 'string' ? entries : JSON.stringify(entries), 'miners.json', {
    models,
    ...options,
  })
const faultsOf = (file: FleetFile) =>
  file.faults.map((fault) => faultSentence('miners.json', fault, file.isList))
const rowsOf = ({ fleet: { machines } }: FleetFile) =>
  Array.from({ length: machines.length }, (_, row) => [
    textAt(machines.id, row),
    labelAt(machines.model, row),
    machines.hashrateThs[row],
    machines.powerW[row],
    MACHINE_STATUSES[machines.status[row]!],
  ])

const THS = { value: 1_000_000_000_000, suffix: 'TH/s' }
/** As pyasic's MinerData.as_json prints it: hashrates in their unit, the device beside it and again above it. */
const MINER = {
  ip: '10.0.0.2',
  device_info: { make: 'AntMiner', model: 'S19j Pro', firmware: 'LuxOS', algo: 'SHA256' },
  serial_number: 'SN-1',
  psu_serial_number: null,
  mac: 'AA:BB:CC:00:00:01',
  api_ver: '1.0',
  fw_ver: '2025.4.8',
  hostname: 'miner',
  sticker_hashrate: null,
  expected_hashrate: { unit: THS, rate: 104 },
  expected_hashboards: 3,
  expected_chips: 378,
  expected_fans: 4,
  env_temp: 30.5,
  wattage: 3068,
  voltage: 12.9,
  fans: [{ speed: 4500 }],
  fan_psu: null,
  hashboards: [{ slot: 0, hashrate: { unit: THS, rate: 34.5 } }],
  config: { pools: {}, fan_mode: {} },
  fault_light: false,
  errors: [],
  is_mining: true,
  uptime: 86_400,
  pools: [],
  hashrate: { unit: THS, rate: 103.4 },
  wattage_limit: null,
  total_chips: 378,
  nominal: true,
  percent_expected_hashrate: 99,
  temperature_avg: 60,
  efficiency: 29,
  efficiency_fract: 29.67,
  datetime: '2026-11-26T06:00:00+00:00',
  timestamp: 1_795_672_800,
  make: 'AntMiner',
  model: 'S19j Pro',
  firmware: 'LuxOS',
  algo: 'SHA256',
}
const OTHER = { ...MINER, ip: '10.0.0.3', mac: 'AA:BB:CC:00:00:02', serial_number: 'SN-2' }

describe('a list of objects', () => {
  it('as pyasic prints it is a fleet: figures, status, firmware and addresses', () => {
    const off = { ...OTHER, is_mining: false, hashrate: { unit: THS, rate: 0 }, wattage: 40 }
    const file = read([MINER, off])
    expect(faultsOf(file)).toEqual([])
    expect(rowsOf(file)).toEqual([
      ['AA:BB:CC:00:00:01', 'AntMiner S19j Pro', 103.4, 3068, 'running'],
      // what it draws while it is off is not what it has while it runs
      ['AA:BB:CC:00:00:02', 'AntMiner S19j Pro', expect.any(Number), expect.any(Number), 'off'],
    ])
    expect(file.fleet.machines.powerW[1]).not.toBe(40)
    const { machines } = file.fleet
    expect([textAt(machines.ip, 1), textAt(machines.serial, 1), labelAt(machines.firmware, 1)]).toEqual([
      '10.0.0.3',
      'SN-2',
      'LuxOS',
    ])
    expect(machines.uptime[0]).toBe(1)
    expect(file.understood.at(-1)).toBe(
      'Left out, they hold no single value: fans, hashboards, config, errors, pools',
    )
  })

  it('of an older version has plain TH/s and its model above', () => {
    const newer = ['device_info', 'make', 'algo']
    const old = Object.fromEntries(Object.entries(MINER).filter(([key]) => !newer.includes(key)))
    const file = read([{ ...old, hashrate: 95.25, model: 'Antminer S19 95T' }])
    expect(faultsOf(file)).toEqual([])
    expect(rowsOf(file)).toEqual([['AA:BB:CC:00:00:01', 'Antminer S19 95T', 95.25, 3068, 'running']])
  })

  it.each([
    [{ rate: 95_250, unit: { value: 1e9, suffix: 'GH/s' } }, 95.25],
    [{ rate: 95.25, unit: 1e12 }, 95.25],
    [{ rate: 0.09525, unit: 'PH/s' }, 95.25],
  ])('reads the hashrate %j in its unit', (hashrate, ths) => {
    expect(read([{ ...MINER, hashrate }]).fleet.machines.hashrateThs[0]).toBeCloseTo(ths, 9)
  })

  it('may be one object, or one per line, with a byte order mark', () => {
    expect(rowsOf(read(MINER))).toHaveLength(1)
    expect(rowsOf(read(`\ufeff${JSON.stringify(MINER, null, 2)}\n`))).toHaveLength(1)
    expect(rowsOf(read(`${JSON.stringify(MINER)}\n${JSON.stringify(OTHER)}\n`))).toHaveLength(2)
  })

  it('is judged like any fleet file', () => {
    const file = read([{ ...MINER, wattage: 3.068 }])
    expect(file.questions.map(({ name, row, column }) => [name, row, column])).toEqual([
      ['nameplate', 1, 'wattage'],
      ['efficiency', 1, 'wattage'],
    ])
  })

  it('names entry and key of what is wrong, all of it at once', () => {
    const file = read([
      MINER,
      { ...OTHER, wattage: -5 },
      { ...OTHER, serial_number: 'SN-3', mac: MINER.mac, wattage: '3,068' },
      { ...OTHER, serial_number: 'SN-4', mac: 'x', model: ['S19'] },
    ])
    expect(faultsOf(file)).toEqual([
      'miners.json, entry 2, key wattage: -5 W is negative; it must be 0 or more',
      "miners.json, entry 3, key wattage: '3,068' has a comma: write it as a number",
      "miners.json, entry 3, key id: 'AA:BB:CC:00:00:01' is the id of entry 1 already",
      'miners.json, entry 4, key model: holds a list or an object where a single value is meant',
    ])
  })

  it('asks the unit where nothing says it', () => {
    const file = read([{ hostname: 'a', model: 'S19', hashrate: 95, wattage: 3250 }])
    expect(faultsOf(file)).toEqual([expect.stringMatching(/^miners\.json, entry 1, key hashrate: neither/)])
  })

  it.each([
    ['[{"ip":', 'miners.json is not JSON'],
    ['[{"a":1}\n,3]', 'miners.json, entry 2: is not an object'],
    ['{"model":"a"}\n{"model":}', 'miners.json, entry 2 is not JSON'],
    ['[{"a":1},]', 'miners.json, entry 2 is not JSON'],
    ['[{"a":1}] 5', 'miners.json is not JSON'],
    ['{"model":"a"}\n{"model":', 'miners.json is not JSON'],
    [`[{"model":${'['.repeat(200)}`, 'miners.json: more than 100 objects and lists inside each other'],
    [`[{"a":1},{"fans":[${'{},'.repeat(400_000)}`, 'miners.json, entry 2: longer than 1000000 bytes'],
  ])('%.30s is refused', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  it('without a machine says so', () => {
    for (const entries of [[], [{ a: 1, b: 2 }]])
      expect(faultsOf(read(entries))).toEqual([
        expect.stringMatching(/^miners\.json: this is no list of machines/),
      ])
  })

  it('of another algorithm is no Bitcoin machine, and is asked about', () => {
    const file = read([MINER, { ...OTHER, algo: 'Scrypt' }])
    expect(rowsOf(file)).toHaveLength(1)
    expect(file.questions).toEqual([
      {
        name: 'no-machines',
        row: 2,
        column: '',
        message: "'Scrypt' is another algorithm than SHA-256: no Bitcoin machine; the entry is left out",
      },
    ])
  })

  it('takes what is said about its keys', () => {
    const map = columnMapOf(['hostname=id', 'expected_hashrate=hashrate_ths', 'hashrate=note'])
    expect(rowsOf(read([MINER], { map }))).toEqual([['miner', 'AntMiner S19j Pro', 104, 3068, 'running']])
  })

  it('of the same machines again and again is a log', () => {
    const entries = Array.from({ length: 4 }, (_, i) => ({
      ...MINER,
      datetime: `2026-11-26T06:0${i}:00+00:00`,
    }))
    expect(() => read(entries)).toThrow(/miners\.json, key datetime: it is a log, one entry per moment/)
  })

  it('of machines without serial numbers, all called the same and seen at one moment, is none', () => {
    const entries = [MINER, OTHER].map((miner) => ({ ...miner, serial_number: null }))
    expect(rowsOf(read(entries))).toHaveLength(2)
  })

  it('written as a fleet file reads back the same, an uptime in seconds as a note', () => {
    const file = read([MINER, OTHER])
    const back = readFleetText([...writeFleetCsv(file.fleet, file)].join(''), 'fleet.csv', { models })
    expect(back.faults).toEqual([])
    expect(back.fleet.machines).toEqual(file.fleet.machines)
    expect(back.noteColumns).toContain('uptime (note)')
    expect(back.notes).toEqual(file.notes)
  })

  it('of ten thousand machines is read in time, and can be stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strikeline-list-'))
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true })
    })
    const path = join(folder, 'miners.json')
    writeFileSync(
      path,
      JSON.stringify(
        Array.from({ length: 10_000 }, (_, i) => ({
          ...MINER,
          serial_number: null,
          mac: `m${i}`,
          ip: `i${i}`,
        })),
      ),
    )
    const file = await readFleetFile(path, { models })
    expect([file.fleet.machines.length, file.faultCount]).toEqual([10_000, 0])
    await expect(readFleetFile(path, { models, isCancelled: () => true })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
