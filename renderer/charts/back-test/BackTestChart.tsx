import { useMemo, useState } from 'react'
import type { Money } from '#shared/format/money.ts'
import { useSize } from '../../ui/use-size.ts'
import type { RunningLine } from './plan.ts'
import { runningPlan, TEXT_PX } from './plan.ts'

type Props = {
  readonly lines: readonly RunningLine[]
  readonly months: readonly string[]
  readonly money: Money
  /** what the picture shows, for those who do not see it */
  readonly name: string
}

/** What each way of running the fleet earned more than running always, month after month; its figures are in the table beside it. */
export function BackTestChart({ lines, months, money, name }: Props) {
  const [box, setBox] = useState<HTMLElement | null>(null)
  const size = useSize(box)
  const plan = useMemo(
    () => (size === null ? null : runningPlan(lines, months, money, size)),
    [lines, months, money, size],
  )
  return (
    <div ref={setBox} className="back-test-chart">
      {plan === null || size === null ? null : (
        <svg width={size.widthPx} height={size.heightPx} role="img" aria-label={name} fontSize={TEXT_PX}>
          {plan.ticks.map(({ y, text }) => (
            <g key={text}>
              <path className="tick" d={`M${plan.left} ${y}H${plan.right}`} />
              <text className="axis" x={plan.left - 6} y={y} dy="0.35em" textAnchor="end">
                {text}
              </text>
            </g>
          ))}
          {plan.months.map(({ x, text }) => (
            <text key={text} className="axis" x={x} y={plan.bottom + 16} textAnchor="middle">
              {text}
            </text>
          ))}
          <path className="base" d={`M${plan.left} ${plan.zero}H${plan.right}`} />
          <text className="axis" x={plan.right + 8} y={plan.base.y} dy="0.35em">
            {plan.base.text}
          </text>
          {plan.lines.map(({ look, path, end, label }) => (
            <g key={look} data-look={look}>
              <path className="line" d={path} />
              <circle className="end" cx={end.x} cy={end.y} r={2.5} />
              <text x={end.x + 8} y={label.y} dy="0.35em">
                {label.text}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}
