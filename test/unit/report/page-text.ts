import type { ReportCase } from '#shared/report/case.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { drawPages } from '#renderer/print/draw-pages.tsx'
import { smallFleet } from '../renderer/small-fleet.ts'
import { reportCase } from './report-case.ts'

const company = { name: 'Nord & Süd AS', preparedBy: 'A. Person', reviewedBy: '', logo: null }
const fleet = smallFleet([
  { quantity: 40 },
  { model: 'Antminer S19 95T', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 3 },
])
const { finance } = reportCase(fleet)

/** 43 machines at two sites, of noon, in a board pack of a company without a logo. */
export const REPORT_CASE: ReportCase = reportCase(fleet, {
  template: USUAL_TEMPLATES[0]!,
  finance: { ...finance, company },
})

/** The text of the pages, as a reader gets it. */
export const textOfPages = (change: Partial<ReportCase>): string =>
  drawPages({ kind: 'pack', reportCase: { ...REPORT_CASE, ...change }, seal: null, rowsAtMost: null })
    .markup.replace(/<[^>]*>/g, ' ')
    .replaceAll('\u202f', ' ')
    .replaceAll('&#x27;', "'")
