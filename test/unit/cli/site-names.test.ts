import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { NORTH, openIn } from '../store/stores.ts'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

/** The same name as most systems write it, and as a Mac does: an a and two dots. */
const GÄVLE = 'G\u00e4vle'
const TYPED_ON_A_MAC = ' ga\u0308VLE '
const CONTRACT = {
  timeZone: 'Europe/Stockholm',
  takeOrPay: { committedKwhPerDay: 100, handBackUsdPerKwh: 0 },
}

let cwd: string
const run = (...words: string[]) => runCommand(words, { cwd })
const write = (name: string, content: string | object) =>
  writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content))
const fleetOf = (...sites: readonly string[]) =>
  `id,site,hashrate_ths,power_w,power_price_usd_kwh\n${sites.map((site, i) => `m${i},"${site}",100,3000,0.05\n`).join('')}`

beforeEach(() => {
  cwd = temporaryFolder()
  write('network.json', NETWORK)
  write('fleet.csv', fleetOf(GÄVLE))
  write('sites.json', { sites: [{ site: TYPED_ON_A_MAC, ...CONTRACT }] })
})

/** Names of the sites that are stored. */
async function storedSites(): Promise<readonly string[]> {
  const store = await openIn(join(cwd, 'data'))
  const { sites } = await store.readFleet()
  await store.close()
  return sites.name
}

describe('a site’s name is the same however it is typed', () => {
  it('in the rows of one fleet.csv and in the next file', async () => {
    write('mixed.csv', fleetOf(GÄVLE, TYPED_ON_A_MAC, 'GÄVLE'))
    expect(await run('import', 'mixed.csv')).toMatchObject({ exitCode: 0 })
    write('more.csv', fleetOf(TYPED_ON_A_MAC))
    expect(await run('import', 'more.csv')).toMatchObject({ exitCode: 0 })
    expect(await storedSites()).toEqual([GÄVLE])
  })

  it('where a site is added or renamed', async () => {
    const store = await openIn(join(cwd, 'data'))
    await store.addSite({ ...NORTH, name: GÄVLE })
    await expect(store.addSite({ ...NORTH, name: TYPED_ON_A_MAC.trim() })).rejects.toMatchObject({
      code: 'bad-input',
      field: 'name',
    })
  })

  it('in a sites.json, for advice and where it is stored', async () => {
    const advice = await run(
      'decide',
      '--fleet',
      'fleet.csv',
      '--network',
      'network.json',
      '--sites',
      'sites.json',
    )
    expect(advice).toMatchObject({ exitCode: 0 })
    await run('import', 'fleet.csv')
    expect(await run('contracts', 'import', 'sites.json')).toMatchObject({ exitCode: 0 })
    expect((await run('contracts', 'list')).stdout).toContain(GÄVLE)
    expect(await run('contracts', 'remove', TYPED_ON_A_MAC)).toMatchObject({ exitCode: 0 })
  })

  it('twice in a sites.json', async () => {
    write('sites.json', { sites: [GÄVLE, TYPED_ON_A_MAC].map((site) => ({ site, ...CONTRACT })) })
    const advice = await run(
      'decide',
      '--fleet',
      'fleet.csv',
      '--network',
      'network.json',
      '--sites',
      'sites.json',
    )
    expect(advice).toMatchObject({ exitCode: 2 })
    expect(advice.stderr).toContain('is there twice')
  })

  it('behind --site', async () => {
    write('profiles.csv', 'model,profile,hashrate_ths,power_w\nS19,low,60,1500\nS19,high,100,3000\n')
    write('fleet.csv', fleetOf(GÄVLE).replace('id,', 'model,id,').replace('m0', 'S19,m0'))
    const words = ['--fleet', 'fleet.csv', '--network', 'network.json', '--profiles', 'profiles.csv']
    const found = await run('optimise', ...words, '--cap-kw', '2', '--site', TYPED_ON_A_MAC)
    expect(found.stderr).toBe('')
    expect(found.exitCode).toBe(0)
  })
})
