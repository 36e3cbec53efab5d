import { ownElseSite } from '../../fleet/columns.ts'
import { revenuePerDay } from '../../margins/margin.ts'
import type { LadderPoint } from '../../ladders/point.ts'
import { marginAtPointUsdPerDay, termsOfRow } from '../../ladders/point.ts'
import { W_PER_KW } from '../../units.ts'
import type { Advice } from '../advice.ts'
import type { Market } from '../market.ts'
import type { Prepared } from '../prepare.ts'
import { groupAt } from '../prepare.ts'
import { NO_VERDICT, OFF, PROFILE } from '../words.ts'
import { RUNNING } from '../../fleet/fleet.ts'
import { forEachAct, statusAfter } from './acts.ts'
import type { SitesToCall } from './called.ts'
import { machinesCalled, NO_ACTS } from './called.ts'

/**
 * The sites at which machines are to be powered down, paused, started or set to another operating point now.
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
    ...{ ...NO_ACTS, siteKey: sites.key[row]!, site, startAgain: 0 },
    ...{ freedKw: 0, lossUsdPerDay: 0, gainUsd: 0 },
    byModel: new Map<number, number>(),
    byPoint: new Map<string, { readonly point: LadderPoint; machines: number }>(),
  }))
  forEachAct(prepared, advice, (row, count, act, point) => {
    const siteRow = machines.site[row]!
    const at = open[siteRow]!
    const stops = statusAfter(act) === 'off'
    const isOn = machines.status[row] === RUNNING
    if (stops) at[act === OFF ? 'powerDown' : 'pause'] += count
    else if (act === PROFILE) at.set += count
    else {
      at.start += count
      if (again.has(machines.key[row]!)) at.startAgain += count
    }
    const model = machines.model.codes[row]!
    at.byModel.set(model, (at.byModel.get(model) ?? 0) + count)
    if (point !== null) {
      const { name, hashrateThs, powerW } = point
      const key = `${hashrateThs} ${powerW} ${name}`
      const same = at.byPoint.get(key)
      if (same === undefined) at.byPoint.set(key, { point, machines: count })
      else same.machines += count
    }
    const perW = (count * (1 + ownElseSite(machines.overhead[row]!, sites.overhead[siteRow]!))) / W_PER_KW
    const standbyW = machines.standbyW[row]!
    const ownW = machines.powerW[row]!
    at.freedKw += perW * ((isOn ? ownW : standbyW) - (stops ? standbyW : (point?.powerW ?? ownW)))
    if ((groups[groupAt(prepared, row)]?.contract ?? null) === null) {
      const quantity = machines.quantity[row]!
      const ownUsd =
        (revenuePerDay(basis.acceptedPhs[row]!, hashpriceUsdPerPhDay) - basis.avoidableCostUsdPerDay[row]!) /
        quantity
      const offUsd = -basis.standbyCostUsdPerDay[row]! / quantity
      const thenUsd = stops
        ? offUsd
        : point === null
          ? ownUsd
          : marginAtPointUsdPerDay(point, termsOfRow(basis.fleet, row), hashpriceUsdPerPhDay)
      at.lossUsdPerDay += count * (thenUsd - (isOn ? ownUsd : offUsd))
    }
  })
  addSums(prepared, advice, open)
  const called = open
    .filter((each) => machinesCalled(each) > 0)
    .map(({ byModel, byPoint, ...rest }) => ({
      ...rest,
      models: [...byModel]
        .map(([code, count]) => ({ model: machines.model.labels[code]!, machines: count }))
        .sort((a, b) => b.machines - a.machines),
      points: [...byPoint.values()].sort((a, b) => b.machines - a.machines),
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
