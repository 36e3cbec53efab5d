/**
 * The demand side of a site as columns: every machine is a price for hashing. Figures are of ONE machine of the lot; powers are kWh
 * per hour at the meter (cooling and uptime included).
 */
export type Lots = {
  readonly length: number
  /** whole machines */
  readonly machines: Float64Array
  /** 1: runs now, 0: is off */
  readonly isOn: Uint8Array
  /** a code of machine-policy.ts */
  readonly policy: Uint8Array
  /** one restart of one machine, USD */
  readonly restartUsd: Float64Array
  /** v, other cost per kWh that stops with the machine, USD/kWh; with it what the machine pays above its site's price */
  readonly otherUsdPerKwh: Float64Array
  readonly standbyKw: Float64Array
  /** points of lot l are entries pointsFrom[l] … pointsFrom[l + 1] − 1; the first is the machine as it is now */
  readonly pointsFrom: Uint32Array
  readonly pointKw: Float64Array
  readonly pointPhs: Float64Array
}
