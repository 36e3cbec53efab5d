import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createUpkeep } from '#electron/services/upkeep.ts'
import { openIn, temporaryFolder } from '../store/stores.ts'

const NOW_MS = Date.UTC(2025, 10, 20, 12)

it('makes a backup when the program starts', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const errors: unknown[] = []
  const upkeep = createUpkeep({ store, nowMs: () => NOW_MS, onError: (error) => errors.push(error) })
  onTestFinished(() => {
    upkeep.stop()
  })
  upkeep.start()
  await vi.waitFor(() => {
    expect(readdirSync(join(folder, 'backups'))).toEqual([
      '000001-2025-11-20.db',
      '000001-2025-11-20.db.sha256',
    ])
  })
  expect(errors).toEqual([])
})

it('tells of a backup that could not be made', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'backups'), 'in the way')
  const store = await openIn(folder)
  const error = await new Promise((resolve) => {
    const upkeep = createUpkeep({ store, nowMs: () => NOW_MS, onError: resolve })
    onTestFinished(() => {
      upkeep.stop()
    })
    upkeep.start()
  })
  expect(error).toMatchObject({ message: expect.stringMatching(/backups/) as string })
})

it('says what was wrong the last time, and that nothing is any more', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'backups'), 'in the way')
  const store = await openIn(folder)
  const looked: (string | null)[] = []
  const upkeep = createUpkeep({
    store,
    nowMs: () => NOW_MS,
    onError: () => undefined,
    onLooked: (fault) => looked.push(fault),
  })
  expect(upkeep.fault()).toBeNull()
  await upkeep.look()
  expect(upkeep.fault()).toMatch(/^The daily backup could not be made: /)
  rmSync(join(folder, 'backups'))
  await upkeep.look()
  expect(upkeep.fault()).toBeNull()
  expect(looked).toEqual([expect.stringMatching(/could not be made/), null])
})

it('takes the end of the program for no fault', async () => {
  const store = await openIn(temporaryFolder())
  const looked: (string | null)[] = []
  const upkeep = createUpkeep({
    store,
    nowMs: () => NOW_MS,
    onError: () => undefined,
    onLooked: (fault) => looked.push(fault),
  })
  await store.close()
  await upkeep.look()
  expect(upkeep.fault()).toBeNull()
  expect(looked).toEqual([])
})
