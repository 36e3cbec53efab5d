import { counted } from '#shared/format/numbers.ts'
import { calendarDayOf } from '#shared/format/times.ts'
import { sealWords } from '#shared/format/seal.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { removeSealed, removeTemplate } from '../../state/report-actions.ts'
import type { ReportDialog } from '../../state/view-slice.ts'
import { RecomputedDialog } from './RecomputedDialog.tsx'
import { TemplateName } from './TemplateName.tsx'

/** The dialogs of this place. */
export function ReportDialogs({ of }: { readonly of: ReportDialog }) {
  switch (of.kind) {
    case 'keep-template':
      return <TemplateName renames={null} />
    case 'rename-template':
      return <TemplateName renames={of.name} />
    case 'remove-template':
      return (
        <ConfirmDialog
          title="Remove this template?"
          description={`${of.name} is removed for good. Reports that were made with it stay.`}
          action="Remove"
          onConfirm={() => removeTemplate(of.name)}
        />
      )
    case 'recomputed':
      return <RecomputedDialog report={of.report} found={of.found} />
    case 'remove-sealed':
      return (
        <ConfirmDialog
          title="Remove this sealed report?"
          description={`${sealWords(of.report.hash)} of ${calendarDayOf(of.report.asOfMs)}, ${counted(of.report.pages, 'page')}: its inputs and its stored PDF are deleted for good. The files that were handed over stay where they are, but nobody can open or recompute them here any more.`}
          action="Remove"
          onConfirm={() => removeSealed(of.report)}
        />
      )
  }
}
