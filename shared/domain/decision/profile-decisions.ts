import type { Decisions, Outlook, Verdict } from './decide.ts'
import { NO_VERDICT, OFF, optionValuesUsd, RUN, runningMarginsUsdPerDay, VERDICTS } from './decide.ts'
import type { DecisionTotals } from './decision-totals.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import type { LadderPoint } from '../ladders/point.ts'
import type { ProfileOption } from './profile-option.ts'
import { bestProfileOption } from './profile-option.ts'

export type ProfileDecisions = {
  /** row → the profile that is worth more than run as it is, pause and off; rows without one keep their verdict */
  readonly chosen: ReadonlyMap<number, ProfileOption>
  /** the totals of the decisions with those rows on their profile */
  readonly totals: Pick<
    DecisionTotals,
    'gainUsd' | 'valueUsd' | 'marginNowUsdPerDay' | 'marginAfterUsdPerDay'
  > & {
    readonly machines: Readonly<Record<Verdict | 'profile', number>>
  }
}

/**
 * Adds "run at a profile" to the options of every row that has profiles. A tie goes to the verdict without one.
 * @param profilesOf the operating points of a row, empty where its model has none
 */
export function decideWithProfiles(
  basis: MarginBasis,
  decisions: Decisions,
  outlook: Outlook,
  totals: DecisionTotals,
  profilesOf: (row: number) => readonly LadderPoint[],
): ProfileDecisions {
  const chosen = new Map<number, ProfileOption>()
  const machines = { ...totals.machines, profile: 0 }
  const valueUsd = { ...totals.valueUsd }
  const now = { ...totals.marginNowUsdPerDay }
  const after = { ...totals.marginAfterUsdPerDay }
  let { gainUsd } = totals
  for (let row = 0; row < basis.length; row++) {
    const verdict = decisions.verdict[row]!
    if (verdict === NO_VERDICT) continue
    const option = bestProfileOption(basis, outlook, row, profilesOf(row))
    const worth = optionValuesUsd(basis, outlook, row)[VERDICTS[verdict]!]
    if (option === null || !(option.valueUsd > worth)) continue
    chosen.set(row, option)
    if (basis.counted[row] === 0) continue
    const quantity = basis.fleet.machines.quantity[row]!
    const standby = basis.standbyCostUsdPerDay[row]!
    machines[VERDICTS[verdict]!] -= quantity
    machines.profile += quantity
    gainUsd += option.valueUsd - worth
    valueUsd.advised += option.valueUsd - worth
    const running = runningMarginsUsdPerDay(basis, outlook, row)
    now.advised += option.marginNowUsdPerDay - (verdict === RUN ? running.now : -standby)
    after.advised += option.marginAfterUsdPerDay - (verdict === OFF ? -standby : running.after)
  }
  return {
    chosen,
    totals: { machines, gainUsd, valueUsd, marginNowUsdPerDay: now, marginAfterUsdPerDay: after },
  }
}
