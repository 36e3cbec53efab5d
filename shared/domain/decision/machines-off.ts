import { PROTECTED } from '../power/machine-policy.ts'
import { HOURS_PER_DAY } from '../units.ts'
import { onlyStage } from './cash-curve.ts'
import { clearSite } from './clearing/clearing.ts'
import { allowedModes, isDecided, modeKw, modePhs } from './clearing/demand-curve.ts'
import { withoutRepair } from './fleet-cash.ts'
import type { Horizon } from './horizon.ts'
import { stageOn } from './horizon.ts'
import { groupAt } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import type { Lots } from './sites/lots.ts'
import { offersOver } from './sites/offers.ts'
import type { SiteOffer } from './sites/site-offer.ts'

/**
 * Of the machines that run today, how many earn most by being off in every hour, at a hashprice: the choice behind `best` of
 * `fleetCash`, neither restarts nor waiting in it. Machines without all figures, and those in repair, are not counted.
 * @param day from the moment of the horizon: its stage has the prices of energy; after the last one those of the last
 * @throws RangeError that names site and field where a contract asks for what cannot be
 */
export function machinesOffAt(
  prepared: Prepared,
  horizon: Horizon,
  day: number,
  hashpriceUsdPerPhDay: number,
): number {
  const stage = stageOn(horizon, day)
  const offers = offersOver(prepared, horizon)
  return offers.reduce(
    (machines, offer) => machines + lotsOff(prepared, offer, stage, hashpriceUsdPerPhDay),
    plainOff(prepared, hashpriceUsdPerPhDay),
  )
}

/** Rows that pay one price, each a comparison. */
function plainOff(prepared: Prepared, hashprice: number): number {
  const { counted, acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay, fleet } = prepared.basis
  const { quantity } = fleet.machines
  let machines = 0
  for (let row = 0; row < counted.length; row++) {
    if (counted[row] === 0 || groupAt(prepared, row) !== -1) continue
    if (prepared.policies?.[row] === PROTECTED) continue
    const accepted = acceptedPhs[row]!
    const saved = avoidableCostUsdPerDay[row]! - standbyCostUsdPerDay[row]!
    if (accepted === 0 ? saved > 0 : saved / accepted >= hashprice) machines += quantity[row]!
  }
  return machines
}

function lotsOff({ basis }: Prepared, offer: SiteOffer, stage: number, hashprice: number): number {
  const lots = withoutRepair(basis, offer)
  const { supply, priced } = offer
  if (supply?.isCoupled) {
    const alone = onlyStage(supply, stage)
    const free = { ...lots, restartUsd: new Float64Array(lots.length) }
    const { plansOf } = clearSite({ lots: free, supply: alone, hashpriceUsdPerPhDay: [hashprice] })
    return sumOver(lots, (lot) =>
      plansOf(lot).reduce(
        (off, { count, modes }) => off + (modes.every((mode) => mode === 0) ? count : 0),
        0,
      ),
    )
  }
  const prices = priced.usdPerKwh.filter((_, i) => priced.stage[i] === stage)
  // What a point earns over standing by is a line over the price of energy: if it pays anywhere, it does at an end.
  const ends = [Math.min(...prices), Math.max(...prices)]
  return sumOver(lots, (lot) =>
    ends.some((usdPerKwh) => pays(lots, lot, usdPerKwh, hashprice)) ? 0 : lots.machines[lot]!,
  )
}

function sumOver(lots: Lots, machinesOff: (lot: number) => number): number {
  let machines = 0
  for (let lot = 0; lot < lots.length; lot++)
    if (lots.isOn[lot] === 1 && isDecided(lots, lot)) machines += machinesOff(lot)
  return machines
}

/** Whether some point that it may be in earns more than standing by, or it must run. */
function pays(lots: Lots, lot: number, usdPerKwh: number, hashprice: number): boolean {
  if (lots.policy[lot] === PROTECTED) return true
  const price = usdPerKwh + lots.otherUsdPerKwh[lot]!
  return allowedModes(lots, lot).some(
    (mode) =>
      hashprice * modePhs(lots, lot, mode) >
      HOURS_PER_DAY * price * (modeKw(lots, lot, mode) - lots.standbyKw[lot]!),
  )
}
