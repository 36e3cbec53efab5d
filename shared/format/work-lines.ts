import type { Advice, RowHours } from '../domain/decision/advice.ts'
import type { WorkList } from '../domain/decision/acts/work-list.ts'
import { changeAhead } from '../domain/decision/first-change.ts'
import type { LadderPoint } from '../domain/ladders/point.ts'
import type { Market } from '../domain/decision/market.ts'
import type { Prepared } from '../domain/decision/prepare.ts'
import { statusAfter } from '../domain/decision/acts/acts.ts'
import { groupAt } from '../domain/decision/prepare.ts'
import { PAUSE, START_UNTIL, VERDICTS } from '../domain/decision/words.ts'
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
  /** that it is to run at; null: its own */
  readonly point: LadderPoint | null
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
  { row: rows, machines: counts, act: acts, point: points }: WorkList,
): (line: number) => WorkLine {
  const { machines, sites } = prepared.basis.fleet
  const fromMs = market.stages[0]?.fromMs ?? Number.NaN
  // Many machines keep the same hours.
  const words = new Map<string, string>()
  function hoursWords({ schedule, timeZone }: RowHours): string {
    if (schedule.length === 0) return ''
    const key = `${timeZone} ${schedule.map(({ fromMs, mode }) => `${fromMs} ${mode}`).join()}`
    const known = words.get(key) ?? scheduleWords(schedule, fromMs, timeZone) ?? ''
    words.set(key, known)
    return known
  }
  return (line) => {
    const row = rows[line]!
    const act = acts[line]!
    const isScheduled = statusAfter(act) === 'running' && groupAt(prepared, row) !== -1
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
      point: points[line]!,
      untilMs:
        act === PAUSE || act === START_UNTIL
          ? changeAhead(market, advice.decisions, row).untilMs
          : Number.NaN,
      hours: isScheduled ? hoursWords(advice.hours(row)) : '',
    }
  }
}
