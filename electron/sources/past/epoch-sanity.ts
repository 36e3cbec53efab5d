import { BLOCKS_PER_EPOCH, MS_PER_DAY } from '#shared/domain/units.ts'
import type { PastEpoch } from './part.ts'
import { dateOfDay } from './part.ts'

/** One retarget moves difficulty by at most this factor (Bitcoin consensus). */
const RETARGET_FACTOR = 4
/** the rounding of the target, and of what servers make of it */
const SLACK = 1.001
const DIFFICULTY = [1, 1e17] as const
const GENESIS_MS = 1_231_006_505_000
/** Mean time per block since the first one: near 580 s for years, above 1 000 s in the first. Test chains and other coins differ. */
const MEAN_BLOCK_MS = [400_000, 1_200_000] as const

/**
 * Why difficulty epochs, in the order of their heights, cannot be those of Bitcoin; null where they can. Epochs whose
 * difficulty did not change may be missing.
 * @param difficultyOfDay what is known of a day; NaN: nothing
 */
export function epochsFault(
  epochs: readonly PastEpoch[],
  difficultyOfDay: (day: number) => number,
): string | null {
  for (const [i, { height, startedAtMs, difficulty }] of epochs.entries()) {
    const called = `its difficulty epoch of block ${height}`
    if (height % BLOCKS_PER_EPOCH !== 0)
      return `${called} does not begin at a multiple of ${BLOCKS_PER_EPOCH}`
    if (startedAtMs < GENESIS_MS) return `${called} is older than the first block`
    const meanMs = (startedAtMs - GENESIS_MS) / height
    if (height > 0 && !(meanMs >= MEAN_BLOCK_MS[0] && meanMs <= MEAN_BLOCK_MS[1]))
      return `${called} cannot have begun on ${dateOfDay(Math.floor(startedAtMs / MS_PER_DAY))}`
    if (!(difficulty >= DIFFICULTY[0] / SLACK && difficulty <= DIFFICULTY[1]))
      return `${called} has a difficulty of ${difficulty}`
    const nextDay = Math.floor(startedAtMs / MS_PER_DAY) + 1
    const known = difficultyOfDay(nextDay)
    if (difficulty > known * RETARGET_FACTOR || difficulty < known / RETARGET_FACTOR)
      return `${called} has a difficulty of ${difficulty}, where ${known} is stored for ${dateOfDay(nextDay)}`
    const before = epochs[i - 1]
    if (before === undefined) continue
    if (startedAtMs <= before.startedAtMs) return `${called} begins before the one that came before it`
    const factor = RETARGET_FACTOR ** ((height - before.height) / BLOCKS_PER_EPOCH) * SLACK
    const ratio = difficulty / before.difficulty
    if (!(ratio <= factor && ratio >= 1 / factor))
      return `${called} is ${ratio.toPrecision(3)} times as difficult as block ${before.height}, which consensus does not allow`
  }
  return null
}
