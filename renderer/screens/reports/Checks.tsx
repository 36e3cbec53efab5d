import { useReports } from '../../state/reports-slice.ts'
import { CHECKS_ID } from './go-to-checks.ts'
import { Panel } from './Panel.tsx'

/** What to look at before the pages leave the house. */
export function Checks() {
  const checks = useReports((state) => state.preview?.checks ?? null)
  if (checks === null) return null
  return (
    <Panel title="Before you hand it over" id={CHECKS_ID}>
      <ul className="report-checks">
        {checks.map(({ isFine, words }) => (
          <li key={words} className={isFine ? undefined : 'waits'}>
            <span aria-hidden="true">{isFine ? '✓' : '▲'}</span>
            <span className="visually-hidden">{isFine ? 'Fine:' : 'Look at:'}</span>
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
