import { useMemo } from 'react'
import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import { missingDaysAmong, outcomeSums } from '#shared/domain/decision/acts/outcome.ts'
import {
  daySpanWords,
  expectedWords,
  rightOrNot,
  withoutFigureWords,
} from '#shared/format/decision-log-words.ts'
import type { Money } from '#shared/format/money.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { counted } from '#shared/format/numbers.ts'
import type { DecisionLog } from '#shared/ipc/schemas/decisions.ts'
import { exportLog } from '../../state/decision-actions.ts'
import type { LogView } from '../../state/decision-log.ts'
import { useDecisionLog } from '../../state/decision-log.ts'
import { useNow } from '../../ui/use-now.ts'
import { FillHistory } from './FillHistory.tsx'
import { LogFilters } from './LogFilters.tsx'
import { rowsInScope } from './log-rows.ts'
import { LogTable } from './LogTable.tsx'
import { usePlainMoney } from '../../state/use-plain-money.ts'

/** The sentence, and the decisions that it is of. */
export function Log({ log }: { readonly log: DecisionLog }) {
  const view = useDecisionLog((state) => state.view)
  const money = usePlainMoney()
  const nowMs = useNow()
  const fromMs = view.days === null ? null : nowMs - view.days * MS_PER_DAY
  const inScope = useMemo(() => rowsInScope(log.rows, view, nowMs), [log, view, nowMs])
  return (
    <>
      <Sentence fromMs={fromMs} rows={inScope} view={view} log={log} money={money} />
      <section className="panel log" aria-labelledby="log-heading">
        <LogFilters rows={log.rows} view={view} />
        <LogTable rows={inScope} view={view} money={money} nowMs={nowMs} />
        {log.hasMore ? (
          <p className="note log-note">
            These are the newest {counted(log.rows.length, 'decision')}; those before are in the export, which
            has all.
          </p>
        ) : null}
      </section>
    </>
  )
}

type SentenceProps = {
  /** of the chosen period, unix ms; null: all */
  readonly fromMs: number | null
  readonly rows: readonly LoggedDecision[]
  readonly view: LogView
  readonly log: DecisionLog
  readonly money: Money
}

function Sentence({ fromMs, rows, view: { site, kind }, log, money }: SentenceProps) {
  const sums = useMemo(() => outcomeSums(rows), [rows])
  const standing = rows.filter(({ decision }) => !decision.isTakenBack)
  const firstMs = standing.reduce((first, { decision }) => Math.min(first, decision.atMs), Infinity)
  const takenBack = rows.length - standing.length
  const without = withoutFigureWords(rows)
  const missing = useMemo(() => missingDaysAmong(rows, log.history.missing), [rows, log])
  const where = site === null ? '' : ` at ${site}`
  const expected = expectedWords(sums, money.amount)
  return (
    <header className="screen-head decisions-head">
      <h1>
        {rightOrNot(sums, { firstMs, where, takenBack }, money.amount).map((part, i) =>
          typeof part === 'string' ? (
            part
          ) : (
            <em key={i} className={part.isLoss ? 'loses' : 'earns'}>
              {part.text}
            </em>
          ),
        )}
      </h1>
      <div className="actions">
        <button
          type="button"
          className="button"
          onClick={() => void exportLog({ fromMs, toMs: null, site, kind })}
        >
          Export…
        </button>
      </div>
      <p className="muted">
        {expected} At the hashprices that really came, with the costs of the moment of each decision, until
        the machines were switched again or the advice ended. {without}
      </p>
      {missing.length === 0 ? null : (
        <p className="waits log-missing">
          <span>
            {counted(missing.length, 'day has', 'days have')} no hashprice and{' '}
            {missing.length === 1 ? 'is' : 'are'} in no figure: {daySpanWords(missing)}.
          </span>
          <FillHistory />
        </p>
      )}
    </header>
  )
}
