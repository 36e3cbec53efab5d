import { NOW_MS, sendJson, serve, type TestServer } from '../unit/sources/servers.ts'

/** A mempool server and a node of the operator's own that agree about one chain, whose next block comes every ten minutes. */

export const MINUTE = 60_000

/** What a server believes; a lie is a change of it that keeps its answers consistent, or of single parts. */
export type World = {
  readonly height: number
  readonly difficulty: number
  readonly startS: number
  readonly previousTimeS: number
  readonly feesSat: number
  readonly priceUsd: number
  readonly remainingBlocks: number
}

const START_S = NOW_MS / 1000 - 185_000
export function truth(nowMs: number): World {
  const height = 970_000 + Math.floor((nowMs - NOW_MS) / (10 * MINUTE))
  return {
    height,
    difficulty: 1.327e14,
    startS: START_S,
    previousTimeS: START_S,
    feesSat: 2_000_000,
    priceUsd: 85_850,
    remainingBlocks: 2016 - (height % 2016),
  }
}

const subsidySat = 312_500_000
function mempoolAnswer(path: string, w: World, nowMs: number): unknown {
  const first = w.height - (w.height % 2016)
  switch (path) {
    case '/api/blocks/tip/height':
      return w.height
    case '/api/v1/difficulty-adjustment':
      return {
        difficultyChange: 0,
        estimatedRetargetDate: nowMs + 1000,
        remainingBlocks: w.remainingBlocks,
        remainingTime: 1000,
        previousTime: w.previousTimeS,
        nextRetargetHeight: first + 2016,
        timeAvg: 0,
      }
    case '/api/v1/mining/difficulty-adjustments/6m':
      return [0, 1, 2].map((i) => [
        w.startS - i * 1_209_600,
        first - i * 2016,
        w.difficulty / 1.01 ** i,
        1.01,
      ])
    case '/api/v1/prices':
      return { time: Math.floor(nowMs / 1000), USD: w.priceUsd }
    case '/api/v1/mining/reward-stats/144':
      return {
        startBlock: w.height - 143,
        endBlock: w.height,
        totalReward: String(144 * (subsidySat + w.feesSat)),
        totalFee: String(144 * w.feesSat),
      }
    default:
      return undefined
  }
}

type Question = { readonly id: number; readonly method: string; readonly params: readonly unknown[] }
const hashOf = (height: number) => height.toString(16).padStart(64, '0')
function nodeAnswer({ method, params }: Question, w: World, nowMs: number): unknown {
  const tipS = Math.floor(nowMs / 1000) - 300
  const first = w.height - (w.height % 2016)
  switch (method) {
    case 'getblockchaininfo':
      return {
        chain: 'main',
        blocks: w.height,
        headers: w.height,
        bestblockhash: hashOf(w.height),
        difficulty: w.difficulty,
        initialblockdownload: false,
        time: tipS,
      }
    case 'getblockhash':
      return hashOf(Number(params[0]))
    case 'getblockheader': {
      const height = parseInt(String(params[0]), 16)
      const epochs = (first - (height - (height % 2016))) / 2016
      const time = height === w.height ? tipS : w.previousTimeS - epochs * 1_209_600
      return { time, difficulty: w.difficulty / 1.01 ** epochs }
    }
    case 'getnetworkhashps':
      return (w.difficulty * 2 ** 32) / 600
    default:
      return { totalfee: w.feesSat }
  }
}

/** A server of the one kind or the other, which believes at each moment what it is told. */
export function serveWorld(
  name: 'mempool' | 'bitcoind',
  now: () => { readonly world: World; readonly nowMs: number },
): Promise<TestServer> {
  return serve((request, response, body) => {
    const { world, nowMs } = now()
    response.setHeader('date', new Date(nowMs).toUTCString())
    if (name === 'mempool') {
      const answer = mempoolAnswer((request.url ?? '').replace(/\?.*/, ''), world, nowMs)
      sendJson(response, answer ?? 'not found', answer === undefined ? 404 : 200)
      return
    }
    const asked = JSON.parse(body) as Question | readonly Question[]
    const reply = (question: Question) => ({
      result: nodeAnswer(question, world, nowMs),
      error: null,
      id: question.id,
    })
    sendJson(response, 'method' in asked ? reply(asked) : asked.map(reply))
  })
}
