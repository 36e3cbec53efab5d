import type { LedgerFileSaid } from '#shared/ipc/schemas/ledger-import.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { foldHeading } from '#electron/files/heading-parts.ts'
import type { ColumnTarget } from '#electron/files/ledger/column-map.ts'
import { isLedgerField } from '#electron/files/ledger/fields.ts'
import type { LedgerSaid } from '#electron/files/ledger/options.ts'
import { unitFor } from '#electron/files/ledger/units.ts'

/** What the window says about a file, as the reader takes it. @throws StrikelineError 'bad-input' */
export function saidOf({ columns, ...said }: LedgerFileSaid): LedgerSaid {
  return {
    ...said,
    columns: new Map(
      columns.map(({ heading, field, unit }): [string, ColumnTarget] => {
        if (field === null) return [foldHeading(heading), null]
        if (!isLedgerField(field))
          throw new StrikelineError('bad-input', `${heading}: there is no field ${field}`)
        return [foldHeading(heading), { field, unit: unit === null ? null : unitFor(field, unit) }]
      }),
    ),
  }
}
