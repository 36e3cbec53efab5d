import { lazy, Suspense, useMemo } from 'react'
import type { Backtest } from '#shared/domain/backtest/result.ts'
import {
  backtestAssumptionWords,
  backtestNotes,
  backtestWords,
  WAY_RULES,
  WAY_WORDS,
} from '#shared/format/backtest-words.ts'
import type { Money } from '#shared/format/money.ts'
import { restsOn, useBackTest } from '../../state/back-test.ts'
import { useStore } from '../../state/store.ts'
import type { MonthRow } from './back-test-rows.ts'
import { monthTable, runningLines, wayRows, WAYS_SHOWN } from './back-test-rows.ts'
import { FillHistory } from './FillHistory.tsx'
import { usePlainMoney } from '../../state/use-plain-money.ts'

const BackTestChart = lazy(() =>
  import('../../charts/back-test/BackTestChart.tsx').then((m) => ({ default: m.BackTestChart })),
)

/** What a back-test came to: the sentence, the four ways, their running sums and the months. */
export function BackTestResult({ result }: { readonly result: Backtest }) {
  const money = usePlainMoney()
  const table = monthTable(result, money)
  const lines = useMemo(() => runningLines(result), [result])
  const months = table.rows.map(({ month }) => month)
  return (
    <div className="back-test-result" role="group" aria-label="What the back-test came to">
      <p className="back-test-answer" role="status">
        {backtestWords(result, money)}
      </p>
      <Notes result={result} />
      <div className="back-test-evidence">
        <Ways result={result} money={money} />
        <figure>
          <figcaption className="muted">
            Earned more than always on, summed up month by month, {money.currency}
          </figcaption>
          <Suspense fallback={<div className="back-test-chart" />}>
            <BackTestChart
              lines={lines}
              months={months}
              money={money}
              name={`Earned more than always on: ${lines
                .map(({ name, moreUsd }) => `${name} ${money.amount(moreUsd.at(-1) ?? Number.NaN)}`)
                .join(', ')}`}
            />
          </Suspense>
        </figure>
      </div>
      <Months rows={table.rows} total={table.total} money={money} />
      <p className="muted">{backtestAssumptionWords(result)}</p>
    </div>
  )
}

/** What a reader must know of it. */
function Notes({ result }: { readonly result: Backtest }) {
  const of = useBackTest((state) => state.of)
  const isOld = useStore((state) => of !== null && restsOn(state).some((part, i) => part !== of[i]))
  return (
    <div className="back-test-lacks">
      {isOld ? (
        <p className="waits">Fleet, history or settings have changed since it ran: run it again.</p>
      ) : null}
      {backtestNotes(result).map((note) => (
        <p key={note} className="back-test-note">
          {note}
        </p>
      ))}
      {result.total.missingDays === 0 ? null : <FillHistory />}
    </div>
  )
}

function Ways({ result, money }: { readonly result: Backtest; readonly money: Money }) {
  const rows = wayRows(result, money)
  return (
    <div className="table-scroll" role="region" aria-label="Four ways" tabIndex={0}>
      <table className="plain" aria-label="Ways of deciding">
        <thead>
          <tr>
            <th scope="col">Who decides</th>
            <Figure>Earned</Figure>
            <Figure>more than always on</Figure>
            <Figure>of it for restarts</Figure>
            <Figure>Starts</Figure>
            <Figure>Off, share of machine days</Figure>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.way} className={row.way === 'advice' ? 'back-test-advice' : undefined}>
              <th scope="row">
                {WAY_WORDS[row.way]}
                <span className="back-test-rule">{WAY_RULES[row.way]}</span>
              </th>
              <td className="figure">{row.earned}</td>
              <td className="figure strong">{row.more}</td>
              <td className="figure">{row.restarts}</td>
              <td className="figure">{row.starts}</td>
              <td className="figure">{row.off}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type MonthsProps = { readonly rows: readonly MonthRow[]; readonly total: MonthRow; readonly money: Money }

function Months({ rows, total, money }: MonthsProps) {
  return (
    <div className="table-scroll back-test-months" role="region" aria-label="Months" tabIndex={0}>
      <table className="plain" aria-label="Months of the back-test">
        <thead>
          <tr>
            <th scope="col">Month</th>
            <Figure>Days</Figure>
            <Figure>Mean hashprice {money.hashprice.heading}</Figure>
            {WAYS_SHOWN.map((way) => (
              <Figure key={way}>{WAY_WORDS[way]}</Figure>
            ))}
            <Figure>Advice more than always on</Figure>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Month key={row.month} row={row} />
          ))}
        </tbody>
        <tfoot>
          <Month row={total} />
        </tfoot>
      </table>
    </div>
  )
}

function Month({ row }: { readonly row: MonthRow }) {
  return (
    <tr>
      <th scope="row">{row.month}</th>
      <td className="figure">{row.days}</td>
      <td className="figure">{row.hashprice}</td>
      {row.earned.map((text, i) => (
        <td key={WAYS_SHOWN[i]} className="figure">
          {text}
        </td>
      ))}
      <td className={row.isLoss ? 'figure strong loses' : 'figure strong'}>{row.more}</td>
    </tr>
  )
}

function Figure({ children }: { readonly children: React.ReactNode }) {
  return (
    <th scope="col" className="figure">
      {children}
    </th>
  )
}
