import type { MachineColumns } from '#shared/domain/fleet/fleet.ts'
import { atPlace, countIn, spansAt } from './entries.ts'
import type { Arranged } from './table.ts'
import type { RowWindow, Selecting } from './view.ts'

/** The selected rows, a mark per row of the fleet: 100 000 of them stay in this thread, and the page says only what is pressed. */
export type Selection = {
  /** 1 where a row is selected; null: none is */
  marks: () => Uint8Array | null
  /** how many rows are selected */
  rows: () => number
  change: (how: Selecting, arranged: Arranged, machines: MachineColumns) => void
  keys: (machines: MachineColumns) => Float64Array
  /** The machines are others: those that are still there stay selected. */
  move: (before: MachineColumns, after: MachineColumns) => void
}

export function createSelection(): Selection {
  let marks: Uint8Array | null = null

  const set = (into: Uint8Array, rows: Uint32Array, { from, to }: RowWindow, mark: 0 | 1) => {
    for (let i = from; i < to; i++) into[rows[i]!] = mark
  }
  function toggle(length: number, rows: Uint32Array, span: RowWindow): void {
    marks ??= new Uint8Array(length)
    const isIn = countIn(marks, rows, span.from, span.to) === span.to - span.from
    set(marks, rows, span, isIn ? 0 : 1)
    if (!marks.includes(1)) marks = null
  }
  function toggleAt(at: number, arranged: Arranged, length: number): void {
    const there = atPlace(arranged, at)
    if (!('head' in there)) {
      toggle(length, Uint32Array.of(there.row), { from: 0, to: 1 })
      return
    }
    const { places, starts } = arranged.groups!
    const group = places.order[there.head]!
    toggle(length, arranged.rows, { from: starts[group]!, to: starts[group + 1]! })
  }

  return {
    marks: () => marks,
    rows() {
      let rows = 0
      if (marks !== null) for (const mark of marks) rows += mark
      return rows
    },
    change(how, arranged, machines) {
      const { length } = machines
      switch (how.kind) {
        case 'none':
          marks = null
          return
        case 'all':
          marks = new Uint8Array(length)
          set(marks, arranged.rows, { from: 0, to: arranged.rows.length }, 1)
          return
        case 'range':
          marks = new Uint8Array(length)
          for (const span of spansAt(arranged, how)) set(marks, arranged.rows, span, 1)
          return
        case 'toggle':
          toggleAt(how.at, arranged, length)
          return
        case 'toggle-key': {
          const row = machines.key.indexOf(how.key)
          if (row >= 0) toggle(length, Uint32Array.of(row), { from: 0, to: 1 })
        }
      }
    },
    keys({ key }) {
      const known = marks
      return known === null ? new Float64Array(0) : key.filter((_, row) => known[row] === 1)
    },
    move(before, after) {
      if (marks === null || before === after) return
      const keys = new Set(this.keys(before))
      const moved = Uint8Array.from(after.key, (key) => Number(keys.has(key)))
      marks = moved.includes(1) ? moved : null
    },
  }
}
