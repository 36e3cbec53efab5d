import { isCorrectedKind } from '#shared/domain/money/ledger/counted.ts'
import type { Entry } from '#shared/domain/money/ledger/entry.ts'
import { WaitingFile } from '../../../parts/import/FileStages.tsx'
import { useStore } from '../../../state/store.ts'
import { CorrectEntry } from './CorrectEntry.tsx'
import { NewEntryForm } from './NewEntryForm.tsx'
import { useBasis } from './use-basis.ts'

/** An entry that is typed, or a correction of one that is stored. */
export function EntryDialog({ corrects }: { readonly corrects: Entry | null }) {
  const basis = useBasis()
  const close = useStore((state) => state.closeDialog)
  if (basis === null)
    return (
      <WaitingFile
        title={corrects === null ? 'Add an entry' : 'Correct an entry'}
        waiting="Reading sites, pools and prices…"
        onLeave={close}
      />
    )
  if (corrects === null) return <NewEntryForm basis={basis} />
  const { fact } = corrects
  return isCorrectedKind(fact.kind) ? <CorrectEntry basis={basis} of={corrects} /> : null
}
