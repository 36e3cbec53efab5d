import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { startHandingOver } from '#electron/threads/handed-over.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import type { HandedOver } from '#shared/report/handed-over.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { unzipped } from '../../workbook/office.ts'
import { machine, site } from '../machines.ts'
import { reportCase } from '../report/report-case.ts'

const WORKER_URL = new URL(inject('workers').handedOver)
const folder = () => mkdtempSync(join(tmpdir(), 'strikeline-handed-over-'))

function request(kind: HandedOver, path: string, lots = 3) {
  const machines = Array.from({ length: lots }, (_, i) => machine({ id: `lot ${i}`, quantity: 1 + i }))
  const template = USUAL_TEMPLATES.find(({ name }) => name === 'Audit file')!
  return { kind, path, reportCase: reportCase(fleetFrom([site()], machines), { template }) }
}

describe('files of a report in their own thread', () => {
  it('are a workbook, and it tells how far it is', async () => {
    const path = join(folder(), 'a.xlsx')
    const told: [number, number][] = []
    const { result } = startHandingOver(WORKER_URL, request('workbook', path, 1200), (...how) =>
      told.push(how),
    )
    expect(await result).toEqual({ tables: 7 })
    expect((await unzipped(readFileSync(path))).get('xl/worksheets/sheet4.xml')).toContain('lot 1199')
    expect(told.length).toBeGreaterThan(1)
    expect(told.at(-1)).toEqual([1200, 1200])
  })

  it('are an archive with a CSV of every table, or one JSON document of the same tables', async () => {
    const [zip, json] = ['a.zip', 'a.json'].map((name) => join(folder(), name)) as [string, string]
    const { tables } = await startHandingOver(WORKER_URL, request('csv', zip)).result
    await startHandingOver(WORKER_URL, request('json', json)).result
    const files = await unzipped(readFileSync(zip))
    const document = JSON.parse(readFileSync(json, 'utf8')) as { tables: Record<string, unknown> }
    expect(files.size).toBe(tables)
    expect([...files.keys()].sort()).toEqual(
      Object.keys(document.tables)
        .map((id) => `${id}.csv`)
        .sort(),
    )
    expect(files.get('machines.csv')!.split('\n').length).toBe(5)
  })

  it('leave the old file and nothing beside it where they are stopped', async () => {
    const inside = folder()
    const path = join(inside, 'a.xlsx')
    writeFileSync(path, 'old')
    const writing = startHandingOver(WORKER_URL, request('workbook', path, 20_000), () => writing.cancel())
    await expect(writing.result).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(inside)).toEqual(['a.xlsx'])
    expect(readFileSync(path, 'utf8')).toBe('old')
  })

  it('say in words where the file cannot be written', async () => {
    const path = join(folder(), 'none', 'a.xlsx')
    await expect(startHandingOver(WORKER_URL, request('workbook', path)).result).rejects.toMatchObject({
      code: 'file-unwritable',
    })
  })
})
