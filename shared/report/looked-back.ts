import type { BacktestCase } from '../domain/backtest/backtest.ts'
import type { Backtest } from '../domain/backtest/result.ts'
import type { Weighed } from '../domain/decision/weighed.ts'
import type { ReportCase } from './case.ts'

/**
 * What the back-test of a report came to. It follows from the case, so nothing of it is sealed; it is computed before the document
 * because it may take minutes. 'later': these pages are made without it.
 */
export type LookedBack = Weighed<Backtest> | 'later'

/** What is looked back on; null: the section is not in, or no day is stored. */
export function backtestOf(reportCase: ReportCase): BacktestCase | null {
  const { backtest: days, fleet, inputs, asOfMs, horizonDays, template } = reportCase
  if (days === undefined || days === null || !template.sections.includes('backtest')) return null
  const { machines, sites } = fleet
  return { fleet: { machines, sites }, inputs, heldAtMs: asOfMs, horizonDays, ...days }
}
