/** How price and hashrate wander around their stated paths. */
export type PathModel = {
  /** standard deviation of a year's change of ln(price) */
  readonly priceVolatilityPerYear: number
  /** of ln(hashrate), the luck of blocks left out; 0 = it follows its path, and the next adjustment comes as estimated */
  readonly hashrateVolatilityPerYear: number
  /** between the changes of both, −1..1 */
  readonly correlation: number
  /** of Student's t, an even number from 4 to 100; null = normal */
  readonly tailDegreesOfFreedom: number | null
}

/**
 * Fitted on steps of 14 days from July 2016 to May 2021 (`tools/fit-paths.ts`; numbers and doubts in docs/simulation.md). No
 * drift: where price and hashrate tend is the operator's own statement.
 */
export const FITTED_PATHS: PathModel = {
  priceVolatilityPerYear: 0.8,
  hashrateVolatilityPerYear: 0.3,
  correlation: 0.3,
  tailDegreesOfFreedom: 6,
}

/** Of ln(hashprice) in a year, where hashprice is price over hashrate: √(σ_P² + σ_H² − 2·ρ·σ_P·σ_H). */
export function hashpriceVolatilityPerYear({
  priceVolatilityPerYear: price,
  hashrateVolatilityPerYear: hashrate,
  correlation,
}: PathModel): number {
  return Math.sqrt(price ** 2 + hashrate ** 2 - 2 * correlation * price * hashrate)
}

/** σ of a verdict where nobody chose another: 0.7655. */
export const FITTED_HASHPRICE_VOLATILITY_PER_YEAR = hashpriceVolatilityPerYear(FITTED_PATHS)

/** More than this and a path leaves every number that money is counted in. */
const MOST_VOLATILITY = 5

/** @throws RangeError that names the field */
export function checkPathModel(model: PathModel): void {
  for (const name of ['priceVolatilityPerYear', 'hashrateVolatilityPerYear'] as const) {
    if (!(model[name] >= 0 && model[name] <= MOST_VOLATILITY))
      throw new RangeError(
        `${name}: must be from 0 to ${MOST_VOLATILITY} (80 % a year is 0.8); it is ${model[name]}`,
      )
  }
  if (!(model.correlation >= -1 && model.correlation <= 1))
    throw new RangeError(`correlation: must be from −1 to 1; it is ${model.correlation}`)
  const degrees = model.tailDegreesOfFreedom
  if (degrees !== null && !(degrees >= 4 && degrees <= 100 && degrees % 2 === 0))
    throw new RangeError(`tailDegreesOfFreedom: must be an even number from 4 to 100; it is ${degrees}`)
}
