import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertMemory, AlertRule } from '#shared/domain/alerts.ts'
import { evaluateAlert, HYSTERESIS } from '#shared/domain/alerts.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import type { Look } from '../unit/alerts/alert-looks.ts'
import { observationOf } from '../unit/alerts/alert-looks.ts'
import { basisOf, machine } from '../unit/machines.ts'

function follow(rule: AlertRule, looks: readonly Look[]) {
  let memory: AlertMemory | null = null
  return looks.map((look) => {
    const outcome = evaluateAlert(rule, memory, observationOf(look, memory))
    memory = outcome.memory
    return outcome
  })
}

const hashprice = fc.double({ min: 1, max: 200, noNaN: true })
/** mostly known */
const maybe = <T>(value: fc.Arbitrary<T>, unknown: T) =>
  fc.oneof({ weight: 9, arbitrary: value }, fc.constant(unknown))
/** Lots whose names are their rows, running or not. */
const anyBasis = fc
  .array(fc.record({ powerW: fc.double({ min: 100, max: 12_000, noNaN: true }), running: fc.boolean() }), {
    maxLength: 12,
  })
  .map((lots) =>
    basisOf(
      lots.map(({ powerW, running }, row) =>
        machine({ id: String(row), powerW, status: running ? 'running' : 'off' }),
      ),
    ),
  )
const crossing: AlertRule = { kind: 'breakeven-crossed' }

/** Counted rows with a break-even in (low, high]. */
function countedWithin(basis: MarginBasis, low: number, high: number): number {
  let rows = 0
  for (let row = 0; row < basis.length; row++) {
    const level = basis.breakevenHashpriceUsdPerPhDay[row]!
    if (basis.counted[row] === 1 && level > low && level <= high) rows++
  }
  return rows
}

/** Lots told on a path, by direction. */
function lotsTold(basis: MarginBasis, path: readonly number[]) {
  const told = { under: 0, above: 0 }
  for (const { happened } of follow(
    crossing,
    path.map((usd) => ({ hashpriceUsdPerPhDay: usd, basis })),
  )) {
    for (const one of happened)
      if (one.kind === 'breakeven-crossed') told[one.under ? 'under' : 'above'] += one.lots
  }
  return told
}

describe('a state', () => {
  const anyRule: fc.Arbitrary<AlertRule> = fc.oneof(
    hashprice.map((usdPerPhDay): AlertRule => ({ kind: 'hashprice-below', usdPerPhDay })),
    fc
      .double({ min: -0.2, max: 0.2, noNaN: true })
      .filter((change) => change !== 0)
      .map((change): AlertRule => ({ kind: 'adjustment-beyond', change })),
    fc.constant<AlertRule>({ kind: 'data-stale' }),
  )
  const anyLook = fc.record({
    hashpriceUsdPerPhDay: maybe(hashprice, NaN),
    expectedChange: maybe<number | null>(fc.double({ min: -0.3, max: 0.3, noNaN: true }), null),
    staleValues: maybe<readonly string[] | null>(fc.subarray(['height', 'priceUsdPerBtc']), null),
  })

  it('is told exactly when it begins: never twice without an end between', () => {
    fc.assert(
      fc.property(anyRule, fc.array(anyLook, { maxLength: 40 }), (rule, looks) => {
        let was = false
        for (const { active, happened } of follow(rule, looks)) {
          expect(happened.length).toBe(active && !was ? 1 : 0)
          was = active
        }
      }),
    )
  })
})

describe('the value zone', () => {
  it('is entered and left in turn', () => {
    const states = fc.array(maybe(fc.constantFrom('value', 'neutral', 'overheated', null), null), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(states, (path) => {
        const looks = path.map((state, day) => ({
          nvt: state === null ? null : { state, date: new Date(day * 86_400_000).toISOString().slice(0, 10) },
        }))
        const told = follow({ kind: 'nvt-zone' }, looks).flatMap(({ happened }) =>
          happened.map((one) => one.kind === 'nvt-zone' && one.entered),
        )
        for (let i = 1; i < told.length; i++) expect(told[i]).not.toBe(told[i - 1])
      }),
    )
  })
})

describe('crossings', () => {
  it('of a falling hashprice are the break-evens between its ends, however many steps it takes', () => {
    fc.assert(
      fc.property(anyBasis, fc.array(hashprice, { minLength: 1, maxLength: 20 }), (basis, given) => {
        const path = given.toSorted((a, b) => b - a)
        expect(lotsTold(basis, path)).toEqual({
          under: countedWithin(basis, path.at(-1)!, path[0]!),
          above: 0,
        })
      }),
    )
  })

  it('of a rising one are those that it is 1 % above', () => {
    fc.assert(
      fc.property(anyBasis, fc.array(hashprice, { minLength: 1, maxLength: 20 }), (basis, given) => {
        const path = given.toSorted((a, b) => a - b)
        const top = Math.max(path[0]!, path.at(-1)! / (1 + HYSTERESIS.hashprice))
        expect(lotsTold(basis, path)).toEqual({ under: 0, above: countedWithin(basis, path[0]!, top) })
      }),
    )
  })

  it('of one lot come in turn on every path', () => {
    fc.assert(
      fc.property(fc.array(maybe(hashprice, NaN), { maxLength: 60 }), (path) => {
        // break-even 72 USD/PH/s/day
        const basis = basisOf([machine({ powerW: 5000 })])
        const told = follow(
          crossing,
          path.map((usd) => ({ hashpriceUsdPerPhDay: usd, basis })),
        ).flatMap(({ happened }) => happened.map((one) => one.kind === 'breakeven-crossed' && one.under))
        for (let i = 1; i < told.length; i++) expect(told[i]).not.toBe(told[i - 1])
      }),
    )
  })

  it('within 1 % on either side of a break-even happen once each way at most', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.9901, max: 1.0099, noNaN: true }), { minLength: 2, maxLength: 60 }),
        (shares) => {
          const basis = basisOf([machine({ powerW: 5000 })])
          const { under, above } = lotsTold(
            basis,
            shares.map((share) => share * basis.breakevenHashpriceUsdPerPhDay[0]!),
          )
          expect(under).toBeLessThanOrEqual(1)
          expect(above).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})
