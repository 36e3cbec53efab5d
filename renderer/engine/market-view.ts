import type { Picture } from '#shared/domain/decision/picture.ts'
import type { BandGrid, BreakevenBand, BreakevenSpread } from '#shared/domain/margins/breakeven-bands.ts'
import { breakevenBands, breakevenSpread } from '#shared/domain/margins/breakeven-bands.ts'
import type { FleetStand } from '#shared/domain/margins/fleet-stand.ts'
import { fleetStand } from '#shared/domain/margins/fleet-stand.ts'
import { roundStep } from '../charts/strike-line/axis.ts'

/** The fleet on the axis of the hashprice, as it is stored: nothing that is tried counts. */
export type FleetOnMarket = {
  readonly hashpriceUsdPerPhDay: number
  /** NaN where no adjustment is known */
  readonly hashpriceAfterUsdPerPhDay: number
  readonly now: FleetStand
  /** that are in no band: they do not run, are paid for nothing, or lack a figure */
  readonly machinesBeside: number
  /** null where no adjustment is known */
  readonly after: FleetStand | null
  /** the cheapest first; empty where nothing runs */
  readonly bands: readonly BreakevenBand[]
  /** null where nothing runs */
  readonly grid: BandGrid | null
}
/** null while the hashprice is not known; or why a contract cannot be weighed */
export type MarketView = FleetOnMarket | { readonly refusal: string } | null

/** As many bands as can be told apart beside an axis. */
const MOST_BANDS = 40
/** Outliers that lie no farther beyond the rest than this share of it have bands of their own. */
const NEAR = 0.5

export function marketView(picture: Picture | null): MarketView {
  if (picture === null) return null
  const { basis, market, refusal } = picture
  if (refusal !== null) return { refusal }
  const { hashpriceUsdPerPhDay: now, hashpriceAfterUsdPerPhDay: afterwards } = market
  if (!Number.isFinite(now)) return null
  const after = Number.isFinite(afterwards) ? afterwards : null
  const spread = breakevenSpread(basis)
  const grid = spread === null ? null : gridOf(spread, after === null ? [now] : [now, after])
  const bands = grid === null ? [] : breakevenBands(basis, { now, after }, grid)
  const all = basis.fleet.machines.quantity.reduce((sum, many) => sum + many, 0)
  return {
    hashpriceUsdPerPhDay: now,
    hashpriceAfterUsdPerPhDay: afterwards,
    now: fleetStand(basis, now),
    machinesBeside: bands.reduce((left, { machines }) => left - machines, all),
    after: after === null ? null : fleetStand(basis, after),
    bands,
    grid,
  }
}

/** Bands of a round height that hold the bulk of the hashrate and the lines, and what lies a little beyond. */
function gridOf({ lowest, highest, bulk }: BreakevenSpread, lines: readonly number[]): BandGrid {
  const [low, high] = [Math.min(bulk[0], ...lines), Math.max(bulk[1], ...lines)]
  const reach = NEAR * (high - low)
  const from = lowest >= low - reach ? Math.min(lowest, low) : low
  const to = highest <= high + reach ? Math.max(highest, high) : high
  const step = roundStep(to - from || Math.abs(to) / MOST_BANDS || 1, MOST_BANDS)
  const [inner, end] = [Math.floor(from / step + 1e-9), Math.floor(to / step + 1e-9) + 1]
  // What lies farther out has a band to itself, so that nothing of the bulk seems to lie there.
  const first = lowest < inner * step ? inner - 1 : inner
  const last = highest >= end * step ? end + 1 : end
  return { fromUsdPerPhDay: first * step, stepUsdPerPhDay: step, count: last - first }
}
