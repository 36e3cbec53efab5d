import { describe, expect, it } from 'vitest'
import type { AlertMemory, AlertOccurrence, AlertRule } from '#shared/domain/alerts.ts'
import { evaluateAlert } from '#shared/domain/alerts.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { moneyIn } from '#shared/format/money.ts'
import { notificationsOf, occurrenceWords, ruleWords, stateWords } from '#shared/format/alert-words.ts'
import type { Look } from './alert-looks.ts'
import { observationOf } from './alert-looks.ts'
import { basisOf, machine } from '../machines.ts'

/** Looks one after the other, each with the memory of the one before. */
function follow(rule: AlertRule, looks: readonly Look[]) {
  let memory: AlertMemory | null = null
  return looks.map((look) => {
    const outcome = evaluateAlert(rule, memory, observationOf(look, memory))
    // As it is kept between two runs of the program.
    memory = JSON.parse(JSON.stringify(outcome.memory)) as AlertMemory | null
    return outcome
  })
}
const at = (hashprice: number) => ({ hashpriceUsdPerPhDay: hashprice })
const tolds = (rule: AlertRule, looks: readonly Look[]) =>
  follow(rule, looks).map(({ happened }) => happened.length)
const actives = (rule: AlertRule, looks: readonly Look[]) => follow(rule, looks).map(({ active }) => active)

describe('a hashprice below a threshold', () => {
  const rule: AlertRule = { kind: 'hashprice-below', usdPerPhDay: 34 }

  it('is told when it begins and not while it lasts', () => {
    expect(tolds(rule, [34, 33.9, 33, 20].map(at))).toEqual([0, 1, 0, 0])
    expect(follow(rule, [at(35), at(33.9)])[1]!.happened).toEqual([
      { kind: 'hashprice-below', usdPerPhDay: 33.9, thresholdUsdPerPhDay: 34 },
    ])
  })

  it('is told at the first look where it is so already', () => {
    expect(tolds(rule, [at(33), at(33)])).toEqual([1, 0])
  })

  it('ends at 1 % above the threshold, and is told again after that', () => {
    const path = [33.9, 34.2, 33.9, 34.33, 33.9, 34.34, 33.9].map(at)
    expect(actives(rule, path)).toEqual([true, true, true, true, true, false, true])
    expect(tolds(rule, path)).toEqual([1, 0, 0, 0, 0, 0, 1])
  })

  it('is not changed by what is not known', () => {
    expect(actives(rule, [at(33), at(NaN), at(33)])).toEqual([true, true, true])
    expect(tolds(rule, [at(NaN), at(33), at(NaN), at(33)])).toEqual([0, 1, 0, 0])
    expect(follow(rule, [at(NaN)])[0]!.memory).toBeNull()
  })
})

describe('lots that cross their break-even', () => {
  const rule: AlertRule = { kind: 'breakeven-crossed' }
  // Without losses on the way the break-even hashprice is 24 × J/TH × price: 0.72 × W at 0.06 USD/kWh and 100 TH/s, in 1/100 USD.
  const lot = (id: string, breakevenUsd: number, more: Partial<Machine> = {}) =>
    machine({ id, powerW: (breakevenUsd * 100) / 1.44, ...more })
  const basis = basisOf([
    lot('A', 34, { quantity: 10 }),
    lot('B', 33, { quantity: 2 }),
    lot('C', 30),
    lot('off', 33.5, { status: 'off' }),
    lot('blank', 33.5, { hashrateThs: NaN }),
  ])
  const path = (...hashprices: readonly number[]) => hashprices.map((hp) => ({ ...at(hp), basis }))
  const words = (happened: readonly AlertOccurrence[]) =>
    happened.map((one) =>
      one.kind === 'breakeven-crossed' ? `${one.under ? '↓' : '↑'}${one.ids.join('')}` : '',
    )
  const told = (...hashprices: readonly number[]) =>
    follow(rule, path(...hashprices)).map(({ happened }) => words(happened).join(' '))

  it('rests on the break-evens that the test counts with', () => {
    ;[34, 33, 30].forEach((usd, row) => {
      expect(basis.breakevenHashpriceUsdPerPhDay[row]).toBeCloseTo(usd, 9)
    })
  })

  it('only remembers at the first look', () => {
    expect(told(33.5)).toEqual([''])
    expect(actives(rule, path(35, 33.5))).toEqual([false, true])
  })

  it('names those that a fall takes under, and a further fall only the further ones', () => {
    expect(told(35, 33.9, 33.8, 32, 25)).toEqual(['', '↓A', '', '↓B', '↓C'])
    expect(follow(rule, path(35, 32))[1]!.happened).toEqual([
      {
        ...{ kind: 'breakeven-crossed', under: true, lots: 2, machines: 12, ids: ['A', 'B'] },
        usdPerPhDay: 32,
        // 10 × 0.1 PH/s × (32 − 34) + 2 × 0.1 PH/s × (32 − 33) USD/PH/day
        usdPerDay: expect.closeTo(-2.2, 9) as number,
      },
    ])
  })

  it('tells nothing of a bounce below 1 %, and of a rise once they are 1 % above', () => {
    expect(told(35, 33.9, 34.2, 33.9, 34.3)).toEqual(['', '↓A', '', '', ''])
    expect(told(35, 33.9, 34.35, 34.2, 33.9)).toEqual(['', '↓A', '↑A', '', '↓A'])
    expect(told(29, 33, 34, 36)).toEqual(['', '↑C', '↑B', '↑A'])
  })

  it('tells nothing where the fleet changes under the same market', () => {
    const dearer = basisOf([lot('A', 38), lot('B', 33)])
    const looks = follow(rule, [
      { ...at(35), basis },
      { ...at(35), basis: dearer },
      { ...at(34.9), basis: dearer },
      { ...at(37), basis: dearer },
    ])
    expect(looks.map(({ happened }) => happened.length)).toEqual([0, 0, 0, 0])
    expect(looks.map(({ active }) => active)).toEqual([false, true, true, true])
  })

  it('keeps the first five names of many', () => {
    const many = basisOf(Array.from({ length: 9 }, (_, i) => lot(`m${i}`, 34)))
    const [, outcome] = follow(rule, [
      { ...at(35), basis: many },
      { ...at(33), basis: many },
    ])
    expect(outcome!.happened).toMatchObject([{ lots: 9, machines: 9, ids: ['m0', 'm1', 'm2', 'm3', 'm4'] }])
  })

  it('is not changed by an unknown hashprice or fleet', () => {
    const looks = follow(rule, [...path(35, NaN), at(20), ...path(33.9)])
    expect(looks.map(({ happened }) => words(happened).join(' '))).toEqual(['', '', '', '↓A'])
  })
})

describe('an expected adjustment beyond a change', () => {
  const looks = (...changes: readonly (number | null)[]) =>
    changes.map((expectedChange) => ({ expectedChange }))

  it('below a negative one, with half a point of play', () => {
    const rule: AlertRule = { kind: 'adjustment-beyond', change: -0.05 }
    expect(tolds(rule, looks(-0.049, -0.051, -0.08, -0.046, -0.051, -0.044, -0.051))).toEqual([
      0, 1, 0, 0, 0, 0, 1,
    ])
    expect(tolds(rule, looks(0.2))).toEqual([0])
  })

  it('above a positive one', () => {
    const rule: AlertRule = { kind: 'adjustment-beyond', change: 0.03 }
    expect(tolds(rule, looks(0.031, null, 0.026, 0.031, 0.024, 0.04))).toEqual([1, 0, 0, 0, 0, 1])
    expect(tolds(rule, looks(-0.2))).toEqual([0])
  })
})

describe('the value zone of NVT', () => {
  const rule: AlertRule = { kind: 'nvt-zone' }
  const day = (date: string, state: 'value' | 'neutral' | 'overheated') => ({ nvt: { date, state } })

  it('is remembered first, then told when it is entered and left', () => {
    const outcomes = follow(rule, [
      day('2026-01-01', 'value'),
      day('2026-01-02', 'neutral'),
      { nvt: null },
      day('2026-01-03', 'overheated'),
      day('2026-01-04', 'value'),
    ])
    expect(outcomes.map(({ happened }) => happened)).toEqual([
      [],
      [{ kind: 'nvt-zone', entered: false, date: '2026-01-02' }],
      [],
      [],
      [{ kind: 'nvt-zone', entered: true, date: '2026-01-04' }],
    ])
    expect(outcomes.map(({ active }) => active)).toEqual([true, false, false, false, true])
  })

  it('is not told again by a day that is corrected or taken away', () => {
    expect(
      tolds(rule, [
        day('2026-01-01', 'neutral'),
        day('2026-01-02', 'value'),
        day('2026-01-02', 'neutral'),
        day('2025-12-31', 'neutral'),
        day('2026-01-03', 'value'),
      ]),
    ).toEqual([0, 1, 0, 0, 0])
  })
})

describe('stale data', () => {
  const rule: AlertRule = { kind: 'data-stale' }

  it('is told once, at the first look too, and again only after all was fresh', () => {
    const looks = [['priceUsdPerBtc'], ['priceUsdPerBtc', 'height'], null, ['height'], [], ['height']]
    expect(
      tolds(
        rule,
        looks.map((staleValues) => ({ staleValues })),
      ),
    ).toEqual([1, 0, 0, 0, 0, 1])
  })
})

describe('the words', () => {
  const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')

  it('say what an alert waits for', () => {
    expect(plain(ruleWords({ kind: 'hashprice-below', usdPerPhDay: 34 }))).toBe(
      'Hashprice below $34.00 per PH/s a day',
    )
    expect(plain(ruleWords({ kind: 'adjustment-beyond', change: -0.05 }))).toBe(
      'Expected adjustment below −5.0 %',
    )
    expect(plain(ruleWords({ kind: 'adjustment-beyond', change: 0.05 }))).toBe(
      'Expected adjustment above +5.0 %',
    )
    expect(plain(ruleWords({ kind: 'hashprice-below', usdPerPhDay: 34 }, moneyIn('EUR', 34 / 31)))).toBe(
      'Hashprice below €31.00 per PH/s a day',
    )
  })

  it('say what happened', () => {
    const body = (occurrence: AlertOccurrence) => plain(occurrenceWords(occurrence).body)
    expect(body({ kind: 'hashprice-below', usdPerPhDay: 33.999, thresholdUsdPerPhDay: 34 })).toBe(
      'Hashprice at $33.99 per PH/s a day, below your $34.00.',
    )
    const crossing = {
      kind: 'breakeven-crossed',
      under: true,
      lots: 3,
      machines: 12,
      usdPerPhDay: 33.9,
    } as const
    expect(body({ ...crossing, ids: ['A-12', 'A-13', 'B-2'] })).toBe(
      '3 lots (12 machines) fell below break-even at a hashprice of $33.90: A-12, A-13, B-2.',
    )
    expect(body({ ...crossing, under: false, lots: 7, ids: ['A-12', 'B-2'] })).toBe(
      '7 lots (12 machines) rose above break-even at a hashprice of $33.90: A-12, B-2 and 5 more.',
    )
    expect(body({ ...crossing, ids: ['A-12', 'A-13', 'B-2'], usdPerDay: -3.456 })).toContain(
      ': A-12, A-13, B-2. As they run, they lose $3.46 a day.',
    )
    expect(body({ kind: 'adjustment-beyond', change: -0.0504, threshold: -0.05 })).toBe(
      'The next adjustment is expected to be −5.04 %, below your −5.00 %.',
    )
    const fleet = {
      ...{ lots: 18, machines: 7420, usdPerDay: 3019 },
      under: { lots: 7, machines: 1369, usdPerDay: -412.3 },
    }
    const low = { kind: 'hashprice-below', usdPerPhDay: 33.5, thresholdUsdPerPhDay: 34 } as const
    expect(body({ ...low, fleet })).toBe(
      'Hashprice at $33.50 per PH/s a day, below your $34.00. As they run, 7 420 machines in 18 lots earn $3 019 a day; 1 369 machines in 7 lots are under water and lose $412 a day.',
    )
    const one = { lots: 1, machines: 1, usdPerDay: -2 }
    expect(body({ ...low, fleet: { ...one, under: one } })).toContain(
      'As it runs, 1 machine in 1 lot loses $2.00 a day; 1 machine in 1 lot is under water and loses $2.00 a day.',
    )
    const after = { usdPerPhDay: 35.28, fleet, changeUsdPerDay: 215.4 }
    expect(body({ kind: 'adjustment-beyond', change: -0.03, threshold: -0.02, after })).toBe(
      'The next adjustment is expected to be −3.0 %, below your −2.0 %. At the hashprice of $35.28 that follows from it, 7 420 machines in 18 lots make $215 a day more; 1 369 machines in 7 lots are under water and lose $412 a day.',
    )
    expect(body({ kind: 'nvt-zone', entered: true, date: '2026-01-04' })).toBe(
      'Dynamic NVT entered its value zone on 4 Jan 2026.',
    )
    expect(body({ kind: 'data-stale', values: ['priceUsdPerBtc', 'feesBtcPerBlock'] })).toBe(
      'Stale or missing: the price, the fees per block. Margins rest on the last good values.',
    )
  })

  it('say whether a state lasts', () => {
    const now = Date.UTC(2026, 0, 4, 15)
    const since = Date.UTC(2026, 0, 4, 14, 2)
    expect(stateWords('hashprice-below', null, now, 'UTC')).toBe('not at the moment')
    expect(stateWords('hashprice-below', since, now, 'UTC')).toBe('lasts since 14:02')
    expect(stateWords('hashprice-below', since, now + 86_400_000, 'UTC')).toBe('lasts since 4 Jan, 14:02')
    expect(stateWords('breakeven-crossed', since, now, 'UTC')).toBe('lots below break-even since 14:02')
  })

  it('become one notification where much happened at once', () => {
    const stale: AlertOccurrence = { kind: 'data-stale', values: ['height'] }
    const zone: AlertOccurrence = { kind: 'nvt-zone', entered: false, date: '2026-01-04' }
    const low: AlertOccurrence = { kind: 'hashprice-below', usdPerPhDay: 33, thresholdUsdPerPhDay: 34 }
    expect(notificationsOf([])).toEqual([])
    expect(notificationsOf([stale, zone]).map(({ title }) => title)).toEqual([
      'Data is stale or missing',
      'NVT left its value zone',
    ])
    expect(notificationsOf([stale, zone, low])).toEqual([
      {
        title: '3 alerts',
        body: 'Data is stale or missing. NVT left its value zone. Hashprice below $34.00.',
      },
    ])
  })

  it('hold no markup, which some desktops would follow', () => {
    const [told] = notificationsOf([
      {
        ...{ kind: 'breakeven-crossed', under: true, lots: 1, machines: 9, usdPerPhDay: 31 },
        ids: ['<a href="https://example.com">A</a>'],
      },
    ])
    expect(told!.body).toContain('‹a href="https://example.com"›A‹/a›')
    expect(told!.body).not.toMatch(/[<>]/)
  })
})

describe('advice that changes and strikes, in words', () => {
  it('name lots, machines and money', () => {
    const { title, body } = occurrenceWords({
      kind: 'verdict-changed',
      lots: 1008,
      machines: 5012,
      gainUsd: 120.5,
      horizonDays: 17.6,
      usdPerPhDay: 31,
      changes: [
        { from: 'run', to: 'off', lots: 1000, machines: 5000, ids: ['a', 'b', 'c', 'd', 'e'] },
        { from: 'hold', to: 'start', lots: 2, machines: 4, ids: ['x', 'y'] },
      ],
    })
    expect(title).toBe('New advice for 1\u202f008 lots')
    expect(body).toBe(
      'New advice for 1\u202f008 lots (5\u202f012 machines), from Run to Power down: 5\u202f000 machines (a, b, c, d, e and 995 more); from Hold to Start: 4 machines (x, y); 6 lots otherwise. Following it is worth $121 over 18 days.',
    )
  })

  it('say on which side of which strike', () => {
    const { title, body } = occurrenceWords({
      kind: 'strike-crossed',
      under: true,
      usdPerPhDay: 31,
      stop: { lots: 1, machines: 4, ids: ['runs'], usdPerDay: -2.5 },
      start: { lots: 2, machines: 3, ids: ['idle', 'shelf'], usdPerDay: -0.5 },
    })
    expect(title).toBe('1 running lot fell below its stop strike; 2 idle lots fell below their start strike')
    expect(body).toBe(
      '1 running lot fell below its stop strike (4 machines) at a hashprice of $31.00: runs. Running them loses $2.50 a day, against leaving them off. 2 idle lots fell below their start strike (3 machines) at a hashprice of $31.00: idle, shelf. Running them would lose $0.50 a day, against leaving them off.',
    )
    expect(stateWords('strike-crossed', null, 0)).toBe('no lot beyond its strike')
    expect(ruleWords({ kind: 'verdict-changed' })).toBe('The advice for a lot changes')
  })
})
