import type { LedgerFileSaid, LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { api } from '../../../lib/api.ts'
import { useFileImport } from '../../../parts/import/use-file-import.ts'
import { tell } from '../../../ui/toasts.ts'

/** What was said of a file with the same headings, or nothing. */
function rememberedOf({ isRecalled, headings, ...preview }: LedgerImportPreview): LedgerFileSaid {
  return {
    ...{ party: null, site: null, zone: null, currency: null, lifeDays: null },
    kind: isRecalled ? preview.kind : null,
    ...{ decimalSign: preview.decimalSign, dayOrder: preview.dayOrder },
    columns: headings.flatMap(({ heading, field, unit, isSaid }) =>
      isSaid ? [{ heading, field, unit }] : [],
    ),
  }
}

/** The way of a file from the dialog of the operating system to the books. */
export const useLedgerImport = () =>
  useFileImport({
    choose: () => api.ledgerImport.choose({ kind: null }),
    again: (token, said: LedgerFileSaid) => api.ledgerImport.again({ token, ...said }),
    forget: (token, what) => api.ledgerImport.forget({ token, what }),
    discard: (token) => api.ledgerImport.discard({ token }),
    confirm: (token, accepted) => api.ledgerImport.confirm({ token, accepted }),
    stored: ({ fileName }: LedgerImportPreview, { added, known }) => {
      const before = known === 0 ? '' : `, ${count(known)} known already`
      tell(`${fileName}: ${counted(added, 'entry', 'entries')} booked${before}.`)
      return Promise.resolve()
    },
    saidIn: (preview, before) => before ?? rememberedOf(preview),
    withoutColumns: (said) => ({ ...said, columns: [] }),
  })
