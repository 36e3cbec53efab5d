import type { AdjustmentAhead } from '#shared/format/signal-words.ts'
import { signalSummary } from '#shared/format/signal-words.ts'
import { calendarDay } from '#shared/format/times.ts'
import { useStore } from '../../../state/store.ts'
import { StaleBadge } from '../../../ui/StaleBadge.tsx'
import { staleSinceMs } from './basis-words.ts'
import type { SignalsView } from './select-signals.ts'
import { selectStaleEpoch } from './select-signals.ts'
import { StaleDays } from './StaleDays.tsx'

type Props = {
  readonly view: SignalsView
  /** null where the next adjustment is not known */
  readonly ahead: AdjustmentAhead | null
  readonly nowMs: number
}

/** The two milestones to watch, and what stress and NVT mean together. */
export function Summary({ view, ahead, nowMs }: Props) {
  const stale = useStore(selectStaleEpoch)
  const words = signalSummary(view.readings, view.combination, ahead)
  const last = view.series.dates.at(-1)!
  const nvt = view.readings.dynamicNvt
  const asOf = (date: string) => (staleSinceMs(date, nowMs) === null ? '' : `As of ${calendarDay(date)}: `)
  return (
    <section className="panel pad signal-summary" aria-label="Summary">
      <div>
        <h3>The next adjustment</h3>
        <p>
          {words.adjustment} <StaleBadge values={ahead === null ? [] : stale} />
        </p>
      </div>
      <div>
        <h3>The value zone of NVT</h3>
        <p>
          {nvt === null ? '' : asOf(nvt.date)}
          {words.nvt} {nvt === null ? null : <StaleDays date={nvt.date} nowMs={nowMs} />}
        </p>
      </div>
      <div>
        <h3>Stress among miners</h3>
        <p>
          {asOf(last)}
          {words.stress} <StaleDays date={last} nowMs={nowMs} />
        </p>
      </div>
      <div>
        <h3>Together</h3>
        <p>
          {asOf(last)}
          {words.combination}
        </p>
      </div>
      <p className="muted">{words.caution}</p>
    </section>
  )
}
