import { spanWords } from '#shared/format/ledger-entry-words.ts'
import { inKwh, inUsd, satBtc } from '#shared/format/ledger-month-words.ts'
import { usdCents } from '#shared/format/money.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { energy } from '#shared/format/units.ts'
import type { LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'

/** What a file would bring: counts, sums and days, and what there is to know about it. */
export function LedgerPreview({ preview }: { readonly preview: LedgerImportPreview }) {
  const { rows, added, known, from, to, sat, wh, leftOut, notes, shape, kind, errorCount } = preview
  const sums = [
    sat === null ? null : `${satBtc(sat)} BTC`,
    wh === null ? null : energy(inKwh(wh)),
    preview.usdCents === null ? null : usdCents(inUsd(preview.usdCents)),
  ].filter((sum) => sum !== null)
  const told = [
    ...notes,
    ...leftOut.map(({ why, rows: left }) => `${counted(left, 'row')} left out: ${why}.`),
  ]
  return (
    <>
      <p className="preview-counts">
        <b>{counted(rows, 'row')}</b>
        {kind === null || errorCount > 0 ? null : (
          <>
            : {counted(added, 'new entry', 'new entries')}, {count(known)} known already
            {from === null || to === null ? '' : `, ${spanWords({ from, to })}`}
            {sums.length === 0 ? '' : `. Together ${sums.join(', ')}`}
          </>
        )}
        .{shape === null ? null : ` Read as ${shape}.`}
      </p>
      {told.length === 0 ? null : (
        <ul className="notes">
          {told.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}
