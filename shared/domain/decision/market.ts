import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import { estimateAdjustment } from '../chain/adjustment.ts'
import type { NetworkConditions } from '../chain/network.ts'
import {
  hashpriceAfterChange,
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  networkHashrateHs,
} from '../chain/network.ts'
import type { OutlookChoices } from '../chain/outlook.ts'
import { outlookFrom } from '../chain/outlook.ts'
import type { Outlook } from './decide.ts'

const DAY_MS = 86_400_000

/** The network and what follows from it alone. NaN = not known. */
export type Market = {
  readonly conditions: NetworkConditions
  readonly hashpriceUsdPerPhDay: number
  readonly hashpriceBtcPerPhDay: number
  readonly networkHashrateHs: number
  /** null where the running epoch is not known */
  readonly estimate: AdjustmentEstimate | null
  /** expected or assumed change of the next adjustment */
  readonly change: number
  /** the change was chosen by a person, so that it has no range and no probability */
  readonly changeIsAssumed: boolean
  readonly hashpriceAfterUsdPerPhDay: number
  /** hashprice after the adjustment at the ends of its 80 % range, lowest first; null where there is no range */
  readonly hashpriceAfter80: readonly [number, number] | null
  readonly adjustmentAtMs: number
  readonly adjustmentAtMs80: readonly [number, number]
  /** null where the day of the adjustment is not known: then there are margins but no verdicts */
  readonly outlook: Outlook | null
  readonly horizonEndMs: number
}

/** @param choices what stands in for the estimate and the default horizon */
export function marketOf(conditions: NetworkConditions, choices: OutlookChoices): Market {
  const { epoch, previousAdjustments } = conditions
  const estimate = epoch === null ? null : estimateAdjustment(epoch, previousAdjustments)
  const hashprice = hashpriceUsdPerPhDay(conditions)
  const outlook =
    estimate === null || !Number.isFinite(hashprice) ? null : outlookFrom(hashprice, estimate, choices)
  const change = choices.change ?? estimate?.change ?? Number.NaN
  const after = (value: number) => hashpriceAfterChange(hashprice, value)
  const fromMs = conditions.atMs ?? Number.NaN
  const later = (seconds: number | undefined) => fromMs + (seconds ?? Number.NaN) * 1000
  return {
    conditions,
    hashpriceUsdPerPhDay: hashprice,
    hashpriceBtcPerPhDay: hashpriceBtcPerPhDay(conditions),
    networkHashrateHs: networkHashrateHs(conditions.difficulty),
    estimate,
    change,
    changeIsAssumed: choices.change !== null,
    hashpriceAfterUsdPerPhDay: after(change),
    // A higher difficulty is a lower hashprice, so the ends change places.
    hashpriceAfter80:
      estimate === null || choices.change !== null
        ? null
        : [after(estimate.change80[1]), after(estimate.change80[0])],
    adjustmentAtMs: later(estimate?.secondsLeft),
    adjustmentAtMs80: [later(estimate?.secondsLeft80[0]), later(estimate?.secondsLeft80[1])],
    outlook,
    horizonEndMs: fromMs + (outlook?.horizonDays ?? Number.NaN) * DAY_MS,
  }
}
