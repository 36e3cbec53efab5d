import { payFactor } from '../chain/network.ts'
import type { FleetCash } from '../decision/fleet-cash.ts'
import type { Horizon } from '../decision/horizon.ts'
import type { Prepared } from '../decision/prepare.ts'
import type { ProjectionStart } from '../decision/start-of-projection.ts'
import type { UnderScenario } from '../decision/under-scenario.ts'
import { weighed } from '../decision/weighed.ts'

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

/** What figures ahead start from, with the fleet's cash. @param under null: the network is not known */
export function aheadStart(under: UnderScenario | null): AheadStart | NoStart {
  if (under === null) return { missing: 'network' }
  const { conditions, start, horizon, prepared } = under
  if (Number.isNaN(payFactor(conditions))) return { missing: 'values' }
  if (horizon === null || start === null) return { missing: 'epoch' }
  const { value: cash, refusal } = weighed(under.cash)
  return cash === null ? { missing: 'contract', fault: refusal ?? '' } : { ...start, prepared, horizon, cash }
}
