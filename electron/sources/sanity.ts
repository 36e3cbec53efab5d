import { counted } from '#shared/format/numbers.ts'
import { BLOCKS_PER_EPOCH, MS_PER_DAY, MS_PER_HOUR } from '#shared/domain/units.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { networkHashrateHs } from '#shared/domain/chain/network.ts'
import {
  behindFault,
  CHAIN_NAMES,
  contradiction,
  datedByOwnPast,
  DIFFICULTY_FACTOR,
  difficultyFault,
  opposedDifficulty,
  startFault,
  viewOf,
} from './chain-sanity.ts'
import { isSaidAgain, mostBlocks } from './doubts.ts'
import type { Answered } from './chain-sanity.ts'
import type { Adjustment, EpochStart } from './provider.ts'
import type { StoredValue } from './in-force.ts'
import { TYPED } from '#shared/ipc/conditions.ts'
import { CLOCK_TOLERANCE_MS, STALE_AFTER_MS } from './in-force.ts'

/**
 * What a fetched value must pass before it is stored. The limits catch a wrong chain, a wrong unit and a broken server;
 * they are no judgement of what is likely. Typed values do not come here.
 */
export const LIMITS: Readonly<Record<NetworkValueName, readonly [min: number, max: number]>> = {
  height: [500_000, 3_000_000],
  // below it are the test chains and the forks of 2017 and 2018
  difficulty: [1e13, 1e17],
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
/** Per day since the stored price, a day at least; in March 2020 it halved within one. */
const PRICE_FACTOR_PER_DAY = 2
const PRICE_FACTOR = 10
/** A mean over 144 blocks moves only as they are replaced; those of the fullest days brought this much each. */
const FULLEST_BLOCK_BTC = 15
const FEE_WINDOW_BLOCKS = 144
const FEE_BLOCKS_AT_ONCE = 6
/** A block may bear an earlier time than the one before it. */
const BLOCK_ORDER_MS = 3 * MS_PER_HOUR
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

const WITH_THE_REST = 'nothing else of the same answer was taken either'

export type Refusal = { readonly value: StoredValue; readonly why: string }

/** Seldom asked for, so nothing is held ready: the first format of a process reads large tables. */
export const write = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 8 })
/** A span for a sentence: hours up to two days, then days, then years. */
function span(ms: number): string {
  const hours = ms / MS_PER_HOUR
  if (hours < 48) return `${write(Math.round(hours * 10) / 10)} h`
  const days = Math.round(hours / 24)
  return days < 730 ? counted(days, 'day') : `${write(Math.round(days / 365))} years`
}

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
    : `is dated ${span(asOfMs - nowMs)} ahead of this computer’s clock`
}

/** Of a source that falls back behind its own stored value. */
export function orderFault(
  asOfMs: number,
  own: Dated | undefined,
  nowMs: number,
  toleranceMs = CLOCK_TOLERANCE_MS,
): string | null {
  if (own === undefined || own.asOfMs > nowMs + CLOCK_TOLERANCE_MS) return null
  const behindMs = own.asOfMs - asOfMs
  return behindMs > toleranceMs ? `is ${span(behindMs)} older than what it said before` : null
}

/** Of a value that moved by more than a factor from what was stored. */
export function factorFault(value: number, known: number, factor: number): string | null {
  const ratio = value / known
  return ratio > factor || ratio < 1 / factor
    ? `is more than a factor of ${factor} from ${write(known)}, which was stored before`
    : null
}

/** A block that is known, and how far the chain may have run ahead of its pace since. */
const ANCHOR = { height: 925_000, atMs: Date.UTC(2025, 10, 24) }
const ANCHOR_SLACK_BLOCKS = 20_000

/** Of a height that the chain cannot have reached by this computer's clock. */
function paceOfChainFault(height: number, nowMs: number): string | null {
  const expected = ANCHOR.height + Math.max(0, nowMs - ANCHOR.atMs) / BLOCK_MS
  return height <= expected + ANCHOR_SLACK_BLOCKS
    ? null
    : 'cannot have been reached by the date of this computer’s clock: the clock is behind, or the answer is false'
}

function faultAlone({ name, value, asOfMs }: StoredValue, nowMs: number): string | null {
  const [min, max] = LIMITS[name]
  if (!(value >= min && value <= max)) return `is outside ${write(min)} to ${write(max)}`
  if ((name === 'height' || name === 'epochBlocks') && !Number.isInteger(value))
    return 'is not a whole number'
  const tooHigh = name === 'height' ? paceOfChainFault(value, nowMs) : null
  if (tooHigh !== null) return tooHigh
  const ahead = dateFault(asOfMs, nowMs)
  return ahead !== null && name === 'height'
    ? `${ahead}, which no block may be by more than 2 h: this computer’s clock is behind, or the answer is false`
    : ahead
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

/** Of a value that cannot follow on the stored one; null where there is none. */
function faultBeside(
  said: StoredValue,
  known: StoredValue,
  left: readonly StoredValue[],
  stored: readonly StoredValue[],
): string | null {
  const sinceMs = Math.max(0, said.asOfMs - known.asOfMs)
  const views = () =>
    [
      viewOf([...left, ...heightIfUnsaid(said, left, stored)], said.source),
      viewOf(stored, known.source),
    ] as const
  switch (said.name) {
    case 'difficulty':
      return factorFault(said.value, known.value, DIFFICULTY_FACTOR) ?? difficultyFault(...views())
    case 'priceUsdPerBtc': {
      const days = Math.max(1, sinceMs / MS_PER_DAY)
      return factorFault(
        said.value,
        known.value,
        Math.min(PRICE_FACTOR, Math.round(PRICE_FACTOR_PER_DAY ** days * 10) / 10),
      )
    }
    case 'feesBtcPerBlock': {
      const blocks = Math.min(FEE_WINDOW_BLOCKS, (2 * sinceMs) / BLOCK_MS + FEE_BLOCKS_AT_ONCE)
      const most = (blocks / FEE_WINDOW_BLOCKS) * FULLEST_BLOCK_BTC
      return Math.abs(said.value - known.value) > most
        ? `is further from ${write(known.value)}, which was stored before, than the blocks since can have moved it`
        : null
    }
    case 'epochSeconds':
      return startFault(...views())
    case 'height':
      if (said.value < known.value - LOST_BLOCKS)
        return `is ${write(known.value - said.value)} blocks behind what was stored before`
      return said.value > known.value + mostBlocks(sinceMs)
        ? `is ${write(said.value - known.value)} blocks ahead of what was stored before`
        : null
    case 'epochBlocks':
      return null
  }
}

/** Difficulty is asked more rarely than the height: beside it stands the one that the source told last. */
function heightIfUnsaid(said: StoredValue, left: readonly StoredValue[], stored: readonly StoredValue[]) {
  const isHeight = ({ name, source }: StoredValue) => name === 'height' && source === said.source
  return left.some(isHeight) ? [] : stored.filter(isHeight)
}

type Comparison = {
  readonly stored: readonly StoredValue[]
  /** what sources said before and was refused for what is stored */
  readonly doubts: readonly StoredValue[]
  readonly nowMs: number
  readonly onDoubt: (value: StoredValue) => void
}

function faultAgainstStored(
  said: StoredValue,
  left: readonly StoredValue[],
  { stored, doubts, nowMs, onDoubt }: Comparison,
): string | null {
  const isSame = ({ name }: StoredValue) => name === said.name
  const own = stored.find((row) => isSame(row) && row.source === said.source)
  const isOfBlock = CHAIN_NAMES.has(said.name) && said.name !== 'epochSeconds'
  const outOfOrder = orderFault(said.asOfMs, own, nowMs, isOfBlock ? BLOCK_ORDER_MS : CLOCK_TOLERANCE_MS)
  if (outOfOrder !== null) return outOfOrder
  const known = youngestFetched(said.name, stored, nowMs)
  if (known === null) return null
  const before = stored.filter((row) => isSame(row) && remembered([row], REMEMBERED_MS, nowMs) !== null)
  if (isOutvoted(said, left.filter(isSame), known, before, AGREEMENT)) return null
  const fault = faultBeside(said, known, left, stored)
  if (fault === null || isSaidAgain(said, known, doubts)) return null
  onDoubt(said)
  return fault
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

export type Judgement = {
  readonly kept: readonly StoredValue[]
  readonly refused: readonly Refusal[]
  /** refused for what is stored alone: said once more, they count */
  readonly doubts: readonly StoredValue[]
}

/**
 * Splits the values of one round into those to store and those refused, with the reason in words. A source of which a
 * figure of the chain is refused has nothing else taken from the same answer.
 *
 * @param hashratesHs per source its own estimate of the network's hashrate, where it gave one
 * @param starts per source the epochs that it lists
 * @param doubts those of the rounds before
 */
export function judge(
  answered: readonly Answered[],
  stored: readonly StoredValue[],
  hashratesHs: ReadonlyMap<string, number>,
  nowMs: number,
  starts: ReadonlyMap<string, readonly EpochStart[]> = new Map(),
  doubts: readonly StoredValue[] = [],
): Judgement {
  const refused: Refusal[] = []
  const doubted: StoredValue[] = []
  const said = datedByOwnPast(answered, stored)
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
  const comparison = { stored, doubts, nowMs, onDoubt: (value: StoredValue) => void doubted.push(value) }
  keep((value, left) => faultAgainstStored(value, left, comparison))
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
    const found = contradiction(viewOf(left, value.source), starts.get(value.source) ?? [])
    return found?.name === value.name ? found.fault : null
  })
  keep((value, left) => {
    if (value.name === 'difficulty') return opposedDifficulty(value, left)
    if (value.name !== 'height') return null
    return behindFault(value, left, nowMs)
  })
  const unsound = new Set(
    refused.filter(({ value }) => CHAIN_NAMES.has(value.name)).map(({ value }) => value.source),
  )
  kept = kept.filter((value) => {
    if (unsound.has(value.source)) refused.push({ value, why: WITH_THE_REST })
    return !unsound.has(value.source)
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
  return { kept, refused, doubts: doubted }
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
