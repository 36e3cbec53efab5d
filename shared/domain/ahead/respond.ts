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

/** Part of each tier that runs, 0..1, in the order of the tiers. */
export type RunningParts = readonly number[]

export function allRunning(curve: SupplyCurve): RunningParts {
  return curve.tiers.map(() => 1)
}

/** What runs in the epoch that begins at this hashprice, given what ran in the one before. */
export function runningAt(
  curve: SupplyCurve,
  before: RunningParts,
  hashpriceUsdPerPhDay: number,
): RunningParts {
  return curve.tiers.map((tier, i) => {
    const breakeven = tierBreakevenUsdPerPhDay(tier)
    const part = before[i]!
    if (breakeven > hashpriceUsdPerPhDay) return part * (1 - curve.leavingPerEpoch)
    if (hashpriceUsdPerPhDay > breakeven * (1 + curve.hysteresis))
      return part + (1 - part) * curve.returningPerEpoch
    return part
  })
}

/** Share of the network's hashrate that runs, 0..1. */
export function runningShare(curve: SupplyCurve, running: RunningParts): number {
  return curve.tiers.reduce((sum, tier, i) => sum + tier.share * running[i]!, 0)
}
