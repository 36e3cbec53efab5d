import { NOW_MS, sendJson } from './servers.ts'
import type { Answers, Handler } from './servers.ts'

/**
 * A past that holds together, from the first block to {@link NOW_MS}: blocks at an even pace, a difficulty that grew fast
 * and then slowly, and every source telling of it in the shape in which it does.
 */

export const DAY_S = 86_400
export const NOW_S = NOW_MS / 1000
export const TIP = 970_000
/** 970 000 blocks since 2009-01-03 23:50 UTC */
export const PACE_S = 577.5
export const BLOCKS_PER_DAY = DAY_S / PACE_S
/** 2026-10-04, the last day that is over */
export const LAST_DAY = Math.floor(NOW_S / DAY_S) - 1
const DAY_2010_07_18 = 14_808

export const timeOf = (height: number) => Math.round(NOW_S - (TIP - height) * PACE_S)
export const difficultyOfEpoch = (epoch: number) =>
  epoch < 82 ? 1.4 ** epoch : 1.4 ** 82 * 1.0123 ** (epoch - 82)
export const difficultyAt = (height: number) => difficultyOfEpoch(Math.max(0, Math.floor(height / 2016)))
export const heightAt = (timeS: number) => TIP - (NOW_S - timeS) / PACE_S
export const feesBtcAt = (height: number) => (height >= 840_000 ? 0.02 : 0.5)
export const subsidyAt = (height: number) => 50 / 2 ** Math.floor(height / 210_000)
export const hashrateHsOn = (day: number) => (difficultyAt(heightAt((day + 0.5) * DAY_S)) * 2 ** 32) / PACE_S
export const priceOn = (day: number) =>
  Math.round(Math.min(60_000, 0.08 * 1.01 ** (day - DAY_2010_07_18)) * (1 + 0.01 * Math.sin(day)) * 1e5) / 1e5
export const dateOf = (day: number) => new Date(day * DAY_S * 1000).toISOString().slice(0, 10)

const EPOCHS = Array.from({ length: Math.floor(TIP / 2016) + 1 }, (_, i) => i)
const daysSince = (first: number) => Array.from({ length: LAST_DAY + 1 - first }, (_, i) => first + i)

const PERIOD_DAYS: Readonly<Record<string, number>> = { '1m': 30, '3m': 90, '1y': 365 }

/** Newest first, of the first epoch a ratio of 0. */
const adjustments = (days: number) =>
  EPOCHS.filter((epoch) => timeOf(epoch * 2016) >= NOW_S - days * DAY_S)
    .map((epoch) => [
      timeOf(epoch * 2016),
      epoch * 2016,
      difficultyOfEpoch(epoch),
      epoch === 0 ? 0 : Math.round((difficultyOfEpoch(epoch) / difficultyOfEpoch(epoch - 1)) * 1e6) / 1e6,
    ])
    .reverse()

/** The mean of a day stamped with its end, and the day of the first block with its own time. */
const hashrates = (days: number) => ({
  hashrates: [
    ...(days > 10_000 ? [{ timestamp: timeOf(0), avgHashrate: 5e6 }] : []),
    ...daysSince(Math.max(14_248, LAST_DAY + 1 - days)).map((day) => ({
      timestamp: (day + 1) * DAY_S,
      avgHashrate: hashrateHsOn(day),
    })),
  ],
  difficulty: [],
  currentHashrate: 9.5e20,
  currentDifficulty: 1.327e14,
})

/** Hourly over the last 30 days, weekly before: a weekly one bears the beginning of its week and the price at its end. */
const prices = () => {
  const rows: { time: number; USD: number }[] = []
  const monthAgo = (LAST_DAY - 29) * DAY_S
  for (let time = Math.floor(NOW_S / 3600) * 3600; time >= monthAgo + 6 * 3600; time -= 3600)
    rows.push({ time, USD: priceOn(Math.floor(time / DAY_S) - 1) + ((time / 3600) % 24) })
  for (let time = monthAgo - 7 * DAY_S; time > 1_380_000_000; time -= 7 * DAY_S)
    rows.push({ time, USD: priceOn(time / DAY_S + 6) })
  rows.push({ time: 1_279_497_600, USD: 0 })
  return { prices: rows, exchangeRates: { USDEUR: 0.92 } }
}

/** Spans of blocks between two moments, as wide as the server makes them for a question of that length. */
function spans(from: number, to: number) {
  const days = (to - from) / DAY_S
  const widthS = days > 1461 ? DAY_S : days > 730 ? 43_200 : days > 180 ? 28_800 : days > 3 ? 1800 : 1
  const rows: { avgHeight: number; timestamp: number; avgFees: number; USD: number }[] = []
  let [at, heights, times, fees, blocks] = [NaN, 0, 0, 0, 0]
  const close = () => {
    if (blocks > 0)
      rows.push({
        avgHeight: Math.round(heights / blocks),
        timestamp: Math.round(times / blocks),
        avgFees: Math.round((fees / blocks) * 1e8),
        USD: 60_000,
      })
  }
  for (let height = Math.max(0, Math.ceil(heightAt(from))); height <= TIP && timeOf(height) <= to; height++) {
    const bucket = Math.floor(timeOf(height) / widthS)
    if (bucket !== at) {
      close()
      ;[at, heights, times, fees, blocks] = [bucket, 0, 0, 0, 0]
    }
    heights += height
    times += timeOf(height)
    fees += feesBtcAt(height)
    blocks++
  }
  close()
  return rows
}

export const ADJUSTMENTS = '/api/v1/mining/difficulty-adjustments'
export const HASHRATE = '/api/v1/mining/hashrate'
export const FEES = '/api/v1/mining/blocks/fees'
export const PRICE = '/api/v1/historical-price'

/** A mempool server that knows everything; `change` answers in its place where it gives something. */
export const mempoolPast =
  (change: (path: string, query: URLSearchParams) => unknown = () => undefined): Handler =>
  (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://host')
    const changed = change(pathname, searchParams)
    const [, period = ''] = /\/(1m|3m|1y)$/.exec(pathname) ?? []
    const days = PERIOD_DAYS[period] ?? 20_000
    if (changed !== undefined) sendJson(response, changed)
    else if (pathname.startsWith(ADJUSTMENTS)) sendJson(response, adjustments(days))
    else if (pathname.startsWith(HASHRATE)) sendJson(response, hashrates(days))
    else if (pathname === PRICE) sendJson(response, prices())
    else if (pathname === FEES)
      sendJson(response, spans(Number(searchParams.get('from')), Number(searchParams.get('to'))))
    else sendJson(response, 'no such path', 404)
  }

/** 720 candles, the last one of the day that runs. */
export const krakenPast = (): Answers => ({
  '/0/public/OHLC': {
    error: [],
    result: {
      XXBTZUSD: daysSince(LAST_DAY - 718)
        .concat(LAST_DAY + 1)
        .map((day) => {
          const [before, close] = [priceOn(day - 1).toFixed(1), priceOn(day).toFixed(1)]
          return [day * DAY_S, before, close, before, close, before, '1686.88628419', 52_000]
        }),
      last: LAST_DAY * DAY_S,
    },
  },
})

/** Coin Metrics' rows between two dates; the last day of all is unfinished and has no price yet. */
export const coinmetricsPast =
  (change: (row: Record<string, unknown>, day: number) => object = (row) => row): Handler =>
  (request, response) => {
    const query = new URL(request.url!, 'http://host').searchParams
    const [from, to] = [query.get('start_time')!, query.get('end_time')!]
    const data = daysSince(14_247)
      .filter((day) => dateOf(day) >= from && dateOf(day) <= to)
      .map((day) => {
        const height = heightAt((day + 0.5) * DAY_S)
        const coins = Math.min(20e6, Math.max(3e6, height * 21))
        return change(
          {
            asset: 'btc',
            time: `${dateOf(day)}T00:00:00.000000000Z`,
            BlkCnt: '150',
            CapMrktCurUSD: day < DAY_2010_07_18 ? null : (priceOn(day) * coins).toFixed(7),
            FeeTotNtv: (150 * feesBtcAt(height)).toFixed(8),
            HashRate: ((150 / 144) * ((difficultyAt(height) * 2 ** 32) / 600) * 1e-12).toFixed(12),
            IssTotNtv: String(150 * subsidyAt(height)),
            ...(day < DAY_2010_07_18 || day === LAST_DAY ? {} : { PriceUSD: String(priceOn(day)) }),
          },
          day,
        )
      })
    sendJson(response, { data })
  }

const chart = (first: number, valueOf: (day: number) => number) => ({
  status: 'ok',
  name: 'Market Price (USD)',
  unit: 'USD',
  period: 'day',
  description: '',
  values: daysSince(first).map((day) => ({ x: day * DAY_S, y: valueOf(day) })),
})

/** blockchain.info's charts: 0 before there was anything. */
export const blockchaininfoPast = (): Answers => ({
  '/charts/market-price': chart(14_247, (day) => (day < 14_839 ? 0 : priceOn(day))),
  '/charts/hash-rate': chart(14_247, (day) => hashrateHsOn(day) * 1e-12),
  '/charts/estimated-transaction-volume-usd': chart(14_247, (day) =>
    day < 14_839 ? 0 : priceOn(day) * 60_000,
  ),
})

export const hashOf = (height: number) => height.toString(16).padStart(64, '0')

/** A node over JSON-RPC; blocks bear times up to an hour off, as real ones do. */
export function nodePast(calls: string[] = []): Handler {
  const heightOf = (hash: unknown) => parseInt(String(hash), 16)
  const methods: Record<string, (params: readonly unknown[]) => unknown> = {
    getblockchaininfo: () => ({
      chain: 'main',
      blocks: TIP,
      headers: TIP,
      bestblockhash: hashOf(TIP),
      difficulty: difficultyAt(TIP),
      initialblockdownload: false,
    }),
    getblockhash: ([height]) => hashOf(height as number),
    getblockheader: ([hash]) => ({
      time: timeOf(heightOf(hash)) + (heightOf(hash) % 7) * 60 - 180,
      difficulty: difficultyAt(heightOf(hash)),
      height: heightOf(hash),
    }),
  }
  return (_, response, body) => {
    type Asked = { id: number; method: string; params: readonly unknown[] }
    const asked = JSON.parse(body) as Asked | Asked[]
    const reply = ({ id, method, params }: Asked) => {
      calls.push(method)
      return { result: methods[method]!(params), error: null, id }
    }
    sendJson(response, Array.isArray(asked) ? asked.map(reply) : reply(asked))
  }
}
