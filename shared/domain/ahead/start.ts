import type { FleetCash } from '../decision/fleet-cash.ts'
import { fleetCash } from '../decision/fleet-cash.ts'
import { horizonOf } from '../decision/advise.ts'
import type { Horizon } from '../decision/horizon.ts'
import { marketOf } from '../decision/market.ts'
import type { Prepared } from '../decision/prepare.ts'
import type { ProjectionStart } from '../decision/start-of-projection.ts'
import { startOfProjection } from '../decision/start-of-projection.ts'
import { weighed } from '../decision/weighed.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { payFactor } from '../chain/network.ts'

/** A fleet and a network that are known well enough to look ahead. */
export type AheadStart = ProjectionStart & {
  readonly prepared: Prepared
  /** whose prices of energy are in the cash: the usual one, whatever a verdict looks over */
  readonly horizon: Horizon
  readonly cash: FleetCash
}

/** Why one cannot look ahead; a contract that cannot be weighed names its site and field. */
export type NoStart =
  | { readonly missing: 'network' | 'values' | 'epoch' }
  | { readonly missing: 'contract'; readonly fault: string }

/**
 * @param conditions null: not known
 * @param nowMs the moment to look from, unix ms; null: that of the conditions
 * @param change of the next adjustment where it was typed, a fraction; null: as estimated
 */
export function aheadStart(
  prepared: Prepared,
  conditions: NetworkConditions | null,
  nowMs: number | null,
  change: number | null,
): AheadStart | NoStart {
  if (conditions === null) return { missing: 'network' }
  if (Number.isNaN(payFactor(conditions))) return { missing: 'values' }
  const market = marketOf(conditions, { horizonDays: null, change }, nowMs)
  const horizon = horizonOf(market)
  const start = startOfProjection(conditions, market, nowMs)
  if (horizon === null || start === null) return { missing: 'epoch' }
  const { value: cash, refusal } = weighed(() => fleetCash(prepared, horizon))
  return cash === null ? { missing: 'contract', fault: refusal } : { ...start, prepared, horizon, cash }
}
