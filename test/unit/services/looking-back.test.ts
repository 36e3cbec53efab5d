import { describe, expect, inject, it } from 'vitest'
import { createLookingBack } from '#electron/services/looking-back.ts'
import { backtest } from '#shared/domain/backtest/backtest.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { backtestOf } from '#shared/report/looked-back.ts'
import { chainDays } from '../backtest/pasts.ts'
import { machine, site } from '../machines.ts'
import { reportCase, withContracts } from '../report/report-case.ts'

const DAYS = chainDays({ fromDay: '2023-02-10', toDay: '2023-03-05' })
const fleet = fleetFrom([site({ powerPriceUsdPerKwh: 0.3 })], [machine({ quantity: 8, restartUsd: 3 })])
const small = reportCase(fleet, { backtest: DAYS })
/** Under a contract it may take long. */
const agreed = { ...small, inputs: withContracts([{ capKw: 12 }], fleet) }

const NEVER = new AbortController().signal

function lookingBack() {
  const told: unknown[] = []
  const workerUrl = new URL(inject('workers').backtest)
  return { told, ...createLookingBack({ workerUrl, onProgress: (progress) => told.push(progress) }) }
}

const computed = (of: ReportCase) => ({ value: backtest(backtestOf(of)!), refusal: null })

describe('the back-test of a report', () => {
  it('is computed for a preview only where it is quick', async () => {
    const { shown, told } = lookingBack()
    expect(await shown(agreed)).toBe('later')
    expect(await shown(small)).toEqual(computed(small))
    expect(told).toEqual([])
  })

  it('is computed when the report is saved, tells how far it is, and is known from then on', async () => {
    const { of, shown, told } = lookingBack()
    const found = await of(agreed, NEVER)
    expect(found).toEqual(computed(agreed))
    expect(told.at(-1)).toEqual({ task: 'Computing the back-test', done: 100, total: 100 })
    // The next preview is a little later, at another price.
    const next = { ...structuredClone(agreed), asOfMs: agreed.asOfMs + MS_PER_DAY / 2 }
    expect(await shown(next)).toBe(found)
    expect(await of(next, NEVER)).toBe(found)
  })

  it('is computed anew where anything beneath it is another', async () => {
    const { of, shown } = lookingBack()
    await of(agreed, NEVER)
    const { machines } = fleet
    const changes: readonly Partial<ReportCase>[] = [
      { horizonDays: 5 },
      { inputs: withContracts([{ capKw: 13 }], fleet) },
      { inputs: { ...agreed.inputs, limits: { ...agreed.inputs.limits, reviewDays: 3 } } },
      { backtest: { ...DAYS, toDay: '2023-03-04' } },
      { fleet: { ...agreed.fleet, machines: { ...machines, powerW: machines.powerW.map((w) => w + 1) } } },
    ]
    for (const change of changes) expect(await shown({ ...agreed, ...change })).toBe('later')
  })

  it('can be stopped, and is not there without its section or without days', async () => {
    const { of, shown } = lookingBack()
    const stop = new AbortController()
    const running = of(agreed, stop.signal)
    stop.abort()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(await shown(agreed)).toBe('later')
    const without = { ...agreed, template: { ...agreed.template, sections: ['cover'] as const } }
    for (const none of [without, { ...agreed, backtest: null }]) {
      expect(await of(none, NEVER)).toBe(null)
      expect(await shown(none)).toBe(null)
    }
  })
})
