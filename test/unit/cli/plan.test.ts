import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { DEFAULT_DISPLAY } from '#shared/format/display.ts'
import { chanceSteps, overToday, planSteps } from '#renderer/engine/plan-view.ts'
import { NETWORK as CONDITIONS, smallFleet } from '../renderer/small-fleet.ts'
import { runCommand, temporaryFolder } from './run.ts'

/** The place Plan and the command line on one case: the same figures to the last digit. */

const cwd = temporaryFolder()
const onCase = ['--fleet', 'fleet.csv', '--network', 'network.json']
const MACHINES = [
  { id: 'new', model: 'A', quantity: 30, standbyW: 10 },
  { id: 'old', model: 'B', quantity: 40, hashrateThs: 100, powerW: 3040 },
  { id: 'far', model: 'A', site: 'Harbor', quantity: 7 },
]

beforeAll(() => {
  const rows = MACHINES.map(
    ({ id, model, site = 'North', quantity, hashrateThs = 200, powerW = 3500, standbyW = 0 }) =>
      [id, model, site, quantity, hashrateThs, powerW, standbyW, site === 'North' ? 0.05 : 0.08].join(','),
  )
  const head = 'id,model,site,quantity,hashrate_ths,power_w,standby_w,power_price_usd_kwh'
  writeFileSync(join(cwd, 'fleet.csv'), [head, ...rows, ''].join('\n'))
  const { atMs, ...network } = CONDITIONS
  writeFileSync(join(cwd, 'network.json'), JSON.stringify({ ...network, at: new Date(atMs!).toISOString() }))
})

async function document(...words: string[]): Promise<Record<string, unknown>> {
  const { exitCode, stderr, stdout } = await runCommand([...words, ...onCase, '--json'], { cwd })
  expect(stderr).toBe('')
  expect(exitCode).toBe(0)
  return JSON.parse(stdout) as Record<string, unknown>
}

function ended<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

const FLEET = { revision: 1, fleet: smallFleet(MACHINES), inputs: PLAIN_CASE }
const REAL = { conditions: CONDITIONS, choices: { change: null, horizonDays: null }, nowMs: null }
const CASE = { revision: 1, real: REAL, epochs: 13, underWater: 'stop' } as const
const FLAT = {
  name: 'Flat',
  assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0), response: null },
  tried: NOTHING_TRIED,
}
const DEAR = { ...FLAT, name: 'Dear', tried: { ...NOTHING_TRIED, priceUsdPerBtc: 70_000, change: 0.03 } }
const GROWS = { ...FLAT, name: 'Grows', assumptions: { ...FLAT.assumptions, hashrate: constantGrowth(0.25) } }

function view(chosen = 0) {
  const given = { pricesUsdPerBtc: null, changes: null, display: DEFAULT_DISPLAY }
  const question = { ...CASE, ...given, scenarios: [FLAT, DEAR, GROWS], chosen }
  const seen = ended(planSteps(overToday(FLEET, CASE, null), question))
  if (seen.refusal !== null) throw new Error(seen.refusal)
  return seen
}

describe('the place Plan', () => {
  it('shows of each scenario what project says', async () => {
    const shown = view()
    const documents = [
      await document('project', '--epochs', '13'),
      await document('project', '--epochs', '13', '--price', '70000', '--change', '0.03'),
      await document('project', '--epochs', '13', '--hashrate-growth-per-year', '0.25'),
    ]
    documents.forEach((told, i) => {
      const epochs = told['epochs'] as readonly Record<string, number>[]
      const { ahead } = shown.scenarios[i]!
      expect(ahead!.epochs.map(({ marginUsdPerDay }) => marginUsdPerDay)).toEqual(
        epochs.map(({ bestMarginUsdPerDay }) => bestMarginUsdPerDay),
      )
      expect(ahead!.endHashpriceUsdPerPhDay).toBe(epochs[12]!['hashpriceUsdPerPhDay'])
      const sum = epochs.reduce((usd, { days, bestMarginUsdPerDay }) => usd + days! * bestMarginUsdPerDay!, 0)
      expect(ahead!.sumUsd).toBeCloseTo(sum, 6)
    })
  })

  it('has the cells of grid and the bars of sensitivity', async () => {
    const { grid, matters } = view(1)
    if (grid === null || 'refusal' in grid || matters === null || 'refusal' in matters)
      throw new Error('none')
    const told = await document('grid', '--price', '70000', '--change', '0.03')
    const rows = told['rows'] as readonly { priceUsdPerBtc: number; marginUsdPerDay: readonly number[] }[]
    expect(told['changes']).toEqual(grid.changes)
    expect(rows.map(({ priceUsdPerBtc }) => priceUsdPerBtc)).toEqual(grid.pricesUsdPerBtc)
    expect(rows.flatMap(({ marginUsdPerDay }) => marginUsdPerDay)).toEqual(grid.marginUsdPerDay)
    expect(told['today']).toEqual({ priceUsdPerBtc: 70_000, change: 0.03 })
    const moved = await document('sensitivity', '--price', '70000', '--change', '0.03')
    expect(moved['moved']).toEqual(matters.sensitivities)
    expect(moved['baseUsdPerDay']).toBe(matters.baseUsdPerDay)
  })

  it('draws the paths of simulate with the same seed', async () => {
    const told = await document('simulate', '--epochs', '13', '--paths', '2000', '--stop-under-water')
    const question = { ...CASE, scenario: FLAT, responds: true, paths: 2000, seed: 1 }
    const found = ended(chanceSteps(overToday(FLEET, CASE, null), question))
    if ('refusal' in found) throw new Error(found.refusal)
    const epochs = told['epochs'] as readonly Record<string, unknown>[]
    expect(
      found.view.epochs.map(({ marginUsdPerDay, hashpriceUsdPerPhDay, probabilityOfLoss }) => ({
        ...{ marginUsdPerDay, hashpriceUsdPerPhDay, probabilityOfLoss },
      })),
    ).toEqual(
      epochs.map(({ marginUsdPerDay, hashpriceUsdPerPhDay, probabilityOfLoss }) => ({
        ...{ marginUsdPerDay, hashpriceUsdPerPhDay, probabilityOfLoss },
      })),
    )
    expect(told['sum']).toEqual({
      usd: found.view.sumUsd,
      probabilityOfLoss: found.view.probabilityOfLossInSum,
      probabilityOfLossAsItRuns: found.view.probabilityOfLossAsItRuns,
    })
    const lots = told['lots'] as readonly { id: string; probabilityUnderWater: readonly number[] }[]
    const chancesOf = (model: string, site: string) => {
      const group = found.lots.groups.findIndex((each) => each.model === model && each.site === site)
      return [...found.chances.subarray(group * 13, (group + 1) * 13)]
    }
    expect(chancesOf('A', 'North')).toEqual(lots[0]!.probabilityUnderWater)
    expect(chancesOf('B', 'North')).toEqual(lots[1]!.probabilityUnderWater)
    expect(chancesOf('A', 'Harbor')).toEqual(lots[2]!.probabilityUnderWater)
  })

  it('says what is needed where only a hashprice is known', () => {
    const nothing = { height: NaN, difficulty: NaN, priceUsdPerBtc: NaN, feesBtcPerBlock: NaN }
    const conditions = {
      ...{ ...CONDITIONS, ...nothing, epoch: null, previousAdjustments: [] },
      typed: { hashpriceUsdPerPhDay: 34.5, adjustment: null },
    }
    const asked = { ...CASE, real: { ...REAL, conditions } }
    const given = { pricesUsdPerBtc: null, changes: null, display: DEFAULT_DISPLAY }
    const over = overToday(FLEET, asked, null)
    expect(ended(planSteps(over, { ...asked, ...given, scenarios: [FLAT], chosen: 0 })).refusal).toContain(
      'price, difficulty, height and fees are needed too',
    )
    const unknown = { ...CASE, real: null, ...given, scenarios: [FLAT], chosen: 0 }
    expect(ended(planSteps(overToday(FLEET, unknown, null), unknown)).refusal).toContain('No network data')
  })
})

describe('grid', () => {
  it('takes rows and columns, and marks where today stands', async () => {
    const words = ['grid', ...onCase, '--prices', '80000,60000', '--changes', '0,-0.05']
    const { stdout } = await runCommand(words, { cwd })
    const lines = stdout.trimEnd().split('\n')
    expect(lines[1]).toMatch(/bitcoin +−5\.0.% +0\.0.%/)
    expect(lines.slice(2).map((line) => line.trim().slice(0, 3))).toEqual(['$60', '$80'])
    expect(stdout).not.toContain('*$')
    const usual = await runCommand(['grid', ...onCase], { cwd })
    expect(usual.stdout.match(/\*\$/g)).toHaveLength(1)
  })

  it('says what is wrong with an axis', async () => {
    const wrong = await runCommand(['grid', ...onCase, '--changes', '-0.9'], { cwd })
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toContain('grid: --changes')
  })
})
