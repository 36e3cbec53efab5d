import type { MarginBasis } from '../margins/fleet-margins.ts'
import type { NetworkEpoch } from './project.ts'

/** The machine still earns in the last epoch of the projection. */
export const OUTLIVES = -1

/**
 * Per row, the epoch of a projection from which the machine never earns its avoidable cost again: how many retargets it
 * has to live, 0 where it is under water for good already. {@link OUTLIVES} where it earns in the last epoch.
 * A row without figures has NaN in its break-even and counts as 0: ask `counted` first.
 */
export function lastEpochs(basis: MarginBasis, epochs: readonly NetworkEpoch[]): Int32Array {
  // From the back: the highest hashprice still to come decides, so that one pass over the epochs serves every row.
  const bestToCome = new Float64Array(epochs.length)
  for (let e = epochs.length - 1; e >= 0; e--) {
    bestToCome[e] = Math.max(epochs[e]!.hashpriceUsdPerPhDay, bestToCome[e + 1] ?? -Infinity)
  }
  return Int32Array.from(basis.breakevenHashpriceUsdPerPhDay, (breakeven) => {
    // bestToCome never rises, so the first epoch in which it is below break-even is found by halving.
    let low = 0
    let high = epochs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (bestToCome[middle]! >= breakeven) low = middle + 1
      else high = middle
    }
    return low === epochs.length ? OUTLIVES : low
  })
}
