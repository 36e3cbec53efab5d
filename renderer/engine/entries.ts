import { headAt } from './groups.ts'
import type { GroupHead, ShownEntry } from './protocol.ts'
import type { Scene } from './row-views.ts'
import { shownRow } from './row-views.ts'
import type { Arranged } from './table.ts'
import type { RowWindow } from './view.ts'

/** What stands at the places of the table: heads of groups and rows, made for those that are in sight. */

/** Places from the top of the table to its end. */
export const placesIn = ({ rows, groups }: Arranged): number => groups?.places.length ?? rows.length

/** What is at a place: a row of the fleet, or the group whose head it is. */
type AtPlace = { readonly row: number; readonly placeInGroup: number; readonly rowsInGroup: number }
type AtHead = { readonly head: number }

export function atPlace({ rows, groups }: Arranged, place: number): AtPlace | AtHead {
  if (groups === null) return { row: rows[place]!, placeInGroup: 0, rowsInGroup: 0 }
  const { places, starts } = groups
  const head = headAt(places, place)
  const placeInGroup = place - places.heads[head]!
  if (placeInGroup === 0) return { head }
  const group = places.order[head]!
  const start = starts[group]!
  return { row: rows[start + placeInGroup - 1]!, placeInGroup, rowsInGroup: starts[group + 1]! - start }
}

/**
 * Where the rows of some places lie among all, as spans from … to. The head of a group that is closed stands for all its rows, one
 * that is open for none: its rows have places of their own.
 */
export function spansAt({ rows, groups }: Arranged, { from, to }: RowWindow): readonly RowWindow[] {
  const first = Math.max(0, from)
  if (groups === null) return [{ from: first, to: Math.min(to, rows.length) }]
  const { places, starts } = groups
  const spans: RowWindow[] = []
  for (let head = headAt(places, first); head < places.order.length && places.heads[head]! < to; head++) {
    const group = places.order[head]!
    const start = starts[group]!
    const at = places.heads[head]!
    if (places.isOpen[head] === 0) {
      if (at >= first) spans.push({ from: start, to: starts[group + 1]! })
      continue
    }
    const last = Math.min(to, places.heads[head + 1]!)
    spans.push({ from: start + Math.max(0, first - at - 1), to: start + Math.max(0, last - at - 1) })
  }
  return spans
}

/** How many rows of a list from … to are marked. */
export function countIn(marks: Uint8Array, rows: Uint32Array, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) count += marks[rows[i]!]!
  return count
}

export function entriesOf(
  scene: Scene,
  arranged: Arranged,
  { from, to }: RowWindow,
  selected: Uint8Array | null,
  withProbability: boolean,
): readonly ShownEntry[] {
  const entries: ShownEntry[] = []
  for (let place = from; place < Math.min(to, placesIn(arranged)); place++) {
    const at = atPlace(arranged, place)
    if ('head' in at) entries.push(groupHead(arranged, at.head, selected))
    else
      entries.push({
        kind: 'row',
        ...shownRow(scene, at.row, withProbability),
        selected: selected?.[at.row] === 1,
        placeInGroup: at.placeInGroup,
        rowsInGroup: at.rowsInGroup,
      })
  }
  return entries
}

function groupHead({ rows, groups }: Arranged, head: number, selected: Uint8Array | null): GroupHead {
  const { places, names, sums, starts } = groups!
  const group = places.order[head]!
  const name = names[group]!
  return {
    kind: 'group',
    ...name,
    ...sums[group]!,
    isOpen: places.isOpen[head] === 1,
    place: head + 1,
    groups: places.order.length,
    selectedRows: selected === null ? 0 : countIn(selected, rows, starts[group]!, starts[group + 1]!),
  }
}
