import { memo } from 'react'
import type { MarketPlan } from './market-plan.ts'
import { xOfDay } from './market-plan.ts'

type Props = {
  readonly plan: MarketPlan
  /** says what the picture is */
  readonly label: string
  /** the day that is read: its row, and the pixels from the top of its value; null: none */
  readonly day: { readonly row: number; readonly y: number } | null
  /** the part of a band that is read; null: none */
  readonly piece: number | null
}

/** The days, and beside them on the same axis the hashrate of the fleet at its break-evens; one line of today through both. */
export const MarketDrawing = memo(function MarketDrawing({ plan, label, day, piece }: Props) {
  const { size, upright, pane, profile, left, right } = plan
  const { top, bottom } = upright
  const read = piece === null ? undefined : plan.pieces[piece]
  return (
    <svg
      className="market-drawing"
      viewBox={`0 0 ${size.widthPx} ${size.heightPx}`}
      fontSize={size.textPx}
      role="img"
      aria-label={label}
    >
      {upright.ticks.map(({ text, y }) => (
        <g key={text}>
          <line className="tick" x1={left} x2={right} y1={y} y2={y} />
          <text className="axis" x={left - 6} y={y} dy="0.35em" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {plan.dayTexts.map(({ text, x, y }) => (
        <text key={x} className="axis" x={x} y={y} textAnchor="middle">
          {text}
        </text>
      ))}
      {profile === null ? null : (
        <line className="divide" x1={profile.left} x2={profile.left} y1={top} y2={bottom} />
      )}
      {plan.hashrateTexts.map(({ text, x, y }) => (
        <g key={x}>
          <line className="tick" x1={x} x2={x} y1={top} y2={bottom} />
          <text className="axis" x={x} y={y} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {plan.pieces.map(({ x, y, width, height, state, isTorn }, i) => (
        <rect
          key={i}
          className={`piece ${state.replace(' ', '-')}${isTorn ? ' torn' : ''}`}
          {...{ x, y, width, height }}
        />
      ))}
      {plan.tornTexts.map(({ text, x, y }) => (
        <text key={text} className="torn-text" x={x} y={y} dy="0.35em">
          {text}
        </text>
      ))}
      {read === undefined ? null : (
        <rect
          className="mark"
          x={read.x - 1}
          y={read.y - 1}
          width={read.width + 2}
          height={read.height + 2}
        />
      )}
      {plan.past === '' ? null : <path className="past" d={plan.past} />}
      {plan.lines.map(({ of, x1, x2, y }) => (
        <line key={of} className={of} x1={x1} x2={x2} y1={y} y2={y} />
      ))}
      {plan.captions.map(({ of, text, x, y }) => (
        <text key={of} className={`caption ${of}-text`} x={x} y={y}>
          {text}
        </text>
      ))}
      {day === null || pane === null ? null : (
        <>
          <line
            className="cursor"
            x1={xOfDay(pane, day.row)}
            x2={xOfDay(pane, day.row)}
            y1={top}
            y2={bottom}
          />
          {Number.isNaN(day.y) ? null : (
            <circle className="cursor-dot" cx={xOfDay(pane, day.row)} cy={day.y} r={3} />
          )}
        </>
      )}
    </svg>
  )
})
