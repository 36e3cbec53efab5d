import { HOURS_PER_DAY } from '../units.ts'
/**
 * The network's own response: the rest of the world's machines as a supply curve. A tier whose break-even hashprice
 * is above the hashprice shuts down, a part of it per epoch; it comes back when the hashprice is above its break-even
 * by a margin.
 */

/** Machines of one kind of efficiency and power price. */
export type SupplyTier = {
  /** of the network's hashrate while everything runs, 0..1 */
  readonly share: number
  readonly jPerTh: number
  readonly usdPerKwh: number
}

export type SupplyCurve = {
  readonly tiers: readonly SupplyTier[]
  /** part of a tier that leaves in an epoch while its break-even is above the hashprice, 0..1 */
  readonly leavingPerEpoch: number
  /** part of what has left that comes back in an epoch, 0..1 */
  readonly returningPerEpoch: number
  /** a tier comes back when the hashprice is above its break-even by this fraction */
  readonly hysteresis: number
}

/** Break-even hashprice of a tier, USD/PH/s/day: the hashcost 24 · J/TH · USD/kWh. */
export function tierBreakevenUsdPerPhDay(tier: SupplyTier): number {
  return HOURS_PER_DAY * tier.jPerTh * tier.usdPerKwh
}

/**
 * Checks a curve that a person wrote.
 * @throws RangeError that names the field: shares that do not add up to 1, a value out of bounds
 */
export function checkSupplyCurve(curve: SupplyCurve): void {
  if (curve.tiers.length === 0) throw new RangeError('tiers: there must be at least one')
  curve.tiers.forEach((tier, i) => {
    if (!(tier.share >= 0 && tier.share <= 1))
      throw new RangeError(`tiers, row ${i + 1}, share: must be from 0 to 1`)
    if (!(tier.jPerTh > 0 && tier.jPerTh < 10_000))
      throw new RangeError(`tiers, row ${i + 1}, jPerTh: must be above 0`)
    if (!(Math.abs(tier.usdPerKwh) <= 1))
      throw new RangeError(`tiers, row ${i + 1}, usdPerKwh: must be from −1 to 1`)
  })
  const total = curve.tiers.reduce((sum, tier) => sum + tier.share, 0)
  if (Math.abs(total - 1) > 1e-6)
    throw new RangeError(`tiers: the shares add up to ${total}; they must add up to 1`)
  for (const name of ['leavingPerEpoch', 'returningPerEpoch'] as const) {
    if (!(curve[name] >= 0 && curve[name] <= 1)) throw new RangeError(`${name}: must be from 0 to 1`)
  }
  if (!(curve.hysteresis >= 0)) throw new RangeError('hysteresis: must be 0 or more')
}

/** A curve ready to respond, a column a property of its tiers. */
export type Response = {
  /** of the network's hashrate while everything runs, 0..1 */
  readonly share: Float64Array
  /** a tier leaves below it, USD/PH/s/day */
  readonly leavesBelow: Float64Array
  /** and comes back above it */
  readonly returnsAbove: Float64Array
  /** the highest of leavesBelow */
  readonly highestBreakeven: number
  readonly leavingPerEpoch: number
  readonly returningPerEpoch: number
  /** every break-even of the curve was multiplied by it; 1 = the curve as it stands */
  readonly scale: number
}

/** Rounding of a projection must not look like a fall of the hashprice. */
const ROUNDING = 1e-9

/**
 * The factor by which the break-evens of a curve are lowered, so that nothing leaves at a hashprice at which today's hashrate is
 * known to run: a curve under which something would have left by now is wrong about what power costs, not about who is dearest.
 * 1 where nothing would leave; never above 1.
 */
export function equilibriumScale(curve: SupplyCurve, hashpriceUsdPerPhDay: number): number {
  const highest = Math.max(...curve.tiers.map(tierBreakevenUsdPerPhDay))
  return highest > hashpriceUsdPerPhDay ? (hashpriceUsdPerPhDay * (1 - ROUNDING)) / highest : 1
}

/** @param equilibriumUsdPerPhDay a hashprice at which everything runs, see {@link equilibriumScale} */
export function responseOf(curve: SupplyCurve, equilibriumUsdPerPhDay: number): Response {
  const scale = equilibriumScale(curve, equilibriumUsdPerPhDay)
  const leavesBelow = Float64Array.from(curve.tiers, (tier) => tierBreakevenUsdPerPhDay(tier) * scale)
  return {
    share: Float64Array.from(curve.tiers, ({ share }) => share),
    leavesBelow,
    returnsAbove: leavesBelow.map((breakeven) => breakeven * (1 + curve.hysteresis)),
    highestBreakeven: leavesBelow.reduce((a, b) => Math.max(a, b), -Infinity),
    leavingPerEpoch: curve.leavingPerEpoch,
    returningPerEpoch: curve.returningPerEpoch,
    scale,
  }
}

/**
 * Share of the network's hashrate that runs in the epoch that begins at this hashprice, 0..1; exactly 1 where nothing has left.
 *
 * @param gone part of each tier that has left by the epoch before, from `at` on, in the order of the tiers; written again. A new
 *   Float64Array: everything runs
 */
export function respond(
  response: Response,
  gone: Float64Array,
  at: number,
  hashpriceUsdPerPhDay: number,
): number {
  const { share, leavesBelow, returnsAbove, leavingPerEpoch, returningPerEpoch } = response
  let lost = 0
  for (let tier = 0; tier < share.length; tier++) {
    let part = gone[at + tier]!
    if (leavesBelow[tier]! > hashpriceUsdPerPhDay) part += (1 - part) * leavingPerEpoch
    else if (hashpriceUsdPerPhDay > returnsAbove[tier]!) part *= 1 - returningPerEpoch
    gone[at + tier] = part
    lost += share[tier]! * part
  }
  return 1 - lost
}
