import fc from 'fast-check'
import { expect, it } from 'vitest'
import { advise } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { anyMachine, anyNetwork, anySites } from './machines.ts'

const AT_MS = Date.UTC(2025, 10, 20)

/** A machine that may be switched at no cost. */
const anyFleet = fc
  .tuple(fc.array(anyMachine, { minLength: 1, maxLength: 8 }), anySites)
  .map(([machines, sites]) =>
    fleetFrom(
      sites,
      machines.map((given) => ({ ...given, restartUsd: 0 })),
    ),
  )

/** Far from a halving, in an epoch that ends without a change. */
const anyKnown: fc.Arbitrary<NetworkConditions> = anyNetwork.map((network) => ({
  ...network,
  height: 925_000,
  epoch: { blocks: 1672, seconds: 1_003_200 },
  atMs: AT_MS,
}))

it('a typed hashprice alone advises now as the whole network does that it is of, at no change, and has its margins to the bit', () => {
  fc.assert(
    fc.property(anyFleet, anyKnown, (fleet, known) => {
      const typed: NetworkConditions = {
        height: NaN,
        difficulty: NaN,
        priceUsdPerBtc: NaN,
        feesBtcPerBlock: NaN,
        epoch: null,
        previousAdjustments: [],
        atMs: AT_MS,
        typed: { hashpriceUsdPerPhDay: hashpriceUsdPerPhDay(known), adjustment: null },
      }
      const risk = { volatilityPerYear: 0, horizonDays: null }
      const prepared = prepare(fleet, PLAIN_CASE)
      const whole = advise(prepared, marketOf(known, { ...risk, change: 0 }))!
      const alone = advise(prepare(fleet, PLAIN_CASE), marketOf(typed, { ...risk, change: null }))!
      for (let row = 0; row < fleet.machines.length; row++) {
        expect(alone.row(row).verdict).toBe(whole.row(row).verdict)
        expect(alone.row(row).marginNowUsdPerDay).toBe(whole.row(row).marginNowUsdPerDay)
      }
      const totals = fleetTotals(prepared.basis, typed)
      expect(totals.marginUsdPerDay).toBe(fleetTotals(prepared.basis, known).marginUsdPerDay)
      expect(alone.totals.marginNowUsdPerDay).toEqual(whole.totals.marginNowUsdPerDay)
    }),
  )
})
