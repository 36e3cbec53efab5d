import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

const cwd = temporaryFolder()
const onCase = ['--fleet', 'fleet.csv', '--network', 'network.json', '--json']

beforeAll(() => {
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  writeFileSync(
    join(cwd, 'fleet.csv'),
    'id,model,quantity,power_price_usd_kwh\nmodes,Antminer S19j Pro 104T,10,0.057\nplain,Antminer S9 14T,5,0.09\nfine,Antminer S21 200T,1,0.04\n',
  )
  writeFileSync(
    join(cwd, 'profiles.csv'),
    'model,profile,hashrate_ths,power_w\nAntminer S19j Pro 104T,eco,76,1950\nAntminer S19j Pro 104T,full,104,3068\n',
  )
})

type Decided = {
  machines: {
    id: string
    verdict: string
    gainUsd: number
    mode: string | null
    probabilityOfAdjustment: number | null
    valueUsd: Record<string, number>
    marginNowUsdPerDay: number
  }[]
  fleet: {
    verdicts: Record<string, number>
    gainUsd: number
    valueUsd: Record<string, number>
    advisedMarginNowUsdPerDay: number
  }
  hashpriceUsdPerPhDay: number
  horizonDays: number
}

async function decide(...words: string[]): Promise<Decided> {
  const run = await runCommand(['decide', ...onCase, ...words], { cwd })
  expect(run.stderr).toBe('')
  return JSON.parse(run.stdout) as Decided
}

describe('decide --profiles', () => {
  it('advises the profile that is worth most, with the money of that profile', async () => {
    const { machines, hashpriceUsdPerPhDay } = await decide(
      '--profiles',
      'profiles.csv',
      '--change',
      '0',
      '--horizon-days',
      '10',
    )
    const modes = machines.find(({ id }) => id === 'modes')!
    expect([modes.verdict, modes.mode]).toEqual(['profile', 'eco'])
    expect(modes.probabilityOfAdjustment).toBeNull()
    // By hand: ten machines of 76 TH/s and 1.95 kW over ten days.
    const perDay = 10 * ((76 / 1000) * hashpriceUsdPerPhDay - 24 * 1.95 * 0.057)
    expect(modes.valueUsd['profile']).toBeCloseTo(perDay * 10, 9)
    // Against running as they do now throughout: 104 TH/s and 3.068 kW.
    const asNow = 10 * ((104 / 1000) * hashpriceUsdPerPhDay - 24 * 3.068 * 0.057)
    expect(modes.gainUsd).toBeCloseTo(10 * (perDay - asNow), 9)
  })

  it('leaves machines without profiles as they were, and adds up', async () => {
    const plain = await decide()
    const { machines, fleet } = await decide('--profiles', 'profiles.csv')
    const of = (id: string, rows: Decided['machines']) => rows.find((row) => row.id === id)
    expect(of('plain', machines)).toEqual(of('plain', plain.machines))
    expect(of('fine', machines)).toEqual(of('fine', plain.machines))
    expect(fleet.verdicts).toMatchObject({ run: 1, pause: 0, off: 5, profile: 10 })
    expect(fleet.gainUsd).toBeCloseTo(
      machines.reduce((sum, { gainUsd }) => sum + gainUsd, 0),
      9,
    )
    expect(fleet.valueUsd['advised']).toBeCloseTo(fleet.valueUsd['run']! + fleet.gainUsd, 9)
    expect(fleet.gainUsd).toBeGreaterThan(plain.fleet.gainUsd)
    const eco = 10 * ((76 / 1000) * plain.hashpriceUsdPerPhDay - 24 * 1.95 * 0.057)
    expect(fleet.advisedMarginNowUsdPerDay).toBeCloseTo(eco + of('fine', machines)!.marginNowUsdPerDay, 9)
  })

  it('weighs them under a contract too', async () => {
    // Half of the day costs 0.02 USD/kWh, half 0.09: full power pays in the cheap hours, eco in none of the dear ones.
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    const tariff = {
      from: '2025-01-01',
      baseUsdPerKwh: 0.09,
      periods: [{ days, fromHour: 0, toHour: 12, usdPerKwh: 0.02 }],
    }
    writeFileSync(
      join(cwd, 'sites.json'),
      JSON.stringify({ sites: [{ site: 'Default', timeZone: 'UTC', tariffs: [tariff] }] }),
    )
    const { machines, hashpriceUsdPerPhDay } = await decide(
      '--profiles',
      'profiles.csv',
      '--sites',
      'sites.json',
      '--change',
      '0',
      '--horizon-days',
      '10',
    )
    const modes = machines.find(({ id }) => id === 'modes')!
    // Ten days from noon: five days' worth of cheap hours at the machines' own 104 TH/s and 3 068 W.
    const full = 10 * 5 * ((104 / 1000) * hashpriceUsdPerPhDay - 24 * 3.068 * 0.02)
    expect(modes.verdict).toBe('run')
    expect(modes.valueUsd['run']).toBeCloseTo(full, 6)
  })
})
