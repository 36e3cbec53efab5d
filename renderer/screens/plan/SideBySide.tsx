import type { ScenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import { nearDayMonth } from '#shared/format/near-days.ts'
import { dayMonth } from '#shared/format/times.ts'
import { goneSitesWords } from '#shared/format/tried-words.ts'
import type { PlanScenario } from '../../engine/plan-protocol.ts'
import { usePlan } from '../../state/plan-slice.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'
import { AddColumn, ColumnHead } from './ColumnHead.tsx'
import { printedRow, rowsOf } from './side-rows.ts'

/** Up to four scenarios on the fleet as it is. The best figure of a row is bold and has a mark. */
export function SideBySide({ scenarios }: { readonly scenarios: readonly PlanScenario[] }) {
  const money = usePlainMoney()
  const rows = rowsOf(
    money,
    scenarios.flatMap(({ ahead }) => (ahead === null ? [] : [ahead])),
  )
  const first = scenarios[0]?.ahead ?? null
  const underWater = usePlan((state) => state.question?.underWater)
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
      {underWater === 'run' ? null : (
        <p className="note side-note">
          Every machine does what earns most at each hashprice; restarts and waiting, for which the advice on
          Today holds some, are not in it.
        </p>
      )}
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
