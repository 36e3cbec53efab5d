import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { unpackMachines } from '#shared/domain/fleet/packed.ts'
import { setDisplay } from '#shared/format/display.ts'
import { api, settle } from '../lib/api.ts'
import { Report } from './Report.tsx'
import { WorkListPages } from './WorkListPages.tsx'

/** More never fit on a page. */
const MOST_LINES = 40

/** How many of the lines that are drawn fit the sheet, by their heights; null where all do. */
function linesThatFit(sheet: HTMLElement, overflowPx: number): number | null {
  if (overflowPx <= 0) return null
  const heights = Array.from(
    sheet.querySelectorAll('.list tbody tr'),
    (line) => line.getBoundingClientRect().height,
  )
  // The line that tells of the rest is as high as the lowest of the list.
  const restPx = sheet.querySelector('.rest') === null ? Math.min(...heights) : 0
  let fitting = heights.length
  for (let over = overflowPx + restPx; over > 0 && fitting > 0; fitting--) over -= heights[fitting - 1]!
  return fitting
}

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
  setDisplay(content.display)
  await document.fonts.ready
  const sheet = document.getElementById('page')!
  const page = createRoot(sheet)
  if (content.workList !== undefined) {
    root.dataset['sheet'] = 'work-list'
    flushSync(() => page.render(<WorkListPages content={content} />))
    root.dataset['ready'] = 'true'
    return
  }
  const draw = (atMost: number) => flushSync(() => page.render(<Report content={content} atMost={atMost} />))
  // The sheet has the size of the paper on screen too, so that what does not fit is seen here.
  const overflowPx = () => sheet.scrollHeight - sheet.clientHeight
  draw(MOST_LINES)
  let fitting = linesThatFit(sheet, overflowPx())
  // Lines that go may leave the others narrower columns, so it is looked at again.
  for (; fitting !== null; fitting = overflowPx() > 0 && fitting > 0 ? fitting - 1 : null) draw(fitting)
  root.dataset['ready'] = 'true'
}

print().catch((fault: unknown) => {
  document.documentElement.dataset['failed'] = fault instanceof Error ? fault.message : String(fault)
})
