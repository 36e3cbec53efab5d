import { z } from 'zod'
import { MS_PER_DAY, MS_PER_MINUTE } from '#shared/domain/units.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import type { StoredValue } from './in-force.ts'
import { FEW_BLOCKS } from './in-force.ts'

/**
 * A value that was refused for nothing but what is stored puts the stored one in doubt. Said once more, and not denied
 * by whoever gave the stored one, it is taken: a wrong value that got in keeps the right one out for one round.
 */

const doubtSchema = z.strictObject({
  name: z.enum(NETWORK_VALUE_NAMES),
  source: z.string(),
  value: z.number(),
  asOfMs: z.number(),
  fetchedAtMs: z.number(),
})
const doubtsSchema = z.array(doubtSchema)

const PRICE_NEAR = 0.1
const FEES_NEAR_BTC = 0.7
const START_NEAR_MS = 60 * MS_PER_MINUTE
/** Blocks that a source may have added since: twice the pace, and some that came at once. */
const BLOCKS_AT_ONCE = 36
const BLOCK_MS = 10 * MS_PER_MINUTE

/** How a source's doubts are kept beside its status, so that they outlive the program. */
export const doubtsName = (source: string): string => `${source}: doubts`

export const writeDoubts = (doubts: readonly StoredValue[]): string | null =>
  doubts.length === 0 ? null : JSON.stringify(doubts)

/** Reads what {@link writeDoubts} wrote; none where it is not that. */
export function readDoubts(text: string | null): readonly StoredValue[] {
  if (text === null) return []
  try {
    return doubtsSchema.safeParse(JSON.parse(text)).data ?? []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Blocks that a height may lie above an earlier one. */
export const mostBlocks = (sinceMs: number): number => (2 * Math.max(0, sinceMs)) / BLOCK_MS + BLOCKS_AT_ONCE

function isNear(said: StoredValue, before: StoredValue): boolean {
  const gap = said.value - before.value
  switch (said.name) {
    case 'height':
      return gap >= -FEW_BLOCKS && gap <= mostBlocks(said.asOfMs - before.asOfMs)
    case 'difficulty':
      return Math.abs(said.value / before.value - 1) <= 1e-3
    case 'priceUsdPerBtc':
      return Math.abs(said.value / before.value - 1) <= PRICE_NEAR
    case 'feesBtcPerBlock':
      return Math.abs(gap) <= FEES_NEAR_BTC
    case 'epochSeconds':
      return Math.abs(said.asOfMs - before.asOfMs - gap * 1000) <= START_NEAR_MS
    case 'epochBlocks':
      return false
  }
}

/** Whether a source says the second time what `known` speaks against, and nobody has said `known` again meanwhile. */
export function isSaidAgain(said: StoredValue, known: StoredValue, doubts: readonly StoredValue[]): boolean {
  return doubts.some(
    (doubt) =>
      doubt.name === said.name &&
      doubt.source === said.source &&
      doubt.fetchedAtMs <= said.fetchedAtMs &&
      said.fetchedAtMs - doubt.fetchedAtMs < MS_PER_DAY &&
      (known.source === said.source || known.fetchedAtMs < doubt.fetchedAtMs) &&
      isNear(said, doubt),
  )
}
