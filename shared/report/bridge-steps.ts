import type { BridgeStepName, CostBridge, FleetCosts, HostCosts } from '../domain/money/cost-bridge.ts'
import { costBridge } from '../domain/money/cost-bridge.ts'
import { depreciationUsdPerDay } from '../domain/money/depreciation.ts'
import { MS_PER_DAY } from '../domain/units.ts'
import type { Finance, Purchase } from './case.ts'

/** A step of the bridge as a report has it: USD a day and per BTC, NaN where nobody said it. */
export type SaidStep = {
  readonly name: BridgeStepName
  readonly isSum: boolean
  /** what it adds; of a sum, what stands there */
  readonly usdPerDay: number
  readonly usdPerBtc: number
  /** NaN of a sum that lacks a step, and of a step that is missing */
  readonly runningUsdPerBtc: number
}

export type SaidBridge = {
  readonly bridge: CostBridge
  readonly steps: readonly SaidStep[]
  /** steps that nobody said, in the order of the bridge */
  readonly missing: readonly ('demandResponseCredits' | 'general' | 'depreciation')[]
}

/** What is paid beside the figures of the machines that run, USD a day. */
export type GoesOn = {
  /** power that idle machines draw */
  readonly idleStandbyUsdPerDay: number
  /** of all sites whose price of it is said, see `HostCosts` */
  readonly committedUsdPerDay: number
}

/** What depreciates on the day of a report. */
export type Depreciating = {
  /** null: no purchase is said */
  readonly usdPerDay: number | null
  readonly running: readonly Purchase[]
  /** whose day nobody said, so that it is not known whether they still depreciate: not counted */
  readonly undated: readonly Purchase[]
}

/** Straight line, of purchases whose life still runs. */
export function depreciating(purchases: readonly Purchase[], asOfMs: number): Depreciating {
  const undated = purchases.filter(({ boughtAtMs }) => boughtAtMs === null)
  const running = purchases.filter(
    ({ boughtAtMs, lifeDays }) =>
      boughtAtMs !== null && boughtAtMs <= asOfMs && asOfMs < boughtAtMs + lifeDays * MS_PER_DAY,
  )
  const isSaid = purchases.length > undated.length
  return {
    usdPerDay: isSaid ? running.reduce((sum, purchase) => sum + depreciationUsdPerDay(purchase), 0) : null,
    running,
    undated,
  }
}

/**
 * Energy − credits + pool and hosting + sites = cash cost; + general + depreciation = full cost, of a day as the fleet runs. A step that is
 * not said is missing, not 0: credits are then left out, and without general cost or depreciation there is no full cost.
 * Sites are what goes on without the machines: fixed cost of all of them, and the power that idle ones draw.
 * @throws RangeError that names a part that is not known
 */
export function bridgeOf(
  costs: FleetCosts,
  hosts: HostCosts,
  { idleStandbyUsdPerDay, committedUsdPerDay }: GoesOn,
  {
    generalUsdPerDay,
    demandResponseCreditsUsdPerDay,
  }: Pick<Finance, 'generalUsdPerDay' | 'demandResponseCreditsUsdPerDay'>,
  depreciation: number | null,
): SaidBridge {
  const bridge = costBridge({
    btc: costs.btcPerDay,
    energyUsd: costs.energyUsdPerDay + committedUsdPerDay,
    demandResponseCreditsUsd: demandResponseCreditsUsdPerDay ?? 0,
    poolAndHostingUsd: costs.hostingUsdPerDay + hosts.fixedUsdPerDay,
    siteUsd: costs.fixedUsdPerDay + idleStandbyUsdPerDay,
    generalUsd: generalUsdPerDay ?? 0,
    depreciationUsd: depreciation ?? 0,
  })
  const missing = [
    ...(demandResponseCreditsUsdPerDay === null ? (['demandResponseCredits'] as const) : []),
    ...(generalUsdPerDay === null ? (['general'] as const) : []),
    ...(depreciation === null ? (['depreciation'] as const) : []),
  ]
  const isIn = (name: string) => missing.some((each) => each === name)
  const lacksFull = isIn('general') || isIn('depreciation')
  return {
    bridge,
    missing,
    steps: bridge.steps.map(({ name, usd, usdPerBtc, runningUsd, runningUsdPerBtc }) => {
      const isSum = name === 'cashCost' || name === 'fullCost'
      const isMissing = isIn(name) || (name === 'fullCost' && lacksFull)
      if (isMissing) return { name, isSum, usdPerDay: NaN, usdPerBtc: NaN, runningUsdPerBtc: NaN }
      return {
        name,
        isSum,
        usdPerDay: isSum ? runningUsd : usd,
        usdPerBtc: isSum ? runningUsdPerBtc : usdPerBtc,
        runningUsdPerBtc,
      }
    }),
  }
}
