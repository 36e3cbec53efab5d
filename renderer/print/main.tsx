import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { unpackMachines } from '#shared/domain/fleet/packed.ts'
import { api, settle } from '../lib/api.ts'
import { Report } from './Report.tsx'

/** More never fit on a page. */
const MOST_LINES = 40

/** Asks for the content, draws it, and says on <html> when the page may be printed or why it may not. */
async function print(): Promise<void> {
  const root = document.documentElement
  const answer = await settle(api.report.read({}))
  if (!answer.ok) {
    root.dataset['failed'] = answer.error.message
    return
  }
  const { fleet, ...rest } = answer.value
  const content = { ...rest, fleet: { ...fleet, machines: unpackMachines(fleet.machines) } }
  root.dataset['paper'] = content.paper
  await document.fonts.ready
  const page = createRoot(document.getElementById('page')!)
  // The sheet has the size of the paper on screen too, so that what does not fit is seen here: lines go until it does.
  const fits = (atMost: number) => {
    flushSync(() => page.render(<Report content={content} atMost={atMost} />))
    const sheet = document.getElementById('page')!
    return sheet.scrollHeight <= sheet.clientHeight
  }
  let [fewest, most] = [0, MOST_LINES]
  while (fewest < most) {
    const middle = Math.ceil((fewest + most) / 2)
    if (fits(middle)) fewest = middle
    else most = middle - 1
  }
  fits(fewest)
  root.dataset['ready'] = 'true'
}

print().catch((fault: unknown) => {
  document.documentElement.dataset['failed'] = fault instanceof Error ? fault.message : String(fault)
})
