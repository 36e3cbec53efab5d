import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import {
  ASSETS_FOLDER,
  machineInput,
  NORTH,
  openIn,
  openInThread,
  rowsOf,
  temporaryFolder,
} from './stores.ts'

describe('the database’s thread', () => {
  it('gives the fleet as the database holds it', async () => {
    const folder = temporaryFolder()
    const store = await openInThread(folder)
    const { key } = await store.addSite(NORTH)
    await store.addMachine(machineInput({ siteKey: key, id: 'rig' }))
    const answered = await store.readFleet()
    expect(answered.machines.hashrateThs).toBeInstanceOf(Float64Array)
    expect(rowsOf(answered)).toEqual(rowsOf(await (await openIn(folder)).readFleet()))
  })

  it('gives a refusal with its code, words and field, and goes on', async () => {
    const store = await openInThread(temporaryFolder())
    await store.addSite(NORTH)
    const refusal = await store.addSite(NORTH).catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      name: 'StrikelineError',
      code: 'bad-input',
      field: 'name',
      message: expect.stringContaining('North') as string,
    })
    expect((await store.readFleet()).sites.length).toBe(1)
  })

  it('answers what it was asked before it closes, and nothing afterwards', async () => {
    const folder = temporaryFolder()
    const store = await openInThread(folder)
    const asked = ['A', 'B', 'C'].map((name) => store.addSite({ ...NORTH, name }))
    await store.close()
    expect((await Promise.all(asked)).map(({ revision }) => revision)).toEqual([1, 2, 3])
    // No fault, but the end of the program: nobody writes it into the log.
    await expect(store.readFleet()).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The database has been closed.',
    })
    await store.close()
  })

  it('that dies fails the calls that wait for it, and those that come', async () => {
    const dying = `
      import { parentPort } from 'node:worker_threads'
      parentPort.once('message', () => {
        parentPort.on('message', () => { throw new Error('out of order') })
        parentPort.postMessage({ number: 0, value: ['readFleet', 'undo'] })
      })`
    const store = await openStore({
      file: join(temporaryFolder(), DATABASE_NAME),
      workerUrl: new URL(`data:text/javascript,${encodeURIComponent(dying)}`),
      assetsFolder: ASSETS_FOLDER,
    })
    const waiting = [store.readFleet(), store.undo()]
    for (const call of waiting) await expect(call).rejects.toThrow('out of order')
    await expect(store.readFleet()).rejects.toThrow('out of order')
    await store.close()
  })

  it('that cannot be started says why', async () => {
    const opening = openStore({
      file: join(temporaryFolder(), DATABASE_NAME),
      workerUrl: pathToFileURL(join(temporaryFolder(), 'no-such-worker.js')),
      assetsFolder: ASSETS_FOLDER,
    })
    await expect(opening).rejects.toThrow(/no-such-worker/)
  })
})
