import { PROTECTED } from '../../power/machine-policy.ts'
import { withoutCap } from '../../power/supply-steps.ts'
import type { SiteSupply } from '../../power/supply.ts'
import { HOURS_PER_DAY } from '../../units.ts'
import { isDecided, modeKw, modePhs } from './demand-curve.ts'
import type { Lots } from '../sites/lots.ts'
import { blocksOfCells } from './site-blocks.ts'
import { cellsOf } from './site-cells.ts'
import type { Cells } from './site-cells.ts'
import { siteBill } from './site-cost.ts'

/** What a coupled site earns over the horizon, USD: revenue − other cost − its bill. Energy above a cap costs what is bought. */
export type SiteWorth = { readonly totalUsd: number; readonly perStageUsd: readonly number[] }

/**
 * The site with each machine in one mode throughout: 0 off, 1 its own point.
 * @param modeOf per lot
 */
export function siteWorth(
  lots: Lots,
  supply: SiteSupply,
  hashpriceUsdPerPhDay: readonly number[],
  modeOf: (lot: number) => 0 | 1,
): SiteWorth {
  const given = cellsOf(supply)
  const cells: Cells = {
    ...given,
    cells: given.cells.map((cell) => ({
      ...cell,
      alternatives: withoutCap(cell.alternatives, cell.energyUsdPerKwh),
    })),
  }
  const blocks = blocksOfCells(cells)
  let phs = 0
  let kw = 0
  let shedKw = 0
  let shedStandbyKw = 0
  let otherUsdPerHour = 0
  for (let lot = 0; lot < lots.length; lot++) {
    if (!isDecided(lots, lot)) continue
    const machines = lots.machines[lot]!
    const each = machines * modeKw(lots, lot, modeOf(lot))
    phs += machines * modePhs(lots, lot, modeOf(lot))
    kw += each
    otherUsdPerHour += lots.otherUsdPerKwh[lot]! * each
    if (lots.policy[lot] === PROTECTED) continue
    shedKw += each
    shedStandbyKw += machines * lots.standbyKw[lot]!
  }
  // Committed energy of a day may lie in two stages: each stage is what it adds to the bill of those before it.
  const billUpTo = (stage: number) => {
    const drawn = Float64Array.from(cells.cells, (cell) => (cell.stage <= stage ? kw : 0))
    return siteBill(supply, cells, blocks, drawn).totalUsd
  }
  const perStageUsd = hashpriceUsdPerPhDay.map((hashprice, stage) => {
    let usd = 0
    // In the hours that a programme sheds, what may be shed stands by; its duty is no money.
    for (const cell of cells.cells)
      if (cell.stage === stage)
        usd +=
          cell.hours *
          ((hashprice * phs) / HOURS_PER_DAY -
            otherUsdPerHour -
            cell.shiftUsdPerKwh * shedKw -
            cell.creditUsdPerKwh * shedStandbyKw)
    return usd - billUpTo(stage) + billUpTo(stage - 1)
  })
  return { perStageUsd, totalUsd: perStageUsd.reduce((sum, usd) => sum + usd, 0) }
}
