import { heightWithSubsidy } from '#shared/domain/chain/network.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import { subsidyBtcOn } from '#shared/domain/signals/hashprice-history.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { isoDay } from '#shared/format/times.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Past } from '#shared/ipc/schemas/past.ts'

const MS_PER_BLOCK = 600_000

/**
 * The network of a day that is over, from the daily history: its price, its difficulty, its mean fees per block. The height is
 * counted back at ten minutes a block; of the epoch of that day nothing is known, so no adjustment is expected. Of a moment of
 * today it is what is known now.
 * @throws StrikelineError 'bad-input' for a moment that is still to come, and where the history has not got that day
 */
export function networkAsOf(
  now: NetworkState,
  { series, coverage }: Pick<Past, 'series' | 'coverage'>,
  asOfMs: number,
): NetworkState {
  if (asOfMs > now.readAtMs)
    throw new StrikelineError('bad-input', 'A report cannot speak of a moment that is still to come.')
  const date = isoDay(asOfMs)
  if (date === isoDay(now.readAtMs)) return now
  const row = series.dates.indexOf(date)
  const priceUsdPerBtc = series.priceUsd[row] ?? Number.NaN
  const difficulty = series.difficulty[row] ?? Number.NaN
  const issuanceBtc = series.issuanceBtc[row] ?? Number.NaN
  const subsidy = subsidyBtcOn(date, issuanceBtc)
  const feesBtcPerBlock = (series.feesBtc[row] ?? Number.NaN) / (issuanceBtc / subsidy)
  const known = now.values.height
  if (known === null || ![priceUsdPerBtc, difficulty, feesBtcPerBlock].every(Number.isFinite))
    throw new StrikelineError(
      'bad-input',
      `The daily history has no price, difficulty and fees of ${date}, so no report can speak of that day. Fill the history, or import a daily.csv that has it.`,
    )
  const sourceOf = (name: DailyColumn): string => {
    const [source, ...others] = coverage.find(({ column }) => column === name)?.sources ?? []
    return source === undefined || others.length > 0 ? 'daily history' : source.source
  }
  const dated = (value: number, source: string) => ({
    value,
    source,
    asOfMs: Date.parse(date) + MS_PER_DAY - 1,
    fetchedAtMs: now.readAtMs,
    stale: false,
  })
  const counted = Math.round(known.value - (known.asOfMs - asOfMs) / MS_PER_BLOCK)
  const untyped = { ...now }
  delete untyped.typed
  return {
    ...untyped,
    readAtMs: asOfMs,
    values: {
      height: dated(heightWithSubsidy(counted, subsidy), 'computed'),
      difficulty: dated(difficulty, sourceOf('difficulty')),
      priceUsdPerBtc: dated(priceUsdPerBtc, sourceOf('priceUsd')),
      feesBtcPerBlock: dated(feesBtcPerBlock, sourceOf('feesBtc')),
      epochBlocks: null,
      epochSeconds: null,
    },
    said: [],
    previousAdjustments: [],
  }
}
