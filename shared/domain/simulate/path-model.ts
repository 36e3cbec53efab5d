/** How price and hashrate wander around their stated paths. */
export type PathModel = {
  /** standard deviation of the yearly change of ln(price) */
  readonly priceVolatilityPerYear: number
  /** of ln(hashrate), the luck of blocks taken out; 0 = it follows its path, and the next adjustment comes as estimated */
  readonly hashrateVolatilityPerYear: number
  /** between the changes of both, −1..1 */
  readonly correlation: number
  /** of Student's t, an even number from 4; null = normal */
  readonly tailDegreesOfFreedom: number | null
}
