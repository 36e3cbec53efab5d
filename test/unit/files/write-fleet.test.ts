import { describe, expect, it } from 'vitest'
import { readCellText, writeCellText } from '#electron/files/cell-text.ts'
import { readFleetText } from '#electron/files/fleet/read-fleet.ts'
import { writeFleetCsv } from '#electron/files/fleet/write-fleet.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import { models } from './catalogue-models.ts'

const machine: Machine = {
  ...PLAIN_MACHINE,
  id: 'A1',
  model: 'Antminer S21 XP 270T',
  site: 'North',
  quantity: 2,
  hashrateThs: 270,
  powerW: 3645,
  uptime: 0.98,
  poolFee: 0.01,
  standbyW: 12,
  fixedUsdPerDay: 0.55,
  restartUsd: 8,
}
const north = { name: 'North', powerPriceUsdPerKwh: 0.0535, otherUsdPerKwh: 0.004, overhead: 0.03 }

describe('writeFleetCsv', () => {
  it("writes the values in force, a machine's own before its site's, and leaves a missing one empty", () => {
    const fleet = fleetFrom(
      [north, { name: 'Ridge', powerPriceUsdPerKwh: NaN, otherUsdPerKwh: 0, overhead: 0 }],
      [
        {
          ...machine,
          serial: 'SN-1',
          rack: 'R 1, left',
          position: '4',
          ip: '10.0.0.4',
          mac: '02:00',
          firmware: 'LuxOS',
          purchase: 'Spring 2025',
          notes: 'fan is loud\nsince May',
        },
        { ...machine, id: 'A2', powerPriceUsdPerKwh: 0.06, overhead: 0 },
        { ...machine, id: 'A3', site: 'Ridge', status: 'repair', powerW: NaN },
      ],
    )
    expect([...writeFleetCsv(fleet)].join('')).toBe(
      'id,model,quantity,hashrate_ths,power_w,site,power_price_usd_kwh,other_usd_kwh,overhead,uptime,pool_fee,host_share,' +
        'standby_w,fixed_usd_day,restart_usd,status,serial,rack,position,ip,mac,firmware,purchase,notes\n' +
        'A1,Antminer S21 XP 270T,2,270,3645,North,0.0535,0.004,0.03,0.98,0.01,0,12,0.55,8,running,SN-1,"R 1, left",4,10.0.0.4,02:00,LuxOS,Spring 2025,"fan is loud\nsince May"\n' +
        'A2,Antminer S21 XP 270T,2,270,3645,North,0.06,0.004,0,0.98,0.01,0,12,0.55,8,running,,,,,,,,\n' +
        'A3,Antminer S21 XP 270T,2,270,,Ridge,,0,0,0.98,0.01,0,12,0.55,8,repair,,,,,,,,\n',
    )
  })

  it('writes notes, formulas made harmless, and reads all of it back', () => {
    const fleet = fleetFrom(
      [{ ...north, name: '@site' }],
      [{ ...machine, id: '=1+1', model: '-x', site: '@site', serial: '@S', position: '-1' }],
    )
    const notes = {
      noteColumns: ['hall', '+col'],
      notes: ['{"hall":"=HYPERLINK(\\"http://x\\")","+col":"a,b"}'],
    }
    const text = [...writeFleetCsv(fleet, notes)].join('')
    const lines = text.trimEnd().split('\n')
    expect(lines[0]).toMatch(/,status,serial,rack,position,ip,mac,firmware,purchase,notes,hall,'\+col$/)
    expect(lines[1]).toBe(
      `'=1+1,'-x,2,270,3645,'@site,0.0535,0.004,0.03,0.98,0.01,0,12,0.55,8,running,'@S,,'-1,,,,,,"'=HYPERLINK(""http://x"")","a,b"`,
    )
    const back = readFleetText(text, 'fleet.csv', { models })
    expect(back.faults).toEqual([])
    expect({ noteColumns: back.noteColumns, notes: back.notes }).toEqual(notes)
    expect([...writeFleetCsv(back.fleet, back)].join('')).toBe(text)
  })

  it('writes in pieces', () => {
    const machines = Array.from({ length: 2500 }, (_, i) => ({ ...machine, id: `A${i}` }))
    const pieces = [...writeFleetCsv(fleetFrom([north], machines))]
    expect(pieces).toHaveLength(3)
    expect(pieces.join('').trimEnd().split('\n')).toHaveLength(2501)
  })

  it('writes a fleet without machines as its header', () => {
    const text = [...writeFleetCsv(fleetFrom([], []))].join('')
    expect(readFleetText(text, 'fleet.csv', { models }).fleet.machines.length).toBe(0)
  })
})

describe('text in cells', () => {
  it.each(['=1', '+1', '-1', '@x', '\tx', '\rx', '＝1', "'=1", "''=1"])(
    '%j is never a formula and comes back',
    (text) => {
      const cell = writeCellText(text).replace(/^"|"$/g, '')
      expect(cell.startsWith("'")).toBe(true)
      expect(readCellText(cell)).toBe(text)
    },
  )

  it.each(["'", "'quoted'", "O'Hare", 'a=b', '1-2'])('%j is left as it is', (text) => {
    expect(writeCellText(text)).toBe(text)
    expect(readCellText(text)).toBe(text)
  })
})
