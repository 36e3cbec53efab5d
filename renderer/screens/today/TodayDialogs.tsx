import type { TodayDialog } from '../../state/view-slice.ts'
import { MarkedListDialog } from './acts/MarkedListDialog.tsx'
import { NotNowDialog } from './acts/NotNowDialog.tsx'
import { RecordAllDialog } from './acts/RecordAllDialog.tsx'
import { WorkListDialog } from './acts/WorkListDialog.tsx'
import { KeepScenario } from './KeepScenario.tsx'

export function TodayDialogs({ of }: { readonly of: TodayDialog }) {
  switch (of.kind) {
    case 'work-list':
      return <WorkListDialog key={of.siteKey} siteKey={of.siteKey} />
    case 'not-now':
      return <NotNowDialog siteKey={of.siteKey} />
    case 'record-all':
      return <RecordAllDialog />
    case 'marked-list':
      return <MarkedListDialog list={of.list} />
    case 'keep-scenario':
      return <KeepScenario />
  }
}
