import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { priceDifficultyGrid } from '#shared/domain/ahead/price-difficulty.ts'
import { fleetInEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { aheadStart } from '#shared/domain/ahead/start.ts'
import type { AheadStart } from '#shared/domain/ahead/start.ts'
import { whatMatters, widthOf } from '#shared/domain/ahead/what-matters.ts'
import { bestCashUsdPerDay } from '#shared/domain/decision/best-cash.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { cashAt } from '#shared/domain/decision/cash-curve.ts'
import { cashOn, fleetCash } from '#shared/domain/decision/fleet-cash.ts'
import { scenariosOver } from '#shared/domain/decision/under-scenario.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { takeOrPay, tariff } from '../unit/power/plain-contracts.ts'
import { NETWORK, smallFleet } from '../unit/renderer/small-fleet.ts'
import { anySite, horizonOf, machinesOf, preparedOf } from './one-decision-site.ts'

/** Two sites, one of them with committed energy, where machines at any break-even run or are off. */
const anyStart = fc
  .array(
    fc.record({
      powerW: fc.integer({ min: 2500, max: 9000 }),
      quantity: fc.integer({ min: 1, max: 50 }),
      uptime: fc.double({ min: 0.5, max: 1, noNaN: true }),
      standbyW: fc.constantFrom(0, 20),
      site: fc.constantFrom('North', 'Harbor'),
      status: fc.constantFrom('running' as const, 'off' as const),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .chain((machines) => fc.record({ machines: fc.constant(machines), hasContract: fc.boolean() }))
  .map(({ machines, hasContract }): AheadStart => {
    const fleet = smallFleet(machines)
    const contract = {
      ...NO_CONTRACT,
      tariffs: [tariff()],
      takeOrPay: takeOrPay({ committedKwhPerDay: 2000 }),
    }
    const contracts = hasContract ? [{ siteKey: fleet.sites.key[0]!, site: 'North', contract }] : []
    const today = { fleet, inputs: { ...PLAIN_CASE, contracts }, conditions: NETWORK, nowMs: null }
    const start = aheadStart(scenariosOver(today)(NOTHING_TRIED))
    if ('missing' in start) throw new Error(start.missing)
    return start
  })
const USUAL = { pricesUsdPerBtc: null, changes: null }
const flat = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null }

describe('price against difficulty', () => {
  it('has in the cell of today what a flat projection earns after the adjustment, to the bit', () => {
    fc.assert(
      fc.property(anyStart, (start) => {
        const { network, adjustment, prepared, cash } = start
        const grid = priceDifficultyGrid(start, USUAL)
        const after = projectNetwork(network, adjustment, { ...flat, epochs: 2 })[1]!
        const cell = grid.marginUsdPerDay[grid.atPrice * grid.changes.length + grid.atChange]
        expect(cell).toBe(fleetInEpoch(prepared.basis, cash, after).bestMarginUsdPerDay)
        expect([grid.pricesUsdPerBtc[grid.atPrice], grid.changes[grid.atChange]]).toEqual([
          network.priceUsdPerBtc,
          adjustment.change,
        ])
      }),
      { numRuns: 50 },
    )
  })

  it('never falls with the price and never rises with difficulty', () => {
    fc.assert(
      fc.property(anyStart, (start) => {
        const { marginUsdPerDay, changes } = priceDifficultyGrid(start, USUAL)
        marginUsdPerDay.forEach((usd, i) => {
          if (i % changes.length > 0) expect(usd).toBeLessThanOrEqual(marginUsdPerDay[i - 1]! + 1e-9)
          if (i >= changes.length)
            expect(usd).toBeGreaterThanOrEqual(marginUsdPerDay[i - changes.length]! - 1e-9)
        })
      }),
      { numRuns: 50 },
    )
  })
})

describe('what matters most', () => {
  it('is what it starts from where nothing is moved', () => {
    fc.assert(
      fc.property(anyStart, (start) => {
        const grid = priceDifficultyGrid(start, USUAL)
        const { baseUsdPerDay, sensitivities } = whatMatters(start, {
          ...{ price: 0, difficulty: 0, power: 0, uptime: 0 },
        })
        expect(baseUsdPerDay).toBe(grid.marginUsdPerDay[grid.atPrice * grid.changes.length + grid.atChange])
        for (const { lowUsdPerDay, highUsdPerDay } of sensitivities)
          for (const usd of [lowUsdPerDay, highUsdPerDay])
            expect(Math.abs(usd - baseUsdPerDay)).toBeLessThan(1e-6 * Math.max(1, Math.abs(baseUsdPerDay)))
      }),
      { numRuns: 50 },
    )
  })

  it('earns more at a higher price and a lower difficulty, the widest first', () => {
    fc.assert(
      fc.property(anyStart, (start) => {
        const { sensitivities } = whatMatters(start)
        const of = (name: string) => sensitivities.find(({ moved }) => moved === name)!
        expect(of('price').highUsdPerDay).toBeGreaterThanOrEqual(of('price').lowUsdPerDay - 1e-9)
        expect(of('difficulty').highUsdPerDay).toBeLessThanOrEqual(of('difficulty').lowUsdPerDay + 1e-9)
        const widths = sensitivities.map(widthOf)
        expect(widths).toEqual(widths.toSorted((a, b) => b - a))
      }),
      { numRuns: 50 },
    )
  })
})

it('the best cash at one hashprice is what the curve says there, under any contract', () => {
  const kinds = {
    restarts: [0],
    contracts: 'any',
    points: true,
    limits: false,
    lots: 3,
    quantity: 2,
  } as const
  fc.assert(
    fc.property(
      anySite(kinds).filter((given) => machinesOf(given).length > 0),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      (given, times) => {
        const horizon = horizonOf(given)
        const hashprice = times * horizon.stages[0]!.hashpriceUsdPerPhDay
        const prepared = preparedOf(given)
        let cash
        try {
          cash = fleetCash(prepared, horizon)
        } catch (fault) {
          // A limit that no choice keeps.
          if (fault instanceof RangeError) return
          throw fault
        }
        let day = 0
        for (const { days } of horizon.stages) {
          const { best } = cashOn(cash, day)
          const usd = bestCashUsdPerDay(prepared, horizon, day, hashprice)
          expect(Math.abs(usd - cashAt(best, hashprice))).toBeLessThanOrEqual(
            best.missUsdPerDay + 1e-6 * Math.max(1, Math.abs(usd)),
          )
          day += days
        }
      },
    ),
    { numRuns: 150 },
  )
})
