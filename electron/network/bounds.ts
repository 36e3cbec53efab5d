import type { NetworkValueName } from '#shared/contract/network.ts'
import { networkHashrateHs } from '#shared/domain/network.ts'
import type { Adjustment } from './provider.ts'
import type { StoredValue } from './truth.ts'
import { CLOCK_TOLERANCE_MS, STALE_AFTER_MS, TYPED } from './truth.ts'

/**
 * What a fetched value must pass before it is stored. The limits catch a wrong chain, a wrong unit and a broken server;
 * they are no judgement of what is likely. Typed values do not come here.
 */
export const LIMITS: Readonly<Record<NetworkValueName, readonly [min: number, max: number]>> = {
  height: [500_000, 3_000_000],
  difficulty: [1e12, 1e17],
  priceUsdPerBtc: [1_000, 10_000_000],
  // the day of the 2024 halving stood near 8
  feesBtcPerBlock: [0, 15],
  epochBlocks: [0, 2015],
  epochSeconds: [0, 2016 * 600 * 4],
}

const UNITS: Readonly<Record<NetworkValueName, string>> = {
  height: 'block height',
  difficulty: 'difficulty',
  priceUsdPerBtc: 'price in USD',
  feesBtcPerBlock: 'mean fees per block in BTC',
  epochBlocks: 'number of blocks in the epoch',
  epochSeconds: 'age of the epoch in seconds',
}

/** A stored value this old no longer says what a new one may be. */
const REMEMBERED_MS = 90 * 86_400_000
/** One retarget moves difficulty by at most this factor (Bitcoin consensus). */
const DIFFICULTY_FACTOR = 4
const PRICE_FACTOR = 10
/** The chain does not lose more blocks than this; a server that says so is behind. */
const LOST_BLOCKS = 100
const BLOCK_MS = 600_000
/** The pace of an epoch against its promise; half the network left at once in 2021 and the factor stayed under 2. */
const PACE_FACTOR = 4
const PACE_SLACK_S = 6 * 3600
const HASHRATE_FACTOR = 3
const PRICE_SPREAD = 0.05
/** How long the price in force is a voice when two sources contradict each other. */
const PRICE_VOICE_MS = 86_400_000

export type Refusal = { readonly value: StoredValue; readonly why: string }

const words = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 8 })
const write = (value: number) => words.format(value)

/** What was stored and still has something to say about a new value: the youngest of its name. */
function remembered(
  name: NetworkValueName,
  stored: readonly StoredValue[],
  nowMs: number,
): StoredValue | null {
  const rows = stored.filter(
    (row) =>
      row.name === name &&
      row.source !== TYPED &&
      row.asOfMs <= nowMs + CLOCK_TOLERANCE_MS &&
      nowMs - row.asOfMs < REMEMBERED_MS,
  )
  return rows.reduce<StoredValue | null>(
    (youngest, row) => (youngest === null || row.asOfMs > youngest.asOfMs ? row : youngest),
    null,
  )
}

function faultAlone({ name, value, asOfMs }: StoredValue, nowMs: number): string | null {
  const [min, max] = LIMITS[name]
  if (!(value >= min && value <= max)) return `is outside ${write(min)} to ${write(max)}`
  if ((name === 'height' || name === 'epochBlocks') && !Number.isInteger(value))
    return 'is not a whole number'
  const aheadMs = asOfMs - nowMs
  if (!(aheadMs <= CLOCK_TOLERANCE_MS))
    return `is dated ${write(Math.round(aheadMs / 360_000) / 10)} h ahead of this computer’s clock`
  return null
}

function faultAgainstStored(said: StoredValue, stored: readonly StoredValue[], nowMs: number): string | null {
  const own = stored.find((row) => row.name === said.name && row.source === said.source)
  if (own !== undefined && own.asOfMs <= nowMs + CLOCK_TOLERANCE_MS) {
    const behindMs = own.asOfMs - said.asOfMs
    if (behindMs > CLOCK_TOLERANCE_MS)
      return `is ${write(Math.round(behindMs / 360_000) / 10)} h older than what it said before`
  }
  const known = remembered(said.name, stored, nowMs)
  if (known === null) return null
  const ratio = said.value / known.value
  const beyond = (factor: number) =>
    ratio > factor || ratio < 1 / factor
      ? `is more than a factor of ${factor} from ${write(known.value)}, which was stored before`
      : null
  if (said.name === 'difficulty') return beyond(DIFFICULTY_FACTOR)
  if (said.name === 'priceUsdPerBtc') return beyond(PRICE_FACTOR)
  if (said.name !== 'height') return null
  if (said.value < known.value - LOST_BLOCKS)
    return `is ${write(known.value - said.value)} blocks behind what was stored before`
  const expected = Math.max(0, said.asOfMs - known.asOfMs) / BLOCK_MS
  if (said.value > known.value + 2 * expected + 2016)
    return `is ${write(said.value - known.value)} blocks ahead of what was stored before`
  return null
}

/** Blocks of the epoch against its seconds: the hashrate that they imply must be thinkable at this difficulty. */
function paceFault(blocks: number, seconds: number): string | null {
  const promised = blocks * 600
  return seconds <= promised * PACE_FACTOR + PACE_SLACK_S && seconds >= promised / PACE_FACTOR - PACE_SLACK_S
    ? null
    : `does not fit: ${write(blocks)} blocks in ${write(seconds)} s`
}

/** Distance from the median of the others as a fraction; of two middle ones the nearer counts. */
function distanceFromMedian(price: number, others: readonly number[]): { median: number; distance: number } {
  const sorted = others.toSorted((a, b) => a - b)
  const middle = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!]
  const [low, high] = [Math.min(...middle), Math.max(...middle)]
  const median = Math.min(Math.max(price, low), high)
  return { median, distance: Math.abs(price / median - 1) }
}

function priceFault(
  said: StoredValue,
  prices: readonly StoredValue[],
  known: StoredValue | null,
  nowMs: number,
) {
  const others = prices.filter(({ source }) => source !== said.source).map(({ value }) => value)
  // Two that contradict each other cannot be told apart by themselves: the price in force is the third voice.
  if (others.length === 1 && known !== null && nowMs - known.asOfMs < PRICE_VOICE_MS) others.push(known.value)
  if (others.length === 0) return null
  const { median, distance } = distanceFromMedian(said.value, others)
  return distance <= PRICE_SPREAD
    ? null
    : `is ${write(Math.round(distance * 1000) / 10)} % from the other sources (${write(median)})`
}

/**
 * Sorts what all sources said in one round into what may be stored and what not, with the reason in words.
 * `hashratesHs`: per source its own estimate of the network's hashrate, where it gave one.
 */
export function judge(
  said: readonly StoredValue[],
  stored: readonly StoredValue[],
  hashratesHs: ReadonlyMap<string, number>,
  nowMs: number,
): { readonly kept: readonly StoredValue[]; readonly refused: readonly Refusal[] } {
  const refused: Refusal[] = []
  let kept: readonly StoredValue[] = said
  const keep = (faultOf: (value: StoredValue, left: readonly StoredValue[]) => string | null) => {
    const left = kept
    kept = left.filter((value) => {
      const fault = faultOf(value, left)
      if (fault !== null)
        refused.push({
          value,
          why: `its ${UNITS[value.name]} ${write(value.value)} ${fault}; it was not taken`,
        })
      return fault === null
    })
  }

  keep((value) => faultAlone(value, nowMs) ?? faultAgainstStored(value, stored, nowMs))
  keep((value) => {
    const hashrateHs = hashratesHs.get(value.source)
    if (value.name !== 'difficulty' || hashrateHs === undefined) return null
    const ratio = hashrateHs / networkHashrateHs(value.value)
    return ratio <= HASHRATE_FACTOR && ratio >= 1 / HASHRATE_FACTOR
      ? null
      : `does not fit its own estimate of the network’s hashrate, ${write(hashrateHs / 1e18)} EH/s`
  })
  keep((value, left) => {
    if (value.name !== 'epochBlocks' && value.name !== 'epochSeconds') return null
    const of = (name: NetworkValueName) =>
      left.find((row) => row.name === name && row.source === value.source)
    const [blocks, seconds] = [of('epochBlocks'), of('epochSeconds')]
    // One without the other says nothing.
    if (blocks === undefined || seconds === undefined) return 'came without its counterpart'
    return paceFault(blocks.value, seconds.value)
  })
  keep((value, left) => {
    if (value.name !== 'priceUsdPerBtc') return null
    const isFresh = (row: StoredValue) =>
      row.name === 'priceUsdPerBtc' &&
      row.source !== TYPED &&
      Math.abs(nowMs - row.asOfMs) <= STALE_AFTER_MS.priceUsdPerBtc
    // An old price is marked as old; it is not a wrong one.
    if (!isFresh(value)) return null
    const now = left.filter(isFresh)
    const before = stored.filter(
      (row) => isFresh(row) && !said.some(({ name, source }) => name === row.name && source === row.source),
    )
    return priceFault(value, [...now, ...before], remembered('priceUsdPerBtc', stored, nowMs), nowMs)
  })
  return { kept, refused }
}

/** Past adjustments that consensus allows: a retarget moves difficulty by at most a factor of four either way. */
export function soundAdjustments(adjustments: readonly Adjustment[]): readonly Adjustment[] {
  return adjustments.filter(
    ({ height, change }) =>
      Number.isInteger(height) &&
      height <= LIMITS.height[1] &&
      change >= 1 / DIFFICULTY_FACTOR - 1 &&
      change <= DIFFICULTY_FACTOR - 1,
  )
}
