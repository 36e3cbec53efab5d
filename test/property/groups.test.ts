import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { moneyIn } from '#shared/format/money.ts'
import { number } from '#shared/format/numbers.ts'
import { inSteps } from '#shared/format/printed-sums.ts'
import { meterPower } from '#shared/format/units.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import type { Question } from '#renderer/engine/protocol.ts'
import { GROUPINGS } from '#shared/ipc/table-view.ts'
import { headsOf, PLAIN_TABLE, rowsOf } from '../unit/engine/looks.ts'
import { NETWORK } from '../unit/renderer/small-fleet.ts'
import { anyMachine, anySites } from './machines.ts'

/** Groups and their sums, as they are printed. */

/** A figure as it stands on screen, as a whole number of its last place; NaN where there is none. */
const unitsIn = (text: string) => {
  const digits = text.replaceAll(/[^\d−]/g, '')
  return digits === '' ? NaN : Number(digits.replace('−', '-'))
}

it('a figure in units of its last place is the one that is printed', () => {
  const near = fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: -4, max: 4 }))
    .map(([thousandths, ulps]) => (thousandths / 1000) * (1 + ulps * Number.EPSILON))
  fc.assert(
    fc.property(
      fc.oneof(near, fc.double({ min: -1e12, max: 1e12, noNaN: true })),
      fc.constantFrom(0, 1, 2),
      (value, decimals) => {
        expect(inSteps(value, decimals) + 0).toBe(unitsIn(number(value, decimals)) + 0)
      },
    ),
    { numRuns: 5000 },
  )
})

it('subtotals are the sums of the rows as printed and add up to the whole, whatever rows are put together by', () => {
  const anyMoney = fc.constantFrom(moneyIn('USD', 1), moneyIn('EUR', 1.0842), moneyIn('JPY', 0.0064))
  fc.assert(
    fc.property(
      fc.array(anyMachine, { minLength: 1, maxLength: 30 }),
      anySites,
      fc.constantFrom(...GROUPINGS),
      anyMoney,
      (machines, sites, by, money) => {
        const fleet = fleetFrom(sites, machines)
        const engine = createEngine()
        engine.load({ kind: 'all', machines: fleet.machines }, fleet.sites, PLAIN_CASE)
        const market = { conditions: NETWORK, choices: { change: null, horizonDays: null }, nowMs: null }
        const question: Question = {
          ...PLAIN_TABLE,
          ...{ market, realMarket: market, sitePowerPrices: new Map(), keepOrder: false },
          ...{ explained: null, wantsSites: false, window: { from: 0, to: 200 } },
          group: { by, unfold: 'all', folds: {} },
          money,
        }
        const look = engine.look(question)
        const heads = headsOf(look)
        const rows = rowsOf(look)
        expect(look.places).toBe(heads.length + machines.length)
        const add = (values: readonly number[]) =>
          values.filter(Number.isFinite).reduce((sum, value) => sum + value, 0)

        let at = 0
        for (const head of heads) {
          const own = look.entries.slice(at + 1, at + 1 + head.rows).filter((entry) => entry.kind === 'row')
          at += 1 + head.rows
          const counted = own.filter(({ status }) => head.isIdle || status === 'running')
          const known = counted.filter(({ marginUsdPerDay }) => Number.isFinite(marginUsdPerDay))
          expect(head.machines).toBe(add(own.map(({ quantity }) => quantity)))
          if (known.length === 0) continue
          expect(unitsIn(money.cents(head.marginUsdPerDay))).toBe(
            add(known.map(({ marginUsdPerDay }) => unitsIn(money.cents(marginUsdPerDay)))),
          )
          expect(unitsIn(meterPower(head.meterW))).toBe(
            add(known.map(({ meterW }) => unitsIn(meterPower(meterW)))),
          )
        }
        expect(add(heads.map(({ machines: each }) => each))).toBe(look.sums.machines)
        const gains = (texts: readonly number[]) => add(texts.map((usd) => unitsIn(money.cents(usd))))
        const whole = gains(rows.map(({ gainUsd }) => gainUsd))
        expect(gains(heads.map(({ gainUsd }) => gainUsd))).toBe(whole)
        const running = heads.filter(({ isIdle }) => !isIdle)
        if (running.length > 0)
          expect(unitsIn(money.cents(look.sums.marginUsdPerDay))).toBe(
            gains(running.map(({ marginUsdPerDay }) => marginUsdPerDay)),
          )
        // The fleet's total is rounded once: it lies within half a unit per row of what is printed.
        if (look.totals !== null && running.length > 0)
          expect(Math.abs(look.sums.marginUsdPerDay - look.totals.marginUsdPerDay)).toBeLessThanOrEqual(
            (money.usdPerUnit / 10 ** money.decimals) * (0.5 * rows.length + 1e-6),
          )
      },
    ),
  )
})
