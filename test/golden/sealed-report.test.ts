import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { DEFAULT_DISPLAY } from '#shared/format/display.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { caseText, readCaseText } from '#electron/files/sealed/sealed-case.ts'
import { sealOf } from '#electron/files/sealed/seal.ts'
import { machine, site } from '../unit/machines.ts'

const AT_MS = Date.UTC(2025, 10, 20, 12)
const dated = (value: number) => ({ value, source: 'typed', asOfMs: AT_MS, fetchedAtMs: AT_MS, stale: false })

/** Small, and of every kind of value. */
const CASE: ReportCase = {
  template: { name: 'One page', title: 'Mining position', sections: ['position', 'sources'], paper: 'A4' },
  madeAtMs: AT_MS,
  asOfMs: AT_MS,
  version: '1.0.0',
  fleet: {
    ...fleetFrom(
      [site({ otherUsdPerKwh: 0.002 }), site({ name: 'Süd', powerPriceUsdPerKwh: NaN })],
      [
        machine({ id: 'a', poolFee: 0.01, rack: 'R1' }),
        machine({ id: 'b', site: 'Süd', status: 'off', hashrateThs: NaN, quantity: 12 }),
      ],
    ),
    ...{ revision: 3, tariffs: [], contracts: 0, ladders: 0, undo: null, redo: null },
  },
  inputs: {
    ...PLAIN_CASE,
    revision: 3,
    policies: { machineKey: Float64Array.of(1), policy: Uint8Array.of(2) },
    paused: Float64Array.of(1),
  },
  network: {
    readAtMs: AT_MS,
    values: {
      ...{ height: dated(925_000), difficulty: dated(1.5e14), priceUsdPerBtc: dated(88_300.25) },
      ...{ feesBtcPerBlock: dated(0.02), epochBlocks: dated(1007), epochSeconds: dated(612_345) },
    },
    said: [],
    rates: {},
    previousAdjustments: [0.012, -0.024],
    sources: [],
    refreshing: false,
  },
  recent: { usdPerPhDay: Float64Array.of(40.5, NaN), lastDayMs: AT_MS },
  horizonDays: null,
  scenarios: [
    {
      name: 'As it is',
      assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0.3), response: null },
    },
  ],
  decisions: { fromMs: 0, toMs: AT_MS, recorded: [] },
  finance: {
    company: {
      ...{ name: 'Nörd & Co.', preparedBy: '', reviewedBy: '' },
      logo: { type: 'image/png', bytes: Uint8Array.of(137, 80) },
    },
    ...{ generalUsdPerDay: 1200.5, demandResponseCreditsUsdPerDay: null, discountRatePerYear: 0.12 },
    treasury: { openingBtc: 12.5, shareHeld: 0.4, markPriceUsdPerBtc: null },
    purchases: [],
  },
  currency: 'USD',
  display: DEFAULT_DISPLAY,
}

/** Written by version 1 of the form, never again: reports that were handed over carry such hashes. */
const FILE = new URL('../fixtures/report/sealed-report-1.json', import.meta.url)
const HASH = 'e0bfa9c98d33eda9f5d32588bf0bfe54ada49d4229f3f444a16c982165546ed7'

describe('the sealed form', () => {
  const written = readFileSync(FILE, 'utf8')

  it('of a case is the same to the byte as when reports were first sealed', () => {
    expect(caseText(CASE)).toBe(written)
    expect(sealOf(CASE).hash).toBe(HASH)
  })

  it('is read as the case that it was', () => {
    expect(readCaseText(written, 'it')).toEqual(CASE)
  })

  it('holds machines by the names of their fields: those of which nothing is said are not there, and one that is unknown does no harm', () => {
    const document = JSON.parse(written) as { case: { fleet: { machines: Record<string, unknown> } } }
    const { machines } = document.case.fleet
    expect(Object.keys(machines).sort()).toEqual(
      'hashrateThs id key length model poolFee powerW quantity rack site status'.split(' '),
    )
    machines['coolantLitres'] = { $Float64Array: [1, 2] }
    expect(readCaseText(JSON.stringify(document), 'it').fleet.machines).toEqual(CASE.fleet.machines)
  })

  it('holds what scenarios try, and which cannot be read, where there is any', () => {
    const tried = {
      ...{ priceUsdPerBtc: 70_000, change: null },
      sitePowerPrices: [{ site: 'Süd', powerPriceUsdPerKwh: 0.042 }],
    }
    const of: ReportCase = {
      ...CASE,
      scenarios: [...CASE.scenarios, { ...CASE.scenarios[0]!, name: 'Low', tried }],
      unreadableScenarios: [{ name: 'Broken', fault: 'Scenario ‘Broken’: no.' }],
    }
    expect(readCaseText(caseText(of), 'it')).toEqual(of)
    expect(sealOf(of).hash).not.toBe(HASH)
  })

  it('is read by the words of its codes, not by their numbers', () => {
    const other = written.replace('["running","off","repair"]', '["off","running","repair"]')
    expect(Array.from(readCaseText(other, 'it').fleet.machines.status)).toEqual([1, 0])
  })

  it('leaves out a section that is gone', () => {
    const other = written.replace('["position","sources"]', '["position","weather","sources"]')
    expect(readCaseText(other, 'it').template.sections).toEqual(['position', 'sources'])
  })

  it.each([
    ['{', 'they are no document'],
    ['5', 'they are no document'],
    ['{"kind":"letter"}', 'field kind: is not the inputs of a report'],
    [written.replace('"form":1', '"form":2'), 'sealed in form 2, and this program reads form 1'],
    [written.replace('"currency":"USD"', '"currency":"DEM"'), 'field currency: must be one of USD'],
    [written.replace('"repair"', '"asleep"'), 'field fleet.machines.status: must be of running'],
    [
      written.replace('"quantity":{"$Float64Array":[1,12]}', '"quantity":{"$Float64Array":[1]}'),
      'quantity: has 1 rows and not 2',
    ],
    [
      written.replace('"site":{"$Uint32Array":[0,1]}', '"site":{"$Uint32Array":[0,2]}'),
      'of a site that is not there',
    ],
  ])('is refused with what is wrong (%#)', (text, words) => {
    expect(text).not.toBe(written)
    expect(() => readCaseText(text, 'Report X')).toThrow(words)
    expect(() => readCaseText(text, 'Report X')).toThrow('Report X')
  })

  it('is another one when anything is another', () => {
    const texts = new Set([written])
    let changes = 0
    const look = (value: unknown, put: (other: unknown) => ReportCase): void => {
      const given = () => {
        changes++
        texts.add(caseText(put(otherThan(value))))
      }
      if (typeof value !== 'object' || value === null) given()
      else if (ArrayBuffer.isView(value)) {
        const column = value as Float64Array
        if (column.length > 0) {
          changes++
          const other = column.slice()
          other[0] = column[0] === 1 ? 0 : 1
          texts.add(caseText(put(other)))
        }
      } else
        for (const [key, inner] of Object.entries(value))
          look(inner, (other) =>
            put(
              Array.isArray(value)
                ? value.map((each: unknown, i) => (String(i) === key ? other : each))
                : { ...value, [key]: other },
            ),
          )
    }
    // Offsets, labels and the layout of texts follow from one another: machines are looked at as rows below.
    const { machines, ...fleet } = CASE.fleet
    look({ ...CASE, fleet }, (other) => {
      const { fleet: changed, ...rest } = other as ReportCase
      return { ...rest, fleet: { ...changed, machines } }
    })
    expect(texts.size).toBe(changes + 1)
  })
})

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return `${value}x`
  if (typeof value === 'boolean') return !value
  return 7
}
