import { riskOf } from '../domain/decision/case-inputs.ts'
import type { Market } from '../domain/decision/market.ts'
import { marketOf } from '../domain/decision/market.ts'
import type { Picture } from '../domain/decision/picture.ts'
import { pictureOf } from '../domain/decision/picture.ts'
import { prepare } from '../domain/decision/prepare.ts'
import { labelAt, textAt } from '../domain/fleet/columns.ts'
import type { Fleet } from '../domain/fleet/fleet.ts'
import type { Money } from '../format/money.ts'
import { conditionsOf } from '../ipc/conditions.ts'
import { reportingMoney } from '../ipc/reporting-money.ts'
import type { ReportCase } from './case.ts'

/** What the sections share: computed once, whichever of them are in. */
export type ReportFacts = {
  readonly case: ReportCase
  readonly fleet: Fleet
  /** null while the network is not known */
  readonly picture: Picture | null
  readonly market: Market | null
  /** in the reader's currency where its rate is known, else in USD */
  readonly money: Money
  /** unix ms: days of another year than its own say so */
  readonly asOfMs: number
  readonly siteOf: (row: number) => string
  readonly modelOf: (row: number) => string
  readonly lotOf: (row: number) => string
}

export function factsOf(reportCase: ReportCase): ReportFacts {
  const { network, currency, asOfMs } = reportCase
  const { machines, sites } = reportCase.fleet
  const picture = pictureIn(reportCase)
  return {
    case: reportCase,
    fleet: { machines, sites },
    picture,
    market: picture?.market ?? null,
    money: reportingMoney(network, currency),
    asOfMs,
    siteOf: (row) => sites.name[machines.site[row]!]!,
    modelOf: (row) => labelAt(machines.model, row),
    lotOf: (row) => textAt(machines.id, row),
  }
}

/** The fleet under the network of the case; null while that is not known. */
export function pictureIn(
  of: Pick<ReportCase, 'fleet' | 'inputs' | 'network' | 'horizonDays' | 'asOfMs'>,
): Picture | null {
  const { fleet, inputs, network, horizonDays, asOfMs } = of
  const conditions = conditionsOf(network)
  if (conditions === null) return null
  const prepared = prepare({ machines: fleet.machines, sites: fleet.sites }, inputs)
  return pictureOf(prepared, marketOf(conditions, { change: null, horizonDays, ...riskOf(inputs) }, asOfMs))
}

/** What a section says that rests on the network where that is not known. */
export const NO_NETWORK = 'No network data, so there are no figures here.'
