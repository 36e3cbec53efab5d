import { memo } from 'react'
import type { FanPlan } from './fan-plan.ts'

type Props = {
  readonly plan: FanPlan
  /** the epoch that is read; null: none */
  readonly cursor: number | null
  /** what the picture shows, for those who do not see it */
  readonly label: string
}

/** The fan of paths. Colours are the style sheet's, by the class of each part. */
export const FanDrawing = memo(function FanDrawing({ plan, cursor, label }: Props) {
  const { size, left, right, top, bottom, edgesX } = plan
  return (
    <svg
      className="fan-drawing"
      viewBox={`0 0 ${size.widthPx} ${size.heightPx}`}
      fontSize={size.textPx}
      role="img"
      aria-label={label}
    >
      {plan.ticks.map(({ text, x, y, anchor }) => (
        <g key={text}>
          <line className="tick" x1={left} x2={right} y1={y} y2={y} />
          <text className="axis" x={x} y={y} dy="0.35em" textAnchor={anchor}>
            {text}
          </text>
        </g>
      ))}
      {cursor === null ? null : (
        <rect
          className="cursor"
          x={edgesX[cursor]}
          width={edgesX[cursor + 1]! - edgesX[cursor]!}
          y={top}
          height={bottom - top}
        />
      )}
      <path className="outer" d={plan.outer} />
      <path className="inner" d={plan.inner} />
      {plan.zeroY === null ? null : (
        <line className="zero" x1={left} x2={right} y1={plan.zeroY} y2={plan.zeroY} />
      )}
      {edgesX.map((x) => (
        <line key={x} className="epoch" x1={x} x2={x} y1={bottom} y2={bottom + 4} />
      ))}
      {plan.marks.map(({ x, caption }, i) => (
        <g key={i}>
          <line
            className="mark"
            x1={x}
            x2={x}
            y1={(caption?.y ?? top) - (caption === null ? 0 : size.textPx * 0.8)}
            y2={bottom}
          />
          {caption === null ? null : (
            <text className="axis" x={caption.x} y={caption.y} textAnchor={caption.anchor}>
              {caption.text}
            </text>
          )}
        </g>
      ))}
      {plan.dates.map(({ text, x, y, anchor }) => (
        <text key={text} className="axis" x={x} y={y} textAnchor={anchor}>
          {text}
        </text>
      ))}
      <path className="line" d={plan.line} />
      <path className="median" d={plan.median} />
      {plan.captions.map(({ of, text, x, y, anchor }) => (
        <text key={of} className={`caption ${of}-text`} x={x} y={y} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </svg>
  )
})
