import type { Decisions } from '#shared/domain/decision/decisions.ts'
import { NO_VERDICT } from '#shared/domain/decision/words.ts'
import { BLOCK_ROWS } from '#shared/domain/fleet/columns.ts'
import { RUNNING } from '#shared/domain/fleet/fleet.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { meterPowerWAt } from '#shared/domain/margins/fleet-margins.ts'
import {
  cashMarginUsdPerDay,
  efficiencyJPerTh,
  marginShare,
  revenuePerDay,
} from '#shared/domain/margins/margin.ts'
import { inSteps } from '#shared/format/printed-sums.ts'
import { meterUnit } from '#shared/format/units.ts'
import type { PrintedMoney } from './view.ts'

/**
 * What some rows amount to. Figures of running are of the machines that run; where none of the rows does, of all as if they did.
 * Money and power add up as they are printed row by row. NaN where a figure is missing or no row has it.
 */
export type RowSums = {
  readonly rows: number
  /** of every status */
  readonly machines: number
  /** none of the rows runs: what follows is as if all did */
  readonly isIdle: boolean
  readonly hashrateThs: number
  /** at the meter */
  readonly meterW: number
  /** Σ power over Σ hashrate */
  readonly efficiencyJPerTh: number
  readonly breakevenLowUsdPerPhDay: number
  readonly breakevenHighUsdPerPhDay: number
  readonly marginUsdPerDay: number
  /** Σ margin over Σ revenue */
  readonly marginShare: number
  /** of the advice against going on as now, of every row with a verdict */
  readonly gainUsd: number
}

/** What sums are made from; the hashprice is NaN and decisions null where unknown. */
export type SumInputs = {
  readonly basis: MarginBasis
  readonly decisions: Decisions | null
  readonly hashpriceUsdPerPhDay: number
  readonly money: PrintedMoney
}

const ROWS = 0
const HASHRATE = 1
const POWER = 2
const METER = 3
const ACCEPTED = 4
const MARGIN = 5
const LOW = 6
const HIGH = 7
/** of the rows that run; those of the others follow, in the same order */
const FIELDS = 8
/** of all rows, behind both */
const ALL_ROWS = 2 * FIELDS
const MACHINES = ALL_ROWS + 1
const GAINS = ALL_ROWS + 2
const VERDICTS = ALL_ROWS + 3
const LENGTH = ALL_ROWS + 4

/** What figures are rounded by: where it is another one, sums are too. */
export const printedAs = ({ money }: Pick<SumInputs, 'money'>): readonly unknown[] => [
  ...[money.usdPerUnit, money.decimals, meterUnit().unit],
]

/** Running sums of some rows: money and power in units of the last place that is printed. */
export type OpenSums = Float64Array

export function noSums(): OpenSums {
  const sums = new Float64Array(LENGTH)
  for (const at of [0, FIELDS]) {
    sums[at + LOW] = Infinity
    sums[at + HIGH] = -Infinity
  }
  return sums
}

// Local copies: reading an exported binding per row doubles such a pass.
const noCode = NO_VERDICT
const runningStatus = RUNNING

/** One pass over the rows of a list from … to, the latter not included; those that are not wanted are passed over. */
export function addRows(
  sums: OpenSums,
  inputs: SumInputs,
  list: Uint32Array,
  from: number,
  to: number,
  wanted: Uint8Array | null = null,
): OpenSums {
  for (let at = from; at < to; at += BLOCK_ROWS)
    addBlock(sums, inputs, list, at, Math.min(at + BLOCK_ROWS, to), wanted)
  return sums
}

function addBlock(
  sums: OpenSums,
  { basis, decisions, hashpriceUsdPerPhDay, money }: SumInputs,
  list: Uint32Array,
  from: number,
  to: number,
  wanted: Uint8Array | null,
): void {
  const { fleet, acceptedPhs, avoidableCostUsdPerDay, breakevenHashpriceUsdPerPhDay } = basis
  const { quantity, hashrateThs, powerW, status } = fleet.machines
  const { usdPerUnit, decimals } = money
  const { watts, decimals: meterDecimals } = meterUnit()
  for (let i = from; i < to; i++) {
    const row = list[i]!
    if (wanted !== null && wanted[row] === 0) continue
    const q = quantity[row]!
    sums[ALL_ROWS]!++
    sums[MACHINES]! += q
    if (decisions !== null && decisions.verdict[row] !== noCode) {
      sums[VERDICTS]!++
      sums[GAINS]! += inSteps(decisions.gainUsd[row]! / usdPerUnit, decimals)
    }
    const accepted = acceptedPhs[row]!
    const cost = avoidableCostUsdPerDay[row]!
    // Rows of which a figure is missing are in no total of the fleet.
    if (!(Number.isFinite(accepted) && Number.isFinite(cost))) continue
    const at = status[row] === runningStatus ? 0 : FIELDS
    const margin = cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceUsdPerPhDay), cost)
    sums[at + ROWS]!++
    sums[at + HASHRATE]! += q * hashrateThs[row]!
    sums[at + POWER]! += q * powerW[row]!
    sums[at + METER]! += inSteps(meterPowerWAt(fleet, row) / watts, meterDecimals)
    sums[at + ACCEPTED]! += accepted
    sums[at + MARGIN]! += inSteps(margin / usdPerUnit, decimals)
    const breakeven = breakevenHashpriceUsdPerPhDay[row]!
    if (breakeven < sums[at + LOW]!) sums[at + LOW] = breakeven
    if (breakeven > sums[at + HIGH]!) sums[at + HIGH] = breakeven
  }
}

/** What several sums amount to together. */
export function together(each: readonly OpenSums[]): OpenSums {
  const all = noSums()
  for (const sums of each) {
    const lows = [0, FIELDS].map((at) => Math.min(all[at + LOW]!, sums[at + LOW]!))
    const highs = [0, FIELDS].map((at) => Math.max(all[at + HIGH]!, sums[at + HIGH]!))
    for (let field = 0; field < LENGTH; field++) all[field]! += sums[field]!
    for (const [i, at] of [0, FIELDS].entries()) {
      all[at + LOW] = lows[i]!
      all[at + HIGH] = highs[i]!
    }
  }
  return all
}

export function rowSums(
  sums: OpenSums,
  { hashpriceUsdPerPhDay, money }: Pick<SumInputs, 'hashpriceUsdPerPhDay' | 'money'>,
): RowSums {
  const isIdle = sums[ROWS] === 0
  const of = (field: number) => sums[(isIdle ? FIELDS : 0) + field]!
  const known = (value: number) => (of(ROWS) > 0 ? value : Number.NaN)
  const finite = (value: number) => (Number.isFinite(value) ? value : Number.NaN)
  const meter = meterUnit()
  const unitUsd = money.usdPerUnit / 10 ** money.decimals
  const marginUsdPerDay = known(of(MARGIN) * unitUsd)
  return {
    rows: sums[ALL_ROWS]!,
    machines: sums[MACHINES]!,
    isIdle,
    hashrateThs: known(of(HASHRATE)),
    meterW: known((of(METER) * meter.watts) / 10 ** meter.decimals),
    efficiencyJPerTh: efficiencyJPerTh(of(POWER), of(HASHRATE)),
    breakevenLowUsdPerPhDay: finite(of(LOW)),
    breakevenHighUsdPerPhDay: finite(of(HIGH)),
    marginUsdPerDay,
    marginShare: marginShare(marginUsdPerDay, revenuePerDay(of(ACCEPTED), hashpriceUsdPerPhDay)),
    gainUsd: sums[VERDICTS] === 0 ? Number.NaN : sums[GAINS]! * unitUsd,
  }
}
