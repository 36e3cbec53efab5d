import { MS_PER_DAY } from '#shared/domain/units.ts'
import { z } from 'zod'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import { SourceFault } from '../http.ts'
import type { AskContext } from '../provider.ts'
import { askPath, fitted } from '../provider.ts'
import type { PastPart, PastPiece, PastQuestion } from './part.ts'
import { dateOfDay, firstDayOfYear, firstOpenDay, lastDayOver, pieceOfRows, yearOfDay } from './part.ts'

/** The daily series of the Coin Metrics community API: numbers as text, times in nanoseconds, the last row unfinished. */

const ENDPOINT = '/timeseries/asset-metrics'
/** years in one question; the server allows ten questions in six seconds */
const YEARS_PER_QUESTION = 4
const THS_PER_EHS = 1e6

const metricSchema = z
  .string()
  .regex(/^\d{1,24}(\.\d{1,40})?(e-?\d{1,2})?$/i, 'is not a number')
  .transform(Number)
  .nullish()
const rowsSchema = z.object({
  data: z.array(
    z.object({
      time: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}T00:00:00(\.0+)?Z$/, 'is not the beginning of a day')
        .refine((time) => !Number.isNaN(Date.parse(time.slice(0, 10))), 'is not a day'),
      PriceUSD: metricSchema,
      HashRate: metricSchema,
      IssTotNtv: metricSchema,
      FeeTotNtv: metricSchema,
      CapMrktCurUSD: metricSchema,
      BlkCnt: metricSchema,
    }),
  ),
  next_page_token: z.string().optional(),
})
const METRICS = 'PriceUSD,HashRate,IssTotNtv,FeeTotNtv,CapMrktCurUSD,BlkCnt'
const COLUMNS: readonly DailyColumn[] = [
  'priceUsd',
  'hashrateEhs',
  'issuanceBtc',
  'feesBtc',
  'marketCapUsd',
  'difficulty',
]
const faultSchema = z.object({ error: z.object({ type: z.string(), message: z.string() }) })

/**
 * The difficulty that the source's own hashrate rests on: hashes of the day ÷ blocks ÷ 2³². Its own series of the mean
 * difficulty, which is no longer free, differs from this by less than 10⁻⁸.
 */
function difficultyOf(hashrateThs: number | null | undefined, blocks: number | null | undefined): number {
  if (!hashrateThs || !blocks) return NaN
  const difficulty = (hashrateThs * 1e12 * 86_400) / (blocks * 2 ** 32)
  // It is never below 1 (Bitcoin consensus); in the first year it was 1, but for the rounding of the hashrate.
  return Math.abs(difficulty - 1) < 1e-6 ? 1 : difficulty
}

async function askDays(context: AskContext, fromDay: number, throughDay: number): Promise<PastPiece> {
  const { host } = new URL(context.baseUrl)
  const path =
    `${ENDPOINT}?assets=btc&metrics=${METRICS}&frequency=1d` +
    `&start_time=${dateOfDay(fromDay)}&end_time=${dateOfDay(throughDay)}&page_size=10000&paging_from=start`
  const answer = await askPath(context.baseUrl, '/v4', path, (url, request) =>
    context.http.json(url, { ...request, alsoAccept: [400, 403] }),
  )
  const fault = faultSchema.safeParse(answer).data?.error
  if (fault !== undefined) {
    const message = fault.message.slice(0, 200).replace(/\.$/, '')
    const why =
      fault.type === 'forbidden' ? `${message}. One of the series is no longer free without a key` : message
    throw new SourceFault(`${host} answered: ${why}`, { endpoint: ENDPOINT, status: 403 })
  }
  const { data, next_page_token: nextPage } = fitted(rowsSchema, answer, host, ENDPOINT)
  if (nextPage !== undefined)
    throw new SourceFault(`${host} gave only some of the days that were asked for`, { endpoint: ENDPOINT })
  const rows = data.map((row) => ({ ...row, day: Date.parse(row.time.slice(0, 10)) / MS_PER_DAY }))
  rows.sort((a, b) => a.day - b.day)
  // The newest days may still be in the making.
  while (rows.length > 0 && (!rows.at(-1)!.PriceUSD || !rows.at(-1)!.HashRate)) rows.pop()
  return pieceOfRows(
    rows.map((row) => ({
      day: row.day,
      stampS: (row.day * MS_PER_DAY) / 1000,
      values: [
        row.PriceUSD ?? NaN,
        (row.HashRate ?? NaN) / THS_PER_EHS,
        row.IssTotNtv ?? NaN,
        row.FeeTotNtv ?? NaN,
        row.CapMrktCurUSD ?? NaN,
        difficultyOf(row.HashRate, row.BlkCnt),
      ],
    })),
    COLUMNS,
    { host, fromDay, nowMs: context.nowMs() },
  )
}

const daily: PastPart = {
  name: 'daily',
  fills: COLUMNS,
  questions(context, throughDay) {
    const fromDay = firstOpenDay(throughDay, context.nowMs())
    if (fromDay === null) return []
    const lastDay = lastDayOver(context.nowMs())
    const questions: PastQuestion[] = []
    for (let first = fromDay; first <= lastDay;) {
      const from = first
      const through = Math.min(lastDay, firstDayOfYear(yearOfDay(from) + YEARS_PER_QUESTION) - 1)
      questions.push({
        words: `days from ${dateOfDay(from)} to ${dateOfDay(through)}`,
        ask: () => askDays(context, from, through),
      })
      first = through + 1
    }
    return questions
  },
}

export const coinmetricsPastParts: readonly PastPart[] = [daily]
