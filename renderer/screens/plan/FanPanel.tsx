import { useMemo, useState } from 'react'
import type { Mark } from '#shared/domain/ahead/marks.ts'
import type { ScenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import type { Money } from '#shared/format/money.ts'
import { counted } from '#shared/format/numbers.ts'
import { epochAt, fanPlan } from '../../charts/plan/fan-plan.ts'
import type { FanScene } from '../../charts/plan/fan-plan.ts'
import { FanDrawing } from '../../charts/plan/FanDrawing.tsx'
import type { ChanceView } from '../../engine/plan-protocol.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'
import { useSize } from '../../ui/use-size.ts'
import { FanTable } from './FanTable.tsx'
import { Part } from './Part.tsx'
import { ChanceWorking } from './Working.tsx'
import { epochWords, markCaption, startWords } from './words.ts'

const TEXT_PX = 10.5

type Props = {
  readonly ahead: ScenarioAhead
  readonly marks: readonly Mark[]
  /** of the same scenario; null while it is not known */
  readonly chance: ChanceView | null
}

function sceneOf(
  money: Money,
  { epochs, days }: ScenarioAhead,
  marks: readonly Mark[],
  chance: ChanceView | null,
): FanScene {
  const rows = chance?.epochs ?? []
  const column = (name: 'p5' | 'p25' | 'p50' | 'p75' | 'p95') =>
    epochs.map((_, i) => rows[i]?.marginUsdPerDay[name] ?? Number.NaN)
  const last = rows.at(-1)?.marginUsdPerDay
  const atMs = epochs[0]?.startsAtMs ?? Number.NaN
  return {
    edges: [...epochs.map(({ startsAtDay }) => startsAtDay), days],
    line: epochs.map(({ marginUsdPerDay }) => marginUsdPerDay),
    paths:
      chance === null
        ? null
        : {
            p5: column('p5'),
            p25: column('p25'),
            p50: column('p50'),
            p75: column('p75'),
            p95: column('p95'),
          },
    marks: marks.flatMap((mark) => (mark.isInView ? [{ day: mark.atDay, text: markCaption(mark) }] : [])),
    atMs: Number.isFinite(atMs) ? atMs : null,
    captions:
      last === undefined
        ? { line: `without chance: ${money.amount(epochs.at(-1)?.marginUsdPerDay ?? Number.NaN)}` }
        : {
            p95: `19 of 20 below ${money.amount(last.p95)}`,
            p50: `half of all paths below ${money.amount(last.p50)}`,
            line: `without chance: ${money.amount(epochs.at(-1)?.marginUsdPerDay ?? Number.NaN)}`,
            p5: `1 of 20 below ${money.amount(last.p5)}`,
          },
  }
}

/** What the fleet makes a day, epoch by epoch, on all paths that were simulated; with a cursor, or as a table. */
export function FanPanel({ ahead, marks, chance }: Props) {
  const money = usePlainMoney()
  const [asTable, setAsTable] = useState(false)
  const about =
    chance === null
      ? `${money.currency}, per difficulty epoch, without chance`
      : `${money.currency}, per difficulty epoch; dark half, light nine in ten of ${counted(chance.paths, 'path')}`
  return (
    <Part
      title="Fleet margin a day"
      about={about}
      className="fan"
      beside={
        <button
          type="button"
          className="button quiet"
          aria-label={`${asTable ? 'Show as chart' : 'Show as table'}: fleet margin a day`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Show as chart' : 'Show as table'}
        </button>
      }
    >
      <ChanceWorking />
      {asTable ? (
        <FanTable ahead={ahead} chance={chance} />
      ) : (
        <FanChart ahead={ahead} marks={marks} chance={chance} />
      )}
    </Part>
  )
}

function FanChart({ ahead, marks, chance }: Props) {
  const money = usePlainMoney()
  const [chart, setChart] = useState<HTMLElement | null>(null)
  const size = useSize(chart)
  const [wanted, setCursor] = useState<number | null>(null)
  const last = ahead.epochs.length - 1
  const cursor = wanted === null ? null : Math.min(wanted, last)
  const plan = useMemo(
    () =>
      size === null
        ? null
        : fanPlan(sceneOf(money, ahead, marks, chance), money, { ...size, textPx: TEXT_PX }),
    [money, ahead, marks, chance, size],
  )
  const line = (i: number) => {
    const { startsAtMs, startsAtDay, marginUsdPerDay } = ahead.epochs[i]!
    return epochWords(money, startWords(startsAtMs, startsAtDay), marginUsdPerDay, chance?.epochs[i] ?? null)
  }
  return (
    <>
      <div
        ref={setChart}
        className="chart fan-chart"
        onMouseMove={(event) => {
          if (plan !== null)
            setCursor(epochAt(plan, event.clientX - event.currentTarget.getBoundingClientRect().left))
        }}
        onMouseLeave={() => setCursor(null)}
      >
        {plan === null ? null : (
          <FanDrawing
            plan={plan}
            cursor={cursor}
            label={`Fleet margin a day over ${counted(last + 1, 'difficulty epoch')}. At the end: ${line(last)}`}
          />
        )}
        <input
          className="fan-cursor"
          type="range"
          min={0}
          max={last}
          value={cursor ?? 0}
          aria-label="Fleet margin a day, epoch"
          aria-valuetext={line(cursor ?? 0)}
          onFocus={() => setCursor(cursor ?? 0)}
          onBlur={() => setCursor(null)}
          onChange={(event) => setCursor(Number(event.target.value))}
          onKeyDown={(event) => event.key === 'Escape' && setCursor(null)}
        />
      </div>
      <p className="chart-read fan-read">
        {cursor === null ? <Legend hasPaths={chance !== null} /> : line(cursor)}
      </p>
    </>
  )
}

function Legend({ hasPaths }: { readonly hasPaths: boolean }) {
  return (
    <span className="legend">
      {hasPaths ? (
        <span className="key fan-median">
          <svg viewBox="0 0 16 4" aria-hidden="true">
            <path d="M0 2h16" />
          </svg>
          half of all paths below
        </span>
      ) : null}
      <span className="key fan-line">
        <svg viewBox="0 0 16 4" aria-hidden="true">
          <path d="M0 2h16" />
        </svg>
        the scenario without chance
      </span>
      <span className="faint">Point at an epoch to read it.</span>
    </span>
  )
}
