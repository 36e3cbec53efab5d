import { ownElseSite } from '#shared/domain/fleet/columns.ts'
import { MACHINE_STATUSES, RUNNING } from '#shared/domain/fleet/fleet.ts'
import { hashpriceBtcPerPhDay } from '#shared/domain/chain/network.ts'
import { groupAt } from '#shared/domain/decision/prepare.ts'
import { powerPriceUsdPerKwhAt } from '#shared/domain/margins/fleet-margins.ts'
import {
  acceptedPhs,
  energyAtDrawKwhPerDay,
  energyKwhPerDay,
  revenuePerDay,
} from '#shared/domain/margins/margin.ts'
import { PROTECTED } from '#shared/domain/power/machine-policy.ts'
import type { WorkbookFacts } from './case.ts'

/** What a row pays, as its cells say it; NaN: an empty cell. */
export type RowTerms = {
  /** the machine's own; of one that its site's contract does not hold for, what it pays */
  readonly ownPriceUsdPerKwh: number
  readonly aboveUsdPerKwh: number
  /** of the hashrate that pool and host leave: hours that a programme sheds and a host's share are taken off */
  readonly paidShare: number
  /** of its energy, the part that other cost is paid for */
  readonly otherCounts: number
  readonly standbyUsdPerKwh: number
  readonly isProtected: number
  /** in force */
  readonly paidUsdPerKwh: number
}

/** Prices of two ways of counting are the same to this share. */
const SAME = 1e-12
const isSame = (a: number, b: number) => Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b))

/**
 * A contract's price is brought to what a kWh costs the row on average as its site runs, so that the plain formula of a margin gives
 * the engine's figure.
 */
export function termsOf({
  prepared,
  basis,
  hosts,
  contractUsdPerKwh,
}: WorkbookFacts): (row: number) => RowTerms {
  const { machines, sites } = basis.fleet
  return (row) => {
    const site = machines.site[row]!
    const own = machines.powerPriceUsdPerKwh[row]!
    const isProtected = prepared.policies?.[row] === PROTECTED ? 1 : NaN
    const plain = {
      aboveUsdPerKwh: NaN,
      paidShare: 1,
      otherCounts: 1,
      standbyUsdPerKwh: NaN,
      isProtected,
      paidUsdPerKwh: powerPriceUsdPerKwhAt(basis.fleet, row),
    }
    const sitePrice = contractUsdPerKwh[site]!
    const isUnder = prepared.groups[groupAt(prepared, row)]?.contract ?? null
    if (Number.isNaN(sitePrice)) return { ...plain, ownPriceUsdPerKwh: own }
    // Its site's cell holds the price of the contract.
    if (isUnder === null) return { ...plain, ownPriceUsdPerKwh: plain.paidUsdPerKwh }
    const other = ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[site]!)
    const overhead = ownElseSite(machines.overhead[row]!, sites.overhead[site]!)
    const [q, standbyW, uptime] = [machines.quantity[row]!, machines.standbyW[row]!, machines.uptime[row]!]
    const kwh = energyKwhPerDay(q, machines.powerW[row]!, standbyW, uptime, overhead)
    const standbyKwh = energyAtDrawKwhPerDay(q, standbyW, overhead)
    const hours = hosts.shareOfHours(row)
    const shed = hours === 1 || !(kwh > 0) ? 1 : hours + ((1 - hours) * standbyKwh) / kwh
    const otherCounts = hosts.hasOtherCost(row) ? shed : 0
    const paid = kwh > 0 ? basis.avoidableCostUsdPerDay[row]! / kwh - other * otherCounts : NaN
    const standby = standbyKwh > 0 ? basis.standbyCostUsdPerDay[row]! / standbyKwh : NaN
    const unpaid = acceptedPhs(
      q,
      machines.hashrateThs[row]!,
      uptime,
      machines.poolFee[row]!,
      machines.hostShare[row]!,
    )
    const isAbove = Number.isFinite(paid) && !isSame(paid, sitePrice)
    return {
      ownPriceUsdPerKwh: NaN,
      aboveUsdPerKwh: isAbove ? paid - sitePrice : NaN,
      paidShare: unpaid > 0 ? basis.acceptedPhs[row]! / unpaid : 1,
      otherCounts,
      standbyUsdPerKwh: isSame(standby, paid + other * otherCounts) ? NaN : standby,
      isProtected,
      paidUsdPerKwh: isAbove ? paid : sitePrice,
    }
  }
}

/** What a row adds to sums and to the choice of what runs; 0 where it takes no part. */
export type RowShares = {
  readonly btcPerDay: number
  readonly counted: number
  readonly countedPhs: number
  readonly countedUsd: number
  readonly hostingUsd: number
  readonly alwaysPhs: number
  readonly alwaysUsd: number
  readonly choicePhs: number
  readonly choiceUsd: number
}

const REPAIR = MACHINE_STATUSES.indexOf('repair')

/** The same parts that `plainCash` of the engine is made of, row by row. */
export function sharesOf(
  { prepared, basis, conditions }: WorkbookFacts,
  row: number,
  { otherCounts }: RowTerms,
): RowShares {
  const { machines, sites } = basis.fleet
  const accepted = basis.acceptedPhs[row]!
  const cost = basis.avoidableCostUsdPerDay[row]!
  const standby = basis.standbyCostUsdPerDay[row]!
  const isCounted = basis.counted[row] === 1
  const isRunning = machines.status[row] === RUNNING
  const isWeighed = machines.status[row] !== REPAIR && [accepted, cost, standby].every(Number.isFinite)
  const saved = cost - standby
  const isAlways = prepared.policies?.[row] === PROTECTED || (accepted === 0 && saved <= 0)
  const site = machines.site[row]!
  const other = ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[site]!)
  const kwh = energyKwhPerDay(
    machines.quantity[row]!,
    machines.powerW[row]!,
    machines.standbyW[row]!,
    machines.uptime[row]!,
    ownElseSite(machines.overhead[row]!, sites.overhead[site]!),
  )
  return {
    btcPerDay: revenuePerDay(accepted, hashpriceBtcPerPhDay(conditions)),
    counted: isCounted ? 1 : 0,
    countedPhs: isCounted ? accepted : 0,
    countedUsd: isCounted ? cost : 0,
    hostingUsd: isCounted ? kwh * other * otherCounts : 0,
    alwaysPhs: isWeighed && isAlways ? accepted : 0,
    alwaysUsd: !isWeighed ? 0 : isAlways ? (isRunning ? cost : saved) : isRunning ? standby : 0,
    choicePhs: isWeighed && !isAlways ? accepted : 0,
    choiceUsd: isWeighed && !isAlways ? saved : 0,
  }
}
