import { textAt } from '../fleet/columns.ts'
import type { MachineColumns } from '../fleet/fleet.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { hashpriceUsdPerPhDay, payFactor, rewardBtcPerPhDay, subsidyBtc } from '../chain/network.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import {
  energyKwhPerDayAt,
  otherUsdPerKwhAt,
  overheadAt,
  powerPriceUsdPerKwhAt,
} from '../margins/fleet-margins.ts'
import { acceptedPhs, cashMarginUsdPerDay, energyKwhPerDay, revenuePerDay } from '../margins/margin.ts'
import { shapleyEffects } from './shapley.ts'

/**
 * Why a fleet earns another cash margin a day than it did:
 *
 * - price, difficulty, fees, subsidy: the network; the subsidy changes where a halving lies between
 * - typed: by how much a typed hashprice is another than the values give; all of the hashprice where these are not known
 * - tariff: everything that stops with the machines, USD/kWh; under a contract what a kWh costs the site as it runs
 * - terms: pool fee and the host's share
 * - uptime
 * - fleet: machines that came, went, were switched on or off, and what they are: number, hashrate, power, standby, overhead
 */
export const MARGIN_CAUSES = [
  'price',
  'difficulty',
  'fees',
  'subsidy',
  'typed',
  'tariff',
  'terms',
  'uptime',
  'fleet',
] as const
export type MarginCause = (typeof MARGIN_CAUSES)[number]

/** A fleet with what energy costs it, under a network. */
export type MarginSide = { readonly basis: MarginBasis; readonly conditions: NetworkConditions }

export type MarginVariance = {
  readonly beforeUsdPerDay: number
  readonly afterUsdPerDay: number
  /** they add up to after − before; 0 for a cause that did not change */
  readonly effectsUsdPerDay: Readonly<Record<MarginCause, number>>
  /** machines in rows that count on one side only: added, switched on, or their figures came; and the opposite */
  readonly machinesAdded: number
  readonly machinesGone: number
}

/** Two prices of a kWh that differ by less are the same one, computed in another way. */
const SAME_SHARE = 1e-12

const BIT = Object.fromEntries(MARGIN_CAUSES.map((cause, bit) => [cause, 1 << bit])) as Readonly<
  Record<MarginCause, number>
>

/**
 * The change of the cash margin of the machines that run, split by cause (see {@link shapleyEffects}). Machines are matched by id.
 *
 * The margin is Σ accepted PH/s × hashprice − Σ kWh × price of a kWh. Accepted hashrate hangs on fleet, uptime and terms, energy
 * cost on fleet, uptime and tariff, the hashprice on the network: so one pass over the rows makes 8 + 8 sums, and each of the sets
 * of causes is a product and a difference of them.
 *
 * @throws RangeError where a hashprice is not known
 */
export function marginVariance(before: MarginSide, after: MarginSide): MarginVariance {
  const hashpriceOf = hashprices(before.conditions, after.conditions)
  const sums = mixedSums(before.basis, after.basis)
  const worth = (set: number) => {
    const { accepted, cost } = sums
    const base = ((set & BIT.fleet) === 0 ? 0 : 1) | ((set & BIT.uptime) === 0 ? 0 : 2)
    const paid = accepted[base | ((set & BIT.terms) === 0 ? 0 : 4)]!
    const spent = cost[base | ((set & BIT.tariff) === 0 ? 0 : 4)]!
    return cashMarginUsdPerDay(revenuePerDay(paid, hashpriceOf(set)), spent)
  }
  const effects = shapleyEffects(MARGIN_CAUSES.length, worth)
  return {
    beforeUsdPerDay: worth(0),
    afterUsdPerDay: worth(2 ** MARGIN_CAUSES.length - 1),
    effectsUsdPerDay: Object.fromEntries(MARGIN_CAUSES.map((cause, i) => [cause, effects[i]!])) as Record<
      MarginCause,
      number
    >,
    machinesAdded: sums.added,
    machinesGone: sums.gone,
  }
}

/** Hashprice of a set of causes, USD/PH/s/day. */
function hashprices(before: NetworkConditions, after: NetworkConditions): (set: number) => number {
  const usd = [before, after].map(hashpriceUsdPerPhDay)
  if (!usd.every(Number.isFinite)) throw new RangeError('hashprice: it is not known, so there is no margin')
  const sides = [before, after].map((network) => ({ ...network, subsidy: subsidyBtc(network.height) }))
  const factors = sides.map(payFactor)
  const pick = (set: number, cause: MarginCause) => ((set & BIT[cause]) === 0 ? 0 : 1)
  if (!factors.every(Number.isFinite)) return (set) => usd[pick(set, 'typed')]!
  return (set) => {
    const reward = sides[pick(set, 'subsidy')]!.subsidy + sides[pick(set, 'fees')]!.feesBtcPerBlock
    const btc = rewardBtcPerPhDay(reward, sides[pick(set, 'difficulty')]!.difficulty)
    return factors[pick(set, 'typed')]! * (btc * sides[pick(set, 'price')]!.priceUsdPerBtc)
  }
}

type MixedSums = {
  /** by bits: 1 the fleet, 2 uptime, 4 terms as after */
  readonly accepted: Float64Array
  /** 4: the tariff */
  readonly cost: Float64Array
  readonly added: number
  readonly gone: number
}

const COMBINATIONS = 8

function mixedSums(before: MarginBasis, after: MarginBasis): MixedSums {
  const accepted = new Float64Array(COMBINATIONS)
  const cost = new Float64Array(COMBINATIONS)
  const rowAfter = rowsById(after.fleet.machines)
  const isMatched = new Uint8Array(after.length)
  let gone = 0
  let added = 0
  /** A row that counts on one side only stands in every sum of that side's fleet. */
  function addAlone(basis: MarginBasis, row: number, fleet: 0 | 1): number {
    for (let set = fleet; set < COMBINATIONS; set += 2) {
      accepted[set]! += basis.acceptedPhs[row]!
      cost[set]! += basis.avoidableCostUsdPerDay[row]!
    }
    return basis.fleet.machines.quantity[row]!
  }
  const rows = [0, 0]
  const bases = [before, after]
  const tariffs = [0, 0]
  for (let row = 0; row < before.length; row++) {
    if (before.counted[row] === 0) continue
    const other = rowAfter.get(textAt(before.fleet.machines.id, row))
    if (other === undefined || after.counted[other] === 0) {
      gone += addAlone(before, row, 0)
      continue
    }
    isMatched[other] = 1
    rows[0] = row
    rows[1] = other
    tariffs[0] = tariffUsdPerKwh(before, row)
    const tariff = tariffUsdPerKwh(after, other)
    tariffs[1] = Math.abs(tariff - tariffs[0]) <= SAME_SHARE * Math.abs(tariff) ? tariffs[0] : tariff
    addPair(bases, rows, tariffs, accepted, cost)
  }
  for (let row = 0; row < after.length; row++) {
    if (after.counted[row] === 1 && isMatched[row] === 0) added += addAlone(after, row, 1)
  }
  return { accepted, cost, added, gone }
}

function addPair(
  bases: readonly MarginBasis[],
  rows: readonly number[],
  tariffs: readonly number[],
  accepted: Float64Array,
  cost: Float64Array,
): void {
  for (let set = 0; set < COMBINATIONS; set++) {
    const fleet = set & 1
    const uptimeOf = (set >> 1) & 1
    const last = set >> 2
    const { machines } = bases[fleet]!.fleet
    const row = rows[fleet]!
    const quantity = machines.quantity[row]!
    const uptime = bases[uptimeOf]!.fleet.machines.uptime[rows[uptimeOf]!]!
    const terms = bases[last]!.fleet.machines
    const poolFee = terms.poolFee[rows[last]!]!
    accepted[set]! += acceptedPhs(
      quantity,
      machines.hashrateThs[row]!,
      uptime,
      poolFee,
      terms.hostShare[rows[last]!]!,
    )
    const overhead = overheadAt(bases[fleet]!.fleet, row)
    const kwh = energyKwhPerDay(quantity, machines.powerW[row]!, machines.standbyW[row]!, uptime, overhead)
    cost[set]! += kwh * tariffs[last]!
  }
}

/** Everything that stops with the row, per kWh: its own price unless a contract says what a kWh costs. */
function tariffUsdPerKwh(basis: MarginBasis, row: number): number {
  const kwh = energyKwhPerDayAt(basis.fleet, row)
  const price = powerPriceUsdPerKwhAt(basis.fleet, row) + otherUsdPerKwhAt(basis.fleet, row)
  const cost = basis.avoidableCostUsdPerDay[row]!
  if (kwh === 0) return Number.isFinite(price) ? price : 0
  // Dividing would give the last digit of a price that did not change another value.
  return kwh * price === cost ? price : cost / kwh
}

function rowsById({ id, length }: MachineColumns): ReadonlyMap<string, number> {
  const rows = new Map<string, number>()
  for (let row = 0; row < length; row++) rows.set(textAt(id, row), row)
  return rows
}
