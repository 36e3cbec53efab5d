import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { DrawnPages, PagesRequest } from '#shared/report/drawn.ts'
import { checksOf } from '#shared/report/checks.ts'
import { factsOf } from '#shared/report/facts.ts'
import { documentOf } from '#shared/report/make.ts'
import { dateTime } from '#shared/format/times.ts'
import { Pack } from './Pack.tsx'
import { WorkListPages, workListTitle } from './WorkListPages.tsx'

/**
 * The pages as static markup: without a script, and without a style but by classes.
 * @throws StrikelineError in words where they cannot be drawn
 */
export function drawPages(request: PagesRequest): DrawnPages {
  const { reportCase } = request
  const { asOfMs, finance, template } = reportCase
  const asOf = `As of ${dateTime(asOfMs)}`
  const company = finance.company.name
  if (request.kind === 'workList') {
    const title = workListTitle(request.site)
    return {
      ...drawn(<WorkListPages reportCase={reportCase} site={request.site} />),
      title,
      head: { company, title, asOf },
      checks: [],
    }
  }
  const { seal, rowsAtMost, lookedBack } = request
  const facts = factsOf(reportCase, lookedBack)
  const document = documentOf(facts)
  return {
    ...drawn(<Pack document={document} drawing={{ facts, seal, rowsAtMost }} />),
    title: [company, document.title].filter((part) => part !== '').join(' · '),
    head: { company, title: template.title, asOf },
    // Asked for before it is handed over: what is printed has been decided.
    checks: rowsAtMost === null ? [] : checksOf(facts, document),
  }
}

/** More make files of tens of megabytes, and take Chromium minutes. */
const MOST_TAGGED_CELLS = 40_000

function drawn(pages: ReactNode): Pick<DrawnPages, 'markup' | 'isTagged'> {
  const markup = renderToStaticMarkup(pages)
  let cells = 0
  for (let at = markup.indexOf('<td'); at !== -1; at = markup.indexOf('<td', at + 1)) cells++
  return { markup, isTagged: cells <= MOST_TAGGED_CELLS }
}
