import { describe, expect, it } from 'vitest'
import { NO_ACTS } from '#shared/domain/decision/acts/called.ts'
import { partsUntilAgain } from '#shared/domain/decision/acts/decided-machines.ts'
import type { DecidedMachines, RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { missingDaysOf, outcomeOf, outcomeSums } from '#shared/domain/decision/acts/outcome.ts'
import type { StakePart } from '#shared/domain/decision/acts/stake.ts'

const at = (text: string) => Date.parse(`2025-11-${text}Z`)

/**
 * Ten machines of 95 TH/s and 3250 W at 0.08 USD/kWh: 0.95 PH/s that are paid for, 10 · 3.25 · 24 · 0.08 = 62.40 USD a day. Computed by
 * hand.
 */
const STOPPED: StakePart = {
  untilMs: at('30T00:00'),
  acceptedPhs: 0.95,
  costUsdPerDay: 62.4,
  restartUsd: 0,
  restartAtEndUsd: 0,
  againMs: null,
}
const FORESEEN = [
  { fromMs: at('22T12:00'), usdPerPhDay: 60 },
  { fromMs: at('24T00:00'), usdPerPhDay: 63 },
]
/** 22 to 25 November; of the 24th nothing is known. */
const DAILY = { usdPerPhDay: Float64Array.of(60, 66, NaN, 70), lastDayMs: at('25T00:00') }

const decided = (part: Partial<StakePart>, more: Partial<RecordedDecision> = {}): RecordedDecision => ({
  ...{ key: 1, atMs: at('22T12:00'), siteKey: 1, site: 'Harbor', kind: 'done', reason: '' },
  ...{ advised: { ...NO_ACTS, powerDown: 10 }, machinesDone: 10, freedKw: 32.5, gainUsd: 30 },
  ...{ untilMs: at('30T00:00'), hashpriceUsdPerPhDay: 60, priceUsdPerBtc: null, difficulty: null },
  ...{ change: null, isTakenBack: false },
  stake: { parts: [{ ...STOPPED, ...part }], foreseen: FORESEEN },
  ...more,
})
const seen = (part: Partial<StakePart>, now = '26T10:00') => outcomeOf(decided(part), DAILY, at(now))!

describe('what a decision brought', () => {
  it('is cost that stopped less hashrate that stopped at the hashprice of each day, parts of days by their hours', () => {
    const outcome = seen({})
    // 0.5 · (62.40 − 57.00) + (62.40 − 62.70) + (62.40 − 66.50); the 24th is left out
    expect(outcome.savedUsd).toBeCloseTo(-1.7, 9)
    // 0.5 · 5.40 + 5.40 + (62.40 − 59.85)
    expect(outcome.expectedUsd).toBeCloseTo(10.65, 9)
    expect(outcome.meanHashpriceUsdPerPhDay).toBeCloseTo((30 + 66 + 70) / 2.5, 9)
    expect(outcome).toMatchObject({ daysCovered: 2.5, daysMissing: 1, endsWith: 'now', restartUsd: 0 })
    expect([outcome.fromMs, outcome.toMs]).toEqual([at('22T12:00'), at('26T00:00')])
    expect(missingDaysOf(outcome, DAILY)).toEqual([at('24T00:00')])
  })

  it('counts nothing of a day that is not over, nor without a stored day', () => {
    for (const outcome of [seen({}, '22T23:00'), outcomeOf(decided({}), null, at('26T10:00'))!]) {
      expect(outcome).toMatchObject({ daysCovered: 0, savedUsd: NaN, expectedUsd: NaN, restartUsd: 0 })
    }
    expect(seen({}, '22T23:00').daysMissing).toBe(0)
    expect(missingDaysOf(seen({}, '22T23:00'), DAILY)).toEqual([])
    expect(outcomeOf(decided({}), null, at('26T10:00'))!.daysMissing).toBe(3.5)
  })

  it('pays the restart of a pause at its end, where nobody started its machines before', () => {
    // 2.70 − 0.30 − 4.00
    const pause = { untilMs: at('24T00:00'), restartAtEndUsd: 4 }
    expect(seen(pause)).toMatchObject({ endsWith: 'over', restartUsd: 4, daysMissing: 0 })
    expect(seen(pause).savedUsd).toBeCloseTo(-1.6, 9)
    // Half a day at 5.40 and half at −0.30
    const started = seen({ ...pause, againMs: at('23T12:00') })
    expect(started).toMatchObject({ endsWith: 'again', restartUsd: 0 })
    expect(started.savedUsd).toBeCloseTo(2.7 - 0.15, 9)
    // Started after its end, that decision pays: once it is made, and not where nothing was done in the first place.
    const startedLater = { ...pause, againMs: at('25T09:00') }
    expect(seen(startedLater)).toMatchObject({ endsWith: 'over', restartUsd: 0 })
    expect(seen(startedLater, '25T08:00').restartUsd).toBe(4)
    const notDone = decided(startedLater, { kind: 'not-now' })
    expect(outcomeOf(notDone, DAILY, at('26T10:00'))!.restartUsd).toBe(4)
    // While it lasts it is not paid.
    expect(seen(pause, '23T10:00').savedUsd).toBeCloseTo(2.7, 9)
  })

  it('is the other way round of a start, whose restart is paid at once', () => {
    const start = { acceptedPhs: -0.95, costUsdPerDay: -62.4, restartUsd: 5 }
    expect(seen(start).savedUsd).toBeCloseTo(1.7 - 5, 9)
    expect(seen(start, '23T10:00').savedUsd).toBeCloseTo(-2.7 - 5, 9)
  })

  it('follows a decision without a date for 14 days', () => {
    const undated = outcomeOf(
      decided({ untilMs: null }),
      { usdPerPhDay: new Float64Array(30).fill(60), lastDayMs: at('22T00:00') + 29 * 86_400_000 },
      at('22T12:00') + 60 * 86_400_000,
    )!
    expect(undated).toMatchObject({ daysCovered: 14, daysMissing: 0, endsWith: 'over' })
    expect(undated.savedUsd).toBeCloseTo(14 * 5.4, 9)
  })

  it('is in a sum of what was done or of what was not, in none where it was taken back, and unknown where no stake was kept', () => {
    const { stake, ...older } = decided({})
    expect(stake).toBeDefined()
    const rows = [
      decided({}),
      decided({}, { kind: 'not-now' }),
      decided({}, { isTakenBack: true }),
      older,
    ].map((decision) => ({ decision, outcome: outcomeOf(decision, DAILY, at('26T10:00')) }))
    expect(rows.map(({ outcome }) => outcome === null)).toEqual([false, false, true, true])
    const { done, notDone } = outcomeSums(rows)
    expect([done.decisions, done.known, notDone.decisions, notDone.known]).toEqual([2, 1, 1, 1])
    expect(done.savedUsd).toBeCloseTo(-1.7, 9)
    expect(notDone.expectedUsd).toBeCloseTo(10.65, 9)
  })
})

describe('machines that are decided about again', () => {
  const one = { untilMs: null, acceptedPhs: 0.1, costUsdPerDay: 6, restartUsd: 1, restartAtEndUsd: 0 }
  const machines: DecidedMachines = {
    ...{ key: [1, 2], advised: [10, 4], done: [6, 4], act: [0, 0], before: [0, 0], after: [1, 1] },
    // Six of the first lot were switched, and are a lot of their own since.
    ...{ keyAfter: [7, 2], stakes: [one], stake: [0, 0] },
  }
  const machinesOf = (parts: readonly StakePart[] | null) =>
    parts!.map(({ againMs, acceptedPhs }) => [againMs, Math.round(acceptedPhs * 10)])

  it('end what was done for as many as were switched again, by the key that they have since', () => {
    const later = [
      { atMs: 100, machines: new Map([[1, 4]]) },
      { atMs: 200, machines: new Map([[7, 2]]) },
      {
        atMs: 300,
        machines: new Map([
          [7, 5],
          [2, 4],
        ]),
      },
    ]
    expect(machinesOf(partsUntilAgain(machines, 'done', later))).toEqual([
      [200, 2],
      [300, 8],
    ])
    expect(machinesOf(partsUntilAgain(machines, 'done', later.slice(0, 2)))).toEqual([
      [200, 2],
      [null, 8],
    ])
  })

  it('end a "not now" for all of them, and each is counted once', () => {
    const again = { atMs: 100, machines: new Map([[1, 10]]) }
    expect(machinesOf(partsUntilAgain(machines, 'not-now', [again]))).toEqual([
      [100, 10],
      [null, 4],
    ])
  })
})
