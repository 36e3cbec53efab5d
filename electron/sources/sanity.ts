import { BLOCKS_PER_EPOCH, MS_PER_DAY } from '#shared/domain/units.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { networkHashrateHs } from '#shared/domain/chain/network.ts'
import type { Adjustment } from './provider.ts'
import type { StoredValue } from './in-force.ts'
import { CLOCK_TOLERANCE_MS, STALE_AFTER_MS, TYPED } from './in-force.ts'

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
const REMEMBERED_MS = 90 * MS_PER_DAY
/** One retarget moves difficulty by at most this factor (Bitcoin consensus). */
const DIFFICULTY_FACTOR = 4
const PRICE_FACTOR = 10
/** The chain does not lose more blocks than this; a server that says so is behind. */
const LOST_BLOCKS = 100
const BLOCK_MS = 600_000
/** Bounds of an epoch's pace against the target; in 2021 half the network left at once, and the factor stayed below 2. */
const PACE_FACTOR = 4
const PACE_SLACK_S = 6 * 3600
const HASHRATE_FACTOR = 3
const PRICE_SPREAD = 0.05
/** Two sources that are this near to each other say the same. */
const AGREEMENT = 0.01
/** How long a stored value is a voice when two sources contradict each other. */
const THIRD_VOICE_MS = MS_PER_DAY

export type Refusal = { readonly value: StoredValue; readonly why: string }

/** Seldom asked for, so nothing is held ready: the first format of a process reads large tables. */
export const write = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 8 })
const writeHours = (ms: number) => write(Math.round(ms / 360_000) / 10)

type Dated = { readonly source: string; readonly asOfMs: number; readonly fetchedAtMs: number }

/** The stored value that a new one is compared with: the youngest, if it is younger than `withinMs`. */
export function remembered<T extends Dated>(stored: readonly T[], withinMs: number, nowMs: number): T | null {
  const rows = stored.filter(
    (row) =>
      row.source !== TYPED && row.asOfMs <= nowMs + CLOCK_TOLERANCE_MS && nowMs - row.asOfMs < withinMs,
  )
  return rows.reduce<T | null>(
    (youngest, row) => (youngest === null || row.asOfMs > youngest.asOfMs ? row : youngest),
    null,
  )
}

/** The youngest value of a name that a source gave and that still counts; null where there is none. */
export const youngestFetched = (name: NetworkValueName, stored: readonly StoredValue[], nowMs: number) =>
  remembered(
    stored.filter((row) => row.name === name),
    REMEMBERED_MS,
    nowMs,
  )

/** Of a date ahead of this computer's clock. */
export function dateFault(asOfMs: number, nowMs: number): string | null {
  return asOfMs - nowMs <= CLOCK_TOLERANCE_MS
    ? null
    : `is dated ${writeHours(asOfMs - nowMs)} h ahead of this computer’s clock`
}

/** Of a source that falls back behind its own stored value. */
export function orderFault(asOfMs: number, own: Dated | undefined, nowMs: number): string | null {
  if (own === undefined || own.asOfMs > nowMs + CLOCK_TOLERANCE_MS) return null
  const behindMs = own.asOfMs - asOfMs
  return behindMs > CLOCK_TOLERANCE_MS ? `is ${writeHours(behindMs)} h older than what it said before` : null
}

/** Of a value that moved by more than a factor from what was stored. */
export function factorFault(value: number, known: number, factor: number): string | null {
  const ratio = value / known
  return ratio > factor || ratio < 1 / factor
    ? `is more than a factor of ${factor} from ${write(known)}, which was stored before`
    : null
}

function faultAlone({ name, value, asOfMs }: StoredValue, nowMs: number): string | null {
  const [min, max] = LIMITS[name]
  if (!(value >= min && value <= max)) return `is outside ${write(min)} to ${write(max)}`
  if ((name === 'height' || name === 'epochBlocks') && !Number.isInteger(value))
    return 'is not a whole number'
  return dateFault(asOfMs, nowMs)
}

type Voice = { readonly source: string; readonly value: number }

/**
 * Whether a stored value is outvoted: more sources, at least two, now agree against it than had given it. Without
 * this, one wrong first answer would keep out every right one.
 * @param heard what all sources say now; `stored`: what they said before; `spread`: how far apart agreeing ones may be,
 *   a fraction
 */
export function isOutvoted(
  said: Voice,
  heard: readonly Voice[],
  known: Voice,
  stored: readonly Voice[],
  spread: number,
): boolean {
  const sourcesNear = (voices: readonly Voice[], value: number) =>
    new Set(voices.filter((voice) => Math.abs(voice.value / value - 1) <= spread).map(({ source }) => source))
      .size
  const now = sourcesNear(heard, said.value)
  return now > 1 && now > sourcesNear(stored, known.value)
}

function faultAgainstStored(
  said: StoredValue,
  left: readonly StoredValue[],
  stored: readonly StoredValue[],
  nowMs: number,
): string | null {
  const isSame = ({ name }: StoredValue) => name === said.name
  const own = stored.find((row) => isSame(row) && row.source === said.source)
  const outOfOrder = orderFault(said.asOfMs, own, nowMs)
  if (outOfOrder !== null) return outOfOrder
  const known = youngestFetched(said.name, stored, nowMs)
  if (known === null) return null
  const before = stored.filter((row) => isSame(row) && remembered([row], REMEMBERED_MS, nowMs) !== null)
  if (isOutvoted(said, left.filter(isSame), known, before, AGREEMENT)) return null
  if (said.name === 'difficulty') return factorFault(said.value, known.value, DIFFICULTY_FACTOR)
  if (said.name === 'priceUsdPerBtc') return factorFault(said.value, known.value, PRICE_FACTOR)
  if (said.name !== 'height') return null
  if (said.value < known.value - LOST_BLOCKS)
    return `is ${write(known.value - said.value)} blocks behind what was stored before`
  const expected = Math.max(0, said.asOfMs - known.asOfMs) / BLOCK_MS
  if (said.value > known.value + 2 * expected + BLOCKS_PER_EPOCH)
    return `is ${write(said.value - known.value)} blocks ahead of what was stored before`
  return null
}

/** Blocks of the epoch against its seconds: the implied hashrate must be plausible at this difficulty. */
function paceFault(blocks: number, seconds: number): string | null {
  const promised = blocks * 600
  return seconds <= promised * PACE_FACTOR + PACE_SLACK_S && seconds >= promised / PACE_FACTOR - PACE_SLACK_S
    ? null
    : `does not fit: ${write(blocks)} blocks in ${write(seconds)} s`
}

/** Distance from the median of the others as a fraction; of two middle ones the nearer counts. */
function distanceFromMedian(value: number, others: readonly number[]): { median: number; distance: number } {
  const sorted = others.toSorted((a, b) => a - b)
  const middle = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!]
  const [low, high] = [Math.min(...middle), Math.max(...middle)]
  const median = Math.min(Math.max(value, low), high)
  return { median, distance: Math.abs(value / median - 1) }
}

/**
 * The fault of a value that differs by more than `spread`, a fraction, from what the other sources say now. Between
 * two that contradict each other, `known` decides if it is young enough. It must come from another source than the
 * value, which would else vouch for itself.
 */
export function spreadFault(
  value: number,
  others: readonly number[],
  known: { readonly value: number; readonly asOfMs: number } | null,
  spread: number,
  nowMs: number,
): string | null {
  const hasThird = others.length === 1 && known !== null && nowMs - known.asOfMs < THIRD_VOICE_MS
  const voices = hasThird ? [...others, known.value] : others
  if (voices.length === 0) return null
  const { median, distance } = distanceFromMedian(value, voices)
  return distance <= spread
    ? null
    : `is ${write(Math.round(distance * 1000) / 10)} % from the other sources (${write(median)})`
}

/**
 * Splits the values of one round into those to store and those refused, with the reason in words.
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

  keep((value) => faultAlone(value, nowMs))
  keep((value, left) => faultAgainstStored(value, left, stored, nowMs))
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
    const others = [...now, ...before].filter(({ source }) => source !== value.source)
    return spreadFault(
      value.value,
      others.map((row) => row.value),
      youngestFetched(
        'priceUsdPerBtc',
        stored.filter(({ source }) => source !== value.source),
        nowMs,
      ),
      PRICE_SPREAD,
      nowMs,
    )
  })
  return { kept, refused }
}

/**
 * Past adjustments that consensus allows: every 2016 blocks, by at most a factor of four, and none above the tip:
 * that one would stay the latest forever.
 */
export function soundAdjustments(
  adjustments: readonly Adjustment[],
  tipHeight: number,
): readonly Adjustment[] {
  return adjustments.filter(
    ({ height, change }) =>
      height > 0 &&
      height % BLOCKS_PER_EPOCH === 0 &&
      height <= tipHeight &&
      change >= 1 / DIFFICULTY_FACTOR - 1 &&
      change <= DIFFICULTY_FACTOR - 1,
  )
}
