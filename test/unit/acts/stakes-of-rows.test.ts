import { expect, it } from 'vitest'
import { forEachAct } from '#shared/domain/decision/acts/acts.ts'
import { stakesOfRows } from '#shared/domain/decision/acts/stakes-of-rows.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'

const LADDERED: CaseInputs = {
  ...PLAIN_CASE,
  ladders: {
    ...PLAIN_CASE.ladders,
    ofModels: [
      {
        ...{ model: 'S19j Pro', firmware: '', source: '' },
        points: [
          { name: 'low', hashrateThs: 60, powerW: 1350 },
          { name: 'full', hashrateThs: 104, powerW: 3068 },
        ],
      },
    ],
  },
}

/** What is at stake with one machine of the first row, by the word of its act. */
function stakeWith(machine: Partial<Machine>, typed: { readonly usd: number } | null = null) {
  const conditions =
    typed === null
      ? NETWORK
      : { ...NETWORK, epoch: null, typed: { hashpriceUsdPerPhDay: typed.usd, adjustment: null } }
  const prepared = prepare(smallFleet([{ quantity: 7, ...machine }]), LADDERED)
  const { advice, market } = pictureOf(prepared, marketOf(conditions, { change: null, horizonDays: null }))
  const stakeOf = stakesOfRows(prepared, market, advice!)
  const found: unknown[] = []
  forEachAct(prepared, advice!, (row, _, act, point) => {
    found.push([VERDICTS[act], stakeOf(row, act, point), market])
  })
  return found[0] as [string, ReturnType<typeof stakeOf>, typeof market]
}

// North pays 0.05 USD/kWh, Harbor 0.08: by hand.

it('is the difference of the points where a machine is set to another one', () => {
  const [word, stake, market] = stakeWith({
    model: 'S19j Pro',
    hashrateThs: 104,
    powerW: 3068,
    restartUsd: 3,
  })
  expect(word).toBe('profile')
  expect(stake.acceptedPhs).toBeCloseTo(0.044, 12)
  // (3.068 − 1.350) kW · 24 h · 0.05
  expect(stake.costUsdPerDay).toBeCloseTo(2.0616, 12)
  expect(stake).toMatchObject({ restartUsd: 0, restartAtEndUsd: 0, untilMs: market.horizonEndMs })
})

it('is net of standby of what is powered down, and below 0 with a restart of what starts', () => {
  const [off, stopped] = stakeWith({
    site: 'Harbor',
    hashrateThs: 95,
    powerW: 3250,
    standbyW: 15,
    poolFee: 0.02,
  })
  expect(off).toBe('off')
  expect(stopped.acceptedPhs).toBeCloseTo(0.095 * 0.98, 12)
  // (3.250 − 0.015) kW · 24 h · 0.08
  expect(stopped.costUsdPerDay).toBeCloseTo(6.2112, 12)
  const [on, started] = stakeWith({ status: 'off', restartUsd: 2 })
  expect(on).toBe('start')
  expect(started.acceptedPhs).toBeCloseTo(-0.2, 12)
  expect(started.costUsdPerDay).toBeCloseTo(-4.2, 12)
  expect(started).toMatchObject({ restartUsd: 2, restartAtEndUsd: 0 })
})

it('lasts until the adjustment of what is paused, whose restart comes then', () => {
  const [word, stake, market] = stakeWith({ hashrateThs: 100, powerW: 3000, restartUsd: 0.1 })
  expect(word).toBe('pause')
  expect(stake).toMatchObject({ untilMs: market.stages[1]!.fromMs, restartUsd: 0, restartAtEndUsd: 0.1 })
})

it('has no end where no date is known', () => {
  const [word, stake] = stakeWith({ hashrateThs: 95, powerW: 3250, site: 'Harbor' }, { usd: 30 })
  expect(word).toBe('off')
  expect(stake.untilMs).toBeNull()
  // 3.250 kW · 24 h · 0.08
  expect(stake.costUsdPerDay).toBeCloseTo(6.24, 12)
})
