import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { DEFAULT_DISPLAY } from '#shared/format/display.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { drawPages } from '#renderer/print/draw-pages.tsx'
import { NETWORK_STATE, NOON_MS } from '../renderer/network-state.ts'
import { smallFleet } from '../renderer/small-fleet.ts'

/** 43 machines at two sites, of noon, in a board pack of a company without a logo. */
export const REPORT_CASE: ReportCase = {
  template: USUAL_TEMPLATES[0]!,
  madeAtMs: NOON_MS,
  asOfMs: NOON_MS,
  version: '1.2.3',
  fleet: {
    revision: 1,
    ...smallFleet([
      { quantity: 40 },
      { model: 'Antminer S19 95T', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 3 },
    ]),
    tariffs: [],
    contracts: 0,
    ladders: 0,
    undo: null,
    redo: null,
  },
  inputs: PLAIN_CASE,
  network: NETWORK_STATE,
  recent: null,
  horizonDays: null,
  scenarios: [],
  decisions: { fromMs: NOON_MS, toMs: NOON_MS, recorded: [] },
  finance: {
    company: { name: 'Nord & Süd AS', preparedBy: 'A. Person', reviewedBy: '', logo: null },
    generalUsdPerDay: null,
    demandResponseCreditsUsdPerDay: null,
    discountRatePerYear: null,
    treasury: null,
    purchases: [],
  },
  currency: 'USD',
  display: DEFAULT_DISPLAY,
}

/** The text of the pages, as a reader gets it. */
export const textOfPages = (change: Partial<ReportCase>): string =>
  drawPages({ kind: 'pack', reportCase: { ...REPORT_CASE, ...change }, seal: null, rowsAtMost: null })
    .markup.replace(/<[^>]*>/g, ' ')
    .replaceAll('\u202f', ' ')
    .replaceAll('&#x27;', "'")
