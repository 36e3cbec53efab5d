import { siteNameKey } from '../../fleet/names.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { RUNNING } from '../../fleet/fleet.ts'
import type { Ladder } from '../../ladders/point.ts'
import { EXEMPT, PROTECTED } from '../../power/machine-policy.ts'
import { NO_CONTRACT } from '../../power/site-contract.ts'
import type { SiteContract } from '../../power/site-contract.ts'
import type { SiteSupply } from '../../power/supply.ts'
import { powerCostUsdPerHour } from '../../power/supply-steps.ts'
import { HOURS_PER_DAY, MS_PER_HOUR } from '../../units.ts'
import { contractsBySite } from '../case-inputs.ts'
import type { CaseInputs } from '../case-inputs.ts'
import { cashAt, cashCurveOfSite } from '../cash-curve.ts'
import { clearSite } from './clearing.ts'
import type { SiteClearing } from './clearing.ts'
import { allowedModes, isDecided, modeKw, modePhs } from './demand-curve.ts'
import type { Horizon } from '../horizon.ts'
import type { Lots } from '../sites/lots.ts'
import { offersOver } from '../sites/offers.ts'
import { prepare } from '../prepare.ts'
import { pointsBesideOwn } from '../sites/site-lots.ts'

/** Name of the point of a machine that runs as it does now, where no point of its ladder is that. */
export const AS_IT_IS = 'as it is'

/** Machines of a lot at one point. */
export type PointUse = {
  readonly name: string
  /** machines */
  readonly count: number
  /** of the hours, in which they run at it: 1 unless prices change with the hour */
  readonly shareOfHours: number
  /** of one machine */
  readonly hashrateThs: number
  readonly powerW: number
}

export type LotChoice = {
  readonly row: number
  /** the ladder that counts for the row */
  readonly ladder: Ladder | null
  /** ladders of firmwares that nobody named: offered, never assumed */
  readonly possible: readonly Ladder[]
  /** from the lowest power up */
  readonly points: readonly PointUse[]
  /** machines that are off in every hour */
  readonly off: number
  /** at what a kWh costs the machines together in each hour; the lots add up to the whole */
  readonly marginUsdPerDay: number
}

export type LimitedBest = {
  /** in the order of the fleet */
  readonly lots: readonly LotChoice[]
  /** at the meter, the highest of any hour, kW */
  readonly powerKw: number
  readonly marginUsdPerDay: number
  readonly upperBoundUsdPerDay: number
  readonly isProven: boolean
  /** if machines could be split */
  readonly relaxedMarginUsdPerDay: number
  /** what one more kW of cap is worth, or one kW less of a floor that binds; 0 where neither does */
  readonly limitValueUsdPerKwDay: number
  /** running rows that a missing figure keeps out */
  readonly leftOut: number
}

/** A limit that cannot be kept. */
export class LimitError extends RangeError {
  readonly field: 'capKw' | 'floorKw'
  constructor(field: 'capKw' | 'floorKw', message: string) {
    super(message)
    this.name = 'LimitError'
    this.field = field
  }
}

/** Sites with contracts of their own under one limit: their energy has no common price. */
export class SeveralContractsError extends RangeError {
  readonly site: string
  constructor(site: string) {
    super(`site ${site} has a contract of its own, so it can share no limit with other sites`)
    this.name = 'SeveralContractsError'
    this.site = site
  }
}

/**
 * The best operating points of the running machines of a site, or of all of them together, under a limit on their power: the site's
 * contract with that cap and floor, cleared for the first stage of a horizon. Machines that are off or in repair take no part; restarts
 * cost nothing here.
 *
 * @param site row of the site columns; null: all machines, where no site but a single one has a contract
 * @throws LimitError, SeveralContractsError, or RangeError that names site and field
 */
export function bestUnderLimits(
  fleet: Fleet,
  inputs: CaseInputs,
  horizon: Horizon,
  site: number | null,
  limits: { readonly capKw: number; readonly floorKw: number | null },
): LimitedBest {
  const [stage] = horizon.stages
  const first: Horizon = { ...horizon, stages: [stage!], days: stage!.days, volatilityPerYear: 0 }
  const { contract, rows, prepared, own } = groupOf(fleet, inputs, site)
  const floorKw = limits.floorKw ?? contract.floorKw ?? 0
  if (limits.capKw < floorKw)
    throw new LimitError('capKw', `${limits.capKw} kW is below the floor of ${floorKw} kW`)
  const limited = { ...contract, capKw: limits.capKw, floorKw: floorKw > 0 ? floorKw : null }
  const [offer] = offersOver(
    { ...prepared, groups: [{ site: own, contract: limited, rows }], kept: {} },
    first,
  )
  const lots: Lots = { ...offer!.lots, restartUsd: new Float64Array(offer!.lots.length) }
  const supply = offer!.supply!
  checkLimits(lots, limits.capKw, floorKw)
  const hashprice = stage!.hashpriceUsdPerPhDay
  const clearing = clearSite({
    lots,
    supply,
    hashpriceUsdPerPhDay: [hashprice],
    limits: prepared.limits,
  })
  const { days } = stage!
  const marginOf = lotMargins(lots, supply, clearing, hashprice)
  const chosen: LotChoice[] = []
  let leftOut = 0
  rows.forEach((row, lot) => {
    const plans = clearing.plansOf(lot)
    if (plans.length === 0) {
      leftOut++
      return
    }
    const { counted: ladder, possible } = prepared.laddersOf(row)
    chosen.push({
      row,
      ladder,
      possible,
      ...usesOf(fleet, supply, row, ladder, plans),
      marginUsdPerDay: marginOf(lot) / days,
    })
  })
  const marginUsdPerDay = clearing.valueUsd / days
  const relaxed = cashCurveOfSite(lots, supply, 0, { from: hashprice, to: hashprice }, Infinity)
  return {
    lots: chosen,
    powerKw: clearing.powerKw.reduce((most, kw) => Math.max(most, kw), 0),
    marginUsdPerDay,
    upperBoundUsdPerDay: clearing.isProven ? marginUsdPerDay : clearing.upperBoundUsd / days,
    isProven: clearing.isProven,
    relaxedMarginUsdPerDay: Math.max(cashAt(relaxed, hashprice), marginUsdPerDay),
    limitValueUsdPerKwDay: limitValue(supply, clearing, days),
    leftOut,
  }
}

/** The running rows that a limit is for, with the contract that their energy comes under. */
function groupOf(fleet: Fleet, inputs: CaseInputs, site: number | null) {
  const { machines, sites } = fleet
  const contracts = contractsBySite(fleet, inputs)
  const sitesMeant = new Set<number>()
  const isMeant = (row: number) =>
    machines.status[row] === RUNNING && (site === null || machines.site[row] === site)
  for (let row = 0; row < machines.length; row++) if (isMeant(row)) sitesMeant.add(machines.site[row]!)
  const [only] = sitesMeant.size === 1 ? sitesMeant : []
  const own = site ?? only
  const agreed = [...sitesMeant].find((each) => contracts[each] !== null)
  if (own === undefined && agreed !== undefined) throw new SeveralContractsError(sites.name[agreed]!)
  // Every group of its own is left out: the rows are put into one.
  const known = new Set(own === undefined ? [] : [siteNameKey(sites.name[own]!)])
  const prepared = prepare(fleet, {
    ...inputs,
    contracts: inputs.contracts.filter(({ site: name }) => known.has(siteNameKey(name))),
  })
  const rows: number[] = []
  for (let row = 0; row < machines.length; row++)
    if (isMeant(row) && prepared.policies?.[row] !== EXEMPT) rows.push(row)
  const contract: SiteContract = (own === undefined ? null : contracts[own]) ?? NO_CONTRACT
  return { contract, rows: Uint32Array.from(rows), prepared, own: own ?? 0 }
}

function checkLimits(lots: Lots, capKw: number, floorKw: number): void {
  let least = 0
  let most = 0
  for (let lot = 0; lot < lots.length; lot++) {
    if (!isDecided(lots, lot)) continue
    const draws = allowedModes(lots, lot).map((mode) => modeKw(lots, lot, mode))
    least += lots.machines[lot]! * Math.min(...draws)
    most += lots.machines[lot]! * Math.max(...draws)
  }
  const slack = 1e-9 * Math.max(most, 1)
  const rounded = (kw: number) => Number(kw.toFixed(6))
  if (capKw < least - slack)
    throw new LimitError(
      'capKw',
      `${capKw} kW is below the ${rounded(least)} kW that the machines draw at the least, standby included`,
    )
  if (floorKw > most + slack)
    throw new LimitError(
      'floorKw',
      `${floorKw} kW is above the ${rounded(most)} kW that the machines draw at the most`,
    )
}

const hoursOf = ({ intervals }: SiteSupply) =>
  Float64Array.from(
    { length: intervals.length },
    (_, i) => (intervals.atMs[i + 1]! - intervals.atMs[i]!) / MS_PER_HOUR,
  )

/** What a kWh costs the machines together in each interval; a charge on the peak and the like is spread over all energy. */
function lotMargins(
  lots: Lots,
  supply: SiteSupply,
  { powerKw, bill, plansOf }: SiteClearing,
  hashprice: number,
) {
  const hours = hoursOf(supply)
  const groups = Array.from(supply.intervals.group, (g) => supply.groups[g]!)
  let billed = 0
  let kwh = 0
  const price = hours.map((each, i) => {
    const cost = powerCostUsdPerHour(groups[i]!.alternatives, powerKw[i]!)
    billed += each * cost
    kwh += each * powerKw[i]!
    return powerKw[i]! > 0 ? cost / powerKw[i]! : 0
  })
  const rest = kwh > 0 ? (bill.totalUsd - billed) / kwh : 0
  return (lot: number): number => {
    const standby = lots.standbyKw[lot]!
    const isProtected = lots.policy[lot] === PROTECTED
    let usd = 0
    for (const { count, modes } of plansOf(lot))
      for (let i = 0; i < hours.length; i++) {
        const kw = modeKw(lots, lot, modes[i]!)
        const { shedAdderUsdPerKwh, creditUsdPerKwh } = groups[i]!
        const shed = isProtected ? 0 : (kw - standby) * (shedAdderUsdPerKwh - creditUsdPerKwh)
        usd +=
          count *
          hours[i]! *
          ((hashprice * modePhs(lots, lot, modes[i]!)) / HOURS_PER_DAY -
            kw * (price[i]! + rest + lots.otherUsdPerKwh[lot]!) -
            shed)
      }
    return usd
  }
}

/** The mean over the hours of what the last step taken would pay above what its energy costs. */
function limitValue(supply: SiteSupply, { lambdaUsdPerKwh, powerKw }: SiteClearing, days: number): number {
  const hours = hoursOf(supply)
  let usd = 0
  hours.forEach((each, i) => {
    const { alternatives } = supply.groups[supply.intervals.group[i]!]!
    const [steps] = alternatives
    let left = powerKw[i]!
    let k = 0
    while (k < steps!.kw.length - 1 && left >= steps!.kw[k]!) left -= steps!.kw[k++]!
    usd += each * Math.abs(lambdaUsdPerKwh[i]! - steps!.usdPerKwh[k]!)
  })
  const perKwDay = usd / days
  return perKwDay > 1e-12 ? perKwDay : 0
}

/** What the machines of a row do, by point. */
function usesOf(
  { machines }: Fleet,
  supply: SiteSupply,
  row: number,
  ladder: Ladder | null,
  plans: ReturnType<SiteClearing['plansOf']>,
): { readonly points: readonly PointUse[]; readonly off: number } {
  const own = { hashrateThs: machines.hashrateThs[row]!, powerW: machines.powerW[row]! }
  const others = pointsBesideOwn(ladder, own)
  const same = ladder?.points.find((point) => !others.includes(point))
  const named = [{ name: same?.name ?? AS_IT_IS, ...own }, ...others]
  const hours = hoursOf(supply)
  const total = hours.reduce((sum, each) => sum + each, 0)
  const uses = new Map<string, PointUse>()
  let off = 0
  for (const { count, modes } of plans) {
    const inMode = new Float64Array(named.length + 1)
    for (let i = 0; i < hours.length; i++) inMode[modes[i]!]! += hours[i]!
    if (inMode.subarray(1).every((each) => each === 0)) off += count
    named.forEach((point, k) => {
      const share = inMode[k + 1]! / total
      if (share === 0) return
      const shareOfHours = share > 1 - 1e-9 ? 1 : share
      const key = `${k} ${shareOfHours.toPrecision(9)}`
      const known = uses.get(key)?.count ?? 0
      const { name, hashrateThs, powerW } = point
      uses.set(key, { name, count: known + count, shareOfHours, hashrateThs, powerW })
    })
  }
  return { points: [...uses.values()].sort((a, b) => a.powerW - b.powerW), off }
}
