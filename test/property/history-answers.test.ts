import fc from 'fast-check'
import { test } from 'vitest'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { isWithinDailyBounds } from '#shared/domain/signals/daily-bounds.ts'
import { SOURCE_NAMES } from '#shared/ipc/sources.ts'
import { faultOfPiece } from '#electron/sources/past/sanity.ts'
import { HISTORY_PARTS } from '#electron/sources/past/parts.ts'
import { SourceFault } from '#electron/sources/http.ts'
import type { AskContext } from '#electron/sources/provider.ts'

const NOW_MS = 1_791_201_600_000
const LAST_DAY = Math.floor(NOW_MS / 86_400_000) - 1
const NONE = new Float64Array()
const NOTHING: DailySeries = {
  dates: [],
  priceUsd: NONE,
  hashrateEhs: NONE,
  difficulty: NONE,
  issuanceBtc: NONE,
  feesBtc: NONE,
  marketCapUsd: NONE,
  transferValueUsd: NONE,
  minerNetFlowBtc: NONE,
}

/** Mostly the beginning of a day that is over, now and then a day ahead. */
const second = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: (LAST_DAY - 4) * 86_400, max: (LAST_DAY + 3) * 86_400 }) },
  { weight: 20, arbitrary: fc.integer({ min: LAST_DAY - 4, max: LAST_DAY }).map((day) => day * 86_400) },
)
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(0, -1, 1e-9, 1e30))
/** Mostly what is to be expected, now and then anything. */
const near = (value: number) =>
  fc.oneof(
    { weight: 30, arbitrary: fc.double({ min: value * 0.5, max: value * 1.5, noNaN: true }) },
    { weight: 1, arbitrary: anyNumber },
  )
const text = (value: number) =>
  fc.oneof(
    { weight: 30, arbitrary: near(value).map((number) => number.toFixed(6)) },
    { weight: 1, arbitrary: fc.constantFrom('NaN', '', 'Infinity', '-1') },
  )
const odd = fc.constantFrom<unknown>(null, 'NaN', [], {}, true, undefined)
const maybe = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 60, arbitrary: value }, { weight: 1, arbitrary: odd })
const list = (row: fc.Arbitrary<unknown>) => maybe(fc.array(maybe(row), { maxLength: 6 }))
/** Blocks every ten minutes, as single rows. */
const blocks = fc.integer({ min: 700, max: 900 }).map((count) =>
  Array.from({ length: count }, (_, i) => ({
    avgHeight: 969_000 + i,
    timestamp: NOW_MS / 1000 - (count - i) * 600,
    avgFees: 2e6,
  })),
)

/** Answers in the shapes of all sources, with anything in them. */
const answer = fc.oneof(
  list(
    fc.tuple(
      second,
      maybe(fc.integer({ min: 480, max: 482 }).map((epoch) => epoch * 2016)),
      near(1.3e14),
      near(1),
    ),
  ),
  fc.record({ hashrates: list(fc.record({ timestamp: maybe(second), avgHashrate: maybe(near(9.5e20)) })) }),
  fc.record({ prices: list(fc.record({ time: maybe(second), USD: maybe(near(85_000)) })) }),
  fc
    .tuple(
      blocks,
      fc.array(fc.record({ avgHeight: near(969_500), timestamp: second, avgFees: near(2e6) }), {
        maxLength: 3,
      }),
    )
    .map(([sound, more]) => [...sound, ...more]),
  fc.record({
    error: maybe(fc.constant([])),
    result: maybe(
      fc.record({
        XXBTZUSD: list(
          fc.tuple(second, text(85_000), text(85_000), text(85_000), text(85_000), text(85_000)),
        ),
        last: near(1.7e9),
      }),
    ),
  }),
  fc.record({
    data: list(
      fc.record({
        time: second.map((at) => `${new Date(at * 1000).toISOString().slice(0, 10)}T00:00:00.000000000Z`),
        PriceUSD: maybe(text(85_000)),
        HashRate: maybe(text(9.5e8)),
        IssTotNtv: maybe(text(450)),
        FeeTotNtv: maybe(text(3)),
        CapMrktCurUSD: maybe(text(1.2e12)),
        BlkCnt: maybe(text(150)),
      }),
    ),
  }),
  fc.record({
    status: fc.constant('ok'),
    values: list(fc.record({ x: maybe(second), y: maybe(fc.oneof(near(85_000), near(9.5e8), near(4e9))) })),
  }),
  fc.jsonValue(),
)

test('whatever a source answers, it is a fault in words or a value within the bounds of a day that is over', async () => {
  await fc.assert(
    fc.asyncProperty(answer, fc.constantFrom(null, LAST_DAY - 2), async (said, throughDay) => {
      // what JSON makes of it on its way
      const sent: unknown = JSON.parse(JSON.stringify(said ?? null))
      const context: AskContext = {
        http: {
          json: () => Promise.resolve(sent),
          text: () => Promise.resolve(String(sent)),
          aheadMs: () => 0,
        },
        nowMs: () => NOW_MS,
        baseUrl: 'http://127.0.0.1/',
        credentials: () => Promise.resolve(null),
      }
      for (const part of SOURCE_NAMES.flatMap((name) => HISTORY_PARTS[name])) {
        try {
          for (const question of await part.questions(context, throughDay)) {
            const piece = await question.ask()
            if (faultOfPiece(piece, NOTHING, []) !== null) continue
            for (const { column, day, value } of piece.values)
              for (const [i, at] of day.entries())
                if (at > LAST_DAY || !isWithinDailyBounds(column, at, value[i]!))
                  throw new Error(`${part.name}: ${column} of day ${at}: ${value[i]!}`)
            if (piece.epochs.some(({ height }) => height % 2016 !== 0)) throw new Error('an odd epoch')
            if (piece.throughDay > LAST_DAY) throw new Error('a mark ahead of the days that are over')
          }
        } catch (error) {
          if (!(error instanceof SourceFault) || error.what === '') throw error
        }
      }
    }),
    { numRuns: 400 },
  )
})
