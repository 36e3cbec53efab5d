import type { Advice } from '../domain/decision/advice.ts'
import type { WorkList } from '../domain/decision/acts/work-list.ts'
import { changeAhead } from '../domain/decision/first-change.ts'
import type { Market } from '../domain/decision/market.ts'
import type { Prepared } from '../domain/decision/prepare.ts'
import { groupAt } from '../domain/decision/prepare.ts'
import { OFF, PAUSE, START, VERDICTS } from '../domain/decision/words.ts'
import { labelAt, textAt } from '../domain/fleet/columns.ts'
import type { ActVerdict } from './act-words.ts'
import { scheduleWords } from './advice-words.ts'

/** A line of a work list; '' where something is not known. */
export type WorkLine = {
  readonly key: number
  readonly site: string
  readonly rack: string
  readonly position: string
  readonly ip: string
  readonly id: string
  readonly model: string
  readonly serial: string
  /** to switch, of those that the lot has */
  readonly machines: number
  readonly quantity: number
  readonly act: ActVerdict
  /** until when, unix ms; NaN: for good, or no date is known */
  readonly untilMs: number
  /** when it is off in the next 48 hours once it runs */
  readonly hours: string
}

/** Reads the lines of a work list one by one. */
export function workLines(
  prepared: Prepared,
  market: Market,
  advice: Advice,
  { row: rows, machines: counts, act: acts }: WorkList,
): (line: number) => WorkLine {
  const { machines, sites } = prepared.basis.fleet
  const fromMs = market.stages[0]?.fromMs ?? Number.NaN
  return (line) => {
    const row = rows[line]!
    const act = acts[line]!
    const isScheduled = act !== OFF && act !== PAUSE && groupAt(prepared, row) !== -1
    const { schedule, timeZone } = isScheduled ? advice.row(row) : { schedule: [], timeZone: null }
    return {
      key: machines.key[row]!,
      site: sites.name[machines.site[row]!]!,
      rack: labelAt(machines.rack, row),
      position: textAt(machines.position, row),
      ip: textAt(machines.ip, row),
      id: textAt(machines.id, row),
      model: labelAt(machines.model, row),
      serial: textAt(machines.serial, row),
      machines: counts[line]!,
      quantity: machines.quantity[row]!,
      act: VERDICTS[act] as ActVerdict,
      untilMs: act === OFF || act === START ? Number.NaN : changeAhead(market, advice.decisions, row).untilMs,
      hours: scheduleWords(schedule, fromMs, timeZone) ?? '',
    }
  }
}
