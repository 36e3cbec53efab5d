import { useState } from 'react'
import type { FactKind, Month } from '#shared/domain/money/ledger/entry.ts'
import { FACT_WORDS } from '#shared/format/ledger-kinds.ts'
import { monthWords } from '#shared/format/ledger-month-words.ts'
import { useStore } from '../../../state/store.ts'
import { Select } from '../../../ui/Select.tsx'
import { EntriesTable, PAGE } from './EntriesTable.tsx'
import { MOST_ROWS, useEntries } from './use-entries.ts'

const ALL = 'all'
const KINDS = [
  { value: ALL, label: 'All kinds' },
  ...Object.entries(FACT_WORDS).map(([value, label]) => ({ value, label })),
]
const COMPANY = ''

/** What was booked, newest day first: in the month that is chosen, or in all. */
export function Entries({ month }: { readonly month: Month | null }) {
  const sites = useStore((state) => state.fleet?.sites.name ?? [])
  const [isOfMonth, setOfMonth] = useState(true)
  const [kind, setKind] = useState<string>(ALL)
  const [site, setSite] = useState<string | null>(null)
  const shownMonth = isOfMonth ? month : null
  const view = { month: shownMonth, kind: kind === ALL ? null : (kind as FactKind), site }
  const of = JSON.stringify(view)
  /** of one view: another begins with its newest */
  const [asked, setAsked] = useState({ of, at: 0 })
  const at = asked.of === of ? asked.at : 0
  const after = Math.floor((at * PAGE) / MOST_ROWS) * MOST_ROWS
  const { page, fault, isStale } = useEntries({ ...view, after })
  return (
    <section className="panel log" aria-labelledby="entries-heading">
      <div className="log-head">
        <h2 id="entries-heading">Entries</h2>
        {month === null ? null : (
          <Select
            label="Months"
            choices={[
              { value: 'month', label: monthWords(month) },
              { value: ALL, label: 'All months' },
            ]}
            value={isOfMonth ? 'month' : ALL}
            onChange={(next) => setOfMonth(next === 'month')}
          />
        )}
        <Select label="Kind" choices={KINDS} value={kind} onChange={setKind} />
        <Select
          label="Site"
          choices={[
            { value: null, label: 'All sites' },
            { value: COMPANY, label: 'The company as a whole' },
            ...Array.from(sites, (name) => ({ value: name, label: name })),
          ]}
          value={site}
          onChange={setSite}
        />
      </div>
      {fault === null ? null : (
        <p className="fault-text log-note" role="alert">
          {fault}
        </p>
      )}
      {(page === null && fault === null) || isStale ? (
        <p className="muted log-note" role="status">
          Reading…
        </p>
      ) : null}
      {page === null ? null : page.found === 0 ? (
        isStale ? null : (
          <p className="muted log-note">
            {page.total === 0 ? 'Nothing is booked yet.' : 'Nothing that is booked is of this kind.'}
          </p>
        )
      ) : (
        <EntriesTable
          key={of}
          rows={isStale ? [] : page.rows.slice(at * PAGE - after, (at + 1) * PAGE - after)}
          found={page.found}
          page={at}
          onPage={(next) => setAsked({ of, at: next })}
        />
      )}
    </section>
  )
}
