import type { Decisions } from '#shared/domain/decision/decisions.ts'
import type { Verdict } from '#shared/domain/decision/words.ts'
import { NO_VERDICT, VERDICTS } from '#shared/domain/decision/words.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { RowSums } from './row-sums.ts'
import { collator } from './text-order.ts'
import type { FleetSort, GridColumn, Grouping, GroupView } from './view.ts'

/** Rows put together: what one has in common, by counting; no object per row. */

/** What is to be done now first, then what changes later, then what goes on as it is. */
const VERDICT_ORDER: readonly Verdict[] = [
  ...(['off', 'pause', 'start', 'start-until', 'start-later'] as const),
  ...(['run-until', 'profile', 'hold', 'run', 'stay-off'] as const),
]

export type GroupName = {
  /** what the group is known by, whatever else moves */
  readonly name: string
  /** null: the name of a verdict; '' where the rows have none */
  readonly label: string | null
  readonly verdict: Verdict | null
  /** of a rack: the same name may stand at two sites */
  readonly site: string | null
}

/** Rows of a list by what they have in common, each group one after the other and in it in the order of the list. */
export type Groups = {
  readonly members: Uint32Array
  /** where each group begins among the members, and where the last one ends */
  readonly starts: Uint32Array
  readonly names: readonly GroupName[]
}

type Coded = {
  readonly codeOf: (row: number) => number
  readonly codes: number
  nameOf: (code: number) => GroupName
}

function coded(by: Grouping, { machines, sites }: Fleet, decisions: Decisions | null): Coded {
  switch (by) {
    case 'advice':
      return {
        codes: VERDICT_ORDER.length + 1,
        codeOf: codeOfVerdict(decisions),
        nameOf: (code) => ({
          ...{ name: VERDICT_ORDER[code] ?? '', verdict: VERDICT_ORDER[code] ?? null },
          ...{ label: null, site: null },
        }),
      }
    case 'site':
      return {
        codes: sites.length,
        codeOf: (row) => machines.site[row]!,
        nameOf: (code) => ({ ...plain(sites.name[code]!), name: String(sites.key[code]) }),
      }
    case 'model': {
      const { labels, codes } = machines.model
      return { codes: labels.length, codeOf: (row) => codes[row]!, nameOf: (code) => plain(labels[code]!) }
    }
    case 'rack': {
      const { labels, codes } = machines.rack
      // A rack is one of a site; most pairs of a site and a name are no rack.
      const known = new Map<number, number>()
      const pairs: number[] = []
      const codeOf = (row: number) => {
        const pair = machines.site[row]! * labels.length + codes[row]!
        const code = known.get(pair)
        if (code !== undefined) return code
        known.set(pair, pairs.length)
        return pairs.push(pair) - 1
      }
      for (let row = 0; row < machines.length; row++) codeOf(row)
      return {
        codes: pairs.length,
        codeOf,
        nameOf: (code) => {
          const label = labels[pairs[code]! % labels.length]!
          const site = Math.floor(pairs[code]! / labels.length)
          return { ...plain(label), name: `${sites.key[site]}/${label}`, site: sites.name[site]! }
        },
      }
    }
  }
}

const plain = (label: string): GroupName => ({ name: label, label, verdict: null, site: null })

function codeOfVerdict(decisions: Decisions | null): (row: number) => number {
  const places = Uint8Array.from(VERDICTS, (verdict) => VERDICT_ORDER.indexOf(verdict))
  const none = VERDICT_ORDER.length
  if (decisions === null) return () => none
  const { verdict } = decisions
  return (row) => (verdict[row] === NO_VERDICT ? none : places[verdict[row]!]!)
}

/** The rows of a list in groups, those of a verdict in the order of what is to be done, others by their names. */
export function groupsOf(list: Uint32Array, by: Grouping, fleet: Fleet, decisions: Decisions | null): Groups {
  const { codes, codeOf, nameOf } = coded(by, fleet, decisions)
  const codeAt = new Uint32Array(list.length)
  const counts = new Uint32Array(codes)
  for (let i = 0; i < list.length; i++) {
    const code = codeOf(list[i]!)
    codeAt[i] = code
    counts[code]!++
  }
  const present: { readonly code: number; readonly named: GroupName }[] = []
  for (let code = 0; code < codes; code++) if (counts[code]! > 0) present.push({ code, named: nameOf(code) })
  if (by !== 'advice') present.sort((a, b) => byName(a.named, b.named))

  const starts = new Uint32Array(present.length + 1)
  const next = new Uint32Array(codes)
  present.forEach(({ code }, group) => {
    next[code] = starts[group]!
    starts[group + 1] = starts[group]! + counts[code]!
  })
  const members = new Uint32Array(list.length)
  for (let i = 0; i < list.length; i++) members[next[codeAt[i]!]!++] = list[i]!
  return { members, starts, names: present.map(({ named }) => named) }
}

/** By site and name; what has no name comes last. */
function byName(a: GroupName, b: GroupName): number {
  const site = a.site === null || b.site === null ? 0 : collator.compare(a.site, b.site)
  if (site !== 0) return site
  if (a.label === '' || b.label === '') return Number(a.label === '') - Number(b.label === '')
  return collator.compare(a.label ?? '', b.label ?? '')
}

/** Columns that have a subtotal by which groups are put in order. */
const SUBTOTALS: Readonly<Partial<Record<GridColumn, (sums: RowSums, descending: boolean) => number>>> = {
  quantity: ({ machines }) => machines,
  power: ({ meterW }) => meterW,
  hashrate: ({ hashrateThs }) => hashrateThs,
  efficiency: (sums) => sums.efficiencyJPerTh,
  breakeven: (sums, descending) =>
    descending ? sums.breakevenHighUsdPerPhDay : sums.breakevenLowUsdPerPhDay,
  margin: ({ marginUsdPerDay }) => marginUsdPerDay,
  marginShare: (sums) => sums.marginShare,
  gain: ({ gainUsd }) => gainUsd,
  advice: ({ gainUsd }) => gainUsd,
}

/** Which group comes first, second and so on: by the subtotal of the column that rows are sorted by, else as they are. */
export function groupOrder(
  sums: readonly RowSums[],
  by: Grouping,
  { column, descending }: FleetSort,
): Uint32Array {
  const order = Uint32Array.from(sums, (_, group) => group)
  const subtotal = by === 'advice' && column === 'advice' ? undefined : SUBTOTALS[column]
  if (subtotal === undefined) {
    const isReversed = column === by && (by === 'advice' ? !descending : descending)
    return isReversed ? order.reverse() : order
  }
  const values = Float64Array.from(sums, (each) => subtotal(each, descending))
  const direction = descending ? -1 : 1
  return order.sort((a, b) => {
    const [x, y] = [values[a]!, values[b]!]
    // Those without the figure come last.
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
    return direction * (x - y) || a - b
  })
}

/** What stands where in the table: heads of groups, and under those that are open their rows. */
export type Places = {
  /** places in all */
  readonly length: number
  /** group at each of the heads from the top */
  readonly order: Uint32Array
  /** place of each of the heads from the top, and after them the length */
  readonly heads: Uint32Array
  readonly isOpen: Uint8Array
}

export function placesOf({ starts, names }: Groups, order: Uint32Array, view: GroupView): Places {
  const heads = new Uint32Array(order.length + 1)
  const isOpen = new Uint8Array(order.length)
  for (let i = 0; i < order.length; i++) {
    const group = order[i]!
    const fold = view.folds[names[group]!.name]
    const opens = fold ?? (view.unfold === 'all' || (view.unfold === 'first' && i === 0))
    isOpen[i] = Number(opens)
    heads[i + 1] = heads[i]! + 1 + (opens ? starts[group + 1]! - starts[group]! : 0)
  }
  return { length: heads[order.length]!, order, heads, isOpen }
}

/** Which head a place is at or under, counted from the top. */
export function headAt({ heads, order }: Places, place: number): number {
  let low = 0
  let high = order.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (heads[middle]! <= place) low = middle
    else high = middle - 1
  }
  return low
}
