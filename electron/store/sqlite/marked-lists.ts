import { basename } from 'node:path'
import { forEachAct, statusAfter } from '#shared/domain/decision/acts/acts.ts'
import { sitesToCall } from '#shared/domain/decision/acts/sites-to-call.ts'
import { countsOf, NO_ACTS } from '#shared/domain/decision/acts/called.ts'
import { gatherMachines } from '#shared/domain/decision/acts/decided-machines.ts'
import { stakesOfRows } from '#shared/domain/decision/acts/stakes-of-rows.ts'
import type { LadderPoint, OperatingPoint } from '#shared/domain/ladders/point.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { counted } from '#shared/format/numbers.ts'
import { calendarDayOf } from '#shared/format/times.ts'
import type { MarkedWorkList, WorkListFault } from '#electron/files/worklist/read-work-list.ts'
import { readWorkList } from '#electron/files/worklist/read-work-list.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { MOST_BY_LENGTH } from '#shared/domain/decision/acts/decision-log.ts'
import type { MarkedListPreview, Recorded } from '../port.ts'
import type { Switch } from './switch-machines.ts'
import type { ActPorts, ActScene } from './acts.ts'
import { basisOf, expectRevision, saidOf } from './acts.ts'
import { switchMachines } from './switch-machines.ts'

const FAULTS_SHOWN = 100

/** A list between its preview and its confirmation. */
export type WaitingList = { readonly token: string; readonly fileName: string; readonly list: MarkedWorkList }

export async function waitingList(path: string): Promise<WaitingList> {
  return { token: crypto.randomUUID(), fileName: basename(path), list: await readWorkList(path) }
}

/** A line that can be done: its row of the fleet. */
type Doable = {
  readonly line: number
  readonly row: number
  readonly isAlready: boolean
  /** machines of the line, and those of them that are done */
  readonly machines: number
  readonly done: number
}

const OFF = MACHINE_STATUSES.indexOf('off')
const REPAIR = MACHINE_STATUSES.indexOf('repair')
const actOf = (list: MarkedWorkList, line: number) => VERDICTS.indexOf(list.act[line]!)

const isSame = (one: OperatingPoint) => (other: OperatingPoint) =>
  one.hashrateThs === other.hashrateThs && one.powerW === other.powerW

/** What an act comes to, as a key. */
const outcomeOf = (act: number, point: OperatingPoint | null) =>
  point === null ? statusAfter(act) : `${statusAfter(act)} ${point.hashrateThs} ${point.powerW}`

const COUNTED_AS = {
  off: 'powerDown',
  pause: 'pause',
  start: 'start',
  'start-until': 'start',
  profile: 'set',
} as const

/** Lines whose machines are there, and why the others are not. */
function judge(list: MarkedWorkList, { prepared }: ActScene) {
  const { machines } = prepared.basis.fleet
  const wanted = new Set(list.id)
  const rowOf = new Map<string, number>()
  for (let row = 0; row < machines.length; row++) {
    const id = textAt(machines.id, row)
    if (wanted.has(id)) rowOf.set(id, row)
  }
  const isAt = (row: number, point: OperatingPoint) =>
    isSame(point)({ hashrateThs: machines.hashrateThs[row]!, powerW: machines.powerW[row]! })
  const doable: Doable[] = []
  const leftOut: WorkListFault[] = [...list.faults]
  const seen = new Set<number>()
  function faultOf(id: string, line: number, row: number): string | null {
    const point = list.point[line] ?? null
    if (seen.has(row)) return `${id} stands in the list twice`
    if (machines.status[row] === REPAIR) return `${id} is in repair`
    if (
      point !== null &&
      !isAt(row, point) &&
      !(prepared.laddersOf(row).counted?.points ?? []).some(isSame(point))
    )
      return `${id} has no operating point of ${point.hashrateThs} TH/s and ${point.powerW} W`
    const quantity = machines.quantity[row]!
    const listed = list.machines[line] ?? quantity
    // A part that is done has left the lot, and must not be done again.
    return listed > quantity
      ? `${id} has ${counted(quantity, 'machine')} now and the list has ${listed}: perhaps it was recorded already`
      : null
  }
  list.id.forEach((id, line) => {
    const row = rowOf.get(id)
    const why = row === undefined ? `there is no machine ${id} in the fleet` : faultOf(id, line, row)
    if (row === undefined || why !== null) {
      leftOut.push({ line: list.line[line]!, message: why! })
      return
    }
    seen.add(row)
    const isOff = machines.status[row] === OFF
    const point = list.point[line] ?? null
    const quantity = machines.quantity[row]!
    doable.push({
      ...{
        line,
        row,
        isAlready:
          isOff === (statusAfter(actOf(list, line)) === 'off') && (point === null || isAt(row, point)),
      },
      ...{ machines: list.machines[line] ?? quantity, done: list.done[line] ?? quantity },
    })
  })
  leftOut.sort((a, b) => a.line - b.line)
  return { doable, leftOut }
}

function questionsOf(
  list: MarkedWorkList,
  doable: readonly Doable[],
  { prepared, advice }: ActScene,
  nowMs: number,
): readonly string[] {
  const day = (atMs: number) => new Date(atMs).toDateString()
  const advised = new Map<number, string>()
  forEachAct(prepared, advice, (row, _, act, point) => void advised.set(row, outcomeOf(act, point)))
  const otherwise = doable
    .filter(
      ({ line, row, isAlready }) =>
        !isAlready && advised.get(row) !== outcomeOf(actOf(list, line), list.point[line]!),
    )
    .reduce((sum, { done }) => sum + done, 0)
  return [
    ...(list.listedAtMs === null
      ? ['The list does not say when it was made.']
      : day(list.listedAtMs) === day(nowMs)
        ? []
        : [`The list is of another day: ${calendarDayOf(list.listedAtMs)}.`]),
    ...(otherwise === 0
      ? []
      : [`Something else is advised now for ${counted(otherwise, 'of its machines', 'of its machines')}.`]),
  ]
}

export function previewOfList(
  { token, fileName, list }: WaitingList,
  scene: ActScene,
  nowMs: number,
): MarkedListPreview {
  const { doable, leftOut } = judge(list, scene)
  const { machines, sites } = scene.prepared.basis.fleet
  const bySite = new Map<
    string,
    { site: string; powerDown: number; start: number; set: number; already: number }
  >()
  for (const { line, row, isAlready, done } of doable) {
    const site = sites.name[machines.site[row]!]!
    const at = bySite.get(site) ?? { site, powerDown: 0, start: 0, set: 0, already: 0 }
    bySite.set(site, at)
    if (isAlready) at.already += done
    else if (statusAfter(actOf(list, line)) === 'off') at.powerDown += done
    else at[list.act[line] === 'profile' ? 'set' : 'start'] += done
  }
  return {
    ...{ token, fileName, lines: list.rows, marked: list.id.length },
    sites: [...bySite.values()],
    questions: questionsOf(list, doable, scene, nowMs),
    leftOut: leftOut.slice(0, FAULTS_SHOWN),
    leftOutCount: leftOut.length,
  }
}

/** Those who the lines of a site name, each once; where none does, who is said to have brought the list. */
function byWhomOf(list: MarkedWorkList, lines: readonly Doable[], by: string): string {
  const named = new Set(lines.map(({ line }) => list.by[line]!).filter((name) => name !== ''))
  return named.size === 0 ? by : [...named].join(', ').slice(0, MOST_BY_LENGTH)
}

/** An operating point of a list has no name. */
const pointAt = (point: OperatingPoint | null): LadderPoint | null =>
  point === null ? null : { name: '', ...point }

/** Records a marked list as done at each of its sites: one transaction and one step of undo. */
export function recordList(
  { undoLog, machines, ladders, decisions, revision: seen }: ActPorts,
  { fileName, list }: WaitingList,
  scene: ActScene,
  accepted: boolean,
  by: string,
  nowMs: number,
): Recorded {
  const { prepared, market, advice } = scene
  const { doable } = judge(list, scene)
  const questions = questionsOf(list, doable, scene, nowMs)
  if (questions.length > 0 && !accepted)
    throw new StrikelineError('bad-input', `${fileName}: ${questions.join(' ')} Nothing was recorded.`)
  const changing = doable.filter(({ isAlready }) => !isAlready)
  if (changing.length === 0)
    throw new StrikelineError(
      'bad-input',
      `${fileName}: no line changes a machine, so there is nothing to record.`,
    )
  const { machines: columns, sites } = prepared.basis.fleet
  const calls = new Map(sitesToCall(prepared, market, advice).sites.map((call) => [call.siteKey, call]))
  const bySite = new Map<number, Doable[]>()
  for (const each of changing) {
    const siteRow = columns.site[each.row]!
    const lines = bySite.get(siteRow)
    if (lines === undefined) bySite.set(siteRow, [each])
    else lines.push(each)
  }
  const switches = changing.map(({ line, row, done }): Switch => ({
    key: columns.key[row]!,
    machines: done,
    status: statusAfter(actOf(list, line)),
    point: list.point[line]!,
  }))
  const { revision } = undoLog.change(() => {
    expectRevision(undoLog, seen)
    const stakeOf = stakesOfRows(prepared, market, advice)
    const partKeys = switchMachines({ machines, ladders }, prepared, switches)
    for (const [siteRow, lines] of bySite) {
      const gathered = gatherMachines()
      const own = { ...NO_ACTS } as { -readonly [K in keyof typeof NO_ACTS]: number }
      for (const { line, row, machines: listed, done } of lines) {
        const act = actOf(list, line)
        gathered.add({
          ...{ key: columns.key[row]!, advised: listed, done, act, before: columns.status[row]! },
          after: MACHINE_STATUSES.indexOf(statusAfter(act)),
          stake: stakeOf(row, act, pointAt(list.point[line]!)),
        })
        const word = list.act[line]!
        own[COUNTED_AS[word]] += listed
      }
      const siteKey = sites.key[siteRow]!
      const of = gathered.machines(partKeys)
      const call = calls.get(siteKey)
      decisions.add(
        {
          ...{ atMs: nowMs, siteKey, site: sites.name[siteRow]!, kind: 'done', reason: '' },
          advised: call === undefined ? own : countsOf(call),
          machinesDone: gathered.machinesDone(),
          ...{ freedKw: call?.freedKw ?? 0, gainUsd: call?.gainUsd ?? 0 },
          ...basisOf(scene),
          ...saidOf(byWhomOf(list, lines, by), of, 'done', scene, nowMs),
        },
        of,
        true,
      )
    }
    return {}
  }, `Work list ${fileName}`)
  return {
    revision,
    machines: switches.reduce((sum, each) => sum + each.machines, 0),
    sites: [...bySite.keys()].map((siteRow) => sites.name[siteRow]!),
  }
}
