import type { Groups, Places } from './groups.ts'
import { groupOrder, groupsOf, placesOf } from './groups.ts'
import type { RestsOn, RowInputs } from './order.ts'
import { filteredRows, filterRestsOn, orderRestsOn, sortedRows } from './order.ts'
import type { Question } from './protocol.ts'
import type { OpenSums, RowSums, SumInputs } from './row-sums.ts'
import { addRows, noSums, printedAs, rowSums } from './row-sums.ts'
import type { FleetFilter, FleetSort, Grouping, GroupView } from './view.ts'
import { isSameFilter, isSameSort } from './view.ts'

/** How often each part has been made: what was made from an older one is out of date. */
export type Versions = Readonly<Record<RestsOn, number>>

/** The rows as the table has them from its top to its end. */
export type Arranged = {
  /** those that pass the filter; in groups one group after the other */
  readonly rows: Uint32Array
  /** null: there are no groups */
  readonly groups:
    | (Groups & {
        readonly places: Places
        readonly sums: readonly RowSums[]
        readonly open: readonly OpenSums[]
      })
    | null
}

type TableInputs = Omit<RowInputs, 'notes'> & SumInputs

export type Table = {
  /** Each part is made anew only when something that it rests on is another one. */
  arrange: (question: Question, inputs: TableInputs, versions: Versions) => Arranged
  /** searched word → rows whose notes have it; rows are filtered anew */
  takeNotes: (notes: ReadonlyMap<string, Uint8Array>) => void
  /** objects whose typed arrays are held */
  held: () => readonly object[]
}

type Made<T> = { readonly asked: T; readonly version: number }
type Grouped = Groups & { readonly by: Grouping; readonly of: Uint32Array; readonly version: number }

export function createTable(): Table {
  let order: Uint32Array = new Uint32Array(0)
  let shown = order
  let sorted: Made<FleetSort> | null = null
  let filtered: Made<FleetFilter> | null = null
  let orderedByDecisions = false
  let grouped: Grouped | null = null
  let sums: readonly RowSums[] = []
  let open: readonly OpenSums[] = []
  let summed: readonly unknown[] = []
  let inOrder: { readonly of: Grouped; readonly sort: FleetSort; readonly order: Uint32Array } | null = null
  let places: { readonly order: Uint32Array; readonly view: GroupView; readonly places: Places } | null = null
  let notes: RowInputs['notes'] = new Map()

  /** @returns whether what there is may stay though the market has moved */
  function putInOrder(
    { sort, filter, keepOrder }: Question,
    given: TableInputs,
    versions: Versions,
  ): boolean {
    const inputs = { ...given, notes }
    const decided = inputs.decisions !== null
    // Where nothing was decided before there is nothing to keep.
    const keeps = keepOrder && (orderedByDecisions || !decided)
    const isCurrent = <T>(made: Made<T> | null, isSame: (of: T) => boolean, rest: RestsOn) =>
      made !== null && isSame(made.asked) && (keeps || made.version === versions[rest])
    const orderRest = orderRestsOn(sort)
    const hasOrder = isCurrent(sorted, (known) => isSameSort(known, sort), orderRest)
    if (!hasOrder) {
      order = sortedRows(inputs, sort)
      sorted = { asked: sort, version: versions[orderRest] }
      orderedByDecisions = decided
    }
    const filterRest = filterRestsOn(filter)
    if (!hasOrder || !isCurrent(filtered, (known) => isSameFilter(known, filter), filterRest)) {
      shown = filteredRows(order, inputs, filter)
      filtered = { asked: filter, version: versions[filterRest] }
    }
    return keeps
  }

  function putTogether(by: Grouping, inputs: TableInputs, versions: Versions, keeps: boolean): Grouped {
    const version = by === 'advice' ? versions.market : versions.fleet
    const isCurrent = grouped?.by === by && grouped.of === shown && (keeps || grouped.version === version)
    if (!isCurrent || grouped === null) {
      grouped = {
        ...groupsOf(shown, by, inputs.prepared.basis.fleet, inputs.decisions),
        by,
        of: shown,
        version,
      }
    }
    const { members, starts } = grouped
    const rest = [grouped, versions.basis, versions.market, ...printedAs(inputs)]
    if (!rest.every((value, i) => value === summed[i])) {
      open = grouped.names.map((_, group) =>
        addRows(noSums(), inputs, members, starts[group]!, starts[group + 1]!),
      )
      sums = open.map((each) => rowSums(each, inputs))
      summed = rest
      if (!keeps) inOrder = null
    }
    return grouped
  }

  function placesIn(of: Grouped, { sort, group }: Question): Places {
    if (inOrder?.of !== of || !isSameSort(inOrder.sort, sort))
      inOrder = { of, sort, order: groupOrder(sums, of.by, sort) }
    if (places?.order !== inOrder.order || places.view !== group)
      places = { order: inOrder.order, view: group, places: placesOf(of, inOrder.order, group) }
    return places.places
  }

  return {
    arrange(question, inputs, versions) {
      const keeps = putInOrder(question, inputs, versions)
      const { by } = question.group
      if (by === null) {
        grouped = null
        places = null
        inOrder = null
        return { rows: shown, groups: null }
      }
      const of = putTogether(by, inputs, versions, keeps)
      return { rows: of.members, groups: { ...of, places: placesIn(of, question), sums, open } }
    },
    takeNotes(given) {
      notes = given
      filtered = null
    },
    held: () => [
      { order, shown },
      { members: grouped?.members, starts: grouped?.starts },
      { heads: places?.places.heads, isOpen: places?.places.isOpen, order: places?.order },
    ],
  }
}
