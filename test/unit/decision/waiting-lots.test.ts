import { expect, it } from 'vitest'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { machine, site } from '../machines.ts'

const SIXTEEN_DAYS: Horizon = {
  stages: [
    {
      opensWith: 'now',
      fromMs: Date.UTC(2025, 10, 20),
      days: 16,
      subsidyBtc: 3.125,
      difficulty: 1.5e14,
      hashpriceUsdPerPhDay: 44,
    },
  ],
  days: 16,
  volatilityPerYear: 0.77,
  reviewDays: 1,
  changeBelow: null,
  drawn: null,
}

/** 10 kW are committed in every hour and handed back for 0.02 USD/kWh; what is drawn beyond them costs 0.06. */
const COMMITTED = {
  ...NO_CONTRACT,
  takeOrPay: {
    committedKwhPerDay: 240,
    per: 'hour',
    handBackUsdPerKwh: 0.02,
    handBack: null,
    committedUsdPerKwh: null,
  },
} as const

/** Machines of 3 kW: three that earn 0.08 USD/kWh, and some that earn 0.045. */
function advisedWith(weak: number) {
  const lot = (usdPerKwh: number) => ({
    quantity: 1,
    powerW: 3000,
    hashrateThs: (usdPerKwh * 3 * 24 * 1000) / 44,
    restartUsd: 2,
    standbyW: 0,
  })
  const lots = [0.08, 0.08, 0.08, ...Array.from({ length: weak }, () => 0.045)]
  const fleet = fleetFrom(
    [site({ powerPriceUsdPerKwh: 0.06, otherUsdPerKwh: 0, overhead: 0 })],
    lots.map((usdPerKwh, i) => machine({ id: `m${i}`, ...lot(usdPerKwh) })),
  )
  const contracts = [{ siteKey: 0, site: 'North', contract: COMMITTED }]
  const advice = adviseOver(prepare(fleet, { ...PLAIN_CASE, contracts }), SIXTEEN_DAYS)
  return { advice, verdicts: lots.map((_, row) => advice.row(row).verdict) }
}

// A fourth machine takes 1 kW of what is committed and 2 kW beyond: (1 × 0.02 + 2 × 0.06) × 24 = 3.36 USD a day for the 3.24 it
// earns. It loses 0.12 USD a day, less than waiting for a better price is worth where a restart costs 2. A fifth pays 4.32.
it('one machine waits at a small loss; of several that could only the first, for the next would pay more', () => {
  expect(advisedWith(1).verdicts).toEqual(['run', 'run', 'run', 'hold'])
  expect(advisedWith(3).verdicts).toEqual(['run', 'run', 'run', 'hold', 'off', 'off'])
})

it('the money of the site counts what those that wait lose', () => {
  const { advice } = advisedWith(3)
  // As it is: six machines, 8 kW beyond what is committed. As advised: four, 2 kW beyond.
  const earned = 16 * 24 * (2 * 3 * 0.045)
  const bought = 16 * 24 * (8 - 2) * 0.06
  expect(advice.totals.gainUsd).toBeCloseTo(bought - earned, 6)
})
