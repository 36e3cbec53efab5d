import type { ReactNode } from 'react'
import type { ImportPreview } from '#shared/ipc/schemas/import.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { hashrateOfThs, jPerTh, power } from '#shared/format/units.ts'
import { FileFaults } from '../../../parts/import/FileFaults.tsx'
import { SampleRows } from '../../../parts/import/SampleRows.tsx'

/** What a file would bring: counts, sites, what is missing, the rows that are wrong, and the first rows as understood. */
export function Preview({
  preview,
  columns,
}: {
  readonly preview: ImportPreview
  /** how its columns are read, and what can be said about that */
  readonly columns: ReactNode
}) {
  const notes = [
    ...preview.understood,
    preview.filledFromCatalogue > 0
      ? `${counted(preview.filledFromCatalogue, 'row takes', 'rows take')} hashrate or power from the catalogue.`
      : null,
    preview.withoutFigures > 0
      ? `${counted(preview.withoutFigures, 'row has', 'rows have')} no hashrate or power: no margin and no advice until that is given.`
      : null,
    preview.withoutPowerPrice > 0
      ? `${counted(preview.withoutPowerPrice, 'row has', 'rows have')} no power price, nor has the site.`
      : null,
    preview.noteColumns.length > 0 ? `Kept as notes, not used: ${preview.noteColumns.join(', ')}.` : null,
  ].filter((note) => note !== null)
  return (
    <div className="preview">
      <p className="preview-counts">
        <b>{counted(preview.rows, 'row')}</b>, {counted(preview.machines, 'machine')}: {count(preview.added)}{' '}
        new, {count(preview.updated)} already in the fleet. Together {hashrateOfThs(preview.hashrateThs)} and{' '}
        {power(preview.powerW)}
        {preview.hashrateThs > 0 && preview.powerW > 0
          ? `, ${jPerTh(preview.powerW / preview.hashrateThs)} J/TH`
          : ''}
        .
      </p>
      {preview.errorCount === 0 ? null : (
        <FileFaults errors={preview.errors} errorCount={preview.errorCount} isList={preview.isList} />
      )}
      {columns}
      {preview.sites.length === 0 ? null : (
        <p>
          Sites:{' '}
          {preview.sites.map((site, i) => (
            <span key={site.name}>
              {i === 0 ? '' : ', '}
              {site.name} ({counted(site.rows, 'row')}
              {site.isNew ? <b>, new</b> : ''})
            </span>
          ))}
        </p>
      )}
      {notes.length === 0 ? null : (
        <ul className="notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <SampleRows columns={preview.columns} sample={preview.sample} />
    </div>
  )
}
