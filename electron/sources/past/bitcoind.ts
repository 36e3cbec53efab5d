import { BLOCKS_PER_EPOCH, MS_PER_DAY, SECONDS_PER_DAY } from '#shared/domain/units.ts'
import { networkHashrateHs } from '#shared/domain/chain/network.ts'
import { coinsIssuedBtc } from '#shared/domain/signals/coins-issued.ts'
import type { Call } from '../bitcoind.ts'
import { askTip, hashSchema, headerSchema, rpc } from '../bitcoind.ts'
import { SourceFault } from '../http.ts'
import type { AskContext } from '../provider.ts'
import { heightsAtMidnights, risingTimes } from './daily-closes.ts'
import type { DayRow, PastPart, PastPiece, PastQuestion } from './part.ts'
import { firstOpenDay, lastDayOver, pieceOfRows } from './part.ts'

/**
 * The past out of the headers of the operator's own node, which a pruned node keeps too. Fees of past days would need
 * every block of them and are left to others.
 */

const EPOCHS_PER_QUESTION = 120
/** Headers are asked for in batches of this many, each twice: its hash, then the header itself. */
const HEADERS_PER_BATCH = 200
/** Days are told by every 24th header, about one in four hours; 2016 is a multiple of it. */
const STEP_BLOCKS = 24
const BLOCKS_PER_QUESTION = 91 * 6 * STEP_BLOCKS
/** Two days of overlap at any pace that difficulty lets stand, so that the day at the seam is whole in one of the two. */
const OVERLAP_BLOCKS = 18 * STEP_BLOCKS
/** days of which hashrate and issuance are read; epochs are read from the first block on */
const DAYS_BACK = 4 * 365 + 1
const BLOCK_S = 600
const BLOCKS_PER_DAY = 144
/** Blocks came this far apart a handful of times in the first year alone. */
const WIDEST_S = 2 * SECONDS_PER_DAY

type Header = { readonly height: number; readonly time: number; readonly difficulty: number }

async function askHeaders(context: AskContext, heights: readonly number[]): Promise<Header[]> {
  const { batch } = rpc(context)
  const headers: Header[] = []
  for (let at = 0; at < heights.length; at += HEADERS_PER_BATCH) {
    const some = heights.slice(at, at + HEADERS_PER_BATCH)
    const hashes = await batch(
      hashSchema,
      some.map((height): Call => ['getblockhash', height]),
    )
    const found = await batch(
      headerSchema,
      hashes.map((hash): Call => ['getblockheader', hash]),
    )
    headers.push(...found.map((header, i) => ({ ...header, height: some[i]! })))
  }
  return headers
}

/** A height at most three days before a moment: from the tip back at the usual pace, and mended until it fits. */
async function heightBefore(context: AskContext, tip: number, momentS: number): Promise<number> {
  let height = tip
  let timeS = context.nowMs() / 1000
  for (let tries = 0; tries < 12; tries++) {
    height = Math.min(tip, Math.floor(height - (timeS - momentS) / BLOCK_S - BLOCKS_PER_DAY))
    if (height <= 0) return 0
    const [header] = await askHeaders(context, [height])
    timeS = header!.time
    if (timeS < momentS && timeS > momentS - 3 * SECONDS_PER_DAY) return height
  }
  throw new SourceFault(`${new URL(context.baseUrl).host} gave headers whose times do not fit their heights`)
}

async function askEpochs(
  context: AskContext,
  heights: readonly number[],
  isLast: boolean,
): Promise<PastPiece> {
  const headers = await askHeaders(context, heights)
  const epochs = headers.map(({ height, time, difficulty }) => ({
    height,
    startedAtMs: time * 1000,
    difficulty,
  }))
  const lastDay = lastDayOver(context.nowMs())
  const throughDay = isLast ? lastDay : Math.floor(epochs.at(-1)!.startedAtMs / MS_PER_DAY) - 1
  return { values: [], epochs, throughDay: Math.min(throughDay, lastDay) }
}

const epochs: PastPart = {
  name: 'epochs',
  fills: ['epochs'],
  async questions(context, throughDay) {
    const fromDay = firstOpenDay(throughDay, context.nowMs())
    if (fromDay === null) return []
    const { blocks: tip } = await askTip(context)
    const from = throughDay === null ? 0 : await heightBefore(context, tip, fromDay * SECONDS_PER_DAY)
    const heights: number[] = []
    for (let height = from - (from % BLOCKS_PER_EPOCH); height <= tip; height += BLOCKS_PER_EPOCH)
      heights.push(height)
    const questions: PastQuestion[] = []
    for (let at = 0; at < heights.length; at += EPOCHS_PER_QUESTION) {
      const some = heights.slice(at, at + EPOCHS_PER_QUESTION)
      const isLast = at + EPOCHS_PER_QUESTION >= heights.length
      questions.push({
        words: `difficulty epochs from block ${some[0]!}`,
        ask: () => askEpochs(context, some, isLast),
      })
    }
    return questions
  },
}

/** Work of the blocks before each header, in units of difficulty: between two of them all bear the first one's. */
function workBefore(headers: readonly Header[]): number[] {
  let work = 0
  return headers.map(({ height }, i) => {
    const before = headers[i - 1]
    if (before !== undefined) work += (height - before.height) * before.difficulty
    return work
  })
}

async function askDays(
  context: AskContext,
  firstHeight: number,
  lastHeight: number,
  fromDay: number,
): Promise<PastPiece> {
  const heights: number[] = []
  for (let height = firstHeight; height <= lastHeight; height += STEP_BLOCKS) heights.push(height)
  const headers = await askHeaders(context, heights)
  const timesS = risingTimes(headers.map(({ time }) => time))
  const first = Math.max(fromDay, Math.floor(timesS[0]! / SECONDS_PER_DAY))
  const last = Math.min(Math.floor(timesS.at(-1)! / SECONDS_PER_DAY), lastDayOver(context.nowMs()))
  const at = (cumulative: readonly number[]) => heightsAtMidnights(timesS, cumulative, first, last, WIDEST_S)
  const [blocks, work] = [at(heights), at(workBefore(headers))]
  const rows: DayRow[] = []
  for (let day = first; day <= last; day++) {
    const [from, to] = [blocks[day - first]!, blocks[day - first + 1]!]
    const meanDifficulty = (work[day - first + 1]! - work[day - first]!) / BLOCKS_PER_DAY
    const values = [coinsIssuedBtc(to) - coinsIssuedBtc(from), networkHashrateHs(meanDifficulty) / 1e18]
    if (!Number.isNaN(from + to)) rows.push({ day, stampS: day * SECONDS_PER_DAY, values })
  }
  const { host } = new URL(context.baseUrl)
  return pieceOfRows(rows, ['issuanceBtc', 'hashrateEhs'], { host, fromDay, nowMs: context.nowMs() })
}

const days: PastPart = {
  name: 'days',
  fills: ['issuanceBtc', 'hashrateEhs'],
  async questions(context, throughDay) {
    const nowMs = context.nowMs()
    const fromDay = firstOpenDay(throughDay, nowMs, lastDayOver(nowMs) + 1 - DAYS_BACK)
    if (fromDay === null) return []
    const { blocks: tip } = await askTip(context)
    const before = await heightBefore(context, tip, fromDay * SECONDS_PER_DAY)
    const questions: PastQuestion[] = []
    for (let first = before - (before % STEP_BLOCKS); ; first += BLOCKS_PER_QUESTION) {
      const last = Math.min(tip, first + BLOCKS_PER_QUESTION + OVERLAP_BLOCKS)
      questions.push({
        words: `blocks from ${first} to ${last}`,
        ask: () => askDays(context, first, last, fromDay),
      })
      if (last === tip) return questions
    }
  },
}

export const bitcoindPastParts: readonly PastPart[] = [epochs, days]
