import { calendarDay } from '#shared/format/times.ts'
import type { SignalPanelPlan } from './panels.ts'

const ROWS = 30

/** The newest days of a signal in figures, the newest on top. */
export function DayTable({ plan, last }: { readonly plan: SignalPanelPlan; readonly last: number }) {
  const rows = Array.from({ length: Math.min(ROWS, last + 1) }, (_, i) => last - i)
  return (
    // A region that scrolls must be reached by the keyboard.
    <div
      className="table-scroll signal-table"
      tabIndex={0}
      role="region"
      aria-label={`${plan.title}, last ${ROWS} days`}
    >
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Day</th>
            {plan.columns.map(({ title }) => (
              <th key={title} scope="col" className="figure">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{calendarDay(plan.chart.dates[row]!)}</th>
              {plan.columns.map(({ title, at }) => (
                <td key={title} className="figure">
                  {at(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
