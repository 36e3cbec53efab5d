import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Store } from '#electron/store/sqlite/client.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { FIGURE_SOURCES } from '#shared/domain/fleet/provenance.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from './stores.ts'

/** [hashrate from, power from] per machine */
async function sourcesIn(store: Store): Promise<Record<string, readonly (string | undefined)[]>> {
  const { machines } = await store.readFleet()
  return Object.fromEntries(
    Array.from({ length: machines.length }, (_, row) => [
      textAt(machines.id, row),
      [FIGURE_SOURCES[machines.hashrateSource[row]!], FIGURE_SOURCES[machines.powerSource[row]!]],
    ]),
  )
}

async function importText(store: Store, text: string): Promise<void> {
  const path = join(temporaryFolder(), 'fleet.csv')
  writeFileSync(path, text)
  const { token } = await store.previewImport(path)
  await store.confirmImport(token, 'merge')
}

const FILE =
  'id,model,hashrate_ths,power_w,power_price_usd_kwh\n' +
  'plate,Antminer S19j Pro 104T,,,0.05\n' +
  'half,Antminer S19j Pro 104T,101,,0.05\n' +
  'typed,,100,3000,0.05\n'

it('a figure that the catalogue filled in is a nameplate figure, one in the file was entered', async () => {
  const store = await openIn(temporaryFolder())
  await importText(store, FILE)
  expect(await sourcesIn(store)).toEqual({
    plate: ['nameplate', 'nameplate'],
    half: ['entered', 'nameplate'],
    typed: ['entered', 'entered'],
  })
})

it('a nameplate figure stays one while it is sent back as it was, from a file or a form', async () => {
  const store = await openIn(temporaryFolder())
  await importText(store, FILE)
  const exported = join(temporaryFolder(), 'out.csv')
  await store.exportCsv(exported)
  const { token } = await store.previewImport(exported)
  await store.confirmImport(token, 'merge')
  const { machines } = await store.readFleet()
  const [key, hashrateThs] = [machines.key[0]!, machines.hashrateThs[0]!]
  await store.updateMachines([key], { hashrateThs, powerW: 3300, uptime: 0.9 })
  expect(await sourcesIn(store)).toMatchObject({
    plate: ['nameplate', 'entered'],
    half: ['entered', 'nameplate'],
  })
  await store.undo()
  expect((await sourcesIn(store))['plate']).toEqual(['nameplate', 'nameplate'])
})

it('a machine that is added by hand has entered figures', async () => {
  const store = await openIn(temporaryFolder())
  const { key } = await store.addSite(NORTH)
  await store.addMachine(machineInput({ siteKey: key, id: 'rig-1' }))
  expect(await sourcesIn(store)).toEqual({ 'rig-1': ['entered', 'entered'] })
})
