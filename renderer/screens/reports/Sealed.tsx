import { counted } from '#shared/format/numbers.ts'
import { dateTime } from '#shared/format/times.ts'
import type { ShownSealedReport } from '#shared/ipc/schemas/report-seal.ts'
import { sealWords } from '#shared/format/seal.ts'
import { openSealed, recompute } from '../../state/report-actions.ts'
import { useReports } from '../../state/reports-slice.ts'
import { useStore } from '../../state/store.ts'
import { Menu } from '../../ui/Menu.tsx'
import { DOTS, Panel } from './Panel.tsx'

/** The reports that were handed over, with the inputs and the pages of each. */
export function Sealed() {
  const sealed = useReports((state) => state.sealed)
  if (sealed === null) return null
  return (
    <Panel title="Sealed reports">
      {sealed.length === 0 ? (
        <p className="muted">None yet. Each PDF that you save is sealed and stays here with its inputs.</p>
      ) : (
        <ul className="report-sealed" aria-label="Sealed reports, newest first">
          {sealed.map((report) => (
            <li key={report.hash}>
              <SealedRow report={report} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function SealedRow({ report }: { readonly report: ShownSealedReport }) {
  const { hash, madeAtMs, title, pages } = report
  const name = sealWords(hash)
  const { open } = useStore.getState()
  return (
    <>
      <div>
        <p className="report-seal">{name}</p>
        <p>{title === '' ? 'Without a title' : title}</p>
        <p className="note">
          {dateTime(madeAtMs)}, {counted(pages, 'page')}
        </p>
      </div>
      <Menu
        trigger={DOTS}
        label={`What to do with ${name}`}
        entries={[
          { label: 'Save the stored PDF…', run: () => void openSealed(report) },
          { label: 'Compute it again', run: () => void recompute(report) },
          { label: 'Remove…', run: () => open({ kind: 'report', of: { kind: 'remove-sealed', report } }) },
        ]}
      />
    </>
  )
}
