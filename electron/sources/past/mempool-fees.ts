import { SATS_PER_BTC, SECONDS_PER_DAY } from '#shared/domain/units.ts'
import { z } from 'zod'
import { coinsIssuedBtc } from '#shared/domain/signals/coins-issued.ts'
import { SourceFault } from '../http.ts'
import type { AskContext } from '../provider.ts'
import { unixSecondsSchema } from '../provider.ts'
import { heightsAtMidnights, risingTimes } from './daily-closes.ts'
import type { DayRow, PastPart, PastPiece, PastQuestion } from './part.ts'
import {
  askJson,
  BLOCK_AHEAD_MS,
  firstDayOfYear,
  firstOpenDay,
  lastDayOver,
  pieceOfRows,
  refuseFuture,
  yearOfDay,
} from './part.ts'

/**
 * Fees and issuance of each day, from mempool's means over short spans: the server gives the mean height, the mean time and
 * the mean fees per block of every eight hours of a year, and of ever shorter spans where it is asked for less.
 */

const ENDPOINT = '/v1/mining/blocks/fees'
/** Around the days that are asked for, so that their midnights lie between two spans. */
const MARGIN_S = SECONDS_PER_DAY / 2
/**
 * Between the middles of two neighbouring spans of eight hours lie at most 16 h; with an empty one between them, or with
 * spans of a day, the blocks of single days cannot be told apart.
 */
const WIDEST_S = 18 * 3600

const spansSchema = z.array(
  z.object({ avgHeight: z.number().nonnegative(), timestamp: unixSecondsSchema, avgFees: z.number() }),
)
type Span = z.output<typeof spansSchema>[number]

/** Mean fees of the spans in a day, BTC per block, each with the blocks that it stands for; NaN where there is no span. */
function meanFeesBtc(spans: readonly Span[], timesS: readonly number[], from: number, day: number) {
  let [feesSat, blocks, i] = [0, 0, from]
  for (; i < spans.length && timesS[i]! < (day + 1) * SECONDS_PER_DAY; i++) {
    const [before, after] = [spans[i - 1] ?? spans[i]!, spans[i + 1] ?? spans[i]!]
    // half of the way to either neighbour; means are rounded to whole heights, so that two of them may be equal
    const share = Math.max((after.avgHeight - before.avgHeight) / 2, 0.5)
    feesSat += share * spans[i]!.avgFees
    blocks += share
  }
  return { feesBtcPerBlock: feesSat / blocks / SATS_PER_BTC, next: i }
}

function daysOfSpans(answer: readonly Span[], fromDay: number, throughDay: number): DayRow[] {
  const spans = answer.toSorted((a, b) => a.avgHeight - b.avgHeight || a.timestamp - b.timestamp)
  const timesS = risingTimes(spans.map(({ timestamp }) => timestamp))
  const heights = heightsAtMidnights(
    timesS,
    spans.map(({ avgHeight }) => avgHeight),
    fromDay,
    throughDay,
    WIDEST_S,
  )
  const rows: DayRow[] = []
  let at = timesS.findIndex((time) => time >= fromDay * SECONDS_PER_DAY)
  if (at < 0) at = spans.length
  for (let day = fromDay; day <= throughDay; day++) {
    const { feesBtcPerBlock, next } = meanFeesBtc(spans, timesS, at, day)
    at = next
    const [first, last] = [heights[day - fromDay]!, heights[day - fromDay + 1]!]
    const values = [coinsIssuedBtc(last) - coinsIssuedBtc(first), feesBtcPerBlock * (last - first)]
    // a midnight that is not known leaves the day without values
    if (!Number.isNaN(first + last)) rows.push({ day, stampS: day * SECONDS_PER_DAY, values })
  }
  return rows
}

async function askSpans(
  context: AskContext,
  fromDay: number,
  throughDay: number,
  isLast: boolean,
): Promise<PastPiece> {
  const { host } = new URL(context.baseUrl)
  const nowMs = context.nowMs()
  const from = fromDay * SECONDS_PER_DAY - MARGIN_S
  const to = Math.min((throughDay + 1) * SECONDS_PER_DAY + MARGIN_S, Math.floor(nowMs / 1000))
  const spans = await askJson(context, '/api', `${ENDPOINT}?from=${from}&to=${to}`, spansSchema)
  refuseFuture(
    spans.map(({ timestamp }) => timestamp),
    host,
    nowMs,
    BLOCK_AHEAD_MS,
  )
  const rows = daysOfSpans(spans, fromDay, throughDay)
  if (rows.length > 0) {
    const piece = pieceOfRows(rows, ['issuanceBtc', 'feesBtc'], { host, fromDay, nowMs })
    return isLast ? piece : { ...piece, throughDay }
  }
  if (spans.length > 0)
    throw new SourceFault(`${host} gave blocks too far apart to tell one day from another`, {
      endpoint: ENDPOINT,
    })
  // An own server may hold only the last months, but recent days must be there.
  if (isLast) throw new SourceFault(`${host} gave no blocks of the last days`, { endpoint: ENDPOINT })
  return { values: [], epochs: [], throughDay }
}

export const mempoolFees: PastPart = {
  name: 'fees',
  fills: ['issuanceBtc', 'feesBtc'],
  questions(context, throughDay) {
    const fromDay = firstOpenDay(throughDay, context.nowMs())
    if (fromDay === null) return []
    const lastDay = lastDayOver(context.nowMs())
    const questions: PastQuestion[] = []
    for (let year = yearOfDay(fromDay); year <= yearOfDay(lastDay); year++) {
      const first = Math.max(fromDay, firstDayOfYear(year))
      const last = Math.min(lastDay, firstDayOfYear(year + 1) - 1)
      questions.push({
        words: `fees and blocks of ${year}`,
        ask: () => askSpans(context, first, last, last === lastDay),
      })
    }
    return questions
  },
}
