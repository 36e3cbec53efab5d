import { lazy, Suspense, useId, useMemo, useState } from 'react'
import { calendarDay } from '#shared/format/times.ts'
import type { AdjustmentAhead } from '#shared/format/signal-words.ts'
import { signalWords } from '#shared/format/signal-words.ts'
import { valueAxis } from '../../../charts/signals/chart-plan.ts'
import type { Range } from '../../../charts/signals/day-ticks.ts'
import { spanOf } from '../../../charts/signals/day-ticks.ts'
import type { Palette } from '../../../charts/palette.ts'
import { useStore } from '../../../state/store.ts'
import { useNear } from '../../../ui/use-near.ts'
import { dataWords, missingWords, nothingInViewWords, ofOldDay } from './basis-words.ts'
import { DayTable } from './DayTable.tsx'
import type { SignalPanelPlan } from './panels.ts'
import { dayWords } from './panels.ts'
import type { SignalsView } from './select-signals.ts'
import { StaleDays } from './StaleDays.tsx'

// The chart library comes with the first chart that somebody comes near: a history that is empty has none.
const SignalCanvas = lazy(() =>
  import('../../../charts/signals/SignalCanvas.tsx').then((module) => ({ default: module.SignalCanvas })),
)

type Props = {
  readonly plan: SignalPanelPlan
  readonly view: SignalsView
  readonly range: Range
  readonly palette: Palette | null
  /** null where the next adjustment is not known */
  readonly ahead: AdjustmentAhead | null
  readonly nowMs: number
}

/** One signal: its state in words, its chart, and what it rests on. */
export function SignalPanel({ plan, view, range, palette, ahead, nowMs }: Props) {
  const settings = useStore((state) => state.settings)
  const headingId = useId()
  const words = signalWords(plan.name, view.readings, ahead)
  const reading = view.readings[plan.name]
  const oldDay = reading === null ? '' : ofOldDay(reading.date, nowMs)
  return (
    <section className="panel signal" aria-labelledby={headingId}>
      <header className="panel-head">
        <h3 id={headingId}>
          {plan.title} <small>{plan.about}</small>
        </h3>
      </header>
      {words === null || reading === null ? (
        <div className="signal-missing">
          {missingWords(plan.name, view.coverage, settings).map((sentence) => (
            <p key={sentence} className="muted">
              {sentence}
            </p>
          ))}
        </div>
      ) : (
        <>
          <p className="signal-now">
            <b>{words.value}</b>
            {oldDay === '' ? ' ' : `${oldDay}: `}
            <span>{words.state}</span>
          </p>
          <DaysOfSignal
            plan={plan}
            range={range}
            palette={palette}
            last={reading.row}
            picture={`${plan.title}, ${range.days === null ? 'all days' : `the last ${range.name}`}: ${words.value}${oldDay}, ${words.state}`}
            foot={
              <DataLine
                words={dataWords(plan.name, view.coverage, reading.date)}
                date={reading.date}
                nowMs={nowMs}
              />
            }
          />
        </>
      )}
    </section>
  )
}

function DataLine({
  words,
  date,
  nowMs,
}: {
  readonly words: string
  readonly date: string
  readonly nowMs: number
}) {
  return (
    <span className="signal-data">
      {words} <StaleDays date={date} nowMs={nowMs} />
    </span>
  )
}

type DaysProps = Pick<Props, 'plan' | 'range' | 'palette'> & {
  /** the newest row with a value */
  readonly last: number
  readonly picture: string
  readonly foot: React.ReactNode
}

/** The days as a picture with a cursor, or the newest of them as a table. */
function DaysOfSignal({ plan, range, palette, last, picture, foot }: DaysProps) {
  const [cursor, setCursor] = useState<number | null>(null)
  const [asTable, setAsTable] = useState(false)
  const [chart, setChart] = useState<HTMLElement | null>(null)
  const isNear = useNear(chart)
  const { dates } = plan.chart
  const span = useMemo(() => spanOf(dates.length, range), [dates, range])
  const axis = useMemo(() => valueAxis(plan.chart, span), [plan, span])
  const read = cursor !== null && cursor >= span.from && cursor <= span.to ? cursor : null
  const line = (row: number) => dayWords(plan, row, calendarDay(dates[row]!))
  return (
    <>
      {asTable ? (
        <DayTable plan={plan} last={last} />
      ) : axis === null ? (
        <p className="chart signal-chart signal-nothing muted">{nothingInViewWords(plan, range)}</p>
      ) : (
        <>
          <div ref={setChart} className="chart signal-chart">
            <Suspense fallback={<canvas role="img" aria-label={picture} />}>
              {palette === null || !isNear ? (
                <canvas role="img" aria-label={picture} />
              ) : (
                <SignalCanvas
                  plan={plan.chart}
                  span={span}
                  axis={axis}
                  palette={palette}
                  cursor={read}
                  name={picture}
                  onCursor={setCursor}
                />
              )}
            </Suspense>
            <input
              className="signal-cursor"
              type="range"
              min={span.from}
              max={span.to}
              value={read ?? last}
              aria-label={`${plan.title}, day`}
              aria-valuetext={line(read ?? last)}
              onFocus={() => setCursor(last)}
              onBlur={() => setCursor(null)}
              onChange={(event) => setCursor(Number(event.target.value))}
              onKeyDown={(event) => event.key === 'Escape' && setCursor(null)}
            />
          </div>
          <p className="chart-read">{read === null ? <Legend plan={plan} /> : line(read)}</p>
        </>
      )}
      <footer className="signal-foot">
        {foot}
        <button
          type="button"
          className="button quiet"
          aria-label={`${asTable ? 'Show as chart' : 'Show as table'}: ${plan.title}`}
          onClick={() => {
            setCursor(null)
            setAsTable(!asTable)
          }}
        >
          {asTable ? 'Show as chart' : 'Show as table'}
        </button>
      </footer>
    </>
  )
}

/** Which line and which ground is what; a single line is named by the heading. */
function Legend({ plan }: { readonly plan: SignalPanelPlan }) {
  const { lines, bands, spells } = plan.chart
  const grounds = new Map([...bands, ...spells].map(({ name, colour }) => [name, colour]))
  if (lines.length < 2 && grounds.size === 0) return <span className="faint">Point at a day to read it.</span>
  return (
    <span className="legend">
      {(lines.length < 2 ? [] : lines).map(({ name, colour }) => (
        <span key={name} className="key" data-colour={colour}>
          <svg viewBox="0 0 16 4" aria-hidden="true">
            <path d="M0 2h16" />
          </svg>
          {name}
        </span>
      ))}
      {Array.from(grounds, ([name, colour]) => (
        <span key={name} className="key ground" data-colour={colour}>
          <svg viewBox="0 0 16 10" aria-hidden="true">
            <path d="M0.5 0.5h15v9h-15z" />
          </svg>
          {name}
        </span>
      ))}
    </span>
  )
}
