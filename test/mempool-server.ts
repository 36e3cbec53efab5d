import { SATS_PER_BTC } from '#shared/domain/units.ts'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server says; tests change it while it runs. */
export type MempoolAnswers = {
  height: number
  difficulty: number
  priceUsd: number
  feesBtcPerBlock: number
  /** seconds since the first block of the epoch */
  epochSeconds: number
}

export type MempoolServer = {
  readonly url: string
  readonly answers: MempoolAnswers
  /** how many requests it has had */
  requests(): number
  /** Stops answering: requests are refused until {@link resume}. The address stays. */
  pause(): void
  resume(): void
  /** Stops listening and cuts what is open: the server is gone. */
  close(): Promise<void>
}

const BLOCKS_PER_EPOCH = 2016
const SUBSIDY_BTC = 3.125

const DAY_SECONDS = 86_400
const USD_PER_EUR = 1.1
/** as far back as the server knows */
const PAST_DAYS = 800
const PAST_EPOCHS = 65

const pastDays = (today: number) => Array.from({ length: PAST_DAYS }, (_, i) => today - PAST_DAYS + i)
/** A price that has come down in waves, and a hashrate that lately falls: something to see in a chart. */
const pastPriceUsd = (day: number, today: number, priceUsd: number) =>
  Math.round(priceUsd * (1 + 0.3 * Math.sin((today - day) / 90)) * 100) / 100
const pastHashrateHs = (day: number, today: number, difficulty: number) =>
  ((difficulty * 2 ** 32) / 600) * (1 + 0.1 * Math.sin((today - day) / 60))

/** Three retargets before the running epoch, ratios new ÷ old, newest first. */
const RATIOS = [1.012, 0.976, 1.034]

/** A mempool server on 127.0.0.1 that answers in the shapes of the real one, with times that count from now. */
export async function startMempoolServer(given: Partial<MempoolAnswers> = {}): Promise<MempoolServer> {
  const answers: MempoolAnswers = {
    height: 925_000,
    difficulty: 1.5e14,
    priceUsd: 88_300,
    feesBtcPerBlock: 0.02,
    epochSeconds: 1_003_200,
    ...given,
  }
  let requests = 0
  let isPaused = false
  const server = createServer((request, response) => {
    requests++
    if (isPaused) {
      request.socket.destroy()
      return
    }
    const answer = answerTo(new URL(request.url ?? '/', 'http://server'), answers)
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(answer === undefined ? 'not found' : JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    requests: () => requests,
    pause: () => void (isPaused = true),
    resume: () => void (isPaused = false),
    close: () => stop(server),
  }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

function answerTo(
  { pathname, searchParams }: URL,
  { height, difficulty, priceUsd, feesBtcPerBlock, epochSeconds }: MempoolAnswers,
): unknown {
  const nowSeconds = Math.floor(Date.now() / 1000)
  const blocks = height % BLOCKS_PER_EPOCH
  const startHeight = height - blocks
  const msPerBlock = Math.floor((epochSeconds / blocks) * 1000)
  const remainingTime = (BLOCKS_PER_EPOCH - blocks) * msPerBlock
  const today = Math.floor(nowSeconds / DAY_SECONDS)
  switch (pathname) {
    case '/api/blocks/tip/height':
      return height
    case '/api/v1/difficulty-adjustment':
      return {
        progressPercent: (blocks / BLOCKS_PER_EPOCH) * 100,
        difficultyChange: (600_000 / msPerBlock - 1) * 100,
        estimatedRetargetDate: nowSeconds * 1000 + remainingTime,
        remainingBlocks: BLOCKS_PER_EPOCH - blocks,
        remainingTime,
        previousRetarget: (RATIOS[0]! - 1) * 100,
        previousTime: nowSeconds - epochSeconds,
        nextRetargetHeight: startHeight + BLOCKS_PER_EPOCH,
        timeAvg: msPerBlock,
        adjustedTimeAvg: msPerBlock,
        timeOffset: 0,
        expectedBlocks: epochSeconds / 600,
      }
    case '/api/v1/prices':
      return {
        time: nowSeconds - 30,
        USD: priceUsd,
        EUR: Math.round(priceUsd / USD_PER_EUR),
        GBP: -1,
        CAD: -1,
        CHF: -1,
        AUD: -1,
        JPY: -1,
      }
    case '/api/v1/mining/reward-stats/144':
      return {
        startBlock: height - 143,
        endBlock: height,
        totalReward: String(Math.round(144 * (SUBSIDY_BTC + feesBtcPerBlock) * SATS_PER_BTC)),
        totalFee: String(Math.round(144 * feesBtcPerBlock * SATS_PER_BTC)),
        totalTx: '400000',
      }
    case '/api/v1/mining/difficulty-adjustments/6m':
      return RATIOS.map((ratio, i) => [
        nowSeconds - epochSeconds - i * 1_209_600,
        startHeight - i * BLOCKS_PER_EPOCH,
        RATIOS.slice(0, i).reduce((above, passed) => above / passed, difficulty),
        ratio,
      ])
    case '/api/v1/mining/difficulty-adjustments':
      return Array.from({ length: PAST_EPOCHS }, (_, i) => [
        nowSeconds - epochSeconds - i * 1_209_600,
        startHeight - i * BLOCKS_PER_EPOCH,
        RATIOS.slice(0, i).reduce((above, passed) => above / passed, difficulty),
        RATIOS[i] ?? 1,
      ])
    case '/api/v1/mining/hashrate':
      // The mean of a day is stamped at the first moment of the next one.
      return {
        hashrates: pastDays(today).map((day) => ({
          timestamp: (day + 1) * DAY_SECONDS,
          avgHashrate: pastHashrateHs(day, today, difficulty),
        })),
        difficulty: [],
        currentHashrate: pastHashrateHs(today, today, difficulty),
        currentDifficulty: difficulty,
      }
    case '/api/v1/mining/blocks/fees': {
      const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))]
      return pastDays(today)
        .flatMap((day) => [4, 12, 20].map((hour) => day * DAY_SECONDS + hour * 3600))
        .filter((timestamp) => timestamp >= from && timestamp <= to)
        .map((timestamp) => ({
          avgHeight: Math.round(height - (nowSeconds - timestamp) / 600),
          timestamp,
          avgFees: Math.round(feesBtcPerBlock * SATS_PER_BTC),
          USD: priceUsd,
        }))
    }
    case '/api/v1/historical-price':
      return {
        prices: pastDays(today)
          .map((day) => ({ time: (day + 1) * DAY_SECONDS, USD: pastPriceUsd(day, today, priceUsd) }))
          .reverse(),
        exchangeRates: { USDEUR: Math.round(100 / USD_PER_EUR) / 100 },
      }
    default:
      return undefined
  }
}
