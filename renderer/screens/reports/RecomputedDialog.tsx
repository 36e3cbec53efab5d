import { count, counted } from '#shared/format/numbers.ts'
import type { ChannelOutput } from '#shared/ipc/schemas/channels.ts'
import type { ShownSealedReport } from '#shared/ipc/schemas/report-seal.ts'
import { sealWords } from '#shared/format/seal.ts'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../../ui/Dialog.tsx'

type Props = { readonly report: ShownSealedReport; readonly found: ChannelOutput<'report.recompute'> }

/** What this program computes otherwise from the sealed inputs than the one that made the report. */
export function RecomputedDialog({ report, found: { differences, more } }: Props) {
  const close = useStore((state) => state.closeDialog)
  const all = differences.length + more
  return (
    <Dialog
      wide={all > 0}
      title={`${sealWords(report.hash)}, computed again`}
      description={
        all === 0
          ? `No figure differs. The report was made with version ${report.version}.`
          : `${counted(all, 'figure differs', 'figures differ')}. The report was made with version ${report.version}; what was handed over stays as it is.`
      }
      onClose={close}
      actions={
        <button type="button" className="button primary" onClick={close}>
          Close
        </button>
      }
    >
      {all === 0 ? null : (
        <div className="sample">
          <table aria-label="Differences">
            <thead>
              <tr>
                <th scope="col">Section</th>
                <th scope="col">Table</th>
                <th scope="col">Row</th>
                <th scope="col">Column</th>
                <th scope="col" className="figure">
                  Then
                </th>
                <th scope="col" className="figure">
                  Now
                </th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ section, table, row, column, then, now }, i) => (
                <tr key={i}>
                  <td>{section}</td>
                  <td>{table}</td>
                  <td>{row}</td>
                  <td>{column}</td>
                  <td className="figure">{then}</td>
                  <td className="figure">{now}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more === 0 ? null : <p className="muted">and {count(more)} more</p>}
    </Dialog>
  )
}
