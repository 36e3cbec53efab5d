import type { Month } from '#shared/domain/money/ledger/entry.ts'
import { counted } from '#shared/format/numbers.ts'
import { api } from '../../../lib/api.ts'
import { shownTask } from '../../../state/actions.ts'
import { tell, warn } from '../../../ui/toasts.ts'

/** Writes the journal of a month; null: of all. */
export async function exportJournal(month: Month | null): Promise<void> {
  const written = await shownTask('Writing the journal', 'Lines', api.ledger.exportJournal({ month }))
  if (written === null) return
  const { fileName, entries, lines } = written
  if (lines === 0) warn(`${fileName} has its headings alone: nothing that moves money is booked there.`)
  else tell(`${counted(entries, 'entry', 'entries')} of the journal written to ${fileName}.`)
}
