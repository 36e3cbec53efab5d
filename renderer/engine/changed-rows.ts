import {
  each,
  LABEL_NAMES,
  NUMBER_NAMES,
  FIGURE_SOURCE_NAMES,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { LabelColumn, MachineColumns, SiteColumns, TextColumn } from '#shared/domain/fleet/fleet.ts'
import { float64Columns } from '#shared/domain/fleet/columns.ts'

/** Where a row of the merged machines comes from: the row of the changed ones, else that of the known ones. */
type Origin = { readonly known: Int32Array; readonly changed: Int32Array; readonly length: number }

const ABSENT = -1
const FLOATS = ['key', ...NUMBER_NAMES] as const

/** Rows of both by their keys, the lowest first; where both have a key, the changed row counts. */
function originOf(known: Float64Array, changed: Float64Array): Origin {
  const most = known.length + changed.length
  const origin = { known: new Int32Array(most), changed: new Int32Array(most) }
  let i = 0
  let j = 0
  let length = 0
  while (i < known.length || j < changed.length) {
    const a = i < known.length ? known[i]! : Infinity
    const b = j < changed.length ? changed[j]! : Infinity
    origin.known[length] = a <= b ? i : ABSENT
    origin.changed[length] = b <= a ? j : ABSENT
    if (a <= b) i++
    if (b <= a) j++
    length++
  }
  return { ...origin, length }
}

function mergedText(known: TextColumn, changed: TextColumn, origin: Origin): TextColumn {
  const offsets = new Uint32Array(origin.length + 1)
  const partOf = (row: number) => {
    const isChanged = origin.changed[row] !== ABSENT
    const { bytes, offsets: from } = isChanged ? changed : known
    const at = isChanged ? origin.changed[row]! : origin.known[row]!
    return { bytes, from: from[at]!, to: from[at + 1]! }
  }
  for (let row = 0; row < origin.length; row++) {
    const { from, to } = partOf(row)
    offsets[row + 1] = offsets[row]! + to - from
  }
  const merged = new Uint8Array(offsets[origin.length]!)
  for (let row = 0; row < origin.length; row++) {
    const { bytes, from, to } = partOf(row)
    merged.set(bytes.subarray(from, to), offsets[row])
  }
  return { bytes: merged, offsets }
}

/**
 * The machines with rows that have changed or are new.
 * @param known in the order of their keys, as is `changed`
 * @param changed their sites are rows of the same site columns as those of `known`
 */
export function withChangedRows(known: MachineColumns, changed: MachineColumns): MachineColumns {
  const origin = originOf(known.key, changed.key)
  const { length } = origin
  function fill<Column extends Float64Array | Uint32Array | Uint8Array>(
    into: Column,
    from: Column,
    fromChanged: Column,
  ): Column {
    for (let row = 0; row < length; row++) {
      const at = origin.changed[row]!
      into[row] = at === ABSENT ? from[origin.known[row]!]! : fromChanged[at]!
    }
    return into
  }
  const numbers = float64Columns(length, FLOATS)
  for (const name of FLOATS) fill(numbers[name], known[name], changed[name])
  return {
    ...numbers,
    length,
    ...each(TEXT_NAMES, (name) => mergedText(known[name], changed[name], origin)),
    ...each(LABEL_NAMES, (name) => {
      const { labels, codes } = relabelled(changed[name], known[name].labels)
      return { labels, codes: fill(new Uint32Array(length), known[name].codes, codes) }
    }),
    site: fill(new Uint32Array(length), known.site, changed.site),
    status: fill(new Uint8Array(length), known.status, changed.status),
    ...each(FIGURE_SOURCE_NAMES, (name) => fill(new Uint8Array(length), known[name], changed[name])),
  }
}

/** The column with codes into the known labels and those that are new. */
function relabelled(column: LabelColumn, known: readonly string[]): LabelColumn {
  const labels = [...known]
  const codeOf = new Map(labels.map((label, code) => [label, code]))
  const codes = column.codes.map((code) => {
    const label = column.labels[code]!
    const merged = codeOf.get(label) ?? labels.push(label) - 1
    codeOf.set(label, merged)
    return merged
  })
  return { labels, codes }
}

/** The machines at the rows that their sites have now; the same object where no site has moved. */
export function atSites(machines: MachineColumns, before: SiteColumns, now: SiteColumns): MachineColumns {
  if (before.key.every((key, row) => now.key[row] === key)) return machines
  const rowNow = Uint32Array.from(before.key, (key) => now.key.indexOf(key))
  return { ...machines, site: machines.site.map((row) => rowNow[row]!) }
}
