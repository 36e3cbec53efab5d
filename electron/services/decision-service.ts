import { basename, extname } from 'node:path'
import { isOfKind } from '#shared/domain/decision/acts/log-kinds.ts'
import { missingDaysOf, outcomeOf, outcomeSums } from '#shared/domain/decision/acts/outcome.ts'
import type { DailyHashprice, LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { recentHashprice } from '#shared/domain/signals/hashprice-history.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { DecisionLog, LogScope } from '#shared/ipc/schemas/decisions.ts'
import type { Past } from '#shared/ipc/schemas/past.ts'
import type { DecisionPeriod } from '#electron/store/port.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

type Ports = {
  readonly store: Pick<Store, 'readDecisionLog'>
  readonly past: { read(): Promise<Past> }
  readonly nowMs: () => number
}

/** What was decided, and what it brought at the hashprices that really came. */
export type DecisionService = {
  /** @param atMost null: all */
  read(period: DecisionPeriod, atMost: number | null): Promise<DecisionLog>
  /** Writes the log whole or not at all: JSON where the file's name ends in .json, else a table. */
  exportTo(path: string, scope: LogScope): Promise<{ readonly fileName: string; readonly rows: number }>
}

export function createDecisionService({ store, past, nowMs }: Ports): DecisionService {
  async function read(
    period: DecisionPeriod,
    atMost: number | null,
    isMeant: (decision: RecordedDecision) => boolean = () => true,
  ): Promise<DecisionLog> {
    const [found, { series }] = await Promise.all([
      store.readDecisionLog(period, atMost === null ? null : atMost + 1),
      past.read(),
    ])
    const daily = recentHashprice(series, Infinity)
    const now = nowMs()
    const rows = found
      .slice(0, atMost ?? found.length)
      .filter(isMeant)
      .map((decision): LoggedDecision => ({ decision, outcome: outcomeOf(decision, daily, now) }))
    const hasMore = atMost !== null && found.length > atMost
    return { rows, hasMore, sums: outcomeSums(rows), history: historyOf(rows, daily) }
  }

  return {
    read: (period, atMost) => read(period, atMost),
    async exportTo(path, { site, kind, ...period }) {
      const log = await read(
        period,
        null,
        (decision) =>
          (site === null || decision.site === site) &&
          (isOfKind(decision, kind) || (kind === 'standing' && decision.isTakenBack)),
      )
      const [{ logPieces }, { replaceFile }] = await Promise.all([
        import('#electron/files/decisions/write-decisions.ts'),
        import('#electron/files/replace.ts'),
      ])
      await replaceFile(path, logPieces(log, extname(path).toLowerCase() === '.json'))
      return { fileName: basename(path), rows: log.rows.length }
    },
  }
}

function historyOf(rows: readonly LoggedDecision[], daily: DailyHashprice | null): DecisionLog['history'] {
  const days = new Set<number>()
  for (const { outcome } of rows)
    if (outcome !== null) for (const day of missingDaysOf(outcome, daily)) days.add(day)
  const missing = [...days].sort((a, b) => a - b)
  const first = daily?.usdPerPhDay.findIndex((value) => !Number.isNaN(value)) ?? -1
  const last = daily?.usdPerPhDay.findLastIndex((value) => !Number.isNaN(value)) ?? -1
  const dayAt = (i: number) =>
    daily === null || i < 0 ? null : daily.lastDayMs - (daily.usdPerPhDay.length - 1 - i) * MS_PER_DAY
  return {
    fromMs: dayAt(first),
    throughMs: dayAt(last),
    missing,
  }
}
