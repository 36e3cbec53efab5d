import { textAt } from '../../fleet/columns.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { RUNNING } from '../../fleet/fleet.ts'
import type { LadderPoint } from '../../ladders/point.ts'
import type { Advice } from '../advice.ts'
import type { Prepared } from '../prepare.ts'
import { groupAt } from '../prepare.ts'
import { isOnAtOnce, RUN } from '../words.ts'
import { forEachAct } from './acts.ts'

/** What is to be done now, line by line, as columns in the order in which one walks past the machines. */
export type WorkList = {
  readonly length: number
  /** of the fleet */
  readonly row: Uint32Array
  /** that are to be switched, at most as many as the lot has */
  readonly machines: Uint32Array
  /** codes of VERDICTS that are acts, or of `run`: nothing to do but to stand still in some hours */
  readonly act: Uint8Array
  /** that they are to run at; null: their own */
  readonly point: readonly (LadderPoint | null)[]
  /** machines to which something is to be done */
  readonly called: number
}

/** @param siteRow of the site columns; null: every site, one after the other */
export function workList(prepared: Prepared, advice: Advice, siteRow: number | null): WorkList {
  const { fleet } = prepared.basis
  const found: number[] = []
  const points: (LadderPoint | null)[] = []
  let called = 0
  const isAsked = (row: number) => siteRow === null || fleet.machines.site[row] === siteRow
  const acted = new Uint8Array(fleet.machines.length)
  forEachAct(prepared, advice, (row, machines, act, point) => {
    acted[row] = 1
    if (!isAsked(row)) return
    found.push(row, machines, act)
    points.push(point)
    called += machines
  })
  for (const row of byHours(prepared, advice, (row) => acted[row] === 0 && isAsked(row))) {
    found.push(row, fleet.machines.quantity[row]!, RUN)
    points.push(null)
  }
  const length = found.length / 3
  const order = walkingOrder(
    fleet,
    Uint32Array.from({ length }, (_, i) => found[3 * i]!),
  )
  return {
    length,
    row: order.map((i) => found[3 * i]!),
    machines: order.map((i) => found[3 * i + 1]!),
    act: Uint8Array.from(order, (i) => found[3 * i + 2]!),
    point: Array.from(order, (i) => points[i]!),
    called,
  }
}

/** Rows that run and stand still in some of the next hours. */
function* byHours(prepared: Prepared, advice: Advice, isAsked: (row: number) => boolean): Generator<number> {
  if (prepared.groups.length === 0) return
  const { status, length } = prepared.basis.fleet.machines
  for (let row = 0; row < length; row++) {
    if (groupAt(prepared, row) === -1 || status[row] !== RUNNING || !isAsked(row)) continue
    if (!isOnAtOnce(advice.decisions.verdict[row]!, true)) continue
    if (advice.hours(row).schedule.some(({ mode }) => mode === 'off')) yield row
  }
}

/** Numbers in a name count as numbers: A2 comes before A10. What has no name comes last. */
function nameOrder(): (a: string, b: string) => number {
  const natural = new Intl.Collator('en', { numeric: true })
  return (a, b) => Number(a === '') - Number(b === '') || natural.compare(a, b)
}
type NameOrder = ReturnType<typeof nameOrder>

/** Places of the names in their order, each once. */
function ranks(names: readonly string[], byName: NameOrder): Uint32Array {
  const order = names.map((_, i) => i).sort((a, b) => byName(names[a]!, names[b]!))
  const rank = new Uint32Array(names.length)
  order.forEach((name, place) => (rank[name] = place))
  return rank
}

/** Places of `rows` by site, rack, position in it and id, so that nobody walks past a rack twice; what has no rack comes last. */
function walkingOrder({ machines, sites }: Fleet, rows: Uint32Array): Uint32Array {
  const byName = nameOrder()
  const siteRank = ranks(sites.name, byName)
  const rackRank = ranks(machines.rack.labels, byName)
  const texts = (of: 'position' | 'id') => Array.from(rows, (row) => textAt(machines[of], row))
  const position = texts('position')
  const id = texts('id')
  const place = (i: number) =>
    siteRank[machines.site[rows[i]!]!]! * rackRank.length + rackRank[machines.rack.codes[rows[i]!]!]!
  const places = Float64Array.from(rows, (_, i) => place(i))
  return Uint32Array.from(rows, (_, i) => i).sort(
    (a, b) => places[a]! - places[b]! || byName(position[a]!, position[b]!) || byName(id[a]!, id[b]!),
  )
}
