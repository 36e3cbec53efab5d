import { describe, expect, inject, it } from 'vitest'
import { startSimulation } from '#electron/threads/simulate.ts'
import type { SimulationProgress, SimulationRequest } from '#electron/threads/simulate.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { simulate } from '#shared/domain/ahead/simulate/simulate.ts'
import { basisOf, machine, network, withCash } from '../machines.ts'

const WORKER_URL = new URL(inject('workers').simulate)

function request(given: Partial<SimulationRequest['choices']> = {}): SimulationRequest {
  return {
    fleet: withCash(basisOf([machine(), machine({ id: 'n', powerW: 1500 })])),
    network: network(),
    estimate: estimateAdjustment({ blocks: 500, seconds: 300_000 }, []),
    choices: {
      epochs: 4,
      paths: 500,
      seed: 3,
      price: constantGrowth(0.1),
      hashrate: constantGrowth(0.2),
      model: FITTED_PATHS,
      underWater: 'stop',
      response: DEFAULT_SUPPLY_CURVE,
      ...given,
    },
  }
}

describe('a simulation in its own thread', () => {
  it('gives the answer of the formula, bit for bit, and tells how far it is', async () => {
    const asked = request()
    const told: SimulationProgress[] = []
    const answer = await startSimulation(WORKER_URL, asked, (progress) => told.push(progress)).result
    expect(answer).toEqual(simulate(asked.fleet, asked.network, asked.estimate, asked.choices))
    expect(told.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4])
    expect(told.every(({ total }) => total === 4)).toBe(true)
  })

  it('stops when it is cancelled', async () => {
    // Long enough that it cannot be over when its first word arrives.
    const running = startSimulation(WORKER_URL, request({ paths: 1_000_000, epochs: 500 }), () =>
      running.cancel(),
    )
    await expect(running.result).rejects.toMatchObject({ name: 'StrikelineError', code: 'cancelled' })
  })

  it('can be cancelled before it began, and after it ended', async () => {
    const early = startSimulation(WORKER_URL, request())
    early.cancel()
    await expect(early.result).rejects.toMatchObject({ code: 'cancelled' })
    const late = startSimulation(WORKER_URL, request())
    const answer = await late.result
    late.cancel()
    expect(await late.result).toBe(answer)
  })

  it('brings a refusal back with the name of the field', async () => {
    const { result } = startSimulation(WORKER_URL, request({ paths: 0 }))
    await expect(result).rejects.toMatchObject({
      code: 'bad-input',
      message: 'paths: must be a whole number from 1 to 1000000; it is 0',
    })
  })

  it('says so when the thread cannot start', async () => {
    const nowhere = new URL('no-such-worker.js', WORKER_URL)
    await expect(startSimulation(nowhere, request()).result).rejects.toThrow(/no-such-worker/)
  })
})
