import { W_PER_KW } from '../units.ts'
import type { Lot, Relaxation } from './relaxation.ts'
import { relax } from './relaxation.ts'
import { chooseWholeMachines } from './whole-machines.ts'

/** One thing that a machine may do, off included. */
export type Choice = {
  /** what it takes from the site, cooling included */
  readonly drawW: number
  /** cash margin of one machine; the standby cost, negative, where it is off */
  readonly marginUsdPerDay: number
}

/** Machines that are alike in every choice. */
export type SiteLot = {
  /** whole, 0 or more */
  readonly quantity: number
  /** one or more, finite */
  readonly choices: readonly Choice[]
}

export type SiteLimits = {
  /** most power that the machines may draw together, cooling included */
  readonly capW: number
  /** least power that they must draw together (take-or-pay); 0: none */
  readonly floorW: number
}

export type SiteOptimum = {
  /** per lot and choice, machines */
  readonly counts: readonly (readonly number[])[]
  readonly powerW: number
  readonly marginUsdPerDay: number
  /** no choice of whole machines is worth more; equal to the margin where the search came to its end */
  readonly upperBoundUsdPerDay: number
  /** the same with machines that may be split: what could be had if the limits fell on a whole machine */
  readonly relaxedMarginUsdPerDay: number
  /** true: nothing is worth more. false: the search stopped early, and the bound says how far off it may be */
  readonly exact: boolean
  /** what one more kW of cap is worth, or one kW less of floor where the floor binds; 0 where neither does */
  readonly limitValueUsdPerKwDay: number
}

/** A limit that cannot be kept. */
export class SiteLimitError extends RangeError {
  readonly field: keyof SiteLimits
  constructor(field: keyof SiteLimits, message: string) {
    super(message)
    this.name = 'SiteLimitError'
    this.field = field
  }
}

/** Weights are whole microwatts: sums are exact, and three times 1.1 kW is within a cap of 3.3 kW. */
const MICROWATTS = 1e6

/** Partial choices searched before the search stops with a stated gap: a count, not a time, so every machine gets the same result. */
const EFFORT = 2_000_000

/**
 * The choice of at most one operating point per machine that maximises the total cash margin while
 * floor ≤ Σ draw ≤ cap. Whole machines, exact: a choice under the concave hull is taken where the cap makes it the
 * best one. Where the search would take too long it stops, after the same number of steps on every computer, with
 * the best found and the bound that nothing exceeds.
 *
 * @throws SiteLimitError where no choice keeps the limits, with the limit that is at fault
 */
export function siteOptimum(
  lots: readonly SiteLot[],
  limits: SiteLimits,
  effort: number = EFFORT,
): SiteOptimum {
  checkLimits(lots, limits)
  const cap = Math.round(limits.capW * MICROWATTS)
  const floor = Math.round(limits.floorW * MICROWATTS)
  const upward = lots.map(({ quantity, choices }) => lotOf(quantity, choices, 1))
  const underCap = relax(upward, cap)
  if (underCap === null) throw new Error('The check of the limits let a cap pass that cannot be kept.')
  if (underCap.multiplier === 0 && cap - underCap.rest >= floor) {
    const counts = upward.map(({ quantity, options }, lot) =>
      options.map((_, option) => (option === underCap.base[lot] ? quantity : 0)),
    )
    return optimumOf(lots, counts, underCap, null)
  }
  if (underCap.multiplier > 0) return within(lots, upward, underCap, cap - floor, limits, effort)
  // The best choice draws less than the floor: the same problem with the weights turned round.
  const downward = lots.map(({ quantity, choices }) => lotOf(quantity, choices, -1))
  const aboveFloor = relax(downward, -floor)
  if (aboveFloor === null) throw new Error('The check of the limits let a floor pass that cannot be kept.')
  return within(lots, downward, aboveFloor, cap - floor, limits, effort)
}

function lotOf(quantity: number, choices: readonly Choice[], sign: 1 | -1): Lot {
  return {
    quantity,
    options: choices.map(({ drawW, marginUsdPerDay }) => ({
      weight: sign * Math.round(drawW * MICROWATTS),
      value: marginUsdPerDay,
    })),
  }
}

function within(
  lots: readonly SiteLot[],
  weighed: readonly Lot[],
  relaxation: Relaxation,
  span: number,
  { capW, floorW }: SiteLimits,
  effort: number,
): SiteOptimum {
  const chosen = chooseWholeMachines(weighed, relaxation, floorW > 0 ? span : Infinity, effort)
  if (chosen.counts !== null)
    return optimumOf(lots, chosen.counts, relaxation, chosen.complete ? null : chosen.leastLoss)
  const range = `from ${kw(floorW)} to ${kw(capW)} kW`
  throw new SiteLimitError(
    'floorW',
    chosen.complete
      ? `no choice of whole machines draws ${range}: lower the floor or raise the cap`
      : `no choice of whole machines that draws ${range} was found in the steps allowed: lower the floor or raise the cap`,
  )
}

/** @param leastLoss what every choice loses against the relaxation; null: these counts are the best there are */
function optimumOf(
  lots: readonly SiteLot[],
  counts: readonly (readonly number[])[],
  relaxation: Relaxation,
  leastLoss: number | null,
): SiteOptimum {
  const total = (of: keyof Choice) =>
    lots.reduce(
      (sum, { choices }, lot) =>
        choices.reduce((part, choice, option) => part + counts[lot]![option]! * choice[of], sum),
      0,
    )
  const marginUsdPerDay = total('marginUsdPerDay')
  return {
    counts,
    powerW: total('drawW'),
    marginUsdPerDay,
    upperBoundUsdPerDay:
      leastLoss === null ? marginUsdPerDay : Math.max(marginUsdPerDay, relaxation.value - leastLoss),
    // rounding may leave the relaxation a hair below what it bounds
    relaxedMarginUsdPerDay: Math.max(marginUsdPerDay, relaxation.value),
    exact: leastLoss === null,
    limitValueUsdPerKwDay: relaxation.multiplier * MICROWATTS * W_PER_KW,
  }
}

function checkLimits(lots: readonly SiteLot[], { capW, floorW }: SiteLimits): void {
  if (!(capW >= 0) || capW === Infinity)
    throw new SiteLimitError('capW', `${kw(capW)} kW is not a power of 0 or more`)
  if (!(floorW >= 0) || floorW === Infinity)
    throw new SiteLimitError('floorW', `${kw(floorW)} kW is not a power of 0 or more`)
  if (capW < floorW) throw new SiteLimitError('capW', `${kw(capW)} kW is below the floor of ${kw(floorW)} kW`)
  const draw = (pick: (...draws: number[]) => number) =>
    lots.reduce(
      (sum, { quantity, choices }) => sum + quantity * whole(pick(...choices.map((choice) => choice.drawW))),
      0,
    )
  const whole = (watts: number) => Math.round(watts * MICROWATTS)
  const least = draw(Math.min)
  const most = draw(Math.max)
  if (Math.round(capW * MICROWATTS) < least)
    throw new SiteLimitError(
      'capW',
      `${kw(capW)} kW is below the ${kw(least / MICROWATTS)} kW that the machines draw at the least, standby included`,
    )
  if (Math.round(floorW * MICROWATTS) > most)
    throw new SiteLimitError(
      'floorW',
      `${kw(floorW)} kW is above the ${kw(most / MICROWATTS)} kW that the machines draw at the most`,
    )
}

function kw(watts: number): string {
  return String(Number((watts / W_PER_KW).toPrecision(12)))
}
