import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import {
  ASSETS_FOLDER,
  machineInput,
  NORTH,
  openInThread,
  rowsOf,
  temporaryFolder,
  WORKER_URL,
} from './stores.ts'

describe('two programs on one file', () => {
  it('see each other’s changes on the next read', async () => {
    const folder = temporaryFolder()
    const [a, b] = [await openInThread(folder), await openInThread(folder)]
    const { key } = await a.addSite(NORTH)
    expect((await b.readFleet()).revision).toBe(1)
    await b.addMachine(machineInput({ siteKey: key, id: 'rig' }))
    const seen = await a.readFleet()
    expect(seen.revision).toBe(2)
    expect(rowsOf(seen).machines.map(({ id }) => id)).toEqual(['rig'])
  })

  it('wait for each other, and lose nothing', async () => {
    const folder = temporaryFolder()
    const stores = [await openInThread(folder), await openInThread(folder)]
    const { key: siteKey } = await stores[0]!.addSite(NORTH)
    const ids = Array.from({ length: 40 }, (_, i) => `rig-${i}`)
    await Promise.all(ids.map((id, i) => stores[i % 2]!.addMachine(machineInput({ siteKey, id }))))
    const { machines } = rowsOf(await stores[1]!.readFleet())
    expect(machines.map(({ id }) => id).sort()).toEqual([...ids].sort())
  })

  it('say that the other one is writing when it does not end', async () => {
    const folder = temporaryFolder()
    const store = await openInThread(folder)
    const other = new Sqlite(join(folder, DATABASE_NAME))
    other.exec('BEGIN IMMEDIATE')
    try {
      await expect(store.addSite(NORTH)).rejects.toMatchObject({
        code: 'file-unwritable',
        message: expect.stringMatching(/Another Strikeline is writing/) as string,
      })
      expect((await store.readFleet()).sites.length).toBe(0)
    } finally {
      other.close()
    }
    await store.addSite(NORTH)
  })
})

it('stores nothing of an import whose process is killed in the middle', async () => {
  const folder = temporaryFolder()
  const first = await openInThread(folder)
  const { key } = await first.addSite(NORTH)
  await first.addMachine(machineInput({ siteKey: key }))
  const before = rowsOf(await first.readFleet())
  await first.close()

  const csv = join(folder, 'large.csv')
  const rows = Array.from({ length: 60_000 }, (_, i) => `rig-${i},West,100,3000`)
  writeFileSync(csv, `id,site,hashrate_ths,power_w\n${rows.join('\n')}\n`)
  const program = fileURLToPath(new URL('import-and-die.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    [program, join(folder, DATABASE_NAME), csv, WORKER_URL.href, ASSETS_FOLDER],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])

  const store = await openInThread(folder)
  expect(rowsOf(await store.readFleet())).toEqual(before)
  const { token } = await store.previewImport(csv)
  expect(await store.confirmImport(token, 'replace')).toMatchObject({ added: 60_000, removed: 1 })
}, 120_000)
