import { memo } from 'react'
import { MACHINE_FIELDS, SEARCHED_NAMES } from '#shared/domain/fleet/fields.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import { VERDICT_WORDS } from '#shared/format/advice-words.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { SEARCH_FIELD } from './search-field.ts'
import { setStatus, withSelected } from '../../state/actions.ts'
import { archiveMachines } from '../../state/fleet-actions.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { selectTable, selectTablePlace } from '../../state/table-slice.ts'
import type { FleetFilter, Grouping } from '../../engine/view.ts'
import { NO_FILTER } from '../../engine/view.ts'
import { Menu } from '../../ui/Menu.tsx'
import type { Choice } from '../../ui/Select.tsx'
import { Select } from '../../ui/Select.tsx'

const VERDICT_CHOICES: readonly Choice<FleetFilter['verdict']>[] = [
  { value: null, label: 'All advice' },
  { value: 'off', label: VERDICT_WORDS.off },
  { value: 'pause', label: VERDICT_WORDS.pause },
  { value: 'start', label: VERDICT_WORDS.start },
  { value: 'until', label: VERDICT_WORDS['run-until'] },
  { value: 'profile', label: VERDICT_WORDS.profile },
  { value: 'hold', label: VERDICT_WORDS.hold },
  { value: 'run', label: VERDICT_WORDS.run },
  { value: 'stay-off', label: VERDICT_WORDS['stay-off'] },
  { value: 'stopped', label: 'Not running' },
]

const GROUP_CHOICES: readonly Choice<Grouping | null>[] = [
  { value: null, label: 'No groups' },
  { value: 'advice', label: 'By advice' },
  { value: 'site', label: 'By site' },
  { value: 'model', label: 'By model' },
  { value: 'rack', label: 'By rack' },
]

/** What the search looks into. */
const SEARCHED_WORDS = [...SEARCHED_NAMES.map((name) => MACHINE_FIELDS[name].name), 'Site', 'notes'].join(
  ', ',
)

type Props = {
  /** rows that pass the filter */
  readonly shown: number
  readonly total: number
}

/** Search and filters, or, while rows are selected, what can be done with them. */
export const Toolbar = memo(function Toolbar({ shown, total }: Props) {
  const { filter, group } = useStore(selectTable)
  const isFleet = useStore(selectTablePlace) === 'fleet'
  const fleet = useStore((state) => state.fleet)
  const selected = useStore((state) => state.picture?.selected ?? 0)
  const money = useStore(selectMoney)
  const { setFilter, clearFilter, groupBy, select, open } = useStore.getState()
  if (fleet === null) return null
  const barFilter =
    filter.strike === null
      ? ''
      : `${filter.strike.label}, ${filter.strike.isIdle ? 'starts' : 'stops'} at ${money.perPhRange(filter.strike.from, filter.strike.to)}`
  return (
    <div className="toolbar" role="group" aria-label="Search and filter">
      <h2>
        {isFleet ? null : 'Fleet '}
        <small role="status">
          {shown === total ? counted(total, 'row') : `${count(shown)} of ${counted(total, 'row')}`}
        </small>
      </h2>
      <input
        id={SEARCH_FIELD}
        type="search"
        className="input search"
        aria-label="Search the machines"
        placeholder="Search the machines"
        maxLength={200}
        title={`${SEARCHED_WORDS}: words in any order. Press / to search.`}
        value={filter.text}
        onChange={(event) => setFilter({ text: event.target.value })}
      />
      {isFleet ? <Filters /> : null}
      <Select label="Group rows" choices={GROUP_CHOICES} value={group.by} onChange={groupBy} />
      {filter.strike === null ? null : (
        <button
          type="button"
          className="chip"
          aria-label={`Remove filter: ${barFilter}`}
          onClick={() => setFilter({ strike: null })}
        >
          {barFilter}
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />
          </svg>
        </button>
      )}
      {filter === NO_FILTER || shown === total ? null : (
        <button type="button" className="button quiet" onClick={clearFilter}>
          Clear filter
        </button>
      )}
      <ColumnsMenu />
      {selected === 0 ? null : (
        <div className="selection" role="group" aria-label="Selection">
          <span>{count(selected)} selected</span>
          <Menu
            trigger="Set status"
            entries={MACHINE_STATUSES.map((status) => ({
              label: STATUS_WORDS[status],
              run: () => withSelected((keys) => void setStatus(keys, status)),
            }))}
          />
          <button
            type="button"
            className="button"
            onClick={() => withSelected((keys) => open({ kind: 'edit-machines', keys }))}
          >
            Edit…
          </button>
          {selected === 1 ? (
            <button
              type="button"
              className="button"
              onClick={() => withSelected(([key]) => open({ kind: 'machine', key: null, copyOf: key! }))}
            >
              Duplicate…
            </button>
          ) : null}
          <button
            type="button"
            className="button"
            onClick={() => withSelected((keys) => void archiveMachines(keys))}
          >
            Archive
          </button>
          <button
            type="button"
            className="button danger"
            onClick={() => withSelected((keys) => open({ kind: 'remove-machines', keys }))}
          >
            Remove…
          </button>
          <button type="button" className="button quiet" onClick={() => select({ kind: 'none' })}>
            Clear selection
          </button>
        </div>
      )}
      {isFleet ? null : <TableOnly />}
    </div>
  )
})

/** The table has the room of chart and totals, or they are there. */
function TableOnly() {
  const tableOnly = useStore((state) => state.tableOnly)
  const { toggleTableOnly } = useStore.getState()
  return (
    <button
      type="button"
      className="icon-button fold"
      aria-label="Table only"
      aria-pressed={tableOnly}
      title={tableOnly ? 'Show the chart and the totals again' : 'Give the table the room of the chart'}
      onClick={toggleTableOnly}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={tableOnly ? 'M4 3l4 4 4-4M4 13l4-4 4 4' : 'M4 6l4-4 4 4M4 10l4 4 4-4'} />
      </svg>
    </button>
  )
}

/** Each of them narrows what is shown. */
function Filters() {
  const { filter } = useStore(selectTable)
  const fleet = useStore((state) => state.fleet)
  const { setFilter } = useStore.getState()
  if (fleet === null) return null
  const { sites, models } = fleet
  return (
    <>
      <Select
        label="Site"
        choices={[
          { value: null, label: 'All sites' },
          ...sites.name.map((name, row) => ({ value: sites.key[row]!, label: name })),
        ]}
        value={filter.siteKey}
        onChange={(siteKey) => setFilter({ siteKey })}
      />
      <Select
        label="Model"
        choices={[
          { value: null, label: 'All models' },
          ...[...models].sort().map((label) => ({ value: label, label: label || 'No model' })),
        ]}
        value={filter.model}
        onChange={(model) => setFilter({ model })}
      />
      <Select
        label="Advice"
        choices={VERDICT_CHOICES}
        value={filter.verdict}
        onChange={(verdict) => setFilter({ verdict })}
      />
    </>
  )
}
