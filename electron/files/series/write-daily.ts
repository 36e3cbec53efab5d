import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { DAILY_COLUMNS } from './read-daily.ts'

const ROWS_PER_PIECE = 1000

/**
 * A daily series as daily.csv, in chunks: UTF-8, commas, LF, `date` and every column of a series. Numbers have the
 * shortest form that reads back the same; an empty cell means no value.
 */
export function* writeDailyCsv(series: DailySeries): Generator<string> {
  const columns = Object.values(DAILY_COLUMNS).map((column) => series[column])
  let piece = `date,${Object.keys(DAILY_COLUMNS).join(',')}\n`
  for (let row = 0; row < series.dates.length; row++) {
    piece += series.dates[row]!
    for (const values of columns) piece += Number.isNaN(values[row]!) ? ',' : `,${values[row]!}`
    piece += '\n'
    if ((row + 1) % ROWS_PER_PIECE === 0) {
      yield piece
      piece = ''
    }
  }
  if (piece !== '') yield piece
}
