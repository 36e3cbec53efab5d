import { describe, expect, test } from 'vitest'
import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'
import { faultOfPiece } from '#electron/sources/past/sanity.ts'
import { heightsAtMidnights, risingTimes } from '#electron/sources/past/daily-closes.ts'
import type { PastEpoch, PastPiece } from '#electron/sources/past/part.ts'
import { DAY_S, dateOf, difficultyOfEpoch, hashrateHsOn, LAST_DAY, priceOn, timeOf } from './past-world.ts'

const DAYS = Array.from({ length: 40 }, (_, i) => LAST_DAY - 39 + i)

function piece(values: Partial<Record<DailyColumn, (day: number) => number>>, days = DAYS): PastPiece {
  return {
    values: Object.entries(values).map(([column, valueOf]) => ({
      column: column as DailyColumn,
      day: Int32Array.from(days),
      value: Float64Array.from(days, valueOf),
    })),
    epochs: [],
    throughDay: days.at(-1)!,
  }
}

function known(values: Partial<Record<DailyColumn, (day: number) => number>> = {}): DailySeries {
  const none = () => new Float64Array(DAYS.length).fill(NaN)
  return {
    dates: DAYS.map(dateOf),
    priceUsd: none(),
    hashrateEhs: none(),
    difficulty: none(),
    issuanceBtc: none(),
    feesBtc: none(),
    marketCapUsd: none(),
    transferValueUsd: none(),
    minerNetFlowBtc: none(),
    ...Object.fromEntries(
      Object.entries(values).map(([column, valueOf]) => [column, Float64Array.from(DAYS, valueOf)]),
    ),
  }
}

const epochsOf = (numbers: readonly number[]): PastEpoch[] =>
  numbers.map((epoch) => ({
    height: epoch * 2016,
    startedAtMs: timeOf(epoch * 2016) * 1000,
    difficulty: difficultyOfEpoch(epoch),
  }))
const EPOCHS = epochsOf([478, 479, 480, 481])
const hashrateEhs = (day: number) => hashrateHsOn(day) / 1e18
const price = (day: number) => priceOn(day)

describe('days', () => {
  test('sound ones pass, beside what is known and without it', () => {
    const sound = piece({ priceUsd: price, hashrateEhs, issuanceBtc: () => 467, feesBtc: () => 3 })
    expect(faultOfPiece(sound, known(), [])).toBeNull()
    expect(faultOfPiece(sound, known({ priceUsd: price, hashrateEhs, feesBtc: () => 2 }), EPOCHS)).toBeNull()
    expect(faultOfPiece(piece({}), known(), [])).toBeNull()
  })
  const at = (day: number, value: number, valueOf: (day: number) => number) => (asked: number) =>
    asked === day ? value : valueOf(asked)
  const middle = DAYS[20]!
  test.each<[string, Partial<Record<DailyColumn, (day: number) => number>>, RegExp]>([
    [
      'a negative price',
      { priceUsd: at(middle, -1, price) },
      /^its price of 2026-09-15, -1 USD, is not between/,
    ],
    [
      'a jump up',
      { priceUsd: at(middle, 700_000, price) },
      /2026-09-15, 700,000 USD, is more than a factor of 10/,
    ],
    ['not a number', { priceUsd: at(middle, NaN, price) }, /is not between/],
    ['endless', { hashrateEhs: at(middle, Infinity, hashrateEhs) }, /is not between/],
    ['hashrate × 1000', { hashrateEhs: (day) => hashrateEhs(day) * 1000 }, /is not between 5 and 100,000/],
    ['hashrate ÷ 1000', { hashrateEhs: (day) => hashrateEhs(day) / 1000 }, /is not between 5 and 100,000/],
    [
      'hashrate × 10, by the difficulty',
      { hashrateEhs: (day) => hashrateEhs(day) * 10 },
      /^its hashrate is 10\.\d+ times what the difficulty of those days stands for$/,
    ],
    ['fees in satoshi', { feesBtc: () => 3e8 }, /is not between 0 and 10,000/],
    ['issuance ÷ 1000', { issuanceBtc: () => 0.46 }, /times what Bitcoin pays out$/],
    ['issuance in satoshi', { issuanceBtc: () => 4.6e10 }, /is not between/],
    [
      'market capitalisation × 1000',
      { priceUsd: price, marketCapUsd: (day) => price(day) * 20e9 },
      /is not between|makes 2e10 coins/,
    ],
    [
      'market capitalisation ÷ 100',
      { priceUsd: price, marketCapUsd: (day) => price(day) * 200_000 },
      /^its market capitalisation over the price makes 200,000 coins$/,
    ],
  ])('%s is refused', (_, values, words) => {
    expect(faultOfPiece(piece(values), known(), EPOCHS)).toMatch(words)
  })
  test('the hashrate of a day in which an epoch began is measured by that epoch', () => {
    const day = DAYS[20]!
    const begun = { ...EPOCHS[0]!, startedAtMs: (day * 24 + 9) * 3_600_000 }
    const fault = (times: number) =>
      faultOfPiece(piece({ hashrateEhs: () => hashrateEhs(day) * times }, [day]), known(), [begun])
    expect(fault(1)).toBeNull()
    expect(fault(10)).toMatch(/times what the difficulty of those days stands for$/)
  })
  test('a price a fifth away from what is stored is refused; a tenth is not', () => {
    const dear = (factor: number) => piece({ priceUsd: (day) => price(day) * factor })
    expect(faultOfPiece(dear(1.2), known({ priceUsd: price }), [])).toBe(
      'its price is 1.2 times what is stored of the same days',
    )
    expect(faultOfPiece(dear(1.1), known({ priceUsd: price }), [])).toBeNull()
  })
  test('the day before may be a stored one', () => {
    const [yesterday, today] = [DAYS[38]!, DAYS[39]!]
    const jump = piece({ priceUsd: () => 700_000 }, [today])
    expect(faultOfPiece(jump, known({ priceUsd: (day) => (day === yesterday ? 60_000 : NaN) }), [])).toMatch(
      /factor of 10 from the day before, 60,000 USD/,
    )
  })
  test('the chance of few blocks in the first years is no fault', () => {
    const days = [14_447, 14_448, 14_449]
    const first = piece({ hashrateEhs: (day) => (day === 14_448 ? 1.99e-13 : 4e-12) }, days)
    expect(faultOfPiece(first, known(), [])).toBeNull()
  })
})

describe('epochs', () => {
  const fault = (epochs: readonly PastEpoch[], series = known()) =>
    faultOfPiece({ values: [], epochs, throughDay: LAST_DAY }, series, [])
  const changed = (change: Partial<PastEpoch>) => [...EPOCHS.slice(0, 3), { ...EPOCHS[3]!, ...change }]
  test('those of Bitcoin pass, with gaps too', () => {
    expect(fault(EPOCHS)).toBeNull()
    expect(fault(epochsOf([0, 1, 2, 5, 100]))).toBeNull()
  })
  test.each<[Partial<PastEpoch>, RegExp]>([
    [{ height: 969_697 }, /does not begin at a multiple of 2016$/],
    [
      { difficulty: difficultyOfEpoch(480) * 5 },
      /is 5\.00 times as difficult as block 967680, which consensus/,
    ],
    [{ difficulty: difficultyOfEpoch(480) / 5 }, /is 0\.200 times as difficult/],
    [{ difficulty: 1e18 }, /has a difficulty of 1000000000000000000$/],
    [{ difficulty: NaN }, /has a difficulty of NaN/],
    [{ startedAtMs: EPOCHS[2]!.startedAtMs }, /begins before the one that came before it/],
    [{ startedAtMs: EPOCHS[3]!.startedAtMs / 1000 }, /is older than the first block/],
  ])('%j is refused', (change, words) => {
    expect(fault(changed(change))).toMatch(words)
  })
  test.each([
    ['heights that no chain has reached by then', 2016 * 10_000],
    ['a chain that is much younger', 2016 * 40],
  ])('%s', (_, height) => {
    const last = { ...EPOCHS.at(-1)!, height, startedAtMs: Date.UTC(2026, 8, 3, 17) }
    expect(fault([last])).toBe(`its difficulty epoch of block ${height} cannot have begun on 2026-09-03`)
  })
  test('the slow first months of the chain are no fault', () => {
    const slow = { height: 32_256, startedAtMs: Date.UTC(2009, 11, 30), difficulty: 1.18 }
    expect(fault([slow])).toBeNull()
  })
  test('all of them by a thousand off, against what is stored', () => {
    const small = EPOCHS.map((epoch) => ({ ...epoch, difficulty: epoch.difficulty / 1000 }))
    expect(fault(small, known({ difficulty: () => difficultyOfEpoch(480) }))).toMatch(/is stored for 2026-/)
  })
})

describe('heights at midnight', () => {
  test('between two moments, and none where they are too far apart or only on one side', () => {
    const times = [10 * DAY_S - 3600, 10 * DAY_S + 3600, 11 * DAY_S - 3600, 11 * DAY_S + 72_000]
    expect([...heightsAtMidnights(times, [100, 112, 240, 400], 10, 11, 20 * 3600)]).toEqual([106, NaN, NaN])
    expect([...heightsAtMidnights(times, [100, 112, 240, 400], 9, 9, DAY_S)]).toEqual([NaN, 106])
    expect([...heightsAtMidnights([], [], 9, 9, DAY_S)]).toEqual([NaN, NaN])
  })
  test('a block that bears an earlier time than the one before it does not turn time back', () => {
    expect(risingTimes([5, 3, 8, 7, 9])).toEqual([5, 5, 8, 8, 9])
  })
})
