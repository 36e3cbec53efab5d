import type { ReactNode } from 'react'
import { memo } from 'react'
import type { StrikePlan } from './plan.ts'

type Props = {
  readonly plan: StrikePlan
  /** index of the bar under the pointer or the keyboard */
  readonly marked?: number | null
  /** says what the picture is; without one it is left out for assistive technology */
  readonly label?: string
  /** marks where a verdict changes next */
  readonly flips?: ReactNode
}

/** The strike line for screen and paper. Colours are the style sheet's, by the class of each part. */
export const StrikeDrawing = memo(function StrikeDrawing({ plan, marked = null, label, flips }: Props) {
  const { size, pane, lineY, right, barsLeft, top, bottom } = plan
  const mark = marked === null ? undefined : plan.areas[marked]
  return (
    <svg
      className="strike-drawing"
      viewBox={`0 0 ${size.widthPx} ${size.heightPx}`}
      fontSize={size.textPx}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <StrikePatterns />
      <Ground plan={plan} />
      {plan.band === null || pane.adjustmentX === null ? null : (
        <rect
          className="band"
          x={pane.adjustmentX}
          width={right - pane.adjustmentX}
          y={plan.band.top}
          height={plan.band.height}
        />
      )}
      <path className="body" d={plan.body} />
      {plan.shapes.map(({ look, path }) => (
        <path key={look} className={look} d={path} />
      ))}
      {plan.edges.map(({ look, path }) => (
        <path key={look} className={look} d={path} />
      ))}
      {plan.signs.map(({ look, path }) => (
        <path key={look} className={look} d={path} />
      ))}
      {plan.torn === '' ? null : <path className="torn" d={plan.torn} />}
      {mark === undefined ? null : (
        <rect
          className="mark"
          x={mark.left - 1}
          y={top}
          width={Math.max(4, mark.width + 2)}
          height={bottom - top}
        />
      )}
      {plan.names.map(({ text, x, y, isUpright, isFaint }, i) => (
        <text
          key={i}
          className={isFaint ? 'name faint' : 'name'}
          textAnchor={isUpright ? 'start' : 'middle'}
          dy={isUpright ? '0.35em' : 0}
          transform={isUpright ? `translate(${x} ${y}) rotate(-90)` : `translate(${x} ${y})`}
        >
          {text}
        </text>
      ))}
      {plan.realY === null ? null : (
        <line className="real" x1={pane.todayX} x2={right} y1={plan.realY} y2={plan.realY} />
      )}
      {pane.aheadPath === '' ? null : <path className="after" d={pane.aheadPath} />}
      <line className="now" x1={pane.todayX} x2={right} y1={lineY} y2={lineY} />
      <circle className="today" cx={pane.todayX} cy={lineY} r={3.5} />
      <rect className="grip" x={barsLeft - 3.5} y={lineY - 5} width={7} height={10} rx={1.5} />
      {flips}
      {plan.sums.map(({ text, x, y, tone }, i) => (
        <text key={i} className={`sum ${tone}-text`} x={x} y={y} textAnchor="middle">
          {text}
        </text>
      ))}
      {plan.tornTexts.map(({ text, x, y }, i) => (
        <text key={i} className="name" x={x} y={y} textAnchor="end">
          {text}
        </text>
      ))}
      {pane.captions.map(({ of, text, x, y }) => (
        <text key={of} className={`caption ${of}-text`} x={x} y={y} textAnchor="end">
          {text}
        </text>
      ))}
    </svg>
  )
})

/** The axes and the days before: they stand still while a line is dragged. */
function Ground({ plan }: { readonly plan: StrikePlan }) {
  const { pane, left, right, top, bottom } = plan
  return (
    <>
      {plan.ticks.map(({ text, x, y }, i) => (
        <g key={i}>
          <line className="tick" x1={left} x2={right} y1={y} y2={y} />
          <text className="axis" x={x} y={y} dy="0.35em" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {[...pane.dates, ...plan.rates].map(({ text, x, y, anchor }, i) => (
        <text key={i} className="axis" x={x} y={y} textAnchor={anchor}>
          {text}
        </text>
      ))}
      {pane.adjustmentX === null ? null : (
        <line className="adjustment" x1={pane.adjustmentX} x2={pane.adjustmentX} y1={top} y2={bottom} />
      )}
      {pane.pastPath === '' ? null : <path className="past" d={pane.pastPath} />}
    </>
  )
}

/** A pause is hatched on screen and paper. */
export function StrikePatterns() {
  return (
    <defs>
      <pattern
        id="strike-hatch"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className="hatch-ground" width="5" height="5" />
        <line className="hatch-stroke" x1="0" y1="0" x2="0" y2="5" />
      </pattern>
    </defs>
  )
}
