import { useEffect, useMemo, useRef } from 'react'
import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import type { Money } from '#shared/format/money.ts'
import { counted } from '#shared/format/numbers.ts'
import { Pages } from '../../parts/Pages.tsx'
import { WhyButton } from '../../parts/why/WhyButton.tsx'
import type { LogColumn, LogView } from '../../state/decision-log.ts'
import { LOG_COLUMNS, lookAtLog } from '../../state/decision-log.ts'
import { useStore } from '../../state/store.ts'
import type { PrintedRow } from './log-rows.ts'
import { printedLog, rowsInOrder } from './log-rows.ts'

const PAGE = 100

type Heading = { readonly name: string; readonly unit?: string; readonly title?: string }

const headings = (money: Money): Readonly<Record<LogColumn, Heading>> => ({
  at: { name: 'When' },
  site: { name: 'Site' },
  advised: { name: 'Advised' },
  decision: { name: 'Decided' },
  by: { name: 'By' },
  machines: { name: 'Machines', title: 'that were switched' },
  then: { name: 'Hashprice then', unit: money.hashprice.heading, title: 'that the advice rested on' },
  since: { name: 'Mean since', unit: money.hashprice.heading, title: 'of the days that count' },
  expected: { name: 'Expected', title: 'over the days that count, at the hashprices that were foreseen' },
  saved: { name: 'Saved', title: 'over the days that count, at the hashprices that really came' },
})
/** Which Why has too. */
const DETAILS: ReadonlySet<LogColumn> = new Set(['then', 'since'])
const FIGURES: ReadonlySet<LogColumn> = new Set(['machines', 'then', 'since', 'expected', 'saved'])

type Props = {
  readonly rows: readonly LoggedDecision[]
  readonly view: LogView
  readonly money: Money
  readonly nowMs: number
}

/** The decisions as a table, a hundred at a time; what is taken back stands apart. */
export function LogTable({ rows, view, money, nowMs }: Props) {
  const ordered = useMemo(() => rowsInOrder(rows, view), [rows, view])
  const printed = useMemo(() => printedLog(ordered, money, nowMs), [ordered, money, nowMs])
  const columns = headings(money)
  const scroller = useRef<HTMLDivElement>(null)
  const pages = Math.max(1, Math.ceil(ordered.length / PAGE))
  const page = Math.min(view.page, pages - 1)
  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [page, view.sort])
  const shown = printed.rows.slice(page * PAGE, (page + 1) * PAGE)
  const { done, notDone } = printed
  const isApart = view.kind === 'taken-back'
  return (
    <>
      <div ref={scroller} className="table-scroll log-scroll" role="region" aria-label="Log" tabIndex={0}>
        <table className="plain log-table" aria-label="Decisions" aria-rowcount={ordered.length + 1}>
          <thead>
            <tr>
              {LOG_COLUMNS.map((column) => (
                <Head key={column} column={column} heading={columns[column]} view={view} />
              ))}
              <th scope="col">
                <span className="visually-hidden">Why</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, i) => (
              <Row key={row.key} row={row} index={page * PAGE + i} />
            ))}
            {shown.length === 0 ? (
              <tr>
                <td colSpan={LOG_COLUMNS.length + 1} className="muted">
                  No decision of this kind, site and time.
                </td>
              </tr>
            ) : null}
          </tbody>
          {isApart ? null : (
            <tfoot>
              {done === null ? null : <Total name="Done" figures={done} />}
              {notDone === null ? null : <Total name="Not now: would have" figures={notDone} />}
            </tfoot>
          )}
        </table>
      </div>
      <div className="log-foot">
        <p className="muted">
          {isApart ? 'What was taken back counts nowhere. ' : <TakenBack rows={rows} />}
        </p>
        <Pages
          label="Pages of the log"
          size={PAGE}
          total={ordered.length}
          page={page}
          onPage={(next) => lookAtLog({ page: next })}
        />
      </div>
    </>
  )
}

type HeadProps = { readonly column: LogColumn; readonly heading: Heading; readonly view: LogView }

function Head({ column, heading, view: { sort } }: HeadProps) {
  const isSorted = sort.by === column
  const isFigure = FIGURES.has(column)
  return (
    <th
      scope="col"
      className={DETAILS.has(column) ? 'figure log-detail' : isFigure ? 'figure' : undefined}
      aria-sort={isSorted ? (sort.isUp ? 'ascending' : 'descending') : 'none'}
      title={heading.title}
    >
      <button
        type="button"
        className="sort"
        // Words begin with A, figures and days with the largest.
        onClick={() =>
          lookAtLog({ sort: { by: column, isUp: isSorted ? !sort.isUp : !isFigure && column !== 'at' } })
        }
      >
        {heading.name}
        {heading.unit === undefined ? null : <span className="head-unit"> {heading.unit}</span>}
        {isSorted ? (
          <svg viewBox="0 0 8 8" aria-hidden="true">
            <path d={sort.isUp ? 'M1 5.5h6L4 1.5z' : 'M1 2.5h6L4 6.5z'} />
          </svg>
        ) : null}
      </button>
    </th>
  )
}

function Row({ row, index }: { readonly row: PrintedRow; readonly index: number }) {
  const isOpen = useStore(({ explained }) => explained?.kind === 'decision' && explained.key === row.key)
  return (
    <tr
      aria-rowindex={index + 2}
      data-kind={row.isTakenBack ? 'taken-back' : row.isDone ? 'done' : 'not-now'}
      data-explained={isOpen || undefined}
    >
      <th scope="row">{row.at}</th>
      <td>{row.site}</td>
      <td className="log-words">{row.advised}</td>
      <td className="log-words">
        {row.decision}
        {row.isTakenBack ? <span className="log-tag">taken back</span> : null}
      </td>
      <td className="log-by">{row.by}</td>
      <td className="figure">{row.machines}</td>
      <td className="figure log-detail">{row.then}</td>
      <td className="figure log-detail">{row.since}</td>
      <td className="figure muted">{row.expected}</td>
      <td className={row.isLoss ? 'figure strong loses' : 'figure strong'} title={row.missing ?? undefined}>
        {row.saved}
      </td>
      <td>
        <WhyButton of={`${row.site}, ${row.at}`} subject={{ kind: 'decision', key: row.key }} />
      </td>
    </tr>
  )
}

type TotalProps = {
  readonly name: string
  readonly figures: { readonly machines: string; readonly expected: string; readonly saved: string }
}

function Total({ name, figures }: TotalProps) {
  return (
    <tr>
      <th scope="row" colSpan={5}>
        {name}
      </th>
      <td className="figure">{figures.machines}</td>
      <td className="log-detail" />
      <td className="log-detail" />
      <td className="figure">{figures.expected}</td>
      <td className="figure">{figures.saved}</td>
      <td />
    </tr>
  )
}

function TakenBack({ rows }: { readonly rows: readonly LoggedDecision[] }) {
  const takenBack = rows.filter(({ decision }) => decision.isTakenBack).length
  if (takenBack === 0) return null
  return (
    <>
      {counted(takenBack, 'decision was', 'decisions were')} taken back and{' '}
      {takenBack === 1 ? 'counts' : 'count'} nowhere.
      <button type="button" className="button quiet" onClick={() => lookAtLog({ kind: 'taken-back' })}>
        Show {takenBack === 1 ? 'it' : 'them'}
      </button>
    </>
  )
}
