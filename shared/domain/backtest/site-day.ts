import { clearSite } from '../decision/clearing/clearing.ts'
import { allowedModes, modeKw, modePhs, modeUsd } from '../decision/clearing/demand-curve.ts'
import { cellsOf } from '../decision/clearing/site-cells.ts'
import { siteBill } from '../decision/clearing/site-cost.ts'
import type { SiteOffer } from '../decision/sites/site-offer.ts'
import { isDuty } from '../decision/sites/site-offer.ts'
import { tenantMarginUsd } from '../power/hosting.ts'
import { PROTECTED } from '../power/machine-policy.ts'
import { withoutCap } from '../power/supply-steps.ts'
import { HOURS_PER_DAY } from '../units.ts'
import type { createHindsight } from './hindsight.ts'
import type { OpenSums } from './ledger.ts'
import { payStarts } from './ledger.ts'

/** What machines of a lot do in an interval of the day: how many in which mode, 0 off, 1 their own point, 1 + j point j. */
export type Doing = { readonly count: number; readonly mode: number }
export type DoingAt = (lot: number, interval: number) => readonly Doing[]

/** The day of a site's lots, or of lots with points to choose from, at the hashprice of the day. */

/** @param takesPart per lot; the others are in no sum */
export function siteDay(offer: SiteOffer, takesPart: Uint8Array) {
  const { lots, priced, contract, supply } = offer
  const hosting = contract?.hosting ?? null
  const isCoupled = supply?.isCoupled === true
  const hashprice = priced.hashpriceUsdPerPhDay[0]!
  const { hours } = priced
  const duty = Uint8Array.from(hours, (_, i) => Number(isDuty(priced, i)))

  return {
    startsMs: priced.atMs,
    isBounded: isCoupled || hosting?.model === 'profit-share',
    follow,
    hindsight,
    bound,
  }

  /** A programme's duty lets machines that may be shed stand by, whoever decides. */
  function isShed(lot: number, i: number): boolean {
    return duty[i] === 1 && lots.policy[lot] !== PROTECTED
  }

  /** What one machine earns in a mode over an interval, USD: where the site is cleared as a whole without the energy that is on its bill. */
  function earnedUsd(lot: number, mode: number, i: number): number {
    const isProtected = lots.policy[lot] === PROTECTED
    const kw = modeKw(lots, lot, mode)
    const standbyKw = lots.standbyKw[lot]!
    const price = isCoupled ? 0 : priced.protectedUsdPerKwh[i]!
    const shed = isProtected || duty[i] === 1 ? 0 : priced.usdPerKwh[i]! - priced.protectedUsdPerKwh[i]!
    const energy = (price + lots.otherUsdPerKwh[lot]!) * kw + shed * (kw - standbyKw)
    return hours[i]! * ((hashprice * modePhs(lots, lot, mode)) / HOURS_PER_DAY - energy)
  }

  /**
   * Adds what the lots earn that do as they are told.
   * @param on machines of each lot that run when the day begins; written with those that run when it ends
   */
  function follow(into: OpenSums, on: Float64Array, doingAt: DoingAt): void {
    const kw = new Float64Array(hours.length)
    for (let lot = 0; lot < lots.length; lot++) {
      if (takesPart[lot] === 0) continue
      const machines = lots.machines[lot]!
      let usd = 0
      for (let i = 0; i < hours.length; i++) {
        let running = 0
        if (!isShed(lot, i))
          for (const { count, mode } of doingAt(lot, i)) {
            if (mode === 0) continue
            running += count
            usd += count * earnedUsd(lot, mode, i)
            kw[i]! += count * modeKw(lots, lot, mode)
          }
        usd += (machines - running) * earnedUsd(lot, 0, i)
        kw[i]! += (machines - running) * lots.standbyKw[lot]!
        payStarts(into, running - on[lot]!, lots.restartUsd[lot]!)
        into.machineDaysOff += ((machines - running) * hours[i]!) / HOURS_PER_DAY
        on[lot] = running
      }
      into.cashUsd += isCoupled ? usd : tenantMarginUsd(hosting, usd)
    }
    if (isCoupled) into.cashUsd -= billUsd(kw)
  }

  /** The site's bill of the day for a power in each interval. Energy above a cap costs what is bought. */
  function billUsd(kw: Float64Array): number {
    const given = cellsOf(supply!)
    const cells = given.cells.map((cell) => ({
      ...cell,
      alternatives: withoutCap(cell.alternatives, cell.energyUsdPerKwh),
    }))
    const blocks = {
      length: hours.length,
      cell: given.cellOf,
      hours,
      pool: given.dayOf,
      kwhOfPool: given.kwhOfDay,
    }
    return siteBill(supply!, { ...given, cells }, blocks, kw).totalUsd
  }

  /** The best that a machine of a lot can earn by running in one of its modes, USD. */
  function bestUsd(lot: number, modes: readonly number[], i: number): number {
    if (isShed(lot, i)) return -Infinity
    let most = -Infinity
    for (const mode of modes) if (mode > 0) most = Math.max(most, earnedUsd(lot, mode, i))
    return most
  }

  /** The day as a step per interval for those who knew all days. */
  function hindsight(into: ReturnType<typeof createHindsight>): void {
    for (let lot = 0; lot < lots.length; lot++) {
      if (takesPart[lot] === 0) continue
      const machines = lots.machines[lot]!
      const modes = allowedModes(lots, lot)
      for (let i = 0; i < hours.length; i++)
        into.step(
          lot,
          machines * bestUsd(lot, modes, i),
          machines * earnedUsd(lot, 0, i),
          hours[i]! / HOURS_PER_DAY,
        )
    }
  }

  /** The best cash that this day could bring without restarts: no sequence of whole machines earns more. */
  function bound(into: OpenSums): void {
    if (isCoupled) boundOfSite(into)
    else
      for (let lot = 0; lot < lots.length; lot++) {
        if (takesPart[lot] === 0) continue
        const modes = allowedModes(lots, lot)
        let usd = 0
        for (let i = 0; i < hours.length; i++) {
          const off = earnedUsd(lot, 0, i)
          const on = bestUsd(lot, modes, i)
          const runs = on > off || lots.policy[lot] === PROTECTED
          usd += runs ? on : off
          if (!runs) into.machineDaysOff += (lots.machines[lot]! * hours[i]!) / HOURS_PER_DAY
        }
        into.cashUsd += tenantMarginUsd(hosting, lots.machines[lot]! * usd)
      }
  }

  function boundOfSite(into: OpenSums): void {
    const cleared = clearSite({
      lots: { ...withPart(offer, takesPart).lots, restartUsd: new Float64Array(lots.length) },
      supply: supply!,
      hashpriceUsdPerPhDay: priced.hashpriceUsdPerPhDay,
    })
    let usd = cleared.upperBoundUsd
    const { intervals, groups } = supply!
    for (let lot = 0; lot < lots.length; lot++) {
      if (takesPart[lot] === 0) continue
      for (let i = 0; i < hours.length; i++) {
        const { shedAdderUsdPerKwh, creditUsdPerKwh } = groups[intervals.group[i]!]!
        const shift = shedAdderUsdPerKwh - creditUsdPerKwh
        // A clearing counts adder and credit on standby too, and a duty's price, which nobody pays: the same whatever is chosen.
        usd +=
          lots.machines[lot]! * (earnedUsd(lot, 0, i) - hours[i]! * modeUsd(lots, lot, 0, hashprice, shift))
      }
      for (const { count, modes } of cleared.plansOf(lot))
        for (let i = 0; i < hours.length; i++)
          if (modes[i] === 0) into.machineDaysOff += (count * hours[i]!) / HOURS_PER_DAY
    }
    into.cashUsd += usd
  }
}

/** The offer with no figures for lots that take no part. */
function withPart(offer: SiteOffer, takesPart: Uint8Array): SiteOffer {
  const { lots } = offer
  if (!takesPart.includes(0)) return offer
  const pointPhs = lots.pointPhs.slice()
  takesPart.forEach((takes, lot) => {
    if (takes === 0) pointPhs.fill(NaN, lots.pointsFrom[lot], lots.pointsFrom[lot + 1])
  })
  return { ...offer, lots: { ...lots, pointPhs } }
}
