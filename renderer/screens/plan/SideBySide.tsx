import type { ScenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import type { Money } from '#shared/format/money.ts'
import { count, counted, MISSING, number } from '#shared/format/numbers.ts'
import { dayMonth, nearDayMonth } from '#shared/format/times.ts'
import { goneSitesWords } from '#shared/format/tried-words.ts'
import type { PlanScenario } from '../../engine/plan-protocol.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { AddColumn, ColumnHead } from './ColumnHead.tsx'
import { evenly } from './words.ts'

type Row = {
  readonly title: string
  readonly of: (ahead: ScenarioAhead) => number
  readonly write: (values: readonly number[]) => readonly string[]
  /** which is best: the highest, the lowest, or none is */
  readonly best: 'highest' | 'lowest' | null
}

function rowsOf(money: Money, aheads: readonly ScenarioAhead[]): readonly Row[] {
  const amounts = (values: readonly number[]) => evenly(money, values)
  const each = (write: (value: number) => string) => (values: readonly number[]) => values.map(write)
  const lengths = new Set(aheads.map(({ days }) => Math.round(days)))
  const length = lengths.size === 1 ? [...lengths][0]! : null
  const row = (
    title: string,
    of: Row['of'],
    write: Row['write'] = amounts,
    best: Row['best'] = 'highest',
  ): Row => ({ title, of, write, best })
  return [
    row('Cash margin a day, now', (ahead) => ahead.nowUsdPerDay),
    ...(aheads.some(({ days }) => days > 90) ? [row('in 90 days', (ahead) => ahead.in90DaysUsdPerDay)] : []),
    row(length === null ? 'at the end' : `in ${counted(length, 'day')}`, (ahead) => ahead.endUsdPerDay),
    row(length === null ? 'Sum to the end' : `Sum over ${counted(length, 'day')}`, (ahead) => ahead.sumUsd),
    row('Machines to power down at the end', (ahead) => ahead.machinesToPowerDown, each(count), 'lowest'),
    row(
      `Hashprice at the end, ${money.hashprice.heading}`,
      (ahead) => ahead.endHashpriceUsdPerPhDay,
      each((value) => money.perPh(value)),
    ),
    ...(length === null
      ? [
          row(
            'Days to the end of the last epoch',
            (ahead) => ahead.days,
            each((value) => number(value)),
            null,
          ),
        ]
      : []),
  ]
}

/** The cells of a row as they are printed, and which are best; none where all read the same. */
export function printedRow(
  { of, write, best }: Row,
  scenarios: readonly PlanScenario[],
): readonly { readonly text: string; readonly isBest: boolean }[] {
  const values = scenarios.map(({ ahead }) => (ahead === null ? Number.NaN : of(ahead)))
  const known = values.filter(Number.isFinite)
  const texts = write(values)
  const found = best === 'highest' ? Math.max(...known) : best === 'lowest' ? Math.min(...known) : Number.NaN
  const bestText = known.length < 2 ? null : (texts[values.indexOf(found)] ?? null)
  const isTold = texts.some((text) => text !== MISSING && text !== bestText)
  return texts.map((text) => ({ text, isBest: isTold && text === bestText }))
}

/** Up to four scenarios on the fleet as it is. The best figure of a row is bold and has a mark. */
export function SideBySide({ scenarios }: { readonly scenarios: readonly PlanScenario[] }) {
  const money = useStore(selectMoney)
  const rows = rowsOf(
    money,
    scenarios.flatMap(({ ahead }) => (ahead === null ? [] : [ahead])),
  )
  const first = scenarios[0]?.ahead ?? null
  return (
    <section className="panel side-by-side" aria-label="Side by side">
      <div className="table-scroll" tabIndex={0} role="group" aria-label="Scenarios side by side">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">
                Side by side
                {first === null ? null : <Span ahead={first} />}
              </th>
              {scenarios.map(({ name }, column) => (
                <th key={name} scope="col" className="figure">
                  <ColumnHead column={column} name={name} />
                </th>
              ))}
              <td className="add-column">
                <AddColumn />
              </td>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.title}>
                <th scope="row">{row.title}</th>
                {printedRow(row, scenarios).map(({ text, isBest }, column) => (
                  <td key={column} className={isBest ? 'figure best' : 'figure'}>
                    {isBest ? (
                      <>
                        <span className="best-sign" aria-hidden="true">
                          ▲
                        </span>
                        <span className="visually-hidden">best: </span>
                      </>
                    ) : null}
                    {text}
                  </td>
                ))}
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {scenarios.length > 1 ? null : (
        <p className="note side-note">
          Up to four scenarios stand here side by side: keep a What if on Today as one, or change the
          assumptions.
        </p>
      )}
      {scenarios.map(({ name, goneSites }) => {
        const words = goneSitesWords(goneSites)
        return words === null ? null : (
          <p key={name} className="note side-note">
            {name}: {words}
          </p>
        )
      })}
      {scenarios.map(({ name, refusal }) =>
        refusal === null ? null : (
          <p key={name} className="note side-note" role="alert">
            {name}: {refusal}
          </p>
        ),
      )}
    </section>
  )
}

/** The days that the figures are of, where they are known. */
function Span({ ahead: { epochs, endsAtMs } }: { readonly ahead: ScenarioAhead }) {
  const startMs = epochs[0]?.startsAtMs ?? Number.NaN
  if (!Number.isFinite(startMs) || !Number.isFinite(endsAtMs)) return null
  return (
    <small>
      {' '}
      <time dateTime={new Date(startMs).toISOString()}>{dayMonth(startMs)}</time> to{' '}
      {nearDayMonth(endsAtMs, startMs)}
    </small>
  )
}
