import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import { api, settle } from '../lib/api.ts'
import { Report } from './Report.tsx'

/** Asks for the content, draws it, and says on <html> when the page may be printed or why it may not. */
async function print(): Promise<void> {
  const root = document.documentElement
  const answer = await settle(api.report.read({}))
  if (!answer.ok) {
    root.dataset['failed'] = answer.error.message
    return
  }
  root.dataset['paper'] = answer.value.paper
  flushSync(() => createRoot(document.getElementById('page')!).render(<Report content={answer.value} />))
  await document.fonts.ready
  root.dataset['ready'] = 'true'
}

print().catch((fault: unknown) => {
  document.documentElement.dataset['failed'] = fault instanceof Error ? fault.message : String(fault)
})
