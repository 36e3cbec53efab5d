import { useEffect, useMemo, useState } from 'react'
import { NO_SITES_TO_CALL } from '#shared/domain/decision/acts/called.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { recordedWords } from '#shared/format/act-words.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { count, MISSING } from '#shared/format/numbers.ts'
import { dayMonth, days } from '#shared/format/times.ts'
import { selectMoney, selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { SiteRow } from './SiteRow.tsx'
import type { SiteTableRow } from './site-rows.ts'
import { inOrderOf, siteTable } from './site-rows.ts'

const NO_DECISIONS: readonly RecordedDecision[] = []
/** More would push the picture and the machines out of sight. */
const MOST_AT_ONCE = 6

/** What the money counts over: `by 12 Dec`, `over 26 days` where the values are of no day, `a day`. */
function spanWords({ isPerDay, horizonEndMs, outlook }: Market): string {
  if (isPerDay) return 'a day'
  const day = dayMonth(horizonEndMs)
  return day === MISSING ? `over ${days(outlook?.horizonDays ?? Number.NaN)}` : `by ${day}`
}

/** The rows in the order in which they stood when a price began to be dragged, as long as it is: none jumps under the eye. */
function useSteady(rows: readonly SiteTableRow[]): readonly SiteTableRow[] {
  const moving = useStore((state) => state.picture?.question.keepOrder === true)
  const [order, setOrder] = useState(rows)
  if (!moving && order !== rows) setOrder(rows)
  return useMemo(() => (moving ? inOrderOf(rows, order) : rows), [moving, order, rows])
}

/** One row per site at which something is to be done now, and what was recorded today at the others. */
export function SitesToCall() {
  const called = useStore((state) => state.picture?.sitesToCall ?? NO_SITES_TO_CALL)
  const market = useStore((state) => state.picture?.market ?? null)
  const decisions = useStore((state) => state.decisions)
  const homeSite = useStore((state) => state.settings?.homeSite ?? '')
  const nowMs = useStore((state) => state.network?.readAtMs ?? Date.now())
  const money = useStore(selectMoney)
  const trying = useStore(selectWhatIfActive)
  const readDecisions = useStore((state) => state.readDecisions)
  const revision = useStore((state) => state.fleet?.revision)
  // Undo and redo take decisions back and forth.
  useEffect(() => void readDecisions(), [readDecisions, revision])
  const table = useMemo(
    () => siteTable(called, money, homeSite, decisions ?? NO_DECISIONS, nowMs),
    [called, money, homeSite, decisions, nowMs],
  )
  const [showsAll, showAll] = useState(false)
  const rows = useSteady(table.rows)
  const shown = showsAll || rows.length <= MOST_AT_ONCE ? rows : rows.slice(0, MOST_AT_ONCE)
  const { has, total, powerUnit } = table
  if (rows.length === 0) return <RecordedToday decisions={decisions ?? NO_DECISIONS} nowMs={nowMs} />
  return (
    <section className="panel calls" aria-label="Sites to call">
      <table>
        <thead>
          <tr>
            <th scope="col">Call</th>
            {has.powerDown ? <Heading>Power down</Heading> : null}
            {has.pause ? <Heading>Pause</Heading> : null}
            {has.start ? <Heading>Start</Heading> : null}
            {has.set ? <Heading>Set to another point</Heading> : null}
            <Heading>Frees at the meter, {powerUnit}</Heading>
            <Heading>{table.lossHeading}</Heading>
            <Heading>
              {table.gainVerb} {market === null ? '' : spanWords(market)}
            </Heading>
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <SiteRow
              key={row.call.siteKey}
              row={row}
              has={has}
              latest={decisions?.find(({ siteKey }) => siteKey === row.call.siteKey) ?? null}
              disabled={trying}
            />
          ))}
          {table.elsewhere === null ? null : (
            <tr className="muted">
              <th scope="row">Later or in some hours, elsewhere</th>
              <Blanks has={has} />
              <td />
              <td />
              <td className="figure">{table.elsewhere}</td>
              <td />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              All sites{' '}
              {shown.length === rows.length ? null : (
                <button type="button" className="button quiet" onClick={() => showAll(true)}>
                  Show {count(rows.length - shown.length)} more
                </button>
              )}
            </th>
            {has.powerDown ? <td className="figure">{total.powerDown}</td> : null}
            {has.pause ? <td className="figure">{total.pause}</td> : null}
            {has.start ? <td className="figure">{total.start}</td> : null}
            {has.set ? <td className="figure">{total.set}</td> : null}
            <td className="figure">{total.freed}</td>
            <td className="figure">{total.loss}</td>
            <td className="figure">{total.gain}</td>
            <td className="call-acts">
              {rows.length < 2 ? null : (
                <button
                  type="button"
                  className="button"
                  disabled={trying}
                  onClick={() => useStore.getState().open({ kind: 'record-all' })}
                >
                  Record all…
                </button>
              )}
            </td>
          </tr>
        </tfoot>
      </table>
      {trying ? <p className="muted call-note">What if is on: reset it to record what is done.</p> : null}
    </section>
  )
}

function Heading({ children }: { readonly children: React.ReactNode }) {
  return (
    <th scope="col" className="figure">
      {children}
    </th>
  )
}

function Blanks({ has }: { readonly has: ReturnType<typeof siteTable>['has'] }) {
  return (
    <>
      {has.powerDown ? <td /> : null}
      {has.pause ? <td /> : null}
      {has.start ? <td /> : null}
      {has.set ? <td /> : null}
    </>
  )
}

/** Where nothing is left to do: what was done today. */
function RecordedToday({
  decisions,
  nowMs,
}: {
  readonly decisions: readonly RecordedDecision[]
  readonly nowMs: number
}) {
  const today = decisions.filter(
    ({ atMs, isTakenBack }) =>
      !isTakenBack && new Date(atMs).toDateString() === new Date(nowMs).toDateString(),
  )
  if (today.length === 0) return null
  return (
    <p className="muted recorded-today">
      Recorded:{' '}
      {today
        .slice(0, 3)
        .map((each) => `${each.site}, ${recordedWords(each)}`)
        .join('; ')}
      .
    </p>
  )
}
