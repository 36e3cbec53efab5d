import type { MenuEntry } from '../../ui/Menu.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { addColumn, makeFirst, removeScenario, showIn, takeColumnOut } from '../../state/plan-actions.ts'
import {
  AS_IT_IS,
  columnsOf,
  isAsItIs,
  MOST_COLUMNS,
  openPlanDialog,
  usePlan,
} from '../../state/plan-slice.ts'
import { useStore } from '../../state/store.ts'

/** Those that do not stand side by side now, by name; null: as it is. */
function useOthers(): readonly (string | null)[] {
  const stored = usePlan((state) => state.stored)
  const columns = useStore((state) => state.settings?.plan.columns ?? null)
  if (stored === null) return []
  const shown = columnsOf(stored, columns)
  return [AS_IT_IS, ...stored]
    .filter((each) => !shown.includes(each))
    .map((each) => (isAsItIs(each) ? null : each.name))
}

const nameOf = (name: string | null) => name ?? AS_IT_IS.name

/** The heading of a scenario, with what can be done with it. */
export function ColumnHead({ column, name }: { readonly column: number; readonly name: string }) {
  const others = useOthers()
  const stored = usePlan((state) => state.stored)
  const columns = useStore((state) => state.settings?.plan.columns ?? null)
  const shown = columnsOf(stored ?? [], columns)
  const isOwn = shown[column] !== undefined && isAsItIs(shown[column])
  const entries: readonly MenuEntry[] = [
    ...(column === 0 ? [] : [{ label: 'Make it the first', run: () => makeFirst(column) }]),
    {
      label: 'Assumptions…',
      run: () => openPlanDialog({ kind: 'assumptions', name: isOwn ? null : name }),
    },
    ...(isOwn
      ? []
      : [
          { label: 'Rename…', run: () => openPlanDialog({ kind: 'rename', name }) },
          { label: 'Duplicate…', run: () => openPlanDialog({ kind: 'duplicate', name }) },
          { label: 'Remove', run: () => void removeScenario(name) },
        ]),
    ...(shown.length > 1 ? [{ label: 'Take out of the comparison', run: () => takeColumnOut(column) }] : []),
    ...others.map((other) => ({ label: `Show ${nameOf(other)}`, run: () => showIn(column, other) })),
  ]
  return (
    <span className="column-head">
      {column === 0 ? (
        <>
          <span className="first-mark" aria-hidden="true">
            ●
          </span>
          <span className="visually-hidden">The first: </span>
        </>
      ) : null}
      <Menu trigger={<span className="column-name">{name}</span>} entries={entries} />
    </span>
  )
}

/** One more beside the others. */
export function AddColumn() {
  const others = useOthers()
  const stored = usePlan((state) => state.stored)
  const columns = useStore((state) => state.settings?.plan.columns ?? null)
  if (columnsOf(stored ?? [], columns).length >= MOST_COLUMNS) return null
  return (
    <Menu
      trigger="Add"
      entries={[
        ...others.map((other) => ({ label: nameOf(other), run: () => addColumn(other) })),
        { label: 'A new scenario…', run: () => openPlanDialog({ kind: 'assumptions', name: null }) },
      ]}
    />
  )
}
