import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { beforeEach, expect, inject, it } from 'vitest'
import { caseInputOptions, caseInputsOf } from '#electron/cli/case-inputs.ts'
import { caseOptions, fleetOfFile } from '#electron/cli/case.ts'
import type { Call, CliHost } from '#electron/cli/command.ts'
import { defineCommand, parseCall } from '#electron/cli/command.ts'
import { readStored } from '#electron/cli/stored.ts'
import { contractsBySite, policyByRow } from '#shared/domain/decision/case-inputs.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { rowLadders } from '#shared/domain/ladders/of-row.ts'
import { ASSETS_FOLDER } from '../store/stores.ts'
import { runCommand, temporaryFolder } from './run.ts'

const options = { ...caseOptions, ...caseInputOptions }
const command = defineCommand({ name: 'x', summary: '', options, run: () => Promise.resolve(0) })

/** The peers' case: a hundred machines that were measured below their nameplate. */
const FLEET =
  'id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w\n' +
  'tuned,Antminer S19j Pro 104T,100,North,0.03,104,2800\n' +
  'other,,1,Ridge,0.05,200,3500\n'
const POINTS = 'eco,80,2000\nfull,100,2900\n'

let cwd: string
let host: CliHost
beforeEach(() => {
  cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), FLEET)
  writeFileSync(
    join(cwd, 'sites.json'),
    JSON.stringify({ sites: [{ site: 'ridge', capKw: 5 }], machines: [{ id: 'tuned', policy: 'exempt' }] }),
  )
  writeFileSync(
    join(cwd, 'own.csv'),
    `id,profile,hashrate_ths,power_w\n${POINTS.replaceAll(/^(?=.)/gm, 'other,')}`,
  )
  host = {
    cwd,
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    dataFolder: join(cwd, 'data'),
    assetsFolder: ASSETS_FOLDER,
    workerUrl: new URL(inject('workers').store),
    simulationWorkerUrl: new URL(inject('workers').simulate),
    version: '0',
  }
})

async function inputs(...words: string[]) {
  const call = parseCall(command, words, host) as Call<typeof options>
  const given = words.includes('--fleet')
    ? { fleet: await fleetOfFile(join(cwd, 'fleet.csv'), host), stored: null }
    : await readStored(host, undefined, async (store) => ({
        fleet: await store.readFleet(),
        stored: await store.readCase(),
      }))
  const { fleet } = given
  const { inputs: read } = await caseInputsOf('x', call, given)
  const of = rowLadders(read.models, read.ladders)
  const { ladderOf } = prepare(fleet, read)
  return {
    contracts: contractsBySite(fleet, read).map((contract) => contract?.capKw ?? null),
    policies: policyByRow(fleet, read),
    ladders: [0, 1].map((row) => of(fleet, row)),
    weighed: [0, 1].map((row) => ladderOf?.(row)?.firmware ?? null),
    limits: read.limits,
  }
}
const FILES = ['--fleet', 'fleet.csv', '--sites', 'sites.json', '--profiles', 'own.csv']

it('come from files for a fleet from a file', async () => {
  const { contracts, policies, ladders, limits } = await inputs(...FILES, '--review-days', '2')
  expect(contracts).toEqual([null, 5])
  expect(policies).toEqual(Uint8Array.of(2, 0))
  expect(ladders[0]).toEqual({ counted: null, possible: [] })
  expect(ladders[1]!.counted?.points).toHaveLength(2)
  expect(limits).toMatchObject({ reviewDays: 2, volatilityPerYear: null })
})

it('are those stored with the stored fleet, and the same as from files', async () => {
  await runCommand(['import', 'fleet.csv'], { cwd })
  await runCommand(['contracts', 'import', 'sites.json'], { cwd })
  await runCommand(['ladders', 'import', 'own.csv'], { cwd })
  await runCommand(['settings', 'set', 'decision.volatility', '0'], { cwd })
  const stored = await inputs()
  const fromFiles = await inputs(...FILES)
  expect(stored.contracts).toEqual(fromFiles.contracts)
  expect(stored.policies).toEqual(fromFiles.policies)
  expect(stored.ladders[1]!.counted?.points).toEqual(fromFiles.ladders[1]!.counted?.points)
  expect(stored.limits.volatilityPerYear).toBe(0)

  const plain = await inputs('--plain')
  expect(plain).toMatchObject({ contracts: [null, null], policies: null, limits: { volatilityPerYear: 0 } })
  expect(plain.ladders).toEqual([
    { counted: null, possible: [] },
    { counted: null, possible: [] },
  ])
})

it('assume no built-in ladder of a machine until its firmware is said', async () => {
  const { ladders, weighed } = await inputs('--fleet', 'fleet.csv')
  const [tuned] = ladders
  expect(tuned!.counted).toBeNull()
  expect(weighed).toEqual([null, null])
  expect(tuned!.possible.map(({ firmware }) => firmware)).toEqual(['LuxOS', 'VNish 1.2.6', 'BiXBiT'])
  const named = await inputs('--fleet', 'fleet.csv', '--firmware', 'luxos')
  expect(named.ladders[0]!.counted?.firmware).toBe('LuxOS')
  expect(named.weighed).toEqual(['LuxOS', null])
})

it.each([
  [['--fleet', 'fleet.csv', '--firmware', 'hearsay'], "no profile is of the firmware 'hearsay'"],
  [['--fleet', 'fleet.csv', '--plain', '--sites', 'sites.json'], '--plain leaves out'],
  [['--fleet', 'fleet.csv', '--volatility', '80'], 'from 0 to 5'],
  [['--fleet', 'fleet.csv', '--sites', 'moon.json'], 'moon.json, field sites: there is no site Moon'],
  [['--fleet', 'fleet.csv', '--profiles', 'gone.csv'], 'gone.csv, column id: there is no machine gone'],
])('%j is refused', async (words, message) => {
  writeFileSync(join(cwd, 'moon.json'), '{"sites": [{"site": "Moon"}]}')
  writeFileSync(
    join(cwd, 'gone.csv'),
    `id,profile,hashrate_ths,power_w\n${POINTS.replaceAll(/^(?=.)/gm, 'gone,')}`,
  )
  await expect(inputs(...words)).rejects.toThrow(message)
})
