import type { MarginBasis } from '../../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../../margins/margin.ts'
import { sortedIndex } from '../../fleet/sorted-index.ts'

/** What the lots do when hashing costs more than standing still. */
export type LotsUnderWater = 'run' | 'stop'

/**
 * The fleet's cash margin as a function of hashprice. A lot's margin is linear in it, so the fleet's is a line, or, where
 * lots stop, a chain of lines with a bend at each lot's stopping point: sums from the first bend to every other
 * answer for any hashprice with one search.
 */
export type MarginCurve = {
  /** hashprice from which one more lot runs, USD/PH/s/day, ascending */
  readonly bends: Float64Array
  /** of the first k lots and of those that always run; one entry more than bends */
  readonly acceptedPhs: Float64Array
  /** cost of those lots running and of the others standing, USD/day */
  readonly costUsdPerDay: Float64Array
}

/**
 * The curve of the rows that count. A lot stops where its margin is below minus its standby cost: at
 * HP = (A − O) / accepted PH/s. Where nothing is accepted it runs only if that is the cheaper of the two.
 */
export function marginCurve(
  basis: Pick<
    MarginBasis,
    'length' | 'counted' | 'acceptedPhs' | 'avoidableCostUsdPerDay' | 'standbyCostUsdPerDay'
  >,
  underWater: LotsUnderWater,
): MarginCurve {
  const { counted, acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay, length } = basis
  const stopsAt = new Float64Array(length)
  let bendCount = 0
  let accepted = 0
  let cost = 0
  for (let i = 0; i < length; i++) {
    stopsAt[i] = NaN
    if (counted[i] === 0) continue
    const saved = avoidableCostUsdPerDay[i]! - standbyCostUsdPerDay[i]!
    if (underWater === 'run' || (acceptedPhs[i] === 0 && saved <= 0)) {
      accepted += acceptedPhs[i]!
      cost += avoidableCostUsdPerDay[i]!
    } else {
      cost += standbyCostUsdPerDay[i]!
      if (acceptedPhs[i] === 0) continue
      stopsAt[i] = saved / acceptedPhs[i]!
      bendCount++
    }
  }
  const order = sortedIndex(stopsAt, false)
  const bends = new Float64Array(bendCount)
  const acceptedSums = new Float64Array(bendCount + 1)
  const costSums = new Float64Array(bendCount + 1)
  acceptedSums[0] = accepted
  costSums[0] = cost
  for (let k = 0; k < bendCount; k++) {
    const row = order[k]!
    bends[k] = stopsAt[row]!
    acceptedSums[k + 1] = acceptedSums[k]! + acceptedPhs[row]!
    costSums[k + 1] = costSums[k]! + avoidableCostUsdPerDay[row]! - standbyCostUsdPerDay[row]!
  }
  return { bends, acceptedPhs: acceptedSums, costUsdPerDay: costSums }
}

/** Paid hashrate that runs at a hashprice, PH/s. */
export function acceptedPhsAt(curve: MarginCurve, hashpriceUsdPerPhDay: number): number {
  return curve.acceptedPhs[countUpTo(curve.bends, hashpriceUsdPerPhDay)]!
}

/** Cash margin of the fleet at a hashprice, USD/day; 0 for a fleet without rows that count. */
export function fleetMarginAt(curve: MarginCurve, hashpriceUsdPerPhDay: number): number {
  const running = countUpTo(curve.bends, hashpriceUsdPerPhDay)
  return cashMarginUsdPerDay(
    revenuePerDay(curve.acceptedPhs[running]!, hashpriceUsdPerPhDay),
    curve.costUsdPerDay[running]!,
  )
}

/** How many of the ascending values are at a limit or below it. */
export function countUpTo(ascending: Float64Array, limit: number): number {
  let lo = 0
  let hi = ascending.length
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if (ascending[middle]! <= limit) lo = middle + 1
    else hi = middle
  }
  return lo
}
