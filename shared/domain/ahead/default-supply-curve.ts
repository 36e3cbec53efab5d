import type { SupplyCurve } from './respond.ts'

/**
 * The supply curve that a projection starts from until the operator writes a better one. Nobody publishes such a
 * curve: the two anchors are the Cambridge Digital Mining Industry Report of April 2025 (48 % of the network
 * surveyed: median power price 45 USD/MWh, 55.5 with other operating cost; 28.2 J/TH in mid-2024, 24 % less than
 * a year before), the shares around them are ours: a fleet of 20.3 J/TH on average, two years on, with power from 3 to
 * 7 cents independent of the machine. Half of what is under water leaves in an epoch: contracts, hedges and hope keep
 * the rest.
 */
const EFFICIENCY_CLASSES = [
  { share: 0.3, jPerTh: 15 },
  { share: 0.3, jPerTh: 18 },
  { share: 0.2, jPerTh: 22 },
  { share: 0.13, jPerTh: 28 },
  { share: 0.07, jPerTh: 34 },
] as const
const POWER_PRICES = [
  { share: 0.2, usdPerKwh: 0.03 },
  { share: 0.35, usdPerKwh: 0.045 },
  { share: 0.28, usdPerKwh: 0.055 },
  { share: 0.17, usdPerKwh: 0.07 },
] as const

export const DEFAULT_SUPPLY_CURVE: SupplyCurve = {
  tiers: EFFICIENCY_CLASSES.flatMap((machines) =>
    POWER_PRICES.map((power) => ({
      share: machines.share * power.share,
      jPerTh: machines.jPerTh,
      usdPerKwh: power.usdPerKwh,
    })),
  ),
  leavingPerEpoch: 0.5,
  returningPerEpoch: 0.5,
  hysteresis: 0.05,
}
