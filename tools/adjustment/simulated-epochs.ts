import { EPOCH_TARGET_SECONDS } from '#shared/domain/units.ts'
import { changeAfter } from '#shared/domain/chain/adjustment.ts'
import { EPOCH_INTERVALS } from '#shared/domain/chain/adjustment-model.ts'
import type { Sighting } from './epoch-history.ts'

/** How the hashrate of an invented network moves. Variances are of ln(hashrate). */
export type Behaviour = {
  readonly growthPerEpoch: number
  readonly driftVariancePerEpoch: number
  /** standard deviation of the logarithm of the drift's scale, which wanders from epoch to epoch (memory 0.8) */
  readonly roughness: number
  /** probability per epoch of a sudden loss, and the share of hashrate that is lost; it comes back over four epochs */
  readonly shockProbability: number
  readonly shockShare: number
}

/**
 * Sightings after these shares of each epoch, block by block: exact times, exact retargets. The same seed gives the same
 * history. The first twelve epochs only fill the list of previous adjustments.
 */
export function simulateEpochs(
  behaviour: Behaviour,
  shares: readonly number[],
  epochs: number,
  seed: number,
): Sighting[][] {
  const random = mulberry32(seed)
  const exponential = () => -Math.log(1 - random())
  const normal = () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * random())
  const pace = EPOCH_INTERVALS / EPOCH_TARGET_SECONDS

  const seen: Sighting[][] = shares.map(() => [])
  let logHashrate = 0
  let logDifficulty = 0
  let logScale = 0
  let lost = 0
  let previousAdjustments: number[] = []
  for (let epoch = -12; epoch < epochs; epoch++) {
    logScale = 0.8 * logScale + 0.6 * behaviour.roughness * normal()
    const scale = Math.exp(logScale - behaviour.roughness ** 2 / 2)
    const step = Math.sqrt((behaviour.driftVariancePerEpoch * scale) / EPOCH_INTERVALS)
    const shockAt = random() < behaviour.shockProbability ? Math.floor(random() * EPOCH_INTERVALS) : -1
    const times = [0]
    for (let block = 0; block < EPOCH_INTERVALS; block++) {
      if (block === shockAt) lost -= Math.log(1 - behaviour.shockShare)
      lost *= 1 - 1 / (4 * EPOCH_INTERVALS)
      logHashrate += behaviour.growthPerEpoch / EPOCH_INTERVALS + step * normal()
      times.push(times[block]! + exponential() / (pace * Math.exp(logHashrate - lost - logDifficulty)))
    }
    const length = times[EPOCH_INTERVALS]!
    const change = changeAfter(length)
    if (epoch >= 0)
      shares.forEach((share, i) => {
        const blocks = Math.round(share * EPOCH_INTERVALS)
        const seconds = times[blocks]!
        seen[i]!.push({
          epoch: { blocks, seconds },
          previousAdjustments,
          secondsLeft: length - seconds,
          change,
        })
      })
    logDifficulty += Math.log1p(change)
    previousAdjustments = [change, ...previousAdjustments].slice(0, 12)
  }
  return seen
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
