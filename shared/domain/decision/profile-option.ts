import type { Outlook } from './decide.ts'
import { daysAfterAdjustment, daysBeforeAdjustment, runValueUsd } from './decide.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { hashpriceAfterChange } from '../chain/network.ts'
import type { LadderPoint } from '../ladders/point.ts'
import { marginAtPointUsdPerDay, termsOfRow } from '../ladders/point.ts'

/** Running at a profile over the horizon, for the whole lot. */
export type ProfileOption = {
  readonly profile: LadderPoint
  /** M₀·τ + M₁·(L − τ) with the profile's hashrate and power */
  readonly valueUsd: number
  readonly marginNowUsdPerDay: number
  readonly marginAfterUsdPerDay: number
}

/** The verdict that stands for a profile. */
export function profileVerdict(profile: LadderPoint): `profile:${string}` {
  return `profile:${profile.name}`
}

/**
 * The profile at which a row is worth most over the horizon; on a tie the one of less power. It is one option
 * beside run, pause and off (`optionValuesUsd`), and it beats them only where its value is above all three: a tie
 * goes to running as the machine is. Changing a profile restarts nothing that is paid for, so it costs nothing.
 * Null where there is no profile or a figure of the row is missing.
 */
export function bestProfileOption(
  basis: MarginBasis,
  outlook: Outlook,
  row: number,
  profiles: readonly LadderPoint[],
): ProfileOption | null {
  const terms = termsOfRow(basis.fleet, row)
  const quantity = basis.fleet.machines.quantity[row]!
  const hashpriceAfter = hashpriceAfterChange(outlook.hashpriceUsdPerPhDay, outlook.change)
  let best: ProfileOption | null = null
  for (const profile of profiles) {
    const now = quantity * marginAtPointUsdPerDay(profile, terms, outlook.hashpriceUsdPerPhDay)
    const after = quantity * marginAtPointUsdPerDay(profile, terms, hashpriceAfter)
    const valueUsd = runValueUsd(now * daysBeforeAdjustment(outlook), after * daysAfterAdjustment(outlook))
    if (Number.isNaN(valueUsd)) return null
    if (best === null || valueUsd > best.valueUsd)
      best = { profile, valueUsd, marginNowUsdPerDay: now, marginAfterUsdPerDay: after }
  }
  return best
}
