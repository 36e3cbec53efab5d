import type { AdjustmentModel } from '#shared/domain/chain/adjustment-model.ts'
import { EPOCH_INTERVALS, paceOfTheRest } from '#shared/domain/chain/adjustment-model.ts'
import { logGamma } from '#shared/domain/chain/gamma-functions.ts'
import type { HistoricEpoch, Sighting } from './epoch-history.ts'

/** Log density that the model gave to the time which the rest of the epoch really took. */
function logDensity({ epoch, previousAdjustments, secondsLeft }: Sighting, model: AdjustmentModel): number {
  const n = EPOCH_INTERVALS - epoch.blocks
  let density = 0
  for (const { weight, shape, seconds } of paceOfTheRest(epoch, previousAdjustments, model))
    density +=
      weight *
      Math.exp(
        logGamma(n + shape) -
          logGamma(n) -
          logGamma(shape) +
          n * Math.log(secondsLeft) +
          shape * Math.log(seconds) -
          (n + shape) * Math.log(secondsLeft + seconds),
      )
  return Math.log(density)
}

/**
 * Sum over epochs of the mean over the midnights of each: the sightings of one epoch share its outcome and count
 * as one observation. In units of natural logarithm.
 */
export function logLikelihood(epochs: readonly HistoricEpoch[], model: AdjustmentModel): number {
  return epochs.reduce((sum, { sightings }) => {
    const total = sightings.reduce((part, sighting) => part + logDensity(sighting, model), 0)
    return sum + total / sightings.length
  }, 0)
}
