import { MS_PER_DAY } from '#shared/domain/units.ts'
import { basename } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import type { ImportedPast } from '#shared/ipc/schemas/past.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { PastRepository } from './repositories/past.ts'

/** Reads a daily.csv and stores it as imported, whole or not at all. See StoreCalls.importDaily. */
export async function importDaily(past: PastRepository, path: string, nowMs: number): Promise<ImportedPast> {
  const fileName = basename(path)
  const { readDailySeries } = await import('#electron/files/series/read-daily.ts')
  const series = await readDailySeries(path, nowMs, { bounded: true })
  const columns = DAILY_COLUMN_NAMES.filter((column) => series[column].some((value) => !Number.isNaN(value)))
  // A day that the file leaves out is in the series, without a value.
  const days = series.dates.filter((_, row) => columns.some((column) => !Number.isNaN(series[column][row]!)))
  const [first, from, through] = [series.dates[0], days[0], days.at(-1)]
  if (first === undefined || from === undefined || through === undefined) {
    throw new StrikelineError('bad-input', `${fileName}: no day in it is over and has a value`)
  }
  past.saveImported(series, Date.parse(`${first}T00:00:00Z`) / MS_PER_DAY, nowMs)
  return { fileName, days: days.length, from, through, columns }
}

/** Writes a series as daily.csv, whole or not at all. 'not-found' where there is nothing to write. */
export async function exportDaily(path: string, series: DailySeries): Promise<{ readonly days: number }> {
  const days = series.dates.length
  if (days === 0) {
    throw new StrikelineError('not-found', 'There is no history yet: fill it or import a daily.csv first.')
  }
  const { writeDailyCsv } = await import('#electron/files/series/write-daily.ts')
  await replaceFile(path, writeDailyCsv(series))
  return { days }
}
