import { SECONDS_PER_DAY } from '#shared/domain/units.ts'
import { z } from 'zod'
import { SourceFault } from '../http.ts'
import type { AskContext } from '../provider.ts'
import { unixSecondsSchema } from '../provider.ts'
import { mempoolFees } from './mempool-fees.ts'
import type { PastPart, PastPiece } from './part.ts'
import { askJson, BLOCK_AHEAD_MS, firstOpenDay, lastDayOver, pieceOfRows, refuseFuture } from './part.ts'

/** The past as mempool.space or an own mempool server keeps it. */

/** The periods that the server knows, with the days that they surely hold; without one it gives everything. */
const PERIODS = [
  [25, '1m'],
  [80, '3m'],
  [350, '1y'],
] as const

/** The shortest period that holds everything since a day, with the slash before it. */
function periodSince(day: number, nowMs: number): string {
  const days = lastDayOver(nowMs) + 1 - day
  const period = PERIODS.find(([atMost]) => days <= atMost)
  return period === undefined ? '' : `/${period[1]}`
}

/** Newest first: time, height, difficulty, new ÷ old. Of the first entry the last one is 0. */
const adjustmentsSchema = z
  .array(z.tuple([unixSecondsSchema, z.number().int().nonnegative(), z.number().positive(), z.number()]))
  .min(1)

async function askEpochs(context: AskContext, period: string): Promise<PastPiece> {
  const rows = await askJson(context, '/api', `/v1/mining/difficulty-adjustments${period}`, adjustmentsSchema)
  const { host } = new URL(context.baseUrl)
  refuseFuture(
    rows.map(([timeS]) => timeS),
    host,
    context.nowMs(),
    BLOCK_AHEAD_MS,
  )
  return {
    values: [],
    epochs: rows
      .map(([timeS, height, difficulty]) => ({ height, startedAtMs: timeS * 1000, difficulty }))
      .sort((a, b) => a.height - b.height),
    throughDay: lastDayOver(context.nowMs()),
  }
}

const epochs: PastPart = {
  name: 'epochs',
  fills: ['epochs'],
  questions(context, throughDay) {
    const fromDay = firstOpenDay(throughDay, context.nowMs())
    if (fromDay === null) return []
    return [
      { words: 'difficulty epochs', ask: () => askEpochs(context, periodSince(fromDay, context.nowMs())) },
    ]
  },
}

const hashratesSchema = z.object({
  hashrates: z.array(z.object({ timestamp: unixSecondsSchema, avgHashrate: z.number() })),
})

/**
 * The mean of a day bears the time at which the day ended: 00:00 UTC of the next one. A row at another hour (the first
 * block) is no day; 0 is what the server writes while its node is away.
 */
async function askHashrate(context: AskContext, fromDay: number): Promise<PastPiece> {
  const period = periodSince(fromDay, context.nowMs())
  const { hashrates } = await askJson(context, '/api', `/v1/mining/hashrate${period}`, hashratesSchema)
  const rows = hashrates
    .filter(({ timestamp }) => timestamp % SECONDS_PER_DAY === 0)
    .map(({ timestamp, avgHashrate }) => ({
      day: timestamp / SECONDS_PER_DAY - 1,
      stampS: timestamp,
      values: [avgHashrate === 0 ? NaN : avgHashrate / 1e18],
    }))
  const { host } = new URL(context.baseUrl)
  return pieceOfRows(rows, ['hashrateEhs'], { host, fromDay, nowMs: context.nowMs() })
}

const hashrate: PastPart = {
  name: 'hashrate',
  fills: ['hashrateEhs'],
  questions(context, throughDay) {
    const fromDay = firstOpenDay(throughDay, context.nowMs())
    return fromDay === null ? [] : [{ words: 'hashrate', ask: () => askHashrate(context, fromDay) }]
  },
}

const pricesSchema = z.object({
  prices: z.array(z.object({ time: unixSecondsSchema, USD: z.number() })),
})

/** How far from midnight a price may be stamped to count as the price at a day's end. */
const NEAR_MIDNIGHT_S = 7200

/**
 * Prices are hourly over the last month and weekly before. A weekly one bears the time at which its week began and is the
 * price at the week's end, so that its stamp tells of no day; those count that have others within a day on both sides.
 */
async function askPrice(context: AskContext, fromDay: number): Promise<PastPiece> {
  const endpoint = '/v1/historical-price'
  const { prices } = await askJson(context, '/api', `${endpoint}?currency=USD`, pricesSchema)
  const sorted = prices.filter(({ USD }) => USD > 0).toSorted((a, b) => a.time - b.time)
  const { host } = new URL(context.baseUrl)
  const distanceS = (time: number) => Math.abs(time - Math.round(time / SECONDS_PER_DAY) * SECONDS_PER_DAY)
  const isDense = (i: number) => {
    const gapsS = [i, i + 1].flatMap((at) =>
      at === 0 || at === sorted.length ? [] : [sorted[at]!.time - sorted[at - 1]!.time],
    )
    return gapsS.length > 0 && gapsS.every((gapS) => gapS <= SECONDS_PER_DAY)
  }
  const rows = sorted
    .filter(({ time }, i) => distanceS(time) <= NEAR_MIDNIGHT_S && isDense(i))
    .map(({ time, USD }) => ({ day: Math.round(time / SECONDS_PER_DAY) - 1, stampS: time, values: [USD] }))
    // of several around a midnight the nearest counts, which is the last one here
    .sort((a, b) => distanceS(b.stampS) - distanceS(a.stampS))
  if (rows.length === 0)
    throw new SourceFault(`${host} gave no prices that follow each other by the hour`, { endpoint })
  return pieceOfRows(rows, ['priceUsd'], { host, fromDay, nowMs: context.nowMs() })
}

const price: PastPart = {
  name: 'price',
  fills: ['priceUsd'],
  questions(context, throughDay) {
    const fromDay = firstOpenDay(throughDay, context.nowMs())
    return fromDay === null
      ? []
      : [{ words: 'price of the last month', ask: () => askPrice(context, fromDay) }]
  },
}

export const mempoolPastParts: readonly PastPart[] = [epochs, hashrate, mempoolFees, price]
