import { useMemo } from 'react'
import type { LogKind } from '#shared/domain/decision/acts/log-kinds.ts'
import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import type { LogView } from '../../state/decision-log.ts'
import { lookAtLog } from '../../state/decision-log.ts'
import { Select } from '../../ui/Select.tsx'

const PERIODS = [
  { value: 0, label: 'All days' },
  { value: 30, label: 'Last 30 days' },
  { value: 90, label: 'Last 90 days' },
  { value: 365, label: 'Last 365 days' },
]
const KINDS: readonly { readonly value: LogKind; readonly label: string }[] = [
  { value: 'standing', label: 'Done and not now' },
  { value: 'done', label: 'Done' },
  { value: 'not-now', label: 'Not now' },
  { value: 'taken-back', label: 'Taken back' },
]

/** Which decisions are looked at. The sentence follows site and days. */
export function LogFilters({
  rows,
  view,
}: {
  readonly rows: readonly LoggedDecision[]
  readonly view: LogView
}) {
  const sites = useMemo(() => {
    const names = new Set(rows.map(({ decision }) => decision.site))
    return [
      { value: '', label: 'All sites' },
      ...[...names]
        .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
        .map((name) => ({ value: name, label: name })),
    ]
  }, [rows])
  return (
    <div className="log-head">
      <h2 id="log-heading">Decisions</h2>
      <Select
        label="Site"
        choices={sites}
        value={view.site ?? ''}
        onChange={(site) => lookAtLog({ site: site === '' ? null : site })}
      />
      <Select
        label="Days"
        choices={PERIODS}
        value={view.days ?? 0}
        onChange={(days) => lookAtLog({ days: days === 0 ? null : days })}
      />
      <Select label="Decided" choices={KINDS} value={view.kind} onChange={(kind) => lookAtLog({ kind })} />
    </div>
  )
}
