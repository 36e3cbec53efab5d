import type { SupplySteps } from '../../power/supply.ts'
import { allowedModes, isDecided, modeKw, modeUsd } from './demand-curve.ts'
import type { Lots } from '../sites/lots.ts'
import type { Cell } from './site-cells.ts'
import { capKw, costUnder } from './site-cells.ts'
import type { Plan } from './site-plans.ts'

/** A line that goes on beyond its limits: below the floor and above the cap at prices that nobody pays. */
export function hardLine(line: SupplySteps, floorKw: number, steepUsdPerKwh: number): SupplySteps {
  return beyond(line, floorKw, -steepUsdPerKwh, steepUsdPerKwh)
}

/**
 * A line that goes on beyond its limits at the site's marginal price: what is taken above a cap another machine must leave, and what is
 * missing at a floor another one must take.
 */
export function softLine(line: SupplySteps, floorKw: number, lambdaUsdPerKwh: number): SupplySteps {
  const first = line.usdPerKwh[0] ?? lambdaUsdPerKwh
  const last = line.usdPerKwh.at(-1) ?? lambdaUsdPerKwh
  return beyond(line, floorKw, Math.min(lambdaUsdPerKwh - first, 0), Math.max(lambdaUsdPerKwh - last, 0))
}

/** @param below and @param above: what a kWh costs beyond a limit, on top of its price */
function beyond(line: SupplySteps, floorKw: number, below: number, above: number): SupplySteps {
  const kw: number[] = []
  const usdPerKwh: number[] = []
  let fixedUsdPerHour = line.fixedUsdPerHour ?? 0
  let end = 0
  line.kw.forEach((width, k) => {
    const under = Math.max(Math.min(floorKw - end, width), 0)
    if (under > 0) {
      kw.push(under)
      usdPerKwh.push(line.usdPerKwh[k]! + below)
      fixedUsdPerHour -= under * below
    }
    if (width > under) {
      kw.push(width - under)
      usdPerKwh.push(line.usdPerKwh[k]!)
    }
    end += width
  })
  if (capKw(line) < Infinity) {
    kw.push(Infinity)
    usdPerKwh.push((line.usdPerKwh.at(-1) ?? 0) + above)
  }
  return { kw, usdPerKwh, fixedUsdPerHour }
}

type MarginTask = {
  readonly lots: Lots
  readonly cells: readonly Cell[]
  /** per interval */
  readonly cellOf: Uint16Array
  readonly hours: Float64Array
  readonly powerKw: Float64Array
  readonly hashpriceUsdPerPhDay: readonly number[]
  /** per cell, open at both ends */
  readonly lines: readonly SupplySteps[]
  readonly plansOf: (lot: number) => readonly Plan[]
}

/** What a lot earns by running, at the exact extra cost of its energy, the rest as advised. */
export function siteMargins(task: MarginTask) {
  const { lots, cells, cellOf, hours, powerKw, hashpriceUsdPerPhDay, lines, plansOf } = task
  return { marginsOf, marginsOfPlans, worthOf }

  /** Per interval, what a lot's machines earn over standing by if they follow other plans, the rest as advised, USD. */
  function marginsOfPlans(lot: number, plans: readonly Plan[]): Float64Array {
    const margins = new Float64Array(hours.length)
    if (!isDecided(lots, lot)) return margins.fill(NaN)
    const standby = modeKw(lots, lot, 0)
    const machines = lots.machines[lot]!
    for (let i = 0; i < hours.length; i++) {
      const cell = cells[cellOf[i]!]!
      const line = lines[cellOf[i]!]!
      let rest = powerKw[i]!
      for (const { count, modes } of plansOf(lot)) rest -= count * modeKw(lots, lot, modes[i]!)
      rest = Math.max(rest, 0)
      let usd = -machines * modeUsd(lots, lot, 0, 0, cell.shiftUsdPerKwh)
      let kw = rest
      for (const { count, modes } of plans) {
        usd += count * modeUsd(lots, lot, modes[i]!, hashpriceUsdPerPhDay[cell.stage]!, cell.shiftUsdPerKwh)
        kw += count * modeKw(lots, lot, modes[i]!)
      }
      margins[i] = hours[i]! * (usd - costUnder(line, kw) + costUnder(line, rest + machines * standby))
    }
    return margins
  }

  function marginsOf(lot: number, siteKw: Float64Array = powerKw): Float64Array {
    const margins = new Float64Array(hours.length)
    if (!isDecided(lots, lot)) return margins.fill(NaN)
    const machines = lots.machines[lot]!
    const own = plansOf(lot)
    const modes = allowedModes(lots, lot)
    const standbyKw = modeKw(lots, lot, 0)
    for (let i = 0; i < hours.length; i++) {
      const { stage, shiftUsdPerKwh } = cells[cellOf[i]!]!
      const line = lines[cellOf[i]!]!
      const hashprice = hashpriceUsdPerPhDay[stage]!
      let rest = siteKw[i]!
      for (const plan of own) rest -= plan.count * modeKw(lots, lot, plan.modes[i]!)
      rest = Math.max(rest, 0)
      let on = -Infinity
      for (const mode of modes)
        if (mode > 0) {
          const usd = machines * modeUsd(lots, lot, mode, hashprice, shiftUsdPerKwh)
          on = Math.max(on, usd - costUnder(line, rest + machines * modeKw(lots, lot, mode)))
        }
      const off =
        machines * modeUsd(lots, lot, 0, hashprice, shiftUsdPerKwh) -
        costUnder(line, rest + machines * standbyKw)
      margins[i] = hours[i]! * (on - off)
    }
    return margins
  }

  function worthOf(lot: number): Float64Array {
    const margins = marginsOf(lot)
    const worth = new Float64Array(hashpriceUsdPerPhDay.length)
    const paying = new Float64Array(worth.length)
    margins.forEach((usd, i) => {
      const { stage } = cells[cellOf[i]!]!
      worth[stage]! += usd
      if (!(usd <= 0)) paying[stage]! += usd
    })
    return worth.map((usd, stage) => (paying[stage]! > 0 ? paying[stage]! : usd))
  }
}
