import type { NetworkConditions } from '../chain/network.ts'
import { subsidyBtc } from '../chain/network.ts'
import type { Assumptions, NetworkEpoch, NextAdjustment } from './project.ts'
import { epochsAhead } from './project.ts'

/** An epoch of a projection, with the day on which the subsidy halves in it; null: it does not. */
export type HalvingEpoch = NetworkEpoch & { readonly halvesAtDay: number | null }

/** The epochs of `projectNetwork`, one by one, up to 1000. @throws RangeError where the hashrate falls so fast that one never ends */
export function* epochsWithHalvings(
  network: NetworkConditions,
  adjustment: NextAdjustment,
  assumptions: Assumptions,
): Generator<HalvingEpoch, void> {
  let subsidy = subsidyBtc(network.height)
  for (const { row, spans } of epochsAhead(network, adjustment, assumptions)) {
    const halved = spans.find((span) => span.subsidyBtc < subsidy)
    subsidy = spans.at(-1)!.subsidyBtc
    yield { ...row, halvesAtDay: halved?.startsAtDay ?? null }
  }
}
