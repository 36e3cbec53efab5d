import { PROTECTED } from '../../power/machine-policy.ts'
import { HOURS_PER_DAY, MS_PER_DAY } from '../../units.ts'
import { capKw, cellsOf, sameKw } from '../clearing/site-cells.ts'
import type { Plan } from '../clearing/site-plans.ts'
import { addPower } from '../clearing/site-plans.ts'
import { runsNow } from '../waiting/hold.ts'
import { isOnAtOnce, NO_VERDICT } from '../words.ts'
import type { SiteScene } from './decide-site.ts'
import type { PlanWord } from './plan-words.ts'
import { isDuty } from './site-offer.ts'
import { switchingOf } from './site-rows.ts'

/** Which lots of a cleared site wait for the next review instead of switching. */
export type WaitingLots = {
  /** per lot */
  readonly isHeld: Uint8Array
  /** of the site with them, per interval */
  readonly kw: Float64Array
}

/**
 * One lot after the other, each against the rest as advised, those that wait already counted as waiting: what one alone may wait for at
 * little cost, many together may not where energy gets dearer with each. Running machines that earn most from a kWh come first, then
 * idle ones that would earn least. What must not be is not waited for: until the review the site keeps its cap and its floor.
 *
 * @param plans and @param words per lot
 */
export function waitingLots(
  scene: SiteScene,
  plans: readonly (readonly Plan[])[],
  words: readonly PlanWord[],
): WaitingLots {
  const { offer, horizon } = scene
  const { lots, priced, supply } = offer
  const clearing = scene.clearing!
  const kw = clearing.powerKw.slice()
  const isHeld = new Uint8Array(lots.length)
  const { cells, cellOf } = cellsOf(supply!)
  const reviewMs = priced.atMs[0]! + horizon.reviewDays * MS_PER_DAY
  const asNow = asNowOf(scene)
  if (horizon.volatilityPerYear > 0)
    for (const lot of mayWait()) {
      const isOn = lots.isOn[lot] === 1
      const { run } = scene.words.counts(plans[lot]!)
      const switching = (isOn ? lots.machines[lot]! - run : run) / lots.machines[lot]!
      const worth = switchingOf(clearing.marginsOf(lot, kw), offer, lot, horizon, switching)
      if (runsNow(isOn, worth) !== isOn) continue
      move(plans[lot]!, asNow(lot), lot)
      if (keepsLimits()) isHeld[lot] = 1
      else move(asNow(lot), plans[lot]!, lot)
    }
  return { isHeld, kw }

  /** Lots that would switch at a cost, in the order in which they are asked. */
  function mayWait(): readonly number[] {
    const asked: number[] = []
    for (let lot = 0; lot < lots.length; lot++) {
      const { code } = words[lot]!
      const isOn = lots.isOn[lot] === 1
      if (code === NO_VERDICT || isOnAtOnce(code, isOn) === isOn) continue
      if (lots.restartUsd[lot]! > 0 && lots.policy[lot] !== PROTECTED) asked.push(lot)
    }
    const bid = Float64Array.from({ length: lots.length }, (_, lot) => bidUsdPerKwh(lot))
    const first = (lot: number) => (lots.isOn[lot] === 1 ? -bid[lot]! : bid[lot]!)
    return asked.sort((a, b) => lots.isOn[b]! - lots.isOn[a]! || first(a) - first(b) || a - b)
  }

  /** What a kWh earns a lot at its own point in the first stage, other cost paid. */
  function bidUsdPerKwh(lot: number): number {
    const at = lots.pointsFrom[lot]!
    const usdPerHour = (priced.hashpriceUsdPerPhDay[0]! * lots.pointPhs[at]!) / HOURS_PER_DAY
    return usdPerHour / Math.max(lots.pointKw[at]! - lots.standbyKw[lot]!, 0) - lots.otherUsdPerKwh[lot]!
  }

  function move(from: readonly Plan[], to: readonly Plan[], lot: number): void {
    for (const plan of from) addPower(kw, lots, lot, plan, -1)
    for (const plan of to) addPower(kw, lots, lot, plan, 1)
  }

  function keepsLimits(): boolean {
    for (let i = 0; i < kw.length && priced.atMs[i]! < reviewMs; i++) {
      const { floorKw, alternatives } = cells[cellOf[i]!]!
      if (kw[i]! < floorKw - sameKw(floorKw)) return false
      const mostKw = Math.min(...alternatives.map(capKw))
      if (kw[i]! > mostKw + sameKw(mostKw)) return false
    }
    return true
  }
}

/** What a lot does if nobody does anything: on in every interval but those of a programme's duty, or off. */
export function asNowOf({ offer: { lots, priced } }: SiteScene): (lot: number) => readonly Plan[] {
  const n = priced.hours.length
  const off = new Uint8Array(n)
  const on = new Uint8Array(n).fill(1)
  const shed = on.map((_, i) => (isDuty(priced, i) ? 0 : 1))
  return (lot) => {
    const modes = lots.isOn[lot] === 0 ? off : lots.policy[lot] === PROTECTED ? on : shed
    return [{ count: lots.machines[lot]!, modes }]
  }
}
