import { ownElseSite } from '../../fleet/columns.ts'
import { RUNNING } from '../../fleet/fleet.ts'
import type { Ladder, LadderPoint, OperatingPoint } from '../../ladders/point.ts'
import type { MarginBasis } from '../../margins/fleet-margins.ts'
import { powerPriceUsdPerKwhAt } from '../../margins/fleet-margins.ts'
import { acceptedPhs, energyAtDrawKwhPerDay, energyKwhPerDay } from '../../margins/margin.ts'
import { includesEnergy, tenantRevenueShare } from '../../power/hosting.ts'
import type { Hosting } from '../../power/hosting.ts'
import { FOLLOW } from '../../power/machine-policy.ts'
import { HOURS_PER_DAY, W_PER_KW } from '../../units.ts'
import type { Lots } from './lots.ts'

/** How a site's terms change what its machines are billed and paid. */
export type LotTerms = {
  readonly hosting: Hosting | null
  /** what energy of the site itself costs, USD/kWh; a machine that pays another price of its own carries the difference. NaN: no machine has a price of its own there */
  readonly siteUsdPerKwh: number
}

/**
 * The rows of a site as lots, in the order of the rows: lot l is row rows[l]. NaN stays where a figure is missing.
 * @param ladderOf operating points that a row has beside its own; points with the figures of its own are left out
 */
export function siteLots(
  basis: MarginBasis,
  rows: Uint32Array,
  { hosting, siteUsdPerKwh }: LotTerms,
  policies: Uint8Array | null,
  ladderOf: ((row: number) => Ladder | null) | null,
): Lots {
  const { machines, sites } = basis.fleet
  const length = rows.length
  const ladders: (Ladder | null)[] = []
  let points = 0
  for (const row of rows) {
    const ladder = ladderOf?.(row) ?? null
    ladders.push(ladder)
    points += 1 + (ladder?.points.length ?? 0)
  }
  const pointKw = new Float64Array(points)
  const pointPhs = new Float64Array(points)
  const column = () => new Float64Array(length)
  const lots = {
    length,
    machines: column(),
    isOn: new Uint8Array(length),
    policy: new Uint8Array(length),
    restartUsd: column(),
    otherUsdPerKwh: column(),
    standbyKw: column(),
    pointsFrom: new Uint32Array(length + 1),
    pointKw,
    pointPhs,
  }
  const isHosted = hosting !== null && includesEnergy(hosting)
  const isNameplate = hosting?.model === 'per-kwh' && hosting.basis === 'nameplate'
  const share = tenantRevenueShare(hosting)
  let at = 0
  for (let lot = 0; lot < length; lot++) {
    const row = rows[lot]!
    const site = machines.site[row]!
    const overhead = ownElseSite(machines.overhead[row]!, sites.overhead[site]!)
    const uptime = machines.uptime[row]!
    const standbyW = machines.standbyW[row]!
    const own = { hashrateThs: machines.hashrateThs[row]!, powerW: machines.powerW[row]! }
    const paid = (hashrateThs: number) =>
      share * acceptedPhs(1, hashrateThs, uptime, machines.poolFee[row]!, machines.hostShare[row]!)
    const kw = (powerW: number) =>
      isNameplate ? powerW / W_PER_KW : energyKwhPerDay(1, powerW, standbyW, uptime, overhead) / HOURS_PER_DAY
    lots.machines[lot] = machines.quantity[row]!
    lots.isOn[lot] = machines.status[row] === RUNNING ? 1 : 0
    lots.policy[lot] = policies?.[row] ?? FOLLOW
    lots.restartUsd[lot] = machines.restartUsd[row]!
    // With a host that bills energy, grid fees and the like are the host's cost.
    lots.otherUsdPerKwh[lot] = isHosted
      ? 0
      : ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[site]!) +
        (Number.isNaN(siteUsdPerKwh) ? 0 : powerPriceUsdPerKwhAt(basis.fleet, row) - siteUsdPerKwh)
    lots.standbyKw[lot] = isNameplate ? 0 : energyAtDrawKwhPerDay(1, standbyW, overhead) / HOURS_PER_DAY
    lots.pointsFrom[lot] = at
    pointKw[at] = kw(own.powerW)
    pointPhs[at++] = paid(own.hashrateThs)
    for (const point of pointsBesideOwn(ladders[lot]!, own)) {
      pointKw[at] = kw(point.powerW)
      pointPhs[at++] = paid(point.hashrateThs)
    }
  }
  lots.pointsFrom[length] = at
  return lots
}

/** The points of a ladder that are another than the machine's own: point j + 1 of a lot is entry j. */
export function pointsBesideOwn(ladder: Ladder | null, own: OperatingPoint): readonly LadderPoint[] {
  return (ladder?.points ?? []).filter(
    ({ hashrateThs, powerW }) => hashrateThs !== own.hashrateThs || powerW !== own.powerW,
  )
}
