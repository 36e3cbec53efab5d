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
    probability: number | null
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
    expect(modes.verdict).toBe('profile:eco')
    expect(modes.probability).toBeNull()
    // By hand: ten machines of 76 TH/s and 1.95 kW over ten days.
    const perDay = 10 * ((76 / 1000) * hashpriceUsdPerPhDay - 24 * 1.95 * 0.057)
    expect(modes.valueUsd['profile']).toBeCloseTo(perDay * 10, 9)
    expect(modes.gainUsd).toBeCloseTo(perDay * 10 - modes.valueUsd['run']!, 9)
  })

  it('leaves machines without profiles as they were, and adds up', async () => {
    const plain = await decide()
    const { machines, fleet } = await decide('--profiles', 'profiles.csv')
    const of = (id: string, rows: Decided['machines']) => rows.find((row) => row.id === id)
    expect(of('plain', machines)).toEqual(of('plain', plain.machines))
    expect(of('fine', machines)).toEqual(of('fine', plain.machines))
    expect(fleet.verdicts).toEqual({ run: 1, pause: 0, off: 5, profile: 10 })
    expect(fleet.gainUsd).toBeCloseTo(
      machines.reduce((sum, { gainUsd }) => sum + gainUsd, 0),
      9,
    )
    expect(fleet.valueUsd['advised']).toBeCloseTo(fleet.valueUsd['run']! + fleet.gainUsd, 9)
    expect(fleet.gainUsd).toBeGreaterThan(plain.fleet.gainUsd)
    const eco = 10 * ((76 / 1000) * plain.hashpriceUsdPerPhDay - 24 * 1.95 * 0.057)
    expect(fleet.advisedMarginNowUsdPerDay).toBeCloseTo(eco + of('fine', machines)!.marginNowUsdPerDay, 9)
  })

  it('cannot be combined with contracts yet, and says so', async () => {
    const run = await runCommand(
      ['decide', ...onCase, '--profiles', 'profiles.csv', '--sites', 'sites.json'],
      { cwd },
    )
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('--sites')
  })
})
