import { BLOCKS_PER_EPOCH, MS_PER_MINUTE, SATS_PER_BTC } from '#shared/domain/units.ts'
import { z } from 'zod'
import { SourceFault } from './http.ts'
import type { AskContext, Provider, Reading } from './provider.ts'
import { blockMoment, collectReading, fitted, unixSecondsSchema } from './provider.ts'
import { STALE_AFTER_MS } from './in-force.ts'

/** The operator's own Bitcoin Core node over JSON-RPC: no third party to trust, and the epoch is exact. */

const FEE_WINDOW_BLOCKS = 144
/** Blocks younger than this may still be replaced by others at the same height. */
const SETTLED_BLOCKS = 6
/** epochs whose adjustments are told */
const PAST_EPOCHS = 6
/** Undo data is read from disk for each: on a small machine a batch of all 144 would outlast the time limit. */
const STATS_PER_BATCH = 24

const replySchema = z.object({
  result: z.unknown(),
  error: z.object({ code: z.number(), message: z.string() }).nullish(),
  id: z.number().nullish(),
})

const chainSchema = z.object({
  chain: z.string(),
  blocks: z.number().int().nonnegative(),
  headers: z.number().int().nonnegative(),
  bestblockhash: z.string(),
  difficulty: z.number().positive(),
  initialblockdownload: z.boolean(),
  // Of the newest block, and the median of the last eleven, about an hour earlier; old nodes give the latter alone.
  time: unixSecondsSchema.optional(),
  mediantime: unixSecondsSchema.optional(),
})
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'is not a block hash')
export const headerSchema = z.object({ time: unixSecondsSchema, difficulty: z.number().positive() })
const branchesSchema = z.array(
  z.object({
    height: z.number().int().nonnegative(),
    branchlen: z.number().int().nonnegative(),
    status: z.string().max(40),
  }),
)
/** One block beside the tip is an everyday race; more that reach as high as the tip are a split. */
const SPLIT_BLOCKS = 2
const statsSchema = z.object({ totalfee: z.number().int().nonnegative() })

export type Call = readonly [method: string, ...params: unknown[]]

export function rpc(context: AskContext) {
  const { host } = new URL(context.baseUrl)

  /** The results of several calls in their order; the first call that failed is thrown. */
  async function batch<T extends z.ZodType>(schema: T, calls: readonly Call[]): Promise<z.output<T>[]> {
    const endpoint = calls[0]![0]
    const bodies = calls.map(([method, ...params], id) => ({ jsonrpc: '1.0', id, method, params }))
    const answer = await context.http.json(context.baseUrl, {
      body: bodies.length === 1 ? bodies[0] : bodies,
      credentials: await context.credentials(),
      // how a node sends a fault in words: 500, or 404 for a method that it does not know
      alsoAccept: [404, 500],
      endpoint,
    })
    // A fault of the whole batch comes as one reply.
    const several = Array.isArray(answer)
    const replies = fitted(z.array(replySchema), several ? answer : [answer], host, endpoint)
    return calls.map((_, id) => {
      const reply = several ? replies.find((candidate) => candidate.id === id) : replies[0]
      if (reply?.error)
        throw new SourceFault(`${host} answered: ${reply.error.message.slice(0, 200)}`, { endpoint })
      return fitted(schema, reply?.result, host, endpoint)
    })
  }

  const one = async <T extends z.ZodType>(schema: T, ...call: Call) => (await batch(schema, [call]))[0]!
  return { host, one, batch }
}

/** Refuses a node that is not at the tip of the main chain. */
export async function askTip(context: AskContext) {
  const { host, one } = rpc(context)
  const info = await one(chainSchema, 'getblockchaininfo')
  if (info.chain !== 'main')
    throw new SourceFault(`${host} is a node of the chain "${info.chain}", not of main`)
  if (info.initialblockdownload || info.blocks < info.headers - 1)
    throw new SourceFault(`${host} is still catching up: block ${info.blocks} of ${info.headers}`)
  return info
}

async function askChain(context: AskContext): Promise<Reading> {
  const reading = collectReading()
  const { one, batch } = rpc(context)
  const info = await reading.attempt(askTip(context))
  if (info === null) return reading.reading()
  const blocks = info.blocks % BLOCKS_PER_EPOCH
  const starts: number[] = []
  for (
    let height = info.blocks - blocks;
    height >= 0 && starts.length <= PAST_EPOCHS;
    height -= BLOCKS_PER_EPOCH
  )
    starts.push(height)
  const askHeaders = async () => {
    const hashes = await batch(
      hashSchema,
      starts.map((height): Call => ['getblockhash', height]),
    )
    return batch(
      headerSchema,
      [...hashes, info.bestblockhash].map((hash): Call => ['getblockheader', hash]),
    )
  }
  const [headers, branches, hashrateHs] = await Promise.all([
    reading.attempt(askHeaders()),
    // Not every node tells them, and none has to: that they are not told is no fault.
    collectReading().attempt(one(branchesSchema, 'getchaintips')),
    reading.attempt(one(z.number().positive(), 'getnetworkhashps', FEE_WINDOW_BLOCKS)),
  ])
  const rival = branches?.find(
    ({ height, branchlen, status }) =>
      status !== 'active' && branchlen >= SPLIT_BLOCKS && height >= info.blocks,
  )
  if (rival !== undefined) {
    const { host } = new URL(context.baseUrl)
    reading.blame(
      new SourceFault(
        `${host} knows another branch of the chain, ${rival.branchlen} blocks long up to block ${rival.height} (${rival.status}): others may follow that one`,
      ),
    )
  }
  if (hashrateHs !== null) reading.hashrate(hashrateHs)
  const nowMs = context.nowMs()
  const tipSeconds = headers?.at(-1)!.time ?? info.time ?? info.mediantime
  if (tipSeconds === undefined) {
    const { host } = new URL(context.baseUrl)
    reading.blame(new SourceFault(`${host} does not tell the time of its newest block`))
    return reading.reading()
  }
  const tipMs = blockMoment(tipSeconds, nowMs)
  const isDated = tipMs < nowMs
  reading.say('height', info.blocks, tipMs, isDated)
  reading.say('difficulty', info.difficulty, tipMs, isDated)
  if (headers !== null) {
    const [first, tip] = [headers[0]!, headers.at(-1)!]
    // At the epoch's last block the time no longer runs: the adjustment is final. Nor does it for a node that is cut off.
    const isOver = blocks === BLOCKS_PER_EPOCH - 1
    const stands = isOver || nowMs - tipMs > STALE_AFTER_MS.height
    const endSeconds = stands ? tip.time : Math.round(nowMs / 1000)
    reading.say('epochBlocks', blocks, tipMs, isDated)
    reading.say('epochSeconds', Math.max(0, endSeconds - first.time), stands && !isOver ? tipMs : nowMs)
    reading.listed(
      starts.map((height, i) => ({
        height,
        startedAtMs: headers[i]!.time * 1000,
        difficulty: headers[i]!.difficulty,
      })),
    )
    reading.adjusted(
      starts.slice(0, -1).map((height, i) => ({
        height,
        change: headers[i]!.difficulty / headers[i + 1]!.difficulty - 1,
      })),
    )
  }
  return reading.reading()
}

function feesPart() {
  const settledFeesSat = new Map<number, number>()

  async function askFees(context: AskContext): Promise<Reading> {
    const reading = collectReading()
    const { batch } = rpc(context)
    const meanFees = async () => {
      const { blocks: tip, time, mediantime } = await askTip(context)
      const first = tip - FEE_WINDOW_BLOCKS + 1
      const missing: number[] = []
      let totalSat = 0
      for (const height of settledFeesSat.keys()) if (height < first) settledFeesSat.delete(height)
      for (let height = first; height <= tip; height++) {
        const feesSat = settledFeesSat.get(height)
        if (feesSat === undefined) missing.push(height)
        else totalSat += feesSat
      }
      for (let at = 0; at < missing.length; at += STATS_PER_BATCH) {
        const heights = missing.slice(at, at + STATS_PER_BATCH)
        const stats = await batch(
          statsSchema,
          heights.map((height): Call => ['getblockstats', height, ['totalfee']]),
        )
        for (const [i, { totalfee }] of stats.entries()) {
          totalSat += totalfee
          if (heights[i]! <= tip - SETTLED_BLOCKS) settledFeesSat.set(heights[i]!, totalfee)
        }
      }
      const tipSeconds = time ?? mediantime
      return {
        feesBtcPerBlock: totalSat / FEE_WINDOW_BLOCKS / SATS_PER_BTC,
        asOfMs: tipSeconds === undefined ? context.nowMs() : blockMoment(tipSeconds, context.nowMs()),
      }
    }
    const fees = await reading.attempt(meanFees())
    if (fees !== null) reading.say('feesBtcPerBlock', fees.feesBtcPerBlock, fees.asOfMs)
    return reading.reading()
  }
  return askFees
}

export const bitcoind = (): Provider => ({
  name: 'bitcoind',
  parts: [
    {
      name: 'chain',
      offers: ['height', 'difficulty', 'epochBlocks', 'epochSeconds'],
      everyMs: MS_PER_MINUTE,
      ask: askChain,
    },
    { name: 'fees', offers: ['feesBtcPerBlock'], everyMs: 10 * MS_PER_MINUTE, ask: feesPart() },
  ],
})
