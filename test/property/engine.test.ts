import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Site } from '#shared/domain/fleet/columns.ts'
import { fleetFrom, textAt } from '#shared/domain/fleet/columns.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { advise } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Fleet, Machine, MachineColumns } from '#shared/domain/fleet/fleet.ts'
import { marginsUsdPerDay, prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { fleetTotals, siteSums, totalsOf } from '#shared/domain/margins/totals.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import type { Engine } from '#renderer/engine/engine.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import { filteredRows, sortedRows } from '#renderer/engine/order.ts'
import type { Question } from '#renderer/engine/protocol.ts'
import { idOrder } from '#renderer/engine/text-order.ts'
import { GRID_COLUMNS, NO_GROUPS, SORTABLE } from '#renderer/engine/view.ts'
import { rowsOf } from '../unit/engine/looks.ts'
import { anyMachine, anySites, SITE_NAMES } from './machines.ts'

/** The engine against the formulas called directly, whatever it was asked before. */

const MISSING = 0.1
const anyId = fc.stringMatching(/^[abAB]{0,2}-?[0-9]{0,4}$/)
const machines = fc.array(
  fc
    .tuple(anyMachine, anyId, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([machine, id, luck]): Machine => ({
      ...machine,
      id,
      hashrateThs: luck < MISSING ? NaN : machine.hashrateThs,
    })),
  { minLength: 1, maxLength: 40 },
)

const NETWORK: NetworkConditions = {
  height: 925_100,
  difficulty: 162.05e12,
  priceUsdPerBtc: 88_300,
  feesBtcPerBlock: 0.0201,
  epoch: { blocks: 1500, seconds: 1500 * 632 },
  previousAdjustments: [0.012],
  atMs: Date.UTC(2025, 10, 22, 12),
}
const anyMarket = fc.option(
  fc.record({
    conditions: fc.record({
      ...Object.fromEntries(Object.entries(NETWORK).map(([name, value]) => [name, fc.constant(value)])),
      priceUsdPerBtc: fc.double({ min: 100, max: 1e6, noNaN: true }),
      epoch: fc.constantFrom(NETWORK.epoch, null),
    }) as fc.Arbitrary<NetworkConditions>,
    choices: fc.record({
      change: fc.option(fc.double({ min: -0.5, max: 1, noNaN: true })),
      horizonDays: fc.option(fc.double({ min: 1, max: 60, noNaN: true })),
    }),
    // before, a week into, and long after what the conditions lead to
    nowMs: fc.constantFrom(null, NETWORK.atMs! + 604_800_000, NETWORK.atMs! + 5_184_000_000),
  }),
  { freq: 6 },
)

const anyQuestion: fc.Arbitrary<Question> = fc.record({
  market: anyMarket,
  realMarket: anyMarket,
  sitePowerPrices: fc
    .array(fc.tuple(fc.constantFrom(0, 1), fc.double({ min: 0, max: 0.3, noNaN: true })), { maxLength: 2 })
    .map((prices) => new Map(prices)),
  sort: fc.record({
    column: fc.constantFrom(...GRID_COLUMNS.filter((column) => SORTABLE.has(column))),
    descending: fc.boolean(),
  }),
  filter: fc.record({
    text: fc.constantFrom('', '', '', 'a', 'B-1', ' s2', '7'),
    siteKey: fc.constantFrom(null, null, 0, 1),
    model: fc.constantFrom(null, null, 'S19', 'none such'),
    verdict: fc.constantFrom(
      null,
      null,
      'run',
      'pause',
      'off',
      'start',
      'until',
      'hold',
      'stay-off',
      'stopped',
    ),
    strike: fc.constantFrom(
      null,
      null,
      { from: 10, to: 200, isIdle: false, label: '' },
      { from: 10, to: 200, isIdle: true, label: '' },
    ),
  }),
  group: fc.constant(NO_GROUPS),
  money: fc.constant({ usdPerUnit: 1, decimals: 2 }),
  turn: fc.constant(0),
  keepOrder: fc.constant(false),
  window: fc.tuple(fc.nat(50), fc.nat(50)).map(([from, more]) => ({ from, to: from + more })),
  explained: fc.option(fc.record({ kind: fc.constantFrom('machine', 'site'), key: fc.nat(40) })),
  wantsSites: fc.boolean(),
})

/** Of the fleet as it is stored, USD/day. */
function realMargin(
  fleet: Fleet,
  { conditions, choices, nowMs }: NonNullable<Question['realMarket']>,
): number {
  const market = marketOf(conditions, choices, nowMs)
  const advice = advise(prepare(fleet, PLAIN_CASE), market)
  return (
    advice?.totals.marginNowUsdPerDay.asIs ??
    fleetTotals(prepareMargins(fleet), market.conditions).marginUsdPerDay
  )
}

/** What a look must show, from the formulas alone. */
function expected({ machines: columns, sites }: Fleet, question: Question) {
  const powerPriceUsdPerKwh = sites.powerPriceUsdPerKwh.map(
    (price, row) => question.sitePowerPrices.get(sites.key[row]!) ?? price,
  )
  const prepared = prepare({ machines: columns, sites: { ...sites, powerPriceUsdPerKwh } }, PLAIN_CASE)
  const { basis } = prepared
  const market =
    question.market === null
      ? null
      : marketOf(question.market.conditions, question.market.choices, question.market.nowMs)
  const advice = market === null ? null : advise(prepared, market)
  const decisions = advice?.decisions ?? null
  const hashprice = market?.hashpriceUsdPerPhDay ?? NaN
  const inputs = {
    prepared,
    decisions,
    hashpriceUsdPerPhDay: hashprice,
    hashpriceAfterUsdPerPhDay: market?.hashpriceAfterUsdPerPhDay ?? NaN,
    byId: () => idOrder(columns.id),
    notes: new Map(),
  }
  const rows = filteredRows(sortedRows(inputs, question.sort), inputs, question.filter)
  const margins = marginsUsdPerDay(basis, hashprice)
  const { from, to } = question.window
  return {
    totals: market === null ? null : fleetTotals(basis, market.conditions),
    advice: advice?.totals ?? null,
    realMarginUsdPerDay:
      question.realMarket === null ? NaN : realMargin({ machines: columns, sites }, question.realMarket),
    shown: rows.length,
    keys: Array.from(rows.subarray(from, to), (row) => columns.key[row]!),
    rows: Array.from(rows.subarray(from, to), (row) => ({
      id: textAt(columns.id, row),
      marginUsdPerDay: margins[row]!,
      breakevenUsdPerPhDay: basis.breakevenHashpriceUsdPerPhDay[row]!,
      verdict: decisions === null ? null : (VERDICTS[decisions.verdict[row]!] ?? null),
      gainUsd: decisions?.gainUsd[row] ?? NaN,
      probability: advice?.probability(row) ?? NaN,
    })),
    sites:
      market === null || !question.wantsSites
        ? []
        : siteSums(basis).map((ofSite) => totalsOf(ofSite, market.conditions)),
  }
}

function seen(engine: Engine, question: Question) {
  const look = engine.look(question)
  return {
    totals: look.totals,
    advice: look.advice,
    realMarginUsdPerDay: look.realMarginUsdPerDay,
    shown: look.shown,
    keys: rowsOf(look).map(({ key }) => key),
    rows: rowsOf(look).map(
      ({ id, marginUsdPerDay, breakevenUsdPerPhDay, verdict, gainUsd, probability }) => ({
        id,
        marginUsdPerDay,
        breakevenUsdPerPhDay,
        verdict,
        gainUsd,
        probability,
      }),
    ),
    sites: question.market === null ? [] : look.sites.map(({ totals }) => totals),
  }
}

describe('a look', () => {
  it('is what the formulas give, whatever was asked before', () => {
    fc.assert(
      fc.property(
        machines,
        anySites,
        fc.array(anyQuestion, { minLength: 1, maxLength: 5 }),
        (each, sites, questions) => {
          const fleet = fleetFrom(sites, each)
          const engine = createEngine()
          engine.load({ kind: 'all', machines: fleet.machines }, fleet.sites, PLAIN_CASE)
          for (const question of questions) {
            expect(seen(engine, question)).toEqual(expected(fleet, question))
          }
        },
      ),
    )
  })
})

/** What the advice would be under a trial, by row; null: there is none. */
function verdictsUnder(fleet: Fleet, market: Question['market']): readonly number[] | null {
  if (market === null) return null
  const { advice } = pictureOf(
    prepare(fleet, PLAIN_CASE),
    marketOf(market.conditions, market.choices, market.nowMs),
  )
  return advice === null ? null : [...advice.decisions.verdict]
}

describe('the changes that a value would make', () => {
  it('are those of the verdicts before and after, and what is looked at stays', () => {
    const anyTerms = fc.record({
      powerPriceUsdPerKwh: fc.double({ min: 0, max: 0.2, noNaN: true }),
      otherUsdPerKwh: fc.double({ min: 0, max: 0.02, noNaN: true }),
      overhead: fc.double({ min: 0, max: 0.2, noNaN: true }),
    })
    fc.assert(
      fc.property(
        machines,
        anySites,
        anyQuestion,
        anyMarket,
        anyMarket,
        fc.option(anyTerms),
        (each, sites, question, real, tried, terms) => {
          const fleet = fleetFrom(sites, each)
          const engine = createEngine()
          engine.load({ kind: 'all', machines: fleet.machines }, fleet.sites, PLAIN_CASE)
          const before = seen(engine, question)
          const paid = sites.map((site, row) => (row === 0 ? { ...site, ...terms } : site))
          const changes = engine.changes({
            real,
            tried,
            sites: new Map(terms === null ? [] : [[fleet.sites.key[0]!, terms]]),
          })
          const [from, to] = [verdictsUnder(fleet, real), verdictsUnder(fleetFrom(paid, each), tried)]
          const differs = each.filter((_, row) => from?.[row] !== to?.[row])
          const sum = (lots: readonly Machine[]) => lots.reduce((all, { quantity }) => all + quantity, 0)
          expect(changes).toEqual({
            changed: from === null || to === null ? null : sum(differs),
            machines: sum(each),
          })
          expect(seen(engine, question)).toEqual(before)
        },
      ),
    )
  })
})

/** The rows of a fleet at some places, as another fleet of the same sites. */
function some(
  { machines: columns }: Fleet,
  sites: readonly Site[],
  each: readonly Machine[],
  rows: readonly number[],
) {
  const picked = fleetFrom(
    sites,
    rows.map((row) => each[row]!),
  ).machines
  return { ...picked, key: Float64Array.from(rows, (row) => columns.key[row]!) } satisfies MachineColumns
}

describe('changed rows', () => {
  it('leave the engine as if it had been given all machines anew', () => {
    fc.assert(
      fc.property(
        machines,
        machines,
        anySites,
        anyQuestion,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        (before, after, sites, question, luck) => {
          // Rows that are there before and after keep their keys; others are new; none goes.
          const now = before.map((machine, row) => (luck[row] === true ? (after[row] ?? machine) : machine))
          now.push(...after.slice(before.length))
          const [old, fresh] = [fleetFrom(sites, before), fleetFrom(sites, now)]
          const changed = now.flatMap((machine, row) => (machine === before[row] ? [] : [row]))
          const engine = createEngine()
          engine.load({ kind: 'all', machines: old.machines }, old.sites, PLAIN_CASE)
          engine.look(question)
          const inventory = engine.load(
            { kind: 'rows', machines: some(fresh, sites, now, changed) },
            fresh.sites,
            PLAIN_CASE,
          )
          const other = createEngine()
          const whole = other.load({ kind: 'all', machines: fresh.machines }, fresh.sites, PLAIN_CASE)
          expect({ ...inventory, models: [...inventory.models].sort() }).toEqual({
            ...whole,

            models: [...whole.models].sort(),
          })
          expect(seen(engine, question)).toEqual(expected(fresh, question))
        },
      ),
    )
  })

  it('keep machines at their sites where these come in another order', () => {
    const sites = SITE_NAMES.map((name, i) => ({
      name,
      powerPriceUsdPerKwh: 0.05 + i / 50,
      otherUsdPerKwh: 0,
      overhead: 0,
    }))
    fc.assert(
      fc.property(machines, anyQuestion, (each, question) => {
        const fleet = fleetFrom(sites, each)
        const turned = fleetFrom([...sites].reverse(), each)
        const engine = createEngine()
        engine.load({ kind: 'all', machines: fleet.machines }, fleet.sites, PLAIN_CASE)
        const key = Float64Array.of(1, 0)
        engine.load({ kind: 'same' }, { ...turned.sites, key }, PLAIN_CASE)
        expect(seen(engine, question)).toEqual(
          expected({ machines: turned.machines, sites: { ...turned.sites, key } }, question),
        )
      }),
    )
  })
})
