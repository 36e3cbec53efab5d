import { useMemo, useState } from 'react'
import type { Money } from '#shared/format/money.ts'
import { useSize } from '../../ui/use-size.ts'
import type { NamedBar } from './bar-words.ts'
import { barSentence } from './bar-words.ts'
import type { Box } from './plan.ts'
import { strikePlan } from './plan.ts'
import { StrikeDrawing } from './StrikeDrawing.tsx'

const TEXT_PX = 10.5
/** Thin bars are hit within two pixels. */
const REACH_PX = 3

type Props = {
  /** from the cheapest to the dearest break-even, one or more */
  readonly bars: readonly NamedBar[]
  readonly nowUsdPerPhDay: number
  /** NaN where no adjustment is known */
  readonly afterUsdPerPhDay: number
  readonly after80: readonly [number, number] | null
  readonly money: Money
  /** a price is being dragged */
  readonly moving: boolean
  readonly onPick: (bar: NamedBar) => void
  /** Escape */
  readonly onLeave: () => void
}

const optionId = (bar: number) => `strike-bar-${bar}`

/** The bar at that height; null between bars and beside them. */
function barAt(boxes: readonly Box[], y: number): number | null {
  let nearest: number | null = null
  let distance = REACH_PX
  for (const [i, { top, height }] of boxes.entries()) {
    const off = y < top ? top - y : Math.max(0, y - top - height)
    if (off < distance) {
      distance = off
      nearest = i
    }
  }
  return nearest
}

/** The bar that a key leads to; null for other keys. Upwards is dearer, as it is drawn. */
function barAfter(key: string, from: number, last: number): number | null {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return Math.min(last, from + 1)
    case 'ArrowDown':
    case 'ArrowLeft':
      return Math.max(0, from - 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

/** The drawing as a list of bars to read and pick from, and the sentence of the bar that is marked. */
export function StrikeChart({
  bars,
  nowUsdPerPhDay: now,
  afterUsdPerPhDay: after,
  after80,
  money,
  moving,
  onPick,
  onLeave,
}: Props) {
  const [chart, setChart] = useState<HTMLElement | null>(null)
  const size = useSize(chart)
  const [wanted, setMarked] = useState<number | null>(null)
  const marked = wanted !== null && wanted < bars.length ? wanted : null
  // While a price is being dragged nobody reads the list of all bars: it follows with the order of the table.
  const [options, setOptions] = useState(bars)
  if (!moving && options !== bars) setOptions(bars)
  const plan = useMemo(
    () =>
      size === null
        ? null
        : strikePlan({
            bars,
            hashprices: { now, after, after80 },
            money,
            afterWord: 'after',
            size: { ...size, textPx: TEXT_PX },
          }),
    [bars, now, after, after80, money, size],
  )
  const hit = (event: React.MouseEvent) =>
    plan === null ? null : barAt(plan.boxes, event.nativeEvent.offsetY)

  const onKeyDown = (event: React.KeyboardEvent) => {
    const to = barAfter(event.key, marked ?? -1, bars.length - 1)
    if (to !== null) {
      event.preventDefault()
      setMarked(to)
    } else if ((event.key === 'Enter' || event.key === ' ') && marked !== null) {
      event.preventDefault()
      onPick(bars[marked]!)
    } else if (event.key === 'Escape') {
      onLeave()
      setMarked(null)
    }
  }
  return (
    <>
      <div
        ref={setChart}
        className="chart"
        role="listbox"
        aria-label="Fleet by the hashprice at which it stops or starts"
        aria-orientation="vertical"
        tabIndex={0}
        aria-activedescendant={marked === null ? undefined : optionId(marked)}
        onKeyDown={onKeyDown}
        onBlur={() => setMarked(null)}
        onMouseMove={(event) => setMarked(hit(event))}
        onMouseLeave={() => setMarked(null)}
        onClick={(event) => {
          const bar = hit(event)
          if (bar !== null) onPick(bars[bar]!)
        }}
      >
        {plan === null ? null : <StrikeDrawing plan={plan} marked={marked} />}
        <div className="visually-hidden">
          {options.map((bar, i) => (
            // A name, not a text: sixty sentences need not be laid out to be read aloud.
            <div
              key={i}
              id={optionId(i)}
              role="option"
              aria-selected={marked === i}
              aria-label={barSentence(bar, money)}
            />
          ))}
        </div>
      </div>
      <p className="chart-read">
        {marked === null ? (
          <span className="faint">Point at a bar to read it; click it to see its machines in the table.</span>
        ) : (
          barSentence(bars[marked]!, money)
        )}
      </p>
    </>
  )
}
