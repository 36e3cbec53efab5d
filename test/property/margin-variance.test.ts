import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import { MARGIN_CAUSES, marginVariance } from '#shared/domain/money/margin-variance.ts'
import type { MarginCause, MarginSide } from '#shared/domain/money/margin-variance.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import { printedVariance, variedParts } from '#shared/format/margin-variance-words.ts'
import { anyMachine, anyNetwork, anySites } from './machines.ts'

/** Ids are few, so that two fleets share some of their machines. */
const anyFleet = fc.uniqueArray(
  fc.tuple(anyMachine, fc.integer({ min: 0, max: 9 })).map(([machine, id]) => ({ ...machine, id: `m${id}` })),
  { selector: ({ id }) => id, maxLength: 8 },
)

const sideFrom = (
  machines: readonly Machine[],
  sites: Parameters<typeof fleetFrom>[0],
  conditions: NetworkConditions,
): MarginSide => ({ basis: prepareMargins(fleetFrom(sites, machines)), conditions })

const typed = fc.option(fc.double({ min: 1, max: 200, noNaN: true }), { nil: null })

const anySide = fc
  .record({ machines: anyFleet, sites: anySites, conditions: anyNetwork, typed })
  .map(({ machines, sites, conditions, typed: hashprice }) =>
    sideFrom(machines, sites, {
      ...conditions,
      ...(hashprice === null ? {} : { typed: { hashpriceUsdPerPhDay: hashprice, adjustment: null } }),
    }),
  )
  // beyond the last halving nothing is left that a price could be a multiple of
  .filter(({ conditions }) => Number.isFinite(hashpriceUsdPerPhDay(conditions)))

const size = ({ basis, conditions }: MarginSide) => {
  const { revenueUsdPerDay, avoidableCostUsdPerDay } = fleetTotals(basis, conditions)
  return Math.abs(revenueUsdPerDay) + Math.abs(avoidableCostUsdPerDay)
}

describe('the change of the margin by cause', () => {
  it('adds up to the change between the margins that the totals have', () => {
    fc.assert(
      fc.property(anySide, anySide, (before, after) => {
        const { beforeUsdPerDay, afterUsdPerDay, effectsUsdPerDay } = marginVariance(before, after)
        const most = Object.values(effectsUsdPerDay).reduce((sum, effect) => sum + Math.abs(effect), 0)
        const near = 1e-9 * (size(before) + size(after) + most + 1)
        const totals = [before, after].map(({ basis, conditions }) => fleetTotals(basis, conditions))
        expect(Math.abs(beforeUsdPerDay - totals[0]!.marginUsdPerDay)).toBeLessThanOrEqual(near)
        expect(Math.abs(afterUsdPerDay - totals[1]!.marginUsdPerDay)).toBeLessThanOrEqual(near)
        const sum = MARGIN_CAUSES.reduce((all, cause) => all + effectsUsdPerDay[cause], 0)
        expect(Math.abs(sum - (afterUsdPerDay - beforeUsdPerDay))).toBeLessThanOrEqual(near)
      }),
    )
  })

  it('adds up to the coin as it is printed, in every currency', () => {
    fc.assert(
      fc.property(
        anySide,
        anySide,
        fc.constantFrom(US_DOLLARS, moneyIn('EUR', 1.08), moneyIn('JPY', 0.0066)),
        (before, after, money) => {
          const variance = marginVariance(before, after)
          const printed = printedVariance(money, variance)
          const sum = printed.parts.reduce((all, part) => all + part, 0)
          expect(sum).toBe(printed.after - printed.before)
          variedParts(variance).forEach(({ usdPerDay }, i) => {
            if (usdPerDay === 0) expect(printed.parts[i]).toBe(0)
          })
        },
      ),
    )
  })

  it('is the opposite when the two change places', () => {
    fc.assert(
      fc.property(anySide, anySide, (before, after) => {
        const there = marginVariance(before, after)
        const back = marginVariance(after, before)
        const near = Object.values(there.effectsUsdPerDay).reduce((sum, effect) => sum + Math.abs(effect), 1)
        for (const cause of MARGIN_CAUSES)
          expect(Math.abs(there.effectsUsdPerDay[cause] + back.effectsUsdPerDay[cause])).toBeLessThanOrEqual(
            1e-9 * (near + size(before) + size(after)),
          )
        expect([there.machinesAdded, there.machinesGone]).toEqual([back.machinesGone, back.machinesAdded])
      }),
    )
  })

  const CHANGES: Readonly<Record<Exclude<MarginCause, 'typed'>, (side: Parts) => Parts>> = {
    price: (side) => withNetwork(side, { priceUsdPerBtc: side.conditions.priceUsdPerBtc * 1.3 }),
    difficulty: (side) => withNetwork(side, { difficulty: side.conditions.difficulty * 1.07 }),
    fees: (side) => withNetwork(side, { feesBtcPerBlock: side.conditions.feesBtcPerBlock + 0.1 }),
    subsidy: (side) => withNetwork(side, { height: side.conditions.height + 210_000 }),
    tariff: (side) => withMachines(side, { powerPriceUsdPerKwh: 0.071 }),
    terms: (side) => withMachines(side, { poolFee: 0.033, hostShare: 0.11 }),
    uptime: (side) => withMachines(side, { uptime: 0.77 }),
    fleet: (side) => withMachines(side, { hashrateThs: 333, standbyW: 7 }),
  }

  it.each(Object.keys(CHANGES) as (keyof typeof CHANGES)[])(
    'is all of one cause where only that changed: %s',
    (cause) => {
      const anyParts = fc.record({ machines: anyFleet, sites: anySites, conditions: anyNetwork })
      fc.assert(
        fc.property(anyParts, (given) => {
          const before = sideFrom(given.machines, given.sites, given.conditions)
          const changed = CHANGES[cause](given)
          const after = sideFrom(changed.machines, changed.sites, changed.conditions)
          fc.pre([before, after].every(({ conditions }) => hashpriceUsdPerPhDay(conditions) > 0))
          const { beforeUsdPerDay, afterUsdPerDay, effectsUsdPerDay } = marginVariance(before, after)
          for (const other of MARGIN_CAUSES) if (other !== cause) expect(effectsUsdPerDay[other]).toBe(0)
          const change = afterUsdPerDay - beforeUsdPerDay
          expect(Math.abs(effectsUsdPerDay[cause] - change)).toBeLessThanOrEqual(
            1e-9 * (size(before) + size(after) + 1),
          )
        }),
      )
    },
  )
})

type Parts = {
  readonly machines: readonly Machine[]
  readonly sites: Parameters<typeof fleetFrom>[0]
  readonly conditions: NetworkConditions
}
const withNetwork = (side: Parts, change: Partial<NetworkConditions>): Parts => ({
  ...side,
  conditions: { ...side.conditions, ...change },
})
const withMachines = (side: Parts, change: Partial<Machine>): Parts => ({
  ...side,
  machines: side.machines.map((each) => ({ ...each, ...change })),
})
