import { BLOCKS_PER_EPOCH, EPOCH_TARGET_SECONDS, MS_PER_MINUTE, SATS_PER_BTC } from '#shared/domain/units.ts'
import { z } from 'zod'
import { CLOCK_TOLERANCE_MS } from '#shared/domain/chain/clock.ts'
import { subsidyBtc } from '#shared/domain/chain/network.ts'
import { SourceFault } from './http.ts'
import type { Adjustment, AskContext, EpochStart, Provider, Reading } from './provider.ts'
import {
  askPath,
  BLOCK_AHEAD_MS,
  blockMoment,
  collectReading,
  digitsSchema,
  fitted,
  unixSecondsSchema,
} from './provider.ts'
import { crossRate, sayRates } from './cross-rates.ts'

/**
 * mempool.space or an own mempool server: the REST API under /api. Its times are seconds except where a name says
 * otherwise; fees are satoshi in text. Poll intervals follow the cache headers of the public server.
 */

const BLOCK_AHEAD_SECONDS = BLOCK_AHEAD_MS / 1000
/** The first block of the main chain; a test chain begins with another one. */
const GENESIS = '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'
const NO_PRICE = -1

const tipSchema = z
  .string()
  .trim()
  .regex(/^\d{1,9}$/, 'is not a block height')
  .transform(Number)

const hashSchema = z
  .string()
  .trim()
  .regex(/^[0-9a-f]{64}$/, 'is not a block hash')

/**
 * Now, for an answer that has no date. A server's clock that is ahead of ours counts, so that the answer is refused as dated ahead:
 * kept with the date of a clock that is behind, it would be called stale once that is put right.
 */
function undatedMoment({ http, nowMs, baseUrl }: AskContext): number {
  const aheadMs = http.aheadMs(baseUrl)
  return nowMs() + (aheadMs > CLOCK_TOLERANCE_MS ? aheadMs : 0)
}

/** The newest blocks, newest first. */
const blocksSchema = z
  .array(z.object({ height: z.number().int().nonnegative(), timestamp: unixSecondsSchema }))
  .min(1)

const epochSchema = z.object({
  difficultyChange: z.number(),
  estimatedRetargetDate: z.number(),
  remainingBlocks: z.number().int().min(0).max(BLOCKS_PER_EPOCH),
  remainingTime: z.number(),
  previousTime: unixSecondsSchema,
  nextRetargetHeight: z.number().int().positive(),
  timeAvg: z.number(),
})

const difficultySchema = z.number().positive()

/** Newest first: time, height, difficulty, new ÷ old. */
const retargetsSchema = z
  .array(
    z.tuple([unixSecondsSchema, z.number().int().nonnegative(), difficultySchema, z.number().positive()]),
  )
  .min(1)

/** Where the list of retargets is not served. 0 is what the server says while its node is away. */
const hashrateSchema = z.object({
  currentDifficulty: z.number().nonnegative(),
  difficulty: z.array(
    z.object({
      height: z.number().int().nonnegative(),
      difficulty: difficultySchema,
      adjustment: z.number().positive().optional(),
    }),
  ),
})

/** −1 is what the server says where it has no price. The other currencies stand beside USD. */
const pricesSchema = z.looseObject({ time: unixSecondsSchema, USD: z.number() })

const rewardsSchema = z.object({
  startBlock: z.number().int().nonnegative(),
  endBlock: z.number().int().nonnegative(),
  totalReward: digitsSchema,
  totalFee: digitsSchema,
})

function asker(context: AskContext) {
  const { host } = new URL(context.baseUrl)
  const ask = (kind: 'text' | 'json') => (path: string) =>
    askPath(context.baseUrl, '/api', path, (url, request): Promise<unknown> =>
      context.http[kind](url, request),
    )
  const text = ask('text')
  const json = ask('json')
  return {
    host,
    tip: async () => fitted(tipSchema, await text('/blocks/tip/height'), host, '/blocks/tip/height'),
    /**
     * Unix ms; null where this server does not tell. That it fails is told by what is asked beside it.
     */
    tipMoment: async (): Promise<number | null> => {
      const blocks = await collectReading().attempt(
        json('/blocks').then((answer) => blocksSchema.safeParse(answer)),
      )
      if (blocks?.success !== true) return null
      const newest = blocks.data.reduce((best, block) => (block.height > best.height ? block : best))
      return blockMoment(newest.timestamp, context.nowMs())
    },
    /** The first block's hash; null where this server does not tell. */
    genesis: async (): Promise<string | null> => {
      const answer = await collectReading().attempt(text('/block-height/0'))
      const hash = hashSchema.safeParse(answer)
      return hash.success ? hash.data : null
    },
    json: async <T extends z.ZodType>(path: string, schema: T) =>
      fitted(schema, await json(path), host, path),
  }
}

/**
 * The moment that an answer about the epoch speaks of, unix ms. It may come out of a cache and the server's clock may
 * differ from ours, so the answer's own moment (estimated date less remaining time) is taken where it is consistent
 * with the rest of the answer; else the moment is now.
 */
function epochMoment(epoch: z.output<typeof epochSchema>, blocks: number, nowMs: number): number {
  const sentMs = epoch.estimatedRetargetDate - epoch.remainingTime
  const elapsedMs = sentMs - epoch.previousTime * 1000
  // timeAvg is rounded down to whole milliseconds per block
  const off = Math.abs(elapsedMs - epoch.timeAvg * blocks)
  return blocks > 0 && elapsedMs >= 0 && off <= blocks + 2000 ? sentMs : nowMs
}

/**
 * Seconds from the epoch's first block. At its last block the server's estimate is the final result, from which the
 * time between first and last block follows: change = 1 209 600 s ÷ time − 1. (Bitcoin consensus, retarget rule.)
 */
function epochSeconds(epoch: z.output<typeof epochSchema>, blocks: number, momentMs: number): number {
  const elapsed = Math.max(0, Math.round(momentMs / 1000 - epoch.previousTime))
  if (blocks < BLOCKS_PER_EPOCH - 1) return elapsed
  const final = Math.round(EPOCH_TARGET_SECONDS / (1 + epoch.difficultyChange / 100))
  return final > 0 && final <= elapsed + BLOCK_AHEAD_SECONDS ? final : elapsed
}

async function askChain(context: AskContext): Promise<Reading> {
  const reading = collectReading()
  const { host, tip, tipMoment, genesis, json } = asker(context)
  const [height, epoch, tipMs, first] = await Promise.all([
    reading.attempt(tip()),
    reading.attempt(json('/v1/difficulty-adjustment', epochSchema)),
    tipMoment(),
    genesis(),
  ])
  if (first !== null && first !== GENESIS) {
    reading.disown(new SourceFault(`${host} serves another chain than Bitcoin’s main one`))
    return reading.reading()
  }
  const nowMs = context.nowMs()
  const isDated = tipMs !== null && tipMs < nowMs
  if (height !== null) reading.say('height', height, tipMs ?? undatedMoment(context), isDated)
  if (epoch !== null) {
    // Taken from the answer itself and not from the tip, which may be a block further by now.
    const blocks = (BLOCKS_PER_EPOCH - epoch.remainingBlocks) % BLOCKS_PER_EPOCH
    const momentMs = epochMoment(epoch, blocks, nowMs)
    const blocksMs = Math.min(momentMs, tipMs ?? momentMs)
    if (height === null)
      reading.say('height', epoch.nextRetargetHeight - epoch.remainingBlocks, blocksMs, isDated)
    reading.say('epochBlocks', blocks, tipMs !== null && tipMs > nowMs ? tipMs : blocksMs, isDated)
    reading.say('epochSeconds', epochSeconds(epoch, blocks, momentMs), momentMs)
  }
  return reading.reading()
}

type Retargets = {
  readonly difficulty: number
  /** of its first block */
  readonly height: number
  readonly adjustments: readonly Adjustment[]
  readonly starts: readonly EpochStart[]
}

async function askDifficulty(context: AskContext): Promise<Reading> {
  const reading = collectReading()
  const { host, tip, tipMoment, json } = asker(context)

  const listed = async (): Promise<Retargets> => {
    const rows = await json('/v1/mining/difficulty-adjustments/6m', retargetsSchema)
    const [, height, difficulty] = rows[0]!
    return {
      height,
      difficulty,
      adjustments: rows.map(([, at, , ratio]) => ({ height: at, change: ratio - 1 })),
      starts: rows.map(([timeS, at, of]) => ({ height: at, startedAtMs: timeS * 1000, difficulty: of })),
    }
  }
  const charted = async (): Promise<Retargets> => {
    const endpoint = '/v1/mining/hashrate/3d'
    const chart = await json(endpoint, hashrateSchema)
    const last = chart.difficulty.at(-1)
    const difficulty = chart.currentDifficulty || last?.difficulty
    if (difficulty === undefined)
      throw new SourceFault(`${host} knows no difficulty at the moment`, { endpoint })
    return {
      difficulty,
      height: chart.currentDifficulty > 0 ? Infinity : last!.height,
      adjustments: chart.difficulty.flatMap(({ height, adjustment }) =>
        adjustment === undefined ? [] : [{ height, change: adjustment - 1 }],
      ),
      starts: [],
    }
  }

  const [height, tipMs, list] = await Promise.all([
    // The tip only dates the difficulty; where it fails, the part that asks for the height says so, not this one.
    collectReading().attempt(tip()),
    tipMoment(),
    reading.attempt(listed()),
  ])
  const isOver = (retargets: Retargets) => height !== null && retargets.height + BLOCKS_PER_EPOCH <= height
  // The server writes its list some time after an adjustment. Until then its node knows better.
  const inForce = list === null || isOver(list) ? await reading.attempt(charted()) : list
  const nowMs = context.nowMs()
  if (inForce !== null && isOver(inForce))
    reading.blame(new SourceFault(`${host} knows no difficulty after the one of block ${inForce.height}`))
  else if (inForce !== null)
    reading.say(
      'difficulty',
      inForce.difficulty,
      tipMs ?? undatedMoment(context),
      tipMs !== null && tipMs < nowMs,
    )
  reading.adjusted(list?.adjustments ?? inForce?.adjustments ?? [])
  reading.listed(list?.starts ?? [])
  return reading.reading()
}

async function askPrice(context: AskContext): Promise<Reading> {
  const reading = collectReading()
  const { host, json } = asker(context)
  const endpoint = '/v1/prices'
  const prices = await reading.attempt(json(endpoint, pricesSchema))
  if (prices === null) return reading.reading()
  if (prices.USD < 0) {
    reading.blame(new SourceFault(`${host} has no price in USD at the moment`, { endpoint }))
    return reading.reading()
  }
  const asOfMs = prices.time * 1000
  reading.say('priceUsdPerBtc', prices.USD, asOfMs)
  sayRates(reading, { host, endpoint, asOfMs }, (currency) =>
    prices[currency] === NO_PRICE ? null : crossRate(prices.USD, prices[currency]),
  )
  return reading.reading()
}

async function askFees(context: AskContext): Promise<Reading> {
  const reading = collectReading()
  const { host, json } = asker(context)
  const endpoint = '/v1/mining/reward-stats/144'
  const rewards = await reading.attempt(json(endpoint, rewardsSchema))
  if (rewards === null) return reading.reading()
  const blocks = rewards.endBlock - rewards.startBlock + 1
  const feesSat = Number(rewards.totalFee)
  // Reward less fees is the subsidy, which is known: a fee in another unit shows there.
  const claimed =
    (Number(rewards.totalReward) - feesSat) / (subsidyBtc(rewards.endBlock) * SATS_PER_BTC * blocks)
  if (blocks < 1 || !(claimed > 0.5 && claimed < 2))
    reading.blame(new SourceFault(`${host} gave rewards that do not fit the block subsidy`, { endpoint }))
  else reading.say('feesBtcPerBlock', feesSat / SATS_PER_BTC / blocks, context.nowMs())
  return reading.reading()
}

export const mempool: Provider = {
  name: 'mempool',
  parts: [
    {
      name: 'chain',
      offers: ['height', 'epochBlocks', 'epochSeconds'],
      everyMs: MS_PER_MINUTE,
      ask: askChain,
    },
    { name: 'difficulty', offers: ['difficulty'], everyMs: 5 * MS_PER_MINUTE, ask: askDifficulty },
    {
      name: 'price',
      offers: ['priceUsdPerBtc'],
      givesRates: true,
      everyMs: 5 * MS_PER_MINUTE,
      ask: askPrice,
    },
    { name: 'fees', offers: ['feesBtcPerBlock'], everyMs: 10 * MS_PER_MINUTE, ask: askFees },
  ],
}
