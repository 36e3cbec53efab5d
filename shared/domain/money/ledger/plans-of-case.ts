import type { CaseInputs } from '../../decision/case-inputs.ts'
import { NO_LIMITS, PLAIN_CASE } from '../../decision/case-inputs.ts'
import type { Horizon } from '../../decision/horizon.ts'
import { prepare } from '../../decision/prepare.ts'
import { offersOver } from '../../decision/sites/offers.ts'
import { weighed } from '../../decision/weighed.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import type { LedgerEvidence } from './month.ts'
import { plansOfFleet } from './plan-of-fleet.ts'

/** Over which the prices of a contract are averaged. */
const DAYS = 30

/**
 * {@link plansOfFleet}, with a kWh at what each site's contract makes of it over the next thirty days with everything on that runs now.
 * Where a contract has no price for them (versions that end, a currency without a rate) the fleet's own price counts.
 * @param fromMs when they begin, unix ms
 */
export function plansOfCase(fleet: Fleet, inputs: CaseInputs, fromMs: number): LedgerEvidence['plansNow'] {
  const { contracts, policies, rates } = inputs
  const given = { ...PLAIN_CASE, contracts, policies, rates, limits: NO_LIMITS }
  /** Writes what energy costs under the contracts into the basis. */
  const priced = (these: CaseInputs['contracts']) => {
    const prepared = prepare(fleet, { ...given, contracts: these })
    return weighed(() => {
      offersOver(prepared, horizonFrom(fromMs))
      return prepared.basis
    }).value
  }
  const basis = priced(contracts) ?? priced(contracts.filter((contract) => priced([contract]) !== null))
  return plansOfFleet(basis!)
}

/** What hashing brings is no part of what a kWh costs. */
function horizonFrom(fromMs: number): Horizon {
  const stage = { opensWith: 'now' as const, fromMs, days: DAYS }
  return {
    stages: [{ ...stage, subsidyBtc: NaN, difficulty: NaN, hashpriceUsdPerPhDay: 0 }],
    days: DAYS,
    volatilityPerYear: 0,
    reviewDays: 1,
    changeBelow: null,
    drawn: null,
  }
}
