import { useMemo, useRef, useState } from 'react'
import type { Money } from '#shared/format/money.ts'
import type { NamedBar } from '../../engine/protocol.ts'
import { useSize } from '../../ui/use-size.ts'
import { barSentence } from './bar-words.ts'
import { FlipMarks } from './FlipWords.tsx'
import { LineHandle } from './LineHandle.tsx'
import type { Scene, StrikePlan } from './plan.ts'
import { strikePlan, unitsAt } from './plan.ts'
import { StrikeDrawing } from './StrikeDrawing.tsx'

const TEXT_PX = 10.5
/** Thin bars are hit within three pixels, the line within seven. */
const REACH_PX = 3
const LINE_REACH_PX = 7

type Props = {
  readonly scene: Omit<Scene, 'size'>
  readonly money: Money
  /** a price is being dragged */
  readonly moving: boolean
  /** the whole picture in words, while nothing moves */
  readonly sentence: string | undefined
  /** what is read where no bar is pointed at */
  readonly children: React.ReactNode
  readonly onPick: (bar: NamedBar) => void
  /** a hashprice, USD/PH/s/day; null: as it is */
  readonly onTry: (hashpriceUsdPerPhDay: number | null) => void
  /** Escape in the list of bars */
  readonly onLeave: () => void
}

const optionId = (bar: number) => `strike-bar-${bar}`

/** The bar there; null between bars and beside them. */
function barAt({ areas, top, bottom }: StrikePlan, x: number, y: number): number | null {
  if (y < top || y > bottom) return null
  let nearest: number | null = null
  let distance = REACH_PX
  for (const [i, { left, width }] of areas.entries()) {
    const off = x < left ? left - x : Math.max(0, x - left - width)
    if (off < distance) {
      distance = off
      nearest = i
    }
  }
  return nearest
}

const isOnLine = ({ lineY, pane, right }: StrikePlan, x: number, y: number) =>
  Math.abs(y - lineY) <= LINE_REACH_PX && x >= pane.todayX - LINE_REACH_PX && x <= right

/** The bar that a key leads to; null for other keys. */
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

/** The drawing with its line to drag, a list of bars to read and pick from, and the sentence of the bar that is marked. */
export function StrikeChart({ scene, money, moving, sentence, children, onPick, onTry, onLeave }: Props) {
  const { bars } = scene
  const [chart, setChart] = useState<HTMLElement | null>(null)
  const size = useSize(chart)
  const slider = useRef<HTMLInputElement>(null)
  const [wanted, setMarked] = useState<number | null>(null)
  const marked = wanted !== null && wanted < bars.length ? wanted : null
  // The line goes as far as the pointer, from where both began: what stands above the picture may change its height meanwhile.
  const [drag, setDrag] = useState<{ readonly clientY: number; readonly lineY: number } | null>(null)
  const [isOverLine, setOverLine] = useState(false)
  const [isLineFocused, setLineFocused] = useState(false)
  // While a price is being dragged nobody reads the list of all bars: it follows with the order of the table.
  const [options, setOptions] = useState(bars)
  if (!moving && options !== bars) setOptions(bars)
  const list = useMemo(
    () =>
      options.map((bar, i) => (
        // A name, not a text: sixty sentences need not be laid out to be read aloud.
        <div
          key={i}
          id={optionId(i)}
          role="option"
          aria-selected={marked === i}
          aria-label={barSentence(bar, money)}
        />
      )),
    [options, marked, money],
  )
  const plan = useMemo(
    () => (size === null ? null : strikePlan({ ...scene, size: { ...size, textPx: TEXT_PX } })),
    [scene, size],
  )
  const flips = useMemo(() => (plan === null ? null : <FlipMarks plan={plan} money={money} />), [plan, money])
  const tryUnits = (units: number | null) => onTry(units === null ? null : units / money.hashpriceUnits(1))
  const placeOf = (event: React.MouseEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const onPointerDown = (event: React.PointerEvent) => {
    const { x, y } = placeOf(event)
    if (plan === null || event.button !== 0 || !isOnLine(plan, x, y)) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    slider.current?.focus()
    setMarked(null)
    setDrag({ clientY: event.clientY, lineY: plan.lineY })
  }
  const onPointerMove = (event: React.PointerEvent) => {
    if (plan === null) return
    if (drag !== null) {
      const units = unitsAt(plan, drag.lineY + event.clientY - drag.clientY)
      // To the cent: a figure that reads as it is tried.
      tryUnits(Math.round(units * 100) / 100)
      return
    }
    const { x, y } = placeOf(event)
    const isOver = isOnLine(plan, x, y)
    setOverLine(isOver)
    setMarked(isOver ? null : barAt(plan, x, y))
  }
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
        data-focus={isLineFocused || undefined}
        data-line={drag !== null || isOverLine || undefined}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onLostPointerCapture={() => setDrag(null)}
        onMouseLeave={() => {
          setMarked(null)
          setOverLine(false)
        }}
        onClick={(event) => {
          if (plan === null || isOverLine) return
          const { x, y } = placeOf(event)
          const bar = barAt(plan, x, y)
          if (bar !== null) onPick(bars[bar]!)
        }}
      >
        {plan === null ? null : (
          <>
            <StrikeDrawing plan={plan} marked={marked} flips={flips} />
            <LineHandle
              plan={plan}
              money={money}
              input={slider}
              isDragging={drag !== null}
              onTry={tryUnits}
              onFocus={setLineFocused}
            />
          </>
        )}
        <div
          className="strike-list"
          role="listbox"
          aria-label="Fleet by the hashprice at which it breaks even"
          aria-description={sentence}
          aria-orientation="horizontal"
          tabIndex={0}
          aria-activedescendant={marked === null ? undefined : optionId(marked)}
          onKeyDown={onKeyDown}
          onBlur={() => setMarked(null)}
        >
          {list}
        </div>
      </div>
      <p className="chart-read">{marked === null ? children : barSentence(bars[marked]!, money)}</p>
    </>
  )
}
