import type { Coverage } from '#shared/ipc/schemas/past.ts'
import { count, MISSING } from '#shared/format/numbers.ts'
import { calendarDay } from '#shared/format/times.ts'
import { Attributions } from './Attributions.tsx'
import { COLUMN_WORDS, coverageRows, coverageSources } from './past-words.ts'

/** Per column of the history how many days there are, from when to when, and from whom. */
export function CoverageTable({ coverage }: { readonly coverage: readonly Coverage[] }) {
  return (
    <>
      {/* It holds nothing that takes the focus: it takes it itself, so that it is scrolled by keyboard. */}
      <div className="table-scroll" role="region" aria-label="Columns of the history" tabIndex={0}>
        <table className="plain" aria-label="History">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col" className="figure">
                Days
              </th>
              <th scope="col">From</th>
              <th scope="col">Through</th>
              <th scope="col">Sources</th>
            </tr>
          </thead>
          <tbody>
            {coverageRows(coverage).map((row) => (
              <tr key={row.column}>
                <th scope="row">{COLUMN_WORDS[row.column]}</th>
                <td className="figure">{count(row.days)}</td>
                <td className="muted">{row.from === null ? MISSING : calendarDay(row.from)}</td>
                <td className="muted">{row.through === null ? MISSING : calendarDay(row.through)}</td>
                <td className="muted">{coverageSources(row) || MISSING}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Attributions sources={coverage.flatMap(({ sources }) => sources.map(({ source }) => source))} />
    </>
  )
}
