import { changeAhead } from '../domain/decision/first-change.ts'
import { isPartTime } from '../domain/decision/part-time.ts'
import type { Picture } from '../domain/decision/picture.ts'
import { groupAt } from '../domain/decision/prepare.ts'
import {
  HOLD,
  isOnAtOnce,
  NO_VERDICT,
  PROFILE,
  RUN,
  STAY_OFF,
  TIE,
  VERDICTS,
} from '../domain/decision/words.ts'
import type { Fleet } from '../domain/fleet/fleet.ts'
import { RUNNING } from '../domain/fleet/fleet.ts'
import { overheadAt } from '../domain/margins/fleet-margins.ts'
import { cashMarginUsdPerDay, meterPowerW, revenuePerDay } from '../domain/margins/margin.ts'
import { W_PER_KW } from '../domain/units.ts'
import { adviceWords } from '../format/advice-words.ts'
import { count } from '../format/numbers.ts'

/** What is to be done at a lot: now, or later or in some hours. */
export const CHANGE_KINDS = ['powerDown', 'start', 'set', 'later'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** One lot whose advice is not to go on as it is; money is of the machines that it concerns. */
export type ChangeRow = {
  readonly row: number
  /** of the lot, those that do something else */
  readonly machines: number
  /** power at the meter that they free or take */
  readonly meterKw: number
  /** as they are, or would be if they ran */
  readonly marginUsdPerDay: number
  /** of the whole lot, over the horizon; per day where no date is known */
  readonly gainUsd: number
  readonly words: string
}

export type ChangeRows = Readonly<Record<ChangeKind, readonly ChangeRow[]>>

/** Every lot once that is to do something else, now or within the horizon: site by site, most money first. One pass. */
export function changeRows(picture: Picture, asOfMs: number): ChangeRows {
  const { prepared, basis, market, advice } = picture
  const rows: Record<ChangeKind, ChangeRow[]> = { powerDown: [], start: [], set: [], later: [] }
  if (advice === null) return rows
  const { machines } = basis.fleet
  const { decisions } = advice
  const { hashpriceUsdPerPhDay } = market
  for (let row = 0; row < basis.length; row++) {
    const code = decisions.verdict[row]!
    if (code === NO_VERDICT || code === HOLD) continue
    const isGrouped = groupAt(prepared, row) !== -1
    if (!isGrouped && (code === RUN || code === STAY_OFF)) continue
    const quantity = machines.quantity[row]!
    const gainUsd = decisions.gainUsd[row]!
    const isOn = machines.status[row] === RUNNING
    const runs = (isGrouped ? advice.split(row) : null)?.run ?? (isOnAtOnce(code, isOn) ? quantity : 0)
    const isSplit = runs > 0 && runs < quantity
    // A worth that is nothing but rounding is none.
    if ((code === RUN || code === STAY_OFF) && !isSplit && Math.abs(gainUsd) <= TIE * quantity) continue
    // A row is dear to ask for: only what these say is not in the columns.
    const detail = isGrouped && (code === PROFILE || code === RUN) ? advice.row(row) : null
    const kind = kindOf(code, isOn, runs, quantity)
    const changed = kind === 'powerDown' ? quantity - runs : kind === 'start' ? runs : quantity
    const pointW = code === PROFILE ? (advice.pointOf(row)?.powerW ?? null) : null
    const margin = cashMarginUsdPerDay(
      revenuePerDay(basis.acceptedPhs[row]!, hashpriceUsdPerPhDay),
      basis.avoidableCostUsdPerDay[row]!,
    )
    rows[kind].push({
      row,
      machines: changed,
      meterKw: changed * kwBetween(basis.fleet, row, kind, pointW),
      marginUsdPerDay: (margin * changed) / quantity,
      gainUsd,
      words: isSplit
        ? `${count(runs)} of ${count(quantity)} run, the others ${isOn ? 'power down' : 'stay off'}`
        : code === RUN && detail !== null && isPartTime(detail.shareOfHours)
          ? 'Run, and stand still in dear hours'
          : adviceWords(
              VERDICTS[code]!,
              { ...changeAhead(market, decisions, row), mode: detail?.mode ?? null },
              undefined,
              asOfMs,
            ),
    })
  }
  const { site } = machines
  for (const kind of CHANGE_KINDS)
    rows[kind].sort((a, b) => site[a.row]! - site[b.row]! || b.gainUsd - a.gainUsd)
  return rows
}

/**
 * Power at the meter between what one machine draws now and then, kW: what it frees, or what it takes more.
 * @param pointW of another operating point; null: its own
 */
function kwBetween(fleet: Fleet, row: number, kind: ChangeKind, pointW: number | null): number {
  const { machines } = fleet
  const ownW = machines.powerW[row]!
  const standbyW = machines.standbyW[row]!
  const thenW = pointW ?? ownW
  const betweenW = kind === 'set' ? thenW - ownW : kind === 'start' ? thenW - standbyW : ownW - standbyW
  return meterPowerW(1, betweenW, overheadAt(fleet, row)) / W_PER_KW
}

function kindOf(code: number, isOn: boolean, runs: number, quantity: number): ChangeKind {
  if (isOn && runs < quantity) return 'powerDown'
  if (!isOn && runs > 0) return 'start'
  return code === PROFILE ? 'set' : 'later'
}
