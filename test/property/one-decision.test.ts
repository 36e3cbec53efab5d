import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import type { RowAdvice } from '#shared/domain/decision/advice.ts'
import { HOLD } from '#shared/domain/decision/words.ts'
import { EXEMPT, FOLLOW, PROTECTED } from '#shared/domain/power/machine-policy.ts'
import type { Kinds, LotGiven, Sequence, SiteGiven, Slot } from './one-decision-site.ts'
import {
  anySite,
  bestUsd,
  choicesOf,
  hasContract,
  horizonOf,
  isOwnFirst,
  kwOf,
  machinesOf,
  MIDNIGHT,
  NOTHING,
  MS_PER_HOUR,
  machineUsd,
  preparedOf,
  sequencesOf,
  siteUsd,
  slotsOf,
  wordOf,
} from './one-decision-site.ts'

const small = (kinds: Kinds) =>
  anySite(kinds).filter((given) => choicesOf(given) <= 20_000 && machinesOf(given).length > 0)
const asItIs = (given: SiteGiven): readonly Sequence[] =>
  machinesOf(given).map((l) => slotsOf(given).map(() => (given.lots[l]!.status === 'running' ? 1 : 0)))

function check(given: SiteGiven) {
  const prepared = preparedOf(given)
  const horizon = horizonOf(given)
  const best = bestUsd(given)
  if (best === -Infinity) {
    expect(() => adviseOver(prepared, horizon)).toThrow(/North.*(capKw|floorKw)/)
    return
  }
  const advice = adviseOver(prepared, horizon)
  const { totals } = advice
  const asIs = siteUsd(given, asItIs(given), true)
  const sites = advice.sites()
  if (sites.some(({ proven }) => !proven)) {
    const { upperBoundUsd } = sites[0]!
    expect(totals.valueUsd.advised).toBeLessThanOrEqual(best + 1e-6)
    expect(upperBoundUsd).toBeGreaterThanOrEqual(best - 1e-6)
    return
  }
  const close = 1e-6 * Math.max(1, Math.abs(best), Math.abs(asIs))
  expect(Math.abs(totals.valueUsd.run - asIs), `as it is ${totals.valueUsd.run}, not ${asIs}`).toBeLessThan(
    close,
  )
  expect(
    Math.abs(totals.valueUsd.advised - best),
    `advised ${totals.valueUsd.advised}, not ${best}`,
  ).toBeLessThan(close)
  expect(Math.abs(totals.gainUsd - (best - asIs))).toBeLessThan(close)
}

describe('the advice for a small site is the best of all choices', () => {
  const kinds: Kinds = {
    restarts: [0],
    contracts: 'none',
    points: false,
    limits: false,
    lots: 4,
    quantity: 2,
  }
  it('with one price of energy', () => {
    fc.assert(fc.property(small({ ...kinds, restarts: [0, 0.3, 2] }), check), { numRuns: 150 })
  })
  it('with operating points', () => {
    fc.assert(fc.property(small({ ...kinds, points: true, restarts: [0, 0.3, 2] }), check), { numRuns: 150 })
  })
  it('under a tariff', () => {
    fc.assert(
      fc.property(
        small({ ...kinds, contracts: 'uncoupled', points: true, restarts: [0, 0.1, 0.5] }).filter(
          hasContract,
        ),
        check,
      ),
      { numRuns: 200 },
    )
  })
  it('under a tariff within the limits of an operator', () => {
    fc.assert(
      fc.property(
        small({ ...kinds, contracts: 'uncoupled', limits: true, restarts: [0, 0.1, 0.5] }).filter(
          hasContract,
        ),
        check,
      ),
      { numRuns: 200 },
    )
  })
  it('under committed energy, a cap, a floor and a demand charge', () => {
    fc.assert(fc.property(small({ ...kinds, contracts: 'any', points: true }).filter(hasContract), check), {
      numRuns: 200,
    })
  })
  it('with a block tariff and a demand response too', () => {
    fc.assert(
      fc.property(
        small({ ...kinds, contracts: 'wide', points: true, restarts: [0, 0, 0.3] }).filter(hasContract),
        check,
      ),
      { numRuns: 200 },
    )
  })
  it('the same with restarts and limits', () => {
    fc.assert(
      fc.property(
        small({ ...kinds, contracts: 'any', limits: true, restarts: [0, 0.1, 0.5] }).filter(hasContract),
        check,
      ),
      { numRuns: 200 },
    )
  })
})

const slotsIn = (given: SiteGiven) =>
  slotsOf(given, given.switchesPerDay === null && given.leastHoursOn === null && given.leastHoursOff === null)

/** What the largest part of a lot does in each slot, as its advice says it. */
function saidOf(given: SiteGiven, said: RowAdvice): Sequence {
  return saidAt(slotsIn(given), said)
}

function saidAt(slots: readonly Slot[], { plan, schedule }: RowAdvice): Sequence {
  const modeOf = (mode: string | null) => (mode === 'off' ? 0 : mode === null ? 1 : 2 + Number(mode.slice(1)))
  return slots.map(({ fromMs }) => {
    const entry = schedule.find((each) => each.fromMs <= fromMs && fromMs < each.toMs)
    return modeOf((entry ?? plan.findLast((each) => each.fromMs <= fromMs)!).mode)
  })
}

/** A lot by itself at the prices of the slots, USD over the horizon. */
function lotUsd(given: SiteGiven, lot: LotGiven, modes: Sequence): number {
  const slots = slotsIn(given)
  const energy = slots.reduce(
    (usd, { hours, price }, i) => usd + hours * price * kwOf(given, lot, modes[i]!),
    0,
  )
  return lot.quantity * (machineUsd(given, lot, slots, modes) - energy)
}

function checkRows(given: SiteGiven) {
  const slots = slotsIn(given)
  const advice = adviseOver(preparedOf(given), horizonOf(given))
  given.lots.forEach((lot, row) => {
    const said = advice.row(row)
    if (lot.status === 'repair') {
      expect(said.verdict).toBeNull()
      expect(said.valueUsd).toEqual({})
      expect(said.plan).toEqual([])
      return
    }
    const isOn = lot.status === 'running'
    const does = saidOf(given, said)
    const all = sequencesOf(given, lot, slots)
    const close = (a: number, b: number, what: string) =>
      expect(Math.abs(a - b), `${what} ${a}, not ${b}`).toBeLessThan(
        1e-7 * Math.max(1, Math.abs(a), Math.abs(b)),
      )
    const best = Math.max(...all.map((modes) => lotUsd(given, lot, modes)))
    const worth = lotUsd(given, lot, does)
    close(worth, best, 'worth of what is said')
    close(said.valueUsd[said.verdict!]!, best, 'value')
    const asNow = lotUsd(
      given,
      lot,
      slots.map(() => (isOn ? 1 : 0)),
    )
    close(said.gainUsd, best - asNow, 'gain')
    // the word is that of the plan
    if (said.verdict !== 'profile') expect(wordOf(lot, slots, does)).toBe(said.verdict)
    else expect(isOwnFirst(slots, does)).toBe(false)
    // each word is worth its best plan
    if (lot.policy !== PROTECTED)
      for (const [word, value] of Object.entries(said.valueUsd)) {
        const ofWord = all.filter((modes) =>
          word === 'profile'
            ? slots.some(({ stage }, i) => stage === 0 && modes[i]! > 0)
            : wordOf(lot, slots, modes) === word && isOwnFirst(slots, modes),
        )
        close(value, Math.max(...ofWord.map((modes) => lotUsd(given, lot, modes))), word)
      }
    const hours = (stage: number, counts: (i: number) => boolean) =>
      slots.reduce((sum, slot, i) => sum + (slot.stage === stage && counts(i) ? slot.hours : 0), 0)
    const share = (stage: number) => hours(stage, (i) => does[i]! > 0) / hours(stage, () => true)
    close(said.shareOfHours.now, share(0), 'share now')
    if (given.stages.length > 1) close(said.shareOfHours.after, share(1), 'share after')
    // dates and machines
    const isOnIn = (stage: number) => share(stage) > 0
    const change = given.stages.findIndex((_, stage) => isOnIn(stage) !== isOnIn(0))
    expect(said.untilMs).toBe(change < 0 ? NaN : slots.find(({ stage }) => stage === change)!.fromMs)
    expect(said.then).toBe(change < 0 ? null : isOnIn(0) ? 'off' : 'run')
    const { run, pause, off } = said.machines
    expect([run, pause, off]).toEqual(
      isOnIn(0) ? [lot.quantity, 0, 0] : change >= 0 ? [0, lot.quantity, 0] : [0, 0, lot.quantity],
    )
    close(said.marginalEnergyUsdPerKwh, slots[0]!.price, 'marginal energy')
  })
  const { machines, actions } = advice.totals
  const decided = given.lots
    .filter(({ status }) => status !== 'repair')
    .reduce((sum, { quantity }) => sum + quantity, 0)
  expect(Object.values(machines).reduce((sum, each) => sum + each, 0)).toBe(decided)
  expect(Object.values(actions).reduce((sum, each) => sum + each, 0)).toBe(decided)
}

describe('every row says what it does and what that is worth', () => {
  const kinds: Kinds = {
    restarts: [0, 0.1, 0.5],
    contracts: 'none',
    points: true,
    limits: false,
    lots: 3,
    quantity: 2,
  }
  it('with one price of energy', () => {
    fc.assert(fc.property(anySite(kinds), checkRows), { numRuns: 200 })
  })
  it('under a tariff', () => {
    fc.assert(fc.property(small({ ...kinds, contracts: 'uncoupled' }).filter(hasContract), checkRows), {
      numRuns: 200,
    })
  })
  it('under a tariff within limits', () => {
    fc.assert(
      fc.property(small({ ...kinds, contracts: 'uncoupled', limits: true }).filter(hasContract), checkRows),
      { numRuns: 200 },
    )
  })
})

describe('an operator’s limits', () => {
  const kinds: Kinds = {
    restarts: [0, 0.1],
    contracts: 'none',
    points: false,
    limits: true,
    lots: 3,
    quantity: 2,
  }

  it('count for machines without a contract too', () => {
    fc.assert(
      fc.property(anySite(kinds), (given) => {
        const advice = adviseOver(preparedOf(given), horizonOf(given))
        const slots = slotsOf(given, true)
        given.lots.forEach((lot, row) => {
          if (lot.status === 'repair') return
          const isOnAt = saidAt(slots, advice.row(row)).map((mode) => Number(mode > 0))
          const allowed = sequencesOf(given, lot, slots)
          if (lot.policy !== PROTECTED) expect(allowed.map(String)).toContain(String(isOnAt))
        })
      }),
      { numRuns: 200 },
    )
  })
})

describe('waiting', () => {
  const kinds: Kinds = {
    restarts: [0, 0.5, 5],
    contracts: 'any',
    points: true,
    limits: false,
    lots: 3,
    quantity: 2,
  }
  /** days near the price at which the first lot breaks even: there one would rather wait */
  const risky = fc
    .tuple(anySite({ ...kinds, lots: 2 }), fc.double({ min: 0.85, max: 1.15, noNaN: true }))
    .filter(([given]) => machinesOf(given).length > 0)
    .map(([given, near]) => {
      const [{ powerW, ths }] = given.lots as [LotGiven]
      const hashprice = (near * 24 * given.base * (1 + given.overhead) * powerW) / ths
      return {
        ...given,
        peak: null,
        stages: given.stages.map(({ hours }) => ({ hours: 12 * hours, hashprice })),
      }
    })

  it('is only for what would switch at a cost, never for protected machines, and never without price risk', () => {
    fc.assert(
      fc.property(risky, fc.constantFrom(0, 0.3, 0.8, 2), (given, volatility) => {
        const known = settled(() => adviseOver(preparedOf(given), horizonOf(given, volatility)))
        if (known === null) return
        given.lots.forEach((lot, row) => {
          if (known.decisions.verdict[row] !== HOLD) return
          const said = known.row(row)
          expect(said.verdict).toBe('hold')
          expect(volatility).toBeGreaterThan(0)
          expect(lot.restartUsd).toBeGreaterThan(0)
          expect(lot.policy).not.toBe(PROTECTED)
          expect(said.gainUsd).toBe(0)
          expect(said.untilMs).toBe(MIDNIGHT + (given.startHour + 24) * MS_PER_HOUR)
          expect(said.machines).toEqual({
            run: lot.status === 'running' ? lot.quantity : 0,
            pause: 0,
            off: lot.status === 'running' ? 0 : lot.quantity,
          })
        })
      }),
      { numRuns: 60 },
    )
  })

  it('is between two strikes around the break-even', () => {
    const seen = new Set<string>()
    const anyLot = fc.record({
      isOn: fc.boolean(),
      isExempt: fc.boolean(),
      restartUsd: fc.constantFrom(0, 0.5, 2, 10),
      powerW: fc.integer({ min: 1500, max: 4000 }),
      standbyW: fc.constantFrom(0, 40),
      near: fc.double({ min: 0.85, max: 1.15, noNaN: true }),
      days: fc.integer({ min: 2, max: 30 }),
      volatility: fc.constantFrom(0, 0.3, 0.77, 1.5),
    })
    fc.assert(
      fc.property(anyLot, ({ isOn, isExempt, restartUsd, powerW, standbyW, near, days, volatility }) => {
        const lot = { quantity: 3, ths: 100, powerW, standbyW, restartUsd, otherUsdPerKwh: 0, points: [] }
        const even = (24 * 0.06 * (powerW - standbyW)) / 100
        const hashprice = even * near
        const given: SiteGiven = {
          ...NOTHING,
          lots: [{ ...lot, status: isOn ? 'running' : 'off', policy: isExempt ? EXEMPT : FOLLOW }],
          stages: [{ hours: 24 * days, hashprice }],
          base: 0.06,
        }
        const advice = adviseOver(preparedOf(given), horizonOf(given, volatility))
        const said = advice.row(0)
        const { stopBelowUsdPerPhDay: stop, startAboveUsdPerPhDay: start } = advice.strikes(0)
        seen.add(said.verdict!)
        expect(stop).toBeLessThanOrEqual(even * (1 + 1e-6))
        expect(start).toBeGreaterThanOrEqual(even * (1 - 1e-6))
        if (restartUsd === 0 || volatility === 0) {
          expect(stop).toBeCloseTo(even, 6)
          expect(start).toBeCloseTo(even, 6)
          expect(said.verdict).not.toBe('hold')
        }
        // a switch only beyond a strike, and no waiting beyond it
        if (said.verdict === 'off') expect(hashprice).toBeLessThan(stop * (1 + 1e-9) + 1e-9)
        if (said.verdict === 'start') expect(hashprice).toBeGreaterThan(start * (1 - 1e-9) - 1e-9)
        if (said.verdict === 'hold') {
          expect(hashprice).toBeGreaterThanOrEqual(stop * (1 - 1e-6))
          expect(hashprice).toBeLessThanOrEqual(start * (1 + 1e-6))
        }
        if (isOn && hashprice >= even) expect(said.verdict).toBe('run')
        if (!isOn && hashprice < even) expect(said.verdict).toBe('stay-off')
      }),
      { numRuns: 1000 },
    )
    expect([...seen].sort()).toEqual(['hold', 'off', 'run', 'start', 'stay-off'])
  })

  it('keeps cap and floor', () => {
    fc.assert(
      fc.property(
        risky.filter(({ capKw, floorKw }) => capKw !== null || floorKw !== null),
        (given) => {
          const advice = settled(() => adviseOver(preparedOf(given), horizonOf(given, 0.8)))
          if (advice === null) return
          // what holds draws as it is now; what does not follows its plan, of which the site's own search has kept the limits
          if (!advice.decisions.verdict.includes(HOLD)) return
          if (given.lots.some(({ quantity }) => quantity > 1)) return
          const verdicts = given.lots.map((_, row) => advice.row(row))
          slotsIn(given).forEach((_, i) => {
            const kw = given.lots.reduce((sum, lot, row) => {
              const said = verdicts[row]!
              if (said.verdict === null) return sum
              const mode =
                said.verdict === 'hold' ? Number(lot.status === 'running') : saidOf(given, said)[i]!
              return sum + kwOf(given, lot, mode)
            }, 0)
            expect(kw).toBeLessThanOrEqual((given.capKw ?? Infinity) + 1e-9)
            expect(kw).toBeGreaterThanOrEqual((given.floorKw ?? 0) - 1e-9)
          })
        },
      ),
      { numRuns: 60 },
    )
  })
})

/** null where the limits of the site cannot be kept */
function settled<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    expect(String(error)).toMatch(/site North, field (capKw|floorKw)/)
    return null
  }
}

describe('a site that is cleared', () => {
  const kinds: Kinds = {
    restarts: [0, 0.1, 0.5],
    contracts: 'any',
    points: true,
    limits: false,
    lots: 3,
    quantity: 1,
  }

  it('is worth what its machines are told to do, replayed hour by hour, and so is each of them beside the others', () => {
    fc.assert(
      fc.property(small(kinds).filter(hasContract), (given) => {
        const advice = settled(() => adviseOver(preparedOf(given), horizonOf(given)))
        if (advice === null) return
        const close = (a: number, b: number, what: string) =>
          expect(Math.abs(a - b), `${what} ${a}, not ${b}`).toBeLessThan(
            1e-6 * Math.max(1, Math.abs(a), Math.abs(b)),
          )
        const slots = slotsOf(given)
        const rows = machinesOf(given)
        const said = rows.map((row) => advice.row(row))
        const does = said.map((each) => saidAt(slots, each))
        const worth = siteUsd(given, does)
        const { totals } = advice
        close(totals.valueUsd.advised, worth, 'as advised')
        close(
          totals.valueUsd.off,
          siteUsd(
            given,
            rows.map(() => slots.map(() => 0)),
            true,
          ),
          'all off',
        )
        // each row against doing as it does now, the others as advised
        rows.forEach((row, m) => {
          const now = slots.map(() => (given.lots[row]!.status === 'running' ? 1 : 0))
          const without = siteUsd(
            given,
            does.map((each, k) => (k === m ? now : each)),
            true,
          )
          close(said[m]!.gainUsd, worth - without, `gain of row ${row}`)
        })
        // what the site draws
        const kw = slots.map((_, i) =>
          rows.reduce((sum, l, m) => sum + kwOf(given, given.lots[l]!, does[m]![i]!), 0),
        )
        const hours = slots.reduce((sum, slot) => sum + (slot.stage === 0 ? slot.hours : 0), 0)
        const kwh = slots.reduce((sum, slot, i) => sum + (slot.stage === 0 ? slot.hours * kw[i]! : 0), 0)
        const [north] = advice.sites()
        close(north!.powerKw, kwh / hours, 'power')
        close(north!.energyKwhPerDay, (24 * kwh) / hours, 'energy')
        close(north!.peakKw, Math.max(...kw.filter((_, i) => slots[i]!.stage === 0)), 'peak')
        if (given.takeOrPay !== null) {
          const used = north!.committed!.usedKwhPerDay.now
          expect(used).toBeLessThanOrEqual(given.takeOrPay.kwhPerDay * (1 + 1e-9))
          expect(used).toBeLessThanOrEqual(((24 * kwh) / hours) * (1 + 1e-9) + 1e-9)
        }
      }),
      { numRuns: 200 },
    )
  })
})
