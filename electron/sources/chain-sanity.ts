import { BLOCKS_PER_EPOCH, MS_PER_MINUTE } from '#shared/domain/units.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import type { EpochStart, Said } from './provider.ts'
import type { StoredValue } from './in-force.ts'
import { TYPED } from '#shared/ipc/conditions.ts'
import { FEW_BLOCKS, isStale } from './in-force.ts'

/**
 * What the parts of an answer about the chain say of each other, and what consensus and the past leave possible. Figures
 * of one source that contradict each other are refused together: nobody can say which of them is the wrong one.
 */

export const CHAIN_NAMES: ReadonlySet<NetworkValueName> = new Set([
  'height',
  'difficulty',
  'epochBlocks',
  'epochSeconds',
  'feesBtcPerBlock',
])

export type ChainFault = { readonly name: NetworkValueName; readonly fault: string }

/** What one source says of the chain; null where it does not say it. */
export type ChainView = {
  readonly source: string
  readonly height: StoredValue | null
  readonly difficulty: StoredValue | null
  readonly epochBlocks: number | null
  /** of the epoch's first block, unix ms */
  readonly startedAtMs: number | null
}

/** Inside an epoch difficulty is one number; sources write it with more or fewer digits. */
const SAME_DIFFICULTY = 1e-3
/** One retarget moves difficulty by at most this factor. (Bitcoin consensus) */
export const DIFFICULTY_FACTOR = 4
const BLOCK_MS = 10 * MS_PER_MINUTE
/** The same block has the same time; a server's clock may be off by some minutes. */
const SAME_START_MS = 10 * MS_PER_MINUTE
/** Between sources, and across rounds that took our own clock for the moment. */
const KNOWN_START_MS = 60 * MS_PER_MINUTE
/** Blocks come at no more than this multiple of their pace for hours. */
const FASTEST = 3

const hours = (ms: number) => `${Math.round(Math.abs(ms) / 360_000) / 10} h`
const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 8 })

export function viewOf(rows: readonly StoredValue[], source: string): ChainView {
  const of = (name: NetworkValueName) =>
    rows.find((row) => row.name === name && row.source === source) ?? null
  const [blocks, seconds] = [of('epochBlocks'), of('epochSeconds')]
  return {
    source,
    height: of('height'),
    difficulty: of('difficulty'),
    epochBlocks: blocks?.value ?? null,
    // At the last block the seconds are those of the whole epoch and no longer count from its start.
    startedAtMs:
      seconds === null || blocks === null || blocks.value >= BLOCKS_PER_EPOCH - 1
        ? null
        : seconds.asOfMs - seconds.value * 1000,
  }
}

/** Height of the epoch's first block; null where it is unknown or the two figures contradict each other. */
function startHeight({ height, epochBlocks }: ChainView): number | null {
  if (height === null || epochBlocks === null) return null
  const at = Math.round((height.value - epochBlocks) / BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH
  return Math.abs(height.value - epochBlocks - at) <= FEW_BLOCKS ? at : null
}

/** What within one answer contradicts itself; null where nothing does. */
export function contradiction(said: ChainView, starts: readonly EpochStart[]): ChainFault | null {
  const { height, difficulty, epochBlocks, startedAtMs } = said
  const at = startHeight(said)
  if (height !== null && epochBlocks !== null && at === null) {
    const expected = digits.format(height.value % BLOCKS_PER_EPOCH)
    return {
      name: 'epochBlocks',
      fault: `does not fit block ${digits.format(height.value)}, which is block ${expected} of its epoch`,
    }
  }
  const listed = listFault(starts)
  if (listed !== null) return { name: 'difficulty', fault: listed }
  const epoch =
    at ?? (height === null ? null : Math.floor(height.value / BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH)
  const start = starts.find((row) => row.height === epoch)
  if (start === undefined) return null
  const offMs = startedAtMs === null ? 0 : startedAtMs - start.startedAtMs
  if (Math.abs(offMs) > SAME_START_MS) {
    return {
      name: 'epochSeconds',
      fault: `puts the epoch’s first block, ${digits.format(start.height)}, ${hours(offMs)} ${offMs < 0 ? 'before' : 'after'} the time in the same server’s list of adjustments`,
    }
  }
  const isOfEpoch = height === null || height.value >= start.height
  if (difficulty !== null && isOfEpoch && differs(difficulty.value, start.difficulty)) {
    return {
      name: 'difficulty',
      fault: `is not that of block ${digits.format(start.height)} in its own list, ${digits.format(start.difficulty)}`,
    }
  }
  return null
}

const differs = (a: number, b: number) => Math.abs(a / b - 1) > SAME_DIFFICULTY

/** Of a list of epochs that consensus does not allow. */
function listFault(starts: readonly EpochStart[]): string | null {
  const sorted = starts.toSorted((a, b) => a.height - b.height)
  for (const [i, { height, startedAtMs, difficulty }] of sorted.entries()) {
    const before = sorted[i - 1]
    if (height % BLOCKS_PER_EPOCH !== 0)
      return `comes with an adjustment at block ${digits.format(height)}, where there is none`
    if (before === undefined || height - before.height !== BLOCKS_PER_EPOCH) continue
    const ratio = difficulty / before.difficulty
    const limit = DIFFICULTY_FACTOR * (1 + SAME_DIFFICULTY)
    if (ratio > limit || ratio < 1 / limit)
      return `comes with an adjustment by more than a factor of ${DIFFICULTY_FACTOR} at block ${digits.format(height)}`
    if (startedAtMs <= before.startedAtMs)
      return `comes with an epoch at block ${digits.format(height)} that begins before the one before it`
  }
  return null
}

/** The epoch that a source's difficulty belongs to; null where an adjustment may lie between it and the height. */
function epochOfDifficulty({ height, difficulty }: ChainView): number | null {
  if (height === null || difficulty === null) return null
  const blocksSince = Math.ceil((FASTEST * Math.abs(height.asOfMs - difficulty.asOfMs)) / BLOCK_MS)
  // A block further at most where both were told at once.
  const [from, to] = [
    height.value - blocksSince,
    height.value + (height.asOfMs === difficulty.asOfMs ? 0 : 1),
  ]
  const epoch = Math.floor(from / BLOCKS_PER_EPOCH)
  return epoch === Math.floor(to / BLOCKS_PER_EPOCH) ? epoch : null
}

/** Of a difficulty that consensus rules out beside a stored one. */
export function difficultyFault(said: ChainView, known: ChainView): string | null {
  if (said.difficulty === null || known.difficulty === null) return null
  const [epoch, knownEpoch] = [epochOfDifficulty(said), epochOfDifficulty(known)]
  if (epoch === null || epoch !== knownEpoch) return null
  return differs(said.difficulty.value, known.difficulty.value)
    ? `is not the ${digits.format(known.difficulty.value)} that ${known.source} gave in the same epoch, in which it is fixed`
    : null
}

/** Of two sources that give the same epoch two difficulties: at least one of them is wrong, and nothing says which. */
export function opposedDifficulty(said: StoredValue, all: readonly StoredValue[]): string | null {
  const own = viewOf(all, said.source)
  for (const { name, source } of all) {
    if (name !== 'difficulty' || source === said.source) continue
    const fault = difficultyFault(own, viewOf(all, source))
    if (fault !== null) return fault
  }
  return null
}

/** Of an epoch whose first block moved since it was last told. */
export function startFault(said: ChainView, known: ChainView): string | null {
  const [at, knownAt] = [startHeight(said), startHeight(known)]
  if (at === null || at !== knownAt || said.startedAtMs === null || known.startedAtMs === null) return null
  const offMs = said.startedAtMs - known.startedAtMs
  return Math.abs(offMs) > KNOWN_START_MS
    ? `puts the start of the epoch ${hours(offMs)} ${offMs < 0 ? 'before' : 'after'} where ${known.source} had it`
    : null
}

/** Of a height that another fresh source has long passed: the longer chain wins. */
export function behindFault(said: StoredValue, others: readonly StoredValue[], nowMs: number): string | null {
  const ahead = others
    .filter((row) => row.name === 'height' && row.source !== said.source && row.source !== TYPED)
    .filter((row) => !isStale(row, nowMs) && row.value - said.value > FEW_BLOCKS)
    .reduce<StoredValue | null>((best, row) => (best === null || row.value > best.value ? row : best), null)
  return ahead === null
    ? null
    : `is ${digits.format(ahead.value - said.value)} blocks behind ${ahead.source}, which is at ${digits.format(ahead.value)}: it is cut off from the network or still catching up`
}

/** As a source says it, before it is dated. */
export type Answered = StoredValue & Pick<Said, 'isDatedByBlock'>

/**
 * Dates the chain figures of sources that do not tell the time of their newest block: as long as a source stays at a
 * height, what it knows is no younger than when it first told of that height. The time of a block counts as it is: the first
 * answer may have been dated by a clock that was behind.
 */
export function datedByOwnPast(
  said: readonly Answered[],
  stored: readonly StoredValue[],
): readonly StoredValue[] {
  const heightOf = (rows: readonly StoredValue[], source: string) =>
    rows.find((row) => row.name === 'height' && row.source === source)
  return said.map(({ isDatedByBlock = false, ...row }) => {
    if (isDatedByBlock) return row
    if (row.name !== 'height' && row.name !== 'difficulty' && row.name !== 'epochBlocks') return row
    const [now, before] = [heightOf(said, row.source), heightOf(stored, row.source)]
    if (before === undefined || now?.value !== before.value) return row
    return { ...row, asOfMs: Math.min(row.asOfMs, before.asOfMs) }
  })
}

/** Two sources see the same tip: this near in height and time. */
const SAME_TIP_MS = 60 * MS_PER_MINUTE

/**
 * Per source what is odd about the date of its newest block, and whose fault it is: a source that is alone with an old
 * tip is cut off; where all are equally far from this computer's clock, that is wrong. Values stay, with their date.
 */
export function tipNotes(heights: readonly StoredValue[], nowMs: number): ReadonlyMap<string, string> {
  const isOdd = (row: StoredValue) => isStale(row, nowMs)
  const notes = new Map<string, string>()
  for (const row of heights.filter(isOdd)) {
    const ageMs = nowMs - row.asOfMs
    const others = heights.filter(({ source }) => source !== row.source)
    const sameTip = others.some(
      (other) =>
        isOdd(other) &&
        Math.abs(other.value - row.value) <= FEW_BLOCKS &&
        Math.abs(other.asOfMs - row.asOfMs) < SAME_TIP_MS,
    )
    const whose = sameTip
      ? `other sources say the same, so this computer’s clock is wrong`
      : others.some((other) => !isOdd(other))
        ? 'another source has a newer one, so this source is cut off from the network'
        : 'this source is cut off from the network, or this computer’s clock is wrong'
    notes.set(row.source, `its newest block ${digits.format(row.value)} is ${hours(ageMs)} old; ${whose}`)
  }
  return notes
}
