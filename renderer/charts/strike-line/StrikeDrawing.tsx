import type { ReactNode } from 'react'
import { memo } from 'react'
import type { BarLook, StrikePlan } from './plan.ts'
import { CAPTION_LARGER_PX } from './plan.ts'

type Props = {
  readonly plan: StrikePlan
  /** index of the bar under the pointer or the keyboard */
  readonly marked?: number | null
  /** says what the picture is; without one it is left out for assistive technology */
  readonly label?: string
  /** patterns that the page's style fills bars with */
  readonly children?: ReactNode
}

const LOOKS: readonly (readonly [BarLook, string])[] = [
  ['earns', 'earns'],
  ['falls', 'falls'],
  ['waits', 'waits'],
  ['under water', 'under'],
  ['idle earns', 'idle earns'],
  ['idle falls', 'idle falls'],
  ['idle waits', 'idle waits'],
  ['idle under water', 'idle under'],
]

/** The strike line for screen and paper. Colours and patterns are the style sheet's, by the class of each part. */
export const StrikeDrawing = memo(function StrikeDrawing({ plan, marked = null, label, children }: Props) {
  const { size, top, bottom, ticks, band, boxes, outlines, torn, names, nowX, afterX, captions } = plan
  const mark = marked === null ? undefined : boxes[marked]
  return (
    <svg
      className="strike-drawing"
      viewBox={`0 0 ${size.widthPx} ${size.heightPx}`}
      fontSize={size.textPx}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {children}
      {ticks.map(({ at, text, x, y, anchor }, i) => (
        <g key={i}>
          <line className="tick" x1={at} x2={at} y1={top} y2={bottom} />
          <text className="axis" x={x} y={y} textAnchor={anchor}>
            {text}
          </text>
        </g>
      ))}
      {band === null ? null : (
        <rect className="band" x={band.left} width={band.width} y={top - 6} height={bottom - top + 6} />
      )}
      {LOOKS.map(([look, className]) =>
        outlines[look] === '' ? null : <path key={look} className={`bar ${className}`} d={outlines[look]} />,
      )}
      {torn === '' ? null : <path className="torn" d={torn} />}
      {mark === undefined ? null : (
        <rect
          className="mark"
          x={mark.left - 1}
          y={mark.top - 1}
          width={mark.width + 2}
          height={Math.max(4, mark.height + 2)}
        />
      )}
      <line className="now" x1={nowX} x2={nowX} y1={top - 6} y2={bottom} />
      {afterX === null ? null : <line className="after" x1={afterX} x2={afterX} y1={top - 6} y2={bottom} />}
      {names.map(({ text, x, y, isOutside }, i) => (
        <text key={i} className={isOutside ? 'name outside' : 'name'} x={x} y={y} dy="0.35em">
          {text}
        </text>
      ))}
      {captions.map(({ of, text, x, y, anchor }) => (
        <text
          key={of}
          className={`caption ${of}-text`}
          x={x}
          y={y}
          textAnchor={anchor}
          fontSize={size.textPx + CAPTION_LARGER_PX}
        >
          {text}
        </text>
      ))}
    </svg>
  )
})
