import { SECONDS_PER_BLOCK } from '../units.ts'
import { logGamma } from './gamma-functions.ts'
import type { EpochState } from './adjustment.ts'
import { networkHashrateHs } from './network.ts'

/** Hashrate of the network in H/s: what the difficulty implies, and what blocks have realised. */
export type RealisedHashrate = {
  /** D · 2³² / 600: at that hashrate blocks would come every 600 s */
  readonly impliedHs: number
  /** D · 2³² · n / Δt: as many blocks as came in the time that they took */
  readonly realisedHs: number
  /** 95 % range of the hashrate behind it: blocks come by chance (Poisson) */
  readonly range95Hs: readonly [number, number]
}

/**
 * The hashrate that the blocks of the running epoch have realised. n intervals of a Poisson process with rate λ take a time Δt with
 * λ·Δt ~ Gamma(n), so the range is that of Gamma(n) between 2.5 and 97.5 %, times D · 2³² / Δt.
 *
 * @returns null where no interval is seen, or a value is missing
 * Source: Lumerin, calculateNetworkHashPS (D · 2³² · n / Δt); Garwood (1936) for the range.
 */
export function realisedHashrate(difficulty: number, epoch: EpochState | null): RealisedHashrate | null {
  const impliedHs = networkHashrateHs(difficulty)
  if (epoch === null || !(impliedHs > 0) || !(epoch.blocks >= 1) || !(epoch.seconds > 0)) return null
  const { blocks, seconds } = epoch
  const ofBlocks = (count: number) => (impliedHs * SECONDS_PER_BLOCK * count) / seconds
  return {
    impliedHs,
    realisedHs: ofBlocks(blocks),
    range95Hs: [ofBlocks(gammaQuantile(blocks, 0.025)), ofBlocks(gammaQuantile(blocks, 0.975))],
  }
}

/**
 * The x that a Gamma(shape) variable of scale 1 is below with a probability; half a χ² quantile of 2·shape degrees of freedom.
 * @param shape 1 or more
 */
export function gammaQuantile(shape: number, probability: number): number {
  let [low, high] = [0, shape + 10 * Math.sqrt(shape) + 10]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (gammaProbability(shape, middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(a, x) by its series: x^a · e^−x / Γ(a + 1) · (1 + x/(a+1) + x²/((a+1)(a+2)) + …). */
function gammaProbability(a: number, x: number): number {
  if (x <= 0) return 0
  let term = 1
  let sum = 1
  for (let n = 1; term > sum * 1e-14; n++) {
    term *= x / (a + n)
    sum += term
  }
  return Math.min(1, Math.exp(a * Math.log(x) - x - logGamma(a + 1)) * sum)
}
