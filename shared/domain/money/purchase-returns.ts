import type { NetworkConditions } from '../chain/network.ts'
import { hashpriceUsdPerPhDay } from '../chain/network.ts'
import type { Assumptions, NetworkEpoch, NextAdjustment } from '../ahead/project.ts'
import type { LotsUnderWater } from '../ahead/simulate/simulate.ts'
import { cashAt } from '../decision/cash-curve.ts'
import { cashOn } from '../decision/fleet-cash.ts'
import type { Horizon } from '../decision/horizon.ts'
import type { Prepared } from '../decision/prepare.ts'
import { rowsCash } from '../decision/rows-cash.ts'
import type { RowsCash } from '../decision/rows-cash.ts'
import { MACHINE_STATUSES } from '../fleet/fleet.ts'
import { MS_PER_DAY } from '../units.ts'
import { flatFeeUsdPerDay } from './cost-bridge.ts'
import { bookValueUsd } from './depreciation.ts'
import { epochsBetween, epochsUntil } from './epochs-of-life.ts'
import type { CashFlow } from './npv.ts'
import { internalRatePerYear, npvUsd } from './npv.ts'
import { paybackAlongDays, staticPaybackDays } from './payback.ts'
import type { Purchase } from './purchase.ts'
import { checkPurchase, purchaseKey } from './purchase.ts'

/** The fleet, and the moment from which days are counted. */
export type PurchaseCase = {
  readonly prepared: Prepared
  readonly horizon: Horizon
  readonly network: NetworkConditions
  readonly adjustment: NextAdjustment
  readonly asOfMs: number
}

export type PurchasePlan = {
  readonly purchases: readonly Purchase[]
  /** null: not said, then there is no present value */
  readonly discountRatePerYear: number | null
  readonly assumptions: Assumptions
  /** stop: every machine does what earns most at the hashprice of the epoch; run: everything runs as it does today */
  readonly underWater: LotsUnderWater
}

/**
 * What a purchase is worth from now on. Cash of the past is not known and not in any figure; what was paid is sunk, and
 * no machine runs or stops because of it. NaN: no such figure.
 */
export type PurchaseReturns = {
  readonly purchase: Purchase
  /** that name it */
  readonly machines: number
  /** of them, those that lack a figure and are in no cash */
  readonly machinesWithoutFigures: number
  /** of them, those whose energy counts at the price of the next kWh */
  readonly machinesAtNextKwh: number
  /** what the books still carry; 0 before it is bought, NaN where its day is not said */
  readonly bookUsd: number
  /** days until it begins; 0 where it was bought */
  readonly startsAtDay: number
  /** from there on; 0 where its life is over */
  readonly lifeLeftDays: number
  /** what the rest is held against: the book value of what was bought, the cost of what is still to be */
  readonly outlayUsd: number
  /** of today with its own fixed cost, flat hosting fees, and standby of what is off, USD/day */
  readonly cashUsdPerDay: number
  /** present value of the cash to come and the salvage: what going on is worth, the outlay not taken off */
  readonly valueUsd: number
  /** the same less the outlay */
  readonly npvUsd: number
  /** at which that is 0; NaN where there is none or not exactly one */
  readonly internalRatePerYear: number
  /** days until the cash of today has paid the outlay */
  readonly staticPaybackDays: number
  /** the same along the projection; salvage not counted */
  readonly paybackAlongDays: number
}

export type PurchasesReturns = {
  /** in the order of the plan */
  readonly purchases: readonly PurchaseReturns[]
  /** sums; NaN where one of them has no such figure, or there is none */
  readonly total: Pick<
    PurchaseReturns,
    'machines' | 'bookUsd' | 'outlayUsd' | 'cashUsdPerDay' | 'valueUsd' | 'npvUsd'
  > & { readonly costUsd: number }
  readonly machinesWithoutPurchase: number
  /** names that machines give and that are no purchase */
  readonly unknown: readonly { readonly name: string; readonly machines: number }[]
}

/**
 * Every purchase over what is left of its life, with the cash of its own machines ({@link rowsCash}). The cash of an epoch counts on its
 * last day. What no machine carries (general cost, credits of the grid, a site's rent) is in no purchase.
 * @throws RangeError that names the purchase and the field, or site and field of a contract
 */
export function purchaseReturns(of: PurchaseCase, plan: PurchasePlan): PurchasesReturns {
  const { machines } = of.prepared.basis.fleet
  const { rowsOf, unknown, machinesWithoutPurchase } = rowsByPurchase(of.prepared, plan.purchases)
  const lives = plan.purchases.map((purchase) => lifeOf(purchase, of.asOfMs))
  const lastDay = Math.max(0, ...lives.map(({ endsAtDay }) => endsAtDay).filter(Number.isFinite))
  const isNeeded = rowsOf.some((rows) => rows.length > 0)
  const epochs = isNeeded ? epochsUntil(of.network, of.adjustment, plan.assumptions, lastDay) : []
  const cash = isNeeded ? rowsCash(of.prepared, of.horizon) : null
  const purchases = plan.purchases.map((purchase, i) => {
    const rows = rowsOf[i]!
    const head = { purchase, machines: rows.reduce((sum, row) => sum + machines.quantity[row]!, 0) }
    return { ...head, ...returnsOf(of, plan, lives[i]!, rows, epochs, cash) }
  })
  const total = (figure: (returns: PurchaseReturns) => number) =>
    purchases.length === 0 ? NaN : purchases.reduce((sum, each) => sum + figure(each), 0)
  return {
    purchases,
    total: {
      machines: total((each) => each.machines),
      costUsd: total(({ purchase }) => purchase.costUsd),
      bookUsd: total((each) => each.bookUsd),
      outlayUsd: total((each) => each.outlayUsd),
      cashUsdPerDay: total((each) => each.cashUsdPerDay),
      valueUsd: total((each) => each.valueUsd),
      npvUsd: total((each) => each.npvUsd),
    },
    machinesWithoutPurchase,
    unknown,
  }
}

/** Rows that name each of the purchases. */
function rowsByPurchase({ basis }: Prepared, purchases: readonly Purchase[]) {
  const { purchase, quantity, length } = basis.fleet.machines
  const placeOf = new Map(purchases.map(({ name }, i) => [purchaseKey(name), i]))
  const placeOfLabel = purchase.labels.map((label) => placeOf.get(purchaseKey(label)) ?? -1)
  const rowsOf = purchases.map((): number[] => [])
  const machinesOf = new Float64Array(purchase.labels.length)
  for (let row = 0; row < length; row++) {
    const code = purchase.codes[row]!
    machinesOf[code]! += quantity[row]!
    rowsOf[placeOfLabel[code]!]?.push(row)
  }
  let machinesWithoutPurchase = 0
  const unknown = new Map<string, { name: string; machines: number }>()
  purchase.labels.forEach((name, code) => {
    const machines = machinesOf[code]!
    if (purchaseKey(name) === '') machinesWithoutPurchase += machines
    else if (placeOfLabel[code] === -1 && machines > 0) {
      const known = unknown.get(purchaseKey(name)) ?? { name, machines: 0 }
      known.machines += machines
      unknown.set(purchaseKey(name), known)
    }
  })
  return { rowsOf, unknown: [...unknown.values()], machinesWithoutPurchase }
}

type Life = Pick<PurchaseReturns, 'bookUsd' | 'outlayUsd' | 'startsAtDay' | 'lifeLeftDays'> & {
  readonly endsAtDay: number
  readonly salvageUsd: number
}

/** Whole days: what is bought today is as good as new. */
function lifeOf(purchase: Purchase, asOfMs: number): Life {
  try {
    checkPurchase(purchase)
  } catch (error) {
    if (error instanceof RangeError)
      throw new RangeError(`purchase ${purchase.name}, ${error.message}`, { cause: error })
    throw error
  }
  const { boughtAtMs, costUsd, salvageUsd, lifeDays } = purchase
  if (boughtAtMs === null)
    return { bookUsd: NaN, outlayUsd: NaN, startsAtDay: NaN, lifeLeftDays: NaN, endsAtDay: NaN, salvageUsd }
  const ageDays = Math.floor((asOfMs - boughtAtMs) / MS_PER_DAY)
  if (ageDays < 0)
    return {
      ...{ bookUsd: 0, outlayUsd: costUsd, startsAtDay: -ageDays },
      ...{ lifeLeftDays: lifeDays, endsAtDay: lifeDays - ageDays, salvageUsd },
    }
  const bookUsd = bookValueUsd(purchase, ageDays)
  const lifeLeftDays = Math.max(lifeDays - ageDays, 0)
  return { bookUsd, outlayUsd: bookUsd, startsAtDay: 0, lifeLeftDays, endsAtDay: lifeLeftDays, salvageUsd }
}

const OFF = MACHINE_STATUSES.indexOf('off')

function returnsOf(
  { prepared, network }: PurchaseCase,
  { discountRatePerYear, underWater }: PurchasePlan,
  { endsAtDay, salvageUsd, ...life }: Life,
  rows: readonly number[],
  epochs: readonly NetworkEpoch[],
  parts: RowsCash | null,
): Omit<PurchaseReturns, 'purchase' | 'machines'> {
  const { basis } = prepared
  const { quantity, fixedUsdPerDay, status } = basis.fleet.machines
  const machinesOf = (is: (row: number) => boolean) =>
    rows.reduce((sum, row) => (is(row) ? sum + quantity[row]! : sum), 0)
  const hasFigures = (row: number) =>
    Number.isFinite(basis.acceptedPhs[row]!) && Number.isFinite(basis.avoidableCostUsdPerDay[row]!)
  const head = {
    machinesWithoutFigures: machinesOf((row) => !hasFigures(row)),
    machinesAtNextKwh: machinesOf((row) => parts?.isAtNextKwh(row) ?? false),
    ...life,
  }
  if (parts === null || !rows.some(hasFigures))
    return {
      ...{ ...head, cashUsdPerDay: NaN, valueUsd: NaN, npvUsd: NaN },
      ...{ internalRatePerYear: NaN, staticPaybackDays: NaN, paybackAlongDays: NaN },
    }
  const cash = parts.cashOf(rows)
  let standingUsdPerDay = 0
  for (const row of rows)
    standingUsdPerDay +=
      quantity[row]! * fixedUsdPerDay[row]! +
      flatFeeUsdPerDay(basis, row, parts.hostingOf(row)) +
      (status[row] === OFF && Number.isFinite(basis.standbyCostUsdPerDay[row]!)
        ? basis.standbyCostUsdPerDay[row]!
        : 0)
  const usdPerDayOn = (day: number, hashprice: number) =>
    cashAt(cashOn(cash, day)[underWater === 'run' ? 'asItRuns' : 'best'], hashprice) - standingUsdPerDay
  const cashUsdPerDay = usdPerDayOn(0, hashpriceUsdPerPhDay(network))
  const spans = epochsBetween(epochs, life.startsAtDay, endsAtDay).map((epoch) => ({
    startsAtDay: epoch.startsAtDay,
    days: epoch.days,
    usdPerDay: usdPerDayOn(epoch.startsAtDay, epoch.hashpriceUsdPerPhDay),
  }))
  const flows: CashFlow[] = [
    ...spans.map(({ startsAtDay, days, usdPerDay }) => ({
      atDay: startsAtDay + days,
      usd: usdPerDay * days,
    })),
    { atDay: endsAtDay, usd: salvageUsd },
  ]
  const outlay = { atDay: life.startsAtDay, usd: -life.outlayUsd }
  const isDated = Number.isFinite(endsAtDay)
  const presentUsd = (of: readonly CashFlow[]) =>
    isDated && discountRatePerYear !== null ? npvUsd(discountRatePerYear, of) : NaN
  return {
    ...head,
    cashUsdPerDay,
    valueUsd: presentUsd(flows),
    npvUsd: presentUsd([outlay, ...flows]),
    internalRatePerYear: isDated ? internalRatePerYear([outlay, ...flows]) : NaN,
    staticPaybackDays: isDated ? staticPaybackDays(life.outlayUsd, cashUsdPerDay) : NaN,
    paybackAlongDays: isDated
      ? paybackAlongDays(
          life.outlayUsd,
          spans.map((span) => ({ ...span, startsAtDay: span.startsAtDay - life.startsAtDay })),
        )
      : NaN,
  }
}
