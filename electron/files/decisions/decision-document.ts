import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import { stakeTotals } from '#shared/domain/decision/acts/stake.ts'
import type { DecisionLog } from '#shared/ipc/schemas/decisions.ts'

const timeOf = (ms: number | null | undefined) =>
  ms === null || ms === undefined
    ? null
    : new Date(Math.round(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const existing = (value: number) => (Number.isFinite(value) ? value : null)

/** A row of the log as a file says it; null: not known. */
export function decisionDocument({ decision, outcome }: LoggedDecision) {
  const { stake } = decision
  const totals = stake === undefined ? null : stakeTotals(stake)
  return {
    at: timeOf(decision.atMs),
    site: decision.site,
    kind: decision.kind,
    byWhom: decision.byWhom ?? null,
    reason: decision.reason,
    advised: decision.advised,
    machinesDone: decision.machinesDone,
    freedKw: decision.freedKw,
    gainUsd: decision.gainUsd,
    until: timeOf(decision.untilMs),
    hashpriceUsdPerPhDay: decision.hashpriceUsdPerPhDay,
    priceUsdPerBtc: decision.priceUsdPerBtc,
    difficulty: decision.difficulty,
    change: decision.change,
    takenBack: decision.isTakenBack,
    takenBackAt: timeOf(decision.takenBackAtMs),
    stake:
      totals === null
        ? null
        : {
            stopsAcceptedPhs: totals.acceptedPhs,
            stopsCostUsdPerDay: totals.costUsdPerDay,
            restartUsd: totals.restartUsd + totals.restartAtEndUsd,
          },
    outcome:
      outcome === null
        ? null
        : {
            savedUsd: existing(outcome.savedUsd),
            expectedUsd: existing(outcome.expectedUsd),
            restartUsd: outcome.restartUsd,
            to: timeOf(outcome.toMs),
            endsWith: outcome.endsWith,
            daysCovered: outcome.daysCovered,
            daysMissing: outcome.daysMissing,
            meanHashpriceUsdPerPhDay: existing(outcome.meanHashpriceUsdPerPhDay),
          },
  }
}

/** What stands around the rows of the log. */
export function logDocument({ rows, hasMore, sums, history }: DecisionLog) {
  const { fromMs, throughMs, missing } = history
  return {
    decisions: rows.map(decisionDocument),
    hasMore,
    sums,
    history: {
      from: fromMs === null ? null : dayOf(fromMs),
      through: throughMs === null ? null : dayOf(throughMs),
      missing: missing.map(dayOf),
      missingDays: missing.length,
    },
  }
}
