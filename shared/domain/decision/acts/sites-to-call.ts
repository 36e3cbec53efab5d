import { ownElseSite } from '../../fleet/columns.ts'
import { revenuePerDay } from '../../margins/margin.ts'
import { W_PER_KW } from '../../units.ts'
import type { Advice } from '../advice.ts'
import type { Market } from '../market.ts'
import type { Prepared } from '../prepare.ts'
import { groupAt } from '../prepare.ts'
import { NO_VERDICT, OFF, PAUSE } from '../words.ts'
import { forEachAct } from './acts.ts'
import type { SitesToCall } from './called.ts'
import { machinesCalled } from './called.ts'

/**
 * The sites at which machines are to be powered down, paused or started now.
 * @param paused keys of machines that were powered down until a change that was ahead then
 */
export function sitesToCall(
  prepared: Prepared,
  { hashpriceUsdPerPhDay }: Market,
  advice: Advice,
  paused: ArrayLike<number> = [],
): SitesToCall {
  const { basis, groups } = prepared
  const { machines, sites } = basis.fleet
  const again = new Set(Array.from(paused))
  const open = Array.from(sites.name, (site, row) => ({
    ...{ siteKey: sites.key[row]!, site, powerDown: 0, pause: 0, start: 0, startAgain: 0 },
    ...{ freedKw: 0, lossUsdPerDay: 0, gainUsd: 0 },
    byModel: new Map<number, number>(),
  }))
  forEachAct(prepared, advice, (row, count, act) => {
    const siteRow = machines.site[row]!
    const at = open[siteRow]!
    const stops = act === OFF || act === PAUSE
    if (act === OFF) at.powerDown += count
    else if (act === PAUSE) at.pause += count
    else {
      at.start += count
      if (again.has(machines.key[row]!)) at.startAgain += count
    }
    const model = machines.model.codes[row]!
    at.byModel.set(model, (at.byModel.get(model) ?? 0) + count)
    const side = stops ? 1 : -1
    const perW = (count * (1 + ownElseSite(machines.overhead[row]!, sites.overhead[siteRow]!))) / W_PER_KW
    at.freedKw += side * perW * (machines.powerW[row]! - machines.standbyW[row]!)
    if ((groups[groupAt(prepared, row)]?.contract ?? null) === null) {
      const runsUsd =
        revenuePerDay(basis.acceptedPhs[row]!, hashpriceUsdPerPhDay) -
        basis.avoidableCostUsdPerDay[row]! +
        basis.standbyCostUsdPerDay[row]!
      at.lossUsdPerDay -= (side * runsUsd * count) / machines.quantity[row]!
    }
  })
  addSums(prepared, advice, open)
  const called = open
    .filter((each) => machinesCalled(each) > 0)
    .map(({ byModel, ...rest }) => ({
      ...rest,
      models: [...byModel]
        .map(([code, count]) => ({ model: machines.model.labels[code]!, machines: count }))
        .sort((a, b) => b.machines - a.machines),
    }))
    .sort((a, b) => b.gainUsd - a.gainUsd || machinesCalled(b) - machinesCalled(a))
  return {
    sites: called,
    elsewhereUsd: advice.totals.gainUsd - called.reduce((sum, { gainUsd }) => sum + gainUsd, 0),
  }
}

/** What is advised at each site is worth: of rows where these add up, of the whole where the site is decided as one. */
function addSums(
  prepared: Prepared,
  { decisions, groupSums }: Advice,
  open: readonly { lossUsdPerDay: number; gainUsd: number }[],
): void {
  const { site } = prepared.basis.fleet.machines
  const { gainUsd, verdict, length } = decisions
  const isWhole = prepared.groups.map(({ contract }) => contract !== null)
  for (let row = 0; row < length; row++) {
    const group = groupAt(prepared, row)
    if (verdict[row] === NO_VERDICT || (group !== -1 && isWhole[group]!)) continue
    open[site[row]!]!.gainUsd += gainUsd[row]!
  }
  prepared.groups.forEach((group, n) => {
    const sums = groupSums[n]
    const at = open[group.site]
    if (!isWhole[n]! || sums === undefined || at === undefined) return
    at.gainUsd += sums.gain
    at.lossUsdPerDay += sums.advisedNow - sums.asIsNow
  })
}
