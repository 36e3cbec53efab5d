import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forEachAct } from '#shared/domain/decision/acts/acts.ts'
import { NO_ACTS } from '#shared/domain/decision/acts/called.ts'
import { gatherMachines, stakeOfMachines } from '#shared/domain/decision/acts/decided-machines.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { outcomeOf } from '#shared/domain/decision/acts/outcome.ts'
import type { DailyHashprice } from '#shared/domain/decision/acts/outcome.ts'
import { foreseenBy, stakesOfRows } from '#shared/domain/decision/acts/stakes-of-rows.ts'
import type { Advice } from '#shared/domain/decision/advice.ts'
import { adviseOver, advise } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { groupAt, prepare } from '#shared/domain/decision/prepare.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { NETWORK } from '../unit/renderer/small-fleet.ts'
import { anyMachine, anySites } from './machines.ts'
import { anySite, hasContract, horizonOf, preparedOf } from './one-decision-site.ts'

const DAY_MS = 86_400_000
/** A midnight after the values of the network. */
const FROM_MS = Date.UTC(2025, 10, 24)
const FIRST_DAY_MS = Date.UTC(2025, 10, 1)
const DAYS = 120
const FAR_MS = FIRST_DAY_MS + DAYS * DAY_MS

type Foresight = Pick<Market, 'stages' | 'isPerDay' | 'horizonEndMs'>

/** All that is advised, done at the moment of the advice. */
function decided(prepared: Prepared, market: Foresight, advice: Advice): RecordedDecision | null {
  const { key, status } = prepared.basis.fleet.machines
  const stakeOf = stakesOfRows(prepared, market, advice)
  const gathered = gatherMachines()
  forEachAct(prepared, advice, (row, count, act, point) => {
    gathered.add({
      ...{ key: key[row]!, advised: count, done: count, act, stake: stakeOf(row, act, point) },
      ...{ before: status[row]!, after: 0 },
    })
  })
  const atMs = market.stages[0]!.fromMs
  const stake = stakeOfMachines(gathered.machines(new Map()), 'done', foreseenBy(market, atMs))
  if (stake === null) return null
  return {
    ...{
      key: 1,
      atMs,
      siteKey: 1,
      site: 'North',
      kind: 'done',
      reason: '',
      advised: NO_ACTS,
      machinesDone: 1,
    },
    ...{ freedKw: 0, gainUsd: 0, untilMs: null, hashpriceUsdPerPhDay: 1, priceUsdPerBtc: null },
    ...{ difficulty: null, change: null, isTakenBack: false, stake },
  }
}

/** Days whose hashprice is the one that was foreseen at their beginning. */
function asForeseen({ stages }: Foresight): DailyHashprice {
  const usdPerPhDay = Float64Array.from({ length: DAYS }, (_, day) => {
    const now = stages.findLast(({ fromMs }) => fromMs <= FIRST_DAY_MS + day * DAY_MS) ?? stages[0]!
    return now.hashpriceUsdPerPhDay
  })
  return { usdPerPhDay, lastDayMs: FAR_MS - DAY_MS }
}

const close = (a: number, b: number, size: number) =>
  expect(Math.abs(a - b), `${a} is ${b}`).toBeLessThan(1e-8 * Math.max(1, size, Math.abs(b)))

const sizeOf = (decision: RecordedDecision) =>
  decision.stake!.parts.reduce((sum, { costUsdPerDay }) => sum + Math.abs(costUsdPerDay) * 30, 0)

describe('what a decision saves', () => {
  it('is what the advice was worth, where the hashprice comes as it was foreseen', () => {
    let seen = 0
    fc.assert(
      fc.property(
        fc.tuple(fc.array(anyMachine, { minLength: 1, maxLength: 12 }), anySites),
        fc.double({ min: 8, max: 120, noNaN: true }),
        fc.integer({ min: 1, max: 13 }),
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        fc.constantFrom(0, 0.77),
        fc.constantFrom(null, 5, 40),
        ([machines, sites], usdPerPhDay, days, change, volatilityPerYear, horizonDays) => {
          const prepared = prepare(fleetFrom(sites, machines), PLAIN_CASE)
          const typed = {
            hashpriceUsdPerPhDay: usdPerPhDay,
            adjustment: { change, atMs: FROM_MS + days * DAY_MS },
          }
          const market = marketOf(
            { ...NETWORK, typed },
            { change: null, horizonDays, volatilityPerYear },
            FROM_MS,
          )
          const advice = advise(prepared, market)!
          const decision = decided(prepared, market, advice)
          if (decision === null) return
          seen++
          const rows = new Set<number>()
          forEachAct(prepared, advice, (row) => rows.add(row))
          const gainUsd = [...rows].reduce((sum, row) => sum + advice.decisions.gainUsd[row]!, 0)
          const { savedUsd, expectedUsd, endsWith, daysMissing } = outcomeOf(
            decision,
            asForeseen(market),
            FAR_MS,
          )!
          close(savedUsd, gainUsd, sizeOf(decision))
          close(expectedUsd, gainUsd, sizeOf(decision))
          expect([endsWith, daysMissing]).toEqual(['over', 0])
        },
      ),
      { numRuns: 200 },
    )
    expect(seen).toBeGreaterThan(50)
  })

  it('is of one piece with the worth under contracts too, of rows and of sites that are decided as a whole', () => {
    const seen = { alone: 0, together: 0 }
    const kinds = { restarts: [0, 1, 5], points: false, limits: false, lots: 3, quantity: 3 }
    fc.assert(
      fc.property(anySite({ ...kinds, contracts: 'any' }), (site) => {
        // They may leave no choice.
        const given = { ...site, capKw: null, floorKw: null }
        const prepared = preparedOf(given)
        const horizon = horizonOf(given)
        const { stages } = horizon
        const last = stages.at(-1)!
        const foresight = {
          ...{ stages, isPerDay: false },
          horizonEndMs: last.fromMs + last.days * DAY_MS,
        }
        const advice = adviseOver(prepared, horizon)
        const decision = decided(prepared, foresight, advice)
        if (decision === null || !hasContract(given)) return
        const rows = new Set<number>()
        forEachAct(prepared, advice, (row) => rows.add(row))
        // A protected row of a site that is cleared is in its sum as well.
        const isWhole = [...rows].some((row) => groupAt(prepared, row) !== -1 && advice.split(row) !== null)
        seen[isWhole ? 'together' : 'alone']++
        const gainUsd = isWhole
          ? advice.groupSums[0]!.gain
          : [...rows].reduce((sum, row) => sum + advice.decisions.gainUsd[row]!, 0)
        const { expectedUsd } = outcomeOf(decision, asForeseen(foresight), FAR_MS)!
        close(expectedUsd, gainUsd, sizeOf(decision))
      }),
      { numRuns: 150 },
    )
    expect(seen.alone).toBeGreaterThan(5)
    expect(seen.together).toBeGreaterThan(5)
  })
})
