import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import { acceptedPhsAt, cashAt } from '#shared/domain/decision/cash-curve.ts'
import { cashOn, fleetCash } from '#shared/domain/decision/fleet-cash.ts'
import { RUNNING } from '#shared/domain/fleet/fleet.ts'
import { isOnAtOnce } from '#shared/domain/decision/words.ts'
import type { Kinds, SiteGiven } from './one-decision-site.ts'
import {
  anySite,
  bestUsd,
  choicesOf,
  horizonOf,
  kwOf,
  machinesOf,
  preparedOf,
  siteUsd,
  slotsOf,
} from './one-decision-site.ts'

const kinds: Kinds = {
  restarts: [0],
  contracts: 'uncoupled',
  points: true,
  limits: false,
  lots: 3,
  quantity: 2,
}
const oneStage = (given: SiteGiven): SiteGiven => ({ ...given, stages: given.stages.slice(0, 1) })
const small = (of: Kinds) =>
  anySite(of)
    .map(oneStage)
    .filter((given) => choicesOf(given) <= 20_000 && machinesOf(given).length > 0)

/** What machines that are off today pay for standing by, USD over the stage, hour by hour: no cash margin. */
function idleStandbyUsd(given: SiteGiven): number {
  return slotsOf(given).reduce(
    (usd, { hours, price }) =>
      usd +
      machinesOf(given).reduce((sum, l) => {
        const lot = given.lots[l]!
        return lot.status === 'off' ? sum + hours * (price + lot.otherUsdPerKwh) * kwOf(given, lot, 0) : sum
      }, 0),
    0,
  )
}
const asItIs = (given: SiteGiven) =>
  machinesOf(given).map((l) => slotsOf(given).map(() => (given.lots[l]!.status === 'running' ? 1 : 0)))
const close = (usd: number) => 1e-6 * Math.max(1, Math.abs(usd))

describe('the cash of a fleet as a function of hashprice', () => {
  it('is the best of all choices and the sum of all that runs, hour by hour, under any tariff', () => {
    fc.assert(
      fc.property(small(kinds), (given) => {
        const horizon = horizonOf(given)
        const { days, hashpriceUsdPerPhDay } = horizon.stages[0]!
        const { asItRuns, best } = cashOn(fleetCash(preparedOf(given), horizon), 0)
        const idle = idleStandbyUsd(given)
        const bestOfAll = (bestUsd(given) + idle) / days
        expect(Math.abs(cashAt(best, hashpriceUsdPerPhDay) - bestOfAll)).toBeLessThan(close(bestOfAll))
        const asIs = (siteUsd(given, asItIs(given), true) + idle) / days
        expect(Math.abs(cashAt(asItRuns, hashpriceUsdPerPhDay) - asIs)).toBeLessThan(close(asIs))
      }),
      { numRuns: 200 },
    )
  })

  it('is at least the best of whole machines, and convex, under any contract', () => {
    fc.assert(
      fc.property(small({ ...kinds, contracts: 'any', points: false }), (given) => {
        const most = bestUsd(given)
        fc.pre(most > -Infinity)
        // Machines that stand by share the price of the site, so idle ones are left out here.
        fc.pre(given.lots.every(({ status, standbyW }) => status !== 'off' || standbyW === 0))
        const horizon = horizonOf(given)
        const { days, hashpriceUsdPerPhDay: hashprice } = horizon.stages[0]!
        const { asItRuns, best } = cashOn(fleetCash(preparedOf(given), horizon), 0)
        expect(cashAt(best, hashprice) + best.missUsdPerDay).toBeGreaterThanOrEqual(
          most / days - close(most / days),
        )
        const asIs = siteUsd(given, asItIs(given), true) / days
        expect(Math.abs(cashAt(asItRuns, hashprice) - asIs)).toBeLessThan(close(asIs))
        for (let i = 1; i < best.acceptedPhs.length; i++)
          expect(best.acceptedPhs[i]!).toBeGreaterThanOrEqual(best.acceptedPhs[i - 1]!)
      }),
      { numRuns: 200 },
    )
  })

  it('is what a verdict says of today and of the days after the adjustment', () => {
    fc.assert(
      fc.property(
        anySite(kinds).filter(
          (given) => machinesOf(given).length > 0 && given.stages.length > 1 && given.lots.length > 0,
        ),
        (given) => {
          const prepared = preparedOf(given)
          const horizon = horizonOf(given)
          const { totals } = adviseOver(prepared, horizon)
          const cash = fleetCash(prepared, horizon)
          const [now, after] = horizon.stages
          const asItRuns = (day: number, hashprice: number) => cashAt(cashOn(cash, day).asItRuns, hashprice)
          const first = asItRuns(0, now!.hashpriceUsdPerPhDay)
          expect(Math.abs(first - totals.marginNowUsdPerDay.asIs)).toBeLessThan(close(first))
          const second = asItRuns(now!.days, after!.hashpriceUsdPerPhDay)
          expect(Math.abs(second - totals.marginAfterUsdPerDay.asIs)).toBeLessThan(close(second))
          expect(cashOn(cash, 1000)).toBe(cash.at(-1))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('runs what the first action of a verdict runs, where a restart costs nothing', () => {
    fc.assert(
      fc.property(
        anySite({ ...kinds, contracts: 'none', points: false }).filter(
          (given) => machinesOf(given).length > 0,
        ),
        (given) => {
          const prepared = preparedOf(given)
          const horizon = horizonOf(given, 0.7)
          const { decisions } = adviseOver(prepared, horizon)
          const { basis } = prepared
          const { status } = basis.fleet.machines
          const { best } = cashOn(fleetCash(prepared, horizon), 0)
          const hashprice = horizon.stages[0]!.hashpriceUsdPerPhDay
          // On a bend both actions are worth the same.
          fc.pre(best.bendUsdPerPhDay.every((at) => Math.abs(at - hashprice) > 1e-6))
          let advised = 0
          decisions.verdict.forEach((code, row) => {
            if (isOnAtOnce(code, status[row] === RUNNING)) advised += basis.acceptedPhs[row]!
          })
          expect(acceptedPhsAt(best, hashprice)).toBeCloseTo(advised, 9)
        },
      ),
      { numRuns: 300 },
    )
  })
})
