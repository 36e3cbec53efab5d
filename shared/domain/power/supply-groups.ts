import { HOURS_PER_DAY, HOURS_PER_MONTH, MS_PER_HOUR } from '../units.ts'
import type { SiteContract } from './site-contract.ts'
import type { TierTable } from './site-energy.ts'
import type { PowerBlock } from './supply-steps.ts'
import { stepsOf } from './supply-steps.ts'
import type { SiteIntervals, SupplyGroup } from './supply.ts'

/** Places of the lines that a supply is merged of. */
export const STAGE = 0
export const DAY = 1
export const ENERGY = 2
export const HAND_BACK = 3
export const TIER = 4
export const PEAK = 5
export const EVENT = 6

/** Lines side by side, as columns in the order of their places. */
export type MergedLines = {
  readonly atMs: readonly number[]
  readonly values: readonly (readonly number[])[]
}

/** Moments of which everything but the day is the same are one group. */
export function groupsOf(
  contract: SiteContract,
  tierTables: readonly TierTable[],
  { atMs: cuts, values }: MergedLines,
  toMs: number,
): { readonly groups: readonly SupplyGroup[]; readonly groupOf: readonly number[] } {
  const { takeOrPay, demandResponse, floorKw } = contract
  const capKw = contract.capKw ?? Infinity
  const committedKw = takeOrPay?.per === 'hour' ? takeOrPay.committedKwhPerDay / HOURS_PER_DAY : 0
  const credit =
    demandResponse !== null && demandResponse.capacityKw === null
      ? demandResponse.creditUsdPerKwMonth / HOURS_PER_MONTH
      : 0
  const { index: groupOf, firsts } = combinations(values.filter((_, n) => n !== DAY))
  const ms = new Float64Array(firsts.length)
  groupOf.forEach((g, i) => (ms[g]! += (cuts[i + 1] ?? toMs) - cuts[i]!))
  const groups = firsts.map((i, g): SupplyGroup => {
    const price = values[ENERGY]![i]!
    const handBack = takeOrPay === null ? 0 : values[HAND_BACK]![i]!
    const peak = values[PEAK]![i]!
    const event = values[EVENT]![i]!
    const isEvent = !Number.isNaN(event)
    const blocks: PowerBlock[] = [
      { kw: committedKw, usdPerKwh: handBack },
      ...(tierTables[values[TIER]![i]!] ?? []).map(({ kw, differenceUsdPerKwh }) => ({
        kw,
        usdPerKwh: price + differenceUsdPerKwh,
      })),
      { kw: Infinity, usdPerKwh: price },
    ]
    return {
      stage: values[STAGE]![i]!,
      hours: ms[g]! / MS_PER_HOUR,
      energyUsdPerKwh: price,
      handBackUsdPerKwh: handBack,
      alternatives: stepsOf(blocks, capKw),
      floorKw: floorKw ?? 0,
      shedAdderUsdPerKwh: peak + (isEvent ? event - price : 0),
      coincidentPeakUsdPerKwh: peak,
      isEvent,
      creditUsdPerKwh: isEvent ? 0 : credit,
    }
  })
  return { groups, groupOf }
}

/** Which entries of some columns are the same in all of them: an index for each, and the first entry of each index. */
function combinations(columns: readonly (readonly number[])[]): {
  readonly index: readonly number[]
  readonly firsts: readonly number[]
} {
  const length = columns[0]!.length
  let index = new Array<number>(length).fill(0)
  let firsts: number[] = []
  for (const column of columns) {
    const values = new Map<number, number>()
    const pairs = new Map<number, number>()
    firsts = []
    index = index.map((before, i) => {
      const value = values.get(column[i]!) ?? values.size
      values.set(column[i]!, value)
      const pair = before * length + value
      let at = pairs.get(pair)
      if (at === undefined) {
        at = firsts.length
        pairs.set(pair, at)
        firsts.push(i)
      }
      return at
    })
  }
  return { index, firsts }
}

/** Neighbours of the same group and day together. */
export function intervalsOf(
  { atMs: cuts, values }: MergedLines,
  groupOf: readonly number[],
  toMs: number,
): SiteIntervals {
  const dayOf = values[DAY]!
  const starts = cuts.flatMap((_, i) =>
    i === 0 || groupOf[i] !== groupOf[i - 1] || dayOf[i] !== dayOf[i - 1] ? [i] : [],
  )
  return {
    length: starts.length,
    atMs: Float64Array.from([...starts.map((i) => cuts[i]!), toMs]),
    group: Uint16Array.from(starts, (i) => groupOf[i]!),
    localDay: Uint16Array.from(starts, (i) => dayOf[i]!),
  }
}

/** Whether what one machine takes changes what another pays. */
export function isCoupledGroup({ alternatives, floorKw }: SupplyGroup): boolean {
  return (
    floorKw > 0 ||
    alternatives.length > 1 ||
    alternatives[0]!.kw.length > 1 ||
    alternatives[0]!.kw[0] !== Infinity
  )
}
