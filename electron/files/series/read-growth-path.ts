import { MS_PER_DAY } from '#shared/domain/units.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { pathThrough } from '#shared/domain/ahead/growth-path.ts'
import type { GrowthPath } from '#shared/domain/ahead/growth-path.ts'
import { basename } from 'node:path'
import { readDailySeries } from './read-daily.ts'

/**
 * A path of price or hashrate from a CSV with `date` and `price_usd` or `hashrate_ehs`. It needs a row for the day that the
 * projection starts from. Between two rows it grows at a constant rate.
 *
 * @param startMs the moment the projection starts from
 * @param todayValue what the path starts from in the file's unit, so that it comes to the file's own values from the next row on;
 *   null: it is measured against the file's value of the first day
 * @param ratePerYear growth after the last row
 * @throws StrikelineError that names file, row and column: no row for the first day, a value missing or not above 0
 */
export async function readGrowthPath(
  file: string,
  what: 'price' | 'hashrate',
  startMs: number,
  todayValue: number | null,
  ratePerYear: number,
): Promise<GrowthPath> {
  const name = basename(file)
  const series = await readDailySeries(file, Infinity, {
    needed: what === 'price' ? 'priceUsd' : 'hashrateEhs',
  })
  const values = what === 'price' ? series.priceUsd : series.hashrateEhs
  const column = what === 'price' ? 'price_usd' : 'hashrate_ehs'
  const today = Math.floor(startMs / MS_PER_DAY)
  const from = series.dates.indexOf(new Date(today * MS_PER_DAY).toISOString().slice(0, 10))
  const first = values[from] ?? NaN
  if (!(first > 0)) {
    const date = new Date(today * MS_PER_DAY).toISOString().slice(0, 10)
    throw new StrikelineError(
      'bad-input',
      `${name}, column ${column}: it has no value for ${date}, where the projection starts`,
    )
  }
  const days: number[] = []
  const factors: number[] = []
  for (let i = from; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue
    days.push(i - from)
    factors.push(i === from ? 1 : values[i]! / (todayValue ?? first))
  }
  try {
    return pathThrough(days, factors, ratePerYear)
  } catch (error) {
    if (error instanceof RangeError)
      throw new StrikelineError('bad-input', `${name}, column ${column}: ${error.message}`)
    throw error
  }
}
