import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Store } from '#electron/store/sqlite/client.ts'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import { ASSETS_FOLDER, WORKER_URL } from '../store/stores.ts'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

async function inStore(cwd: string, work: (store: Store) => Promise<unknown>): Promise<void> {
  const file = join(cwd, 'data', DATABASE_NAME)
  const store = await openStore({ file, workerUrl: WORKER_URL, assetsFolder: ASSETS_FOLDER })
  await work(store)
  await store.close()
}

async function marginsOf(cwd: string, words: readonly string[] = []): Promise<unknown> {
  const run = await runCommand(['margins', ...words, '--network', 'network.json', '--json'], { cwd })
  expect(run.exitCode).toBe(0)
  return JSON.parse(run.stdout)
}

it('margins of a site that pays in euros are those of its price in USD at the rate in force', async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  await runCommand(['import', 'fleet.csv'], { cwd })
  // North pays 0.056 EUR/kWh, which is 0.07 USD at 1.25: what the file says of one of its two rows.
  await inStore(cwd, async (store) => {
    const { sites } = await store.readFleet()
    const row = sites.name.indexOf('North')
    const north = {
      name: 'North',
      powerPriceUsdPerKwh: null,
      otherUsdPerKwh: 0,
      overhead: sites.overhead[row]!,
      tariff: { currency: 'EUR', powerPricePerKwh: 0.056, otherPerKwh: 0 },
    } as const
    await store.updateSite(sites.key[row]!, north, true)
  })

  const marginOf = (answer: unknown, id: string) =>
    (answer as { machines: { id: string; marginUsdPerDay: number | null }[] }).machines.find(
      (machine) => machine.id === id,
    )!.marginUsdPerDay
  const unknown = await marginsOf(cwd)
  expect([marginOf(unknown, 'old'), marginOf(unknown, 'new')]).toEqual([null, null])

  await inStore(cwd, (store) => store.typeRate('EUR', 1.25, 0))
  writeFileSync(join(cwd, 'usd.csv'), FLEET_CSV.replace('North,0.05,', 'North,0.07,'))
  const inUsd = await marginsOf(cwd, ['--fleet', 'usd.csv'])
  const inEuros = await marginsOf(cwd)
  for (const id of ['old', 'new']) {
    expect(marginOf(inUsd, id)).toEqual(expect.any(Number))
    expect(marginOf(inEuros, id)).toBeCloseTo(marginOf(inUsd, id)!, 9)
  }
})
