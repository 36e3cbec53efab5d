import { describe, expect, it } from 'vitest'
import { curveTexts, emptyTier, readCurve } from '#renderer/screens/plan/assumptions/curve-form.ts'
import { assumesSame, readAssumptions, textsOf } from '#renderer/screens/plan/assumptions/assumptions-form.ts'
import { printedRow } from '#renderer/screens/plan/side-rows.ts'
import { placeAfter } from '#renderer/screens/plan/lot-keys.ts'
import { chanceCell } from '#renderer/screens/plan/words.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { constantGrowth, pathThrough } from '#shared/domain/ahead/growth-path.ts'
import { checkSupplyCurve } from '#shared/domain/ahead/respond.ts'
import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { USUAL_PLAN } from '#shared/ipc/plan-settings.ts'

const FLAT: Scenario = {
  name: 'Flat',
  assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0), response: null },
  tried: NOTHING_TRIED,
}

describe('the supply curve as it is typed', () => {
  it('comes back as it was written', () => {
    const { curve } = readCurve(curveTexts(DEFAULT_SUPPLY_CURVE))
    checkSupplyCurve(curve!)
    expect(curve!.tiers).toHaveLength(DEFAULT_SUPPLY_CURVE.tiers.length)
    expect(curve!.tiers[3]!.share).toBeCloseTo(DEFAULT_SUPPLY_CURVE.tiers[3]!.share, 12)
  })
  it('says which field is wrong, and what the shares add up to', () => {
    const texts = curveTexts(DEFAULT_SUPPLY_CURVE)
    const wrong = readCurve({
      ...texts,
      tiers: [{ ...texts.tiers[0]!, share: '6', jPerTh: '0', usdPerKwh: '' }, ...texts.tiers.slice(2)],
      leaving: '150',
    })
    expect(wrong.curve).toBeNull()
    expect(wrong.tierFaults[0]).toEqual({
      jPerTh: 'It must be above 0 J/TH.',
      usdPerKwh: 'Write it like 0.045 or 4.5 ¢.',
    })
    expect(wrong.faults).toEqual({ leaving: 'It must be from 0 to 100 %.' })
    expect(wrong.sharesSum).toBeCloseTo(0.895, 9)
    expect(wrong.fault).toContain('they must add up to 100')
  })
  it('has a key of its own for a new tier', () => {
    const { tiers } = curveTexts(DEFAULT_SUPPLY_CURVE)
    expect(emptyTier(tiers).key).toBe(tiers.length)
    expect(emptyTier([]).key).toBe(0)
  })
})

describe('assumptions as they are typed', () => {
  it('come back as they were, paths of files with them', () => {
    const before: Scenario = {
      name: 'A path',
      assumptions: {
        price: pathThrough([0, 30], [1, 0.8], 0.1),
        hashrate: constantGrowth(0.25),
        response: DEFAULT_SUPPLY_CURVE,
      },
      tried: {
        priceUsdPerBtc: 70_000,
        change: -0.05,
        sitePowerPrices: [{ site: 'North', powerPriceUsdPerKwh: 0.042 }],
      },
    }
    const { scenario, place, faults } = readAssumptions(textsOf(before, before.name, USUAL_PLAN), before, [])
    expect(faults).toEqual({})
    const { price, hashrate } = scenario!.assumptions
    expect([price, hashrate, scenario!.tried]).toEqual([
      before.assumptions.price,
      before.assumptions.hashrate,
      before.tried,
    ])
    expect({ columns: null, ...place }).toEqual(USUAL_PLAN)
    const flat = readAssumptions(textsOf(FLAT, FLAT.name, USUAL_PLAN), FLAT, [])
    expect(assumesSame(flat.scenario!, FLAT)).toBe(true)
  })
  it('say what is wrong beside each field', () => {
    const texts = textsOf(FLAT, 'taken', USUAL_PLAN)
    const { faults, scenario, place } = readAssumptions(
      {
        ...texts,
        price: '−100',
        triedChange: '400',
        place: { ...texts.place, paths: '10.5', correlation: '2' },
      },
      FLAT,
      ['Taken'],
    )
    expect([scenario, place]).toEqual([null, null])
    expect(Object.keys(faults).toSorted()).toEqual(['correlation', 'name', 'paths', 'price', 'triedChange'])
    expect(faults.paths).toBe('It must be a whole number from 1 to 1 000 000.')
  })
})

describe('scenarios side by side', () => {
  const side = (value: number) =>
    ({ ahead: { nowUsdPerDay: value } }) as Parameters<typeof printedRow>[1][number]
  const row = (best: 'highest' | 'lowest' | null) => ({
    title: 'now',
    of: (ahead: { readonly nowUsdPerDay: number }) => ahead.nowUsdPerDay,
    write: (values: readonly number[]) => values.map((value) => value.toFixed(0)),
    best,
  })
  const bestOf = (best: 'highest' | 'lowest' | null, ...values: number[]) =>
    printedRow(row(best), values.map(side)).map(({ isBest }) => isBest)

  it('mark what reads best, and nothing where all read the same', () => {
    expect(bestOf('highest', 1, 3, 2)).toEqual([false, true, false])
    expect(bestOf('lowest', 1, 3, 1.2)).toEqual([true, false, true])
    expect(bestOf('highest', 2, 2.1)).toEqual([false, false])
    expect(bestOf('highest', 2)).toEqual([false])
    expect(bestOf(null, 1, 2)).toEqual([false, false])
  })
})

describe('the table of lots', () => {
  it('is read by the arrow keys and stops at its edges', () => {
    expect(placeAfter('ArrowUp', { row: 0, column: 3 }, 10, 13, 5)).toEqual({ row: 0, column: 3 })
    expect(placeAfter('PageDown', { row: 7, column: 3 }, 10, 13, 5)).toEqual({ row: 9, column: 3 })
    expect(placeAfter('End', { row: 7, column: 3 }, 10, 13, 5)).toEqual({ row: 7, column: 13 })
    expect(placeAfter('a', { row: 7, column: 3 }, 10, 13, 5)).toBeNull()
  })
  it('is never sure where one path says otherwise', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(chanceCell)).toEqual(['0', '<1', '50', '99', '100'])
  })
})
