import type { ReactNode } from 'react'
import type { ImportPreview } from '#shared/ipc/schemas/import.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { hashrateOfThs, jPerTh, power } from '#shared/format/units.ts'
import { RowsTable } from '../../../parts/RowsTable.tsx'

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
      {preview.errorCount === 0 ? null : <Faults preview={preview} />}
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
      {preview.sample.length === 0 ? null : (
        <div className="sample" tabIndex={0} role="region" aria-label="First rows as understood">
          <table>
            <thead>
              <tr>
                {preview.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.sample.map((cells, row) => (
                <tr key={row}>
                  {cells.map((cell, i) => (
                    <td key={i}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

/** What the command line is told to type is said under Columns here. */
function messageOf({ message, remedy }: ImportPreview['errors'][number]): string {
  if (remedy === '') return message
  return `${message}${message.endsWith('?') ? '' : '.'} Say it under Columns.`
}

function Faults({ preview }: { readonly preview: ImportPreview }) {
  const { errors, errorCount, isList } = preview
  return (
    <section className="faults" role="alert" aria-label="Faults in the file">
      <h3>{counted(errorCount, 'fault')}</h3>
      <RowsTable
        rows={errors.map((error) => ({ ...error, message: messageOf(error) }))}
        what="What is wrong"
        isList={isList}
      />
      {errorCount > errors.length ? (
        <p className="muted">and {count(errorCount - errors.length)} more</p>
      ) : null}
    </section>
  )
}
