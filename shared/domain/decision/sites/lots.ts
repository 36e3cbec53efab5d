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

/** Some of the lots, in the order in which they are named. */
export function lotsAt(lots: Lots, which: readonly number[]): Lots {
  const pointsFrom = new Uint32Array(which.length + 1)
  which.forEach((lot, i) => {
    pointsFrom[i + 1] = pointsFrom[i]! + lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]!
  })
  const points = (column: Float64Array) => {
    const into = new Float64Array(pointsFrom[which.length]!)
    which.forEach((lot, i) =>
      into.set(column.subarray(lots.pointsFrom[lot], lots.pointsFrom[lot + 1]), pointsFrom[i]),
    )
    return into
  }
  const each = (column: Float64Array) => Float64Array.from(which, (lot) => column[lot]!)
  return {
    length: which.length,
    machines: each(lots.machines),
    isOn: Uint8Array.from(which, (lot) => lots.isOn[lot]!),
    policy: Uint8Array.from(which, (lot) => lots.policy[lot]!),
    restartUsd: each(lots.restartUsd),
    otherUsdPerKwh: each(lots.otherUsdPerKwh),
    standbyKw: each(lots.standbyKw),
    pointsFrom,
    pointKw: points(lots.pointKw),
    pointPhs: points(lots.pointPhs),
  }
}
