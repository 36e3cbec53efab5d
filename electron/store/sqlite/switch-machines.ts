import { laddersOnceSet } from '#shared/domain/decision/acts/once-set.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import type { OperatingPoint } from '#shared/domain/ladders/point.ts'
import type { Ladders } from './repositories/ladders.ts'
import type { Machines } from './repositories/machines.ts'

/** Machines that are put into another state. */
export type Switch = {
  readonly key: number
  readonly machines: number
  readonly status: 'off' | 'running'
  /** that they run at from now on; null: as they ran */
  readonly point: OperatingPoint | null
}

type Ports = { readonly machines: Machines; readonly ladders: Ladders }

/**
 * Puts whole lots and parts of lots into another state, and to another operating point: hashrate and power of a row are the point
 * that it runs at. Must be called inside a change.
 * @returns keys of the parts that were split off, by the key of their lot
 */
export function switchMachines(
  { machines, ladders }: Ports,
  prepared: Prepared,
  asked: readonly Switch[],
): ReadonlyMap<number, number> {
  const { key, id, quantity } = prepared.basis.fleet.machines
  const rowOf = new Map(Array.from(key, (each, row) => [each, row]))
  const byKey = new Map<number, Switch>()
  for (const each of asked)
    byKey.set(each.key, { ...each, machines: each.machines + (byKey.get(each.key)?.machines ?? 0) })
  const points = new Map<number, OperatingPoint>()
  for (const each of byKey.values()) if (each.point !== null) points.set(rowOf.get(each.key)!, each.point)
  const ladderOnceSet = laddersOnceSet(prepared, points)
  const parts = new Map<number, number>()
  const whole = new Map<string, Switch & { readonly keys: number[] }>()
  for (const each of byKey.values()) {
    const { status, point } = each
    const row = rowOf.get(each.key)!
    let at = each.key
    if (each.machines < quantity[row]!) {
      at = machines.split(each.key, each.machines, status)
      parts.set(each.key, at)
      if (point !== null) machines.update([at], figuresOf(point))
    } else {
      const name = `${status} ${point?.hashrateThs} ${point?.powerW}`
      const same = whole.get(name)
      if (same === undefined) whole.set(name, { ...each, keys: [each.key] })
      else same.keys.push(each.key)
    }
    const ladder = ladderOnceSet(row)
    if (ladder !== null) ladders.putOfLot(at, textAt(id, row), ladder)
  }
  for (const { keys, status, point } of whole.values())
    machines.update(keys, { status, ...(point === null ? {} : figuresOf(point)) })
  return parts
}

const figuresOf = ({ hashrateThs, powerW }: OperatingPoint) => ({ hashrateThs, powerW })
