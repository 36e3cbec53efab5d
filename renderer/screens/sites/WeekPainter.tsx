import { useEffect, useMemo, useRef, useState } from 'react'
import type { WeekArea } from '#shared/domain/power/painted-week.ts'
import { hourPrice, minutesOf } from '#shared/domain/power/painted-week.ts'
import type { WeekPrices } from '#shared/domain/power/tariff.ts'
import { isPaintKey, moved, pointArea } from './week-keys.ts'
import type { WeekPoint } from './week-keys.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

type Props = {
  readonly week: WeekPrices
  /** that can be painted with, the base price first */
  readonly prices: readonly number[]
  /** place of the one that a drag paints with */
  readonly brush: number
  readonly priceWords: (price: number) => string
  readonly onPaint: (area: WeekArea, price: number) => void
  readonly onBrush: (brush: number) => void
}

/**
 * A week by the hour. A drag paints what it covers; with the keyboard arrows move, Shift with arrows selects, and the number of a
 * price paints what is selected.
 */
export function WeekPainter({ week, prices, brush, priceWords, onPaint, onBrush }: Props) {
  const [at, setAt] = useState<WeekPoint>({ day: 0, hour: 0 })
  const [from, setFrom] = useState<WeekPoint>({ day: 0, hour: 0 })
  const [isDragging, setDragging] = useState(false)
  const grid = useRef<HTMLDivElement>(null)
  const minutes = useMemo(() => minutesOf(week), [week])
  const area = pointArea(from, at)

  const goTo = (point: WeekPoint, extends_: boolean) => {
    setAt(point)
    if (!extends_) setFrom(point)
    grid.current?.querySelector<HTMLElement>(`[data-at="${point.day} ${point.hour}"]`)?.focus()
  }
  const paint = (place: number) => {
    const price = prices[place]
    if (price === undefined) return
    onBrush(place)
    onPaint(area, price)
  }
  // A drag may end outside the grid.
  useEffect(() => {
    if (!isDragging) return
    const end = () => {
      setDragging(false)
      onPaint(pointArea(from, at), prices[brush]!)
    }
    window.addEventListener('pointerup', end)
    return () => window.removeEventListener('pointerup', end)
  }, [isDragging, from, at, prices, brush, onPaint])

  const keyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = moved(at, event.key)
    if (to !== null) goTo(to, event.shiftKey)
    else if (isPaintKey(event.key)) paint(Number(event.key) - 1)
    else if (event.key === 'Enter' || event.key === ' ') paint(brush)
    else if (event.key === 'Escape' && (area.fromDay !== area.toDay || area.fromHour !== area.toHour)) {
      event.stopPropagation()
      setFrom(at)
    } else return
    event.preventDefault()
  }
  const isSelected = (day: number, hour: number) =>
    day >= area.fromDay && day <= area.toDay && hour >= area.fromHour && hour <= area.toHour

  return (
    <div
      ref={grid}
      role="grid"
      className="week"
      aria-label="Week"
      aria-multiselectable="true"
      aria-describedby="week-keys"
      onKeyDown={keyDown}
    >
      <div role="row" className="week-row">
        <span role="columnheader" className="week-day">
          <span className="visually-hidden">Day</span>
        </span>
        {HOURS.map((hour) => (
          <span key={hour} role="columnheader" className="week-hour" aria-label={`${hour}:00`}>
            {hour % 3 === 0 ? hour : ''}
          </span>
        ))}
      </div>
      {DAYS.map((name, day) => (
        <div key={name} role="row" className="week-row">
          <span role="rowheader" className="week-day">
            {name.slice(0, 3)}
          </span>
          {HOURS.map((hour) => {
            const price = hourPrice(minutes, day, hour)
            const place = prices.indexOf(price)
            const words = Number.isNaN(price) ? 'more than one price' : priceWords(price)
            return (
              <span
                key={hour}
                role="gridcell"
                className="week-cell"
                data-at={`${day} ${hour}`}
                data-tone={toneOf(price, week.baseUsdPerKwh)}
                aria-selected={isSelected(day, hour)}
                aria-label={`${name} ${hour}:00, ${words}${place > 0 ? `, price ${place + 1}` : ''}`}
                tabIndex={at.day === day && at.hour === hour ? 0 : -1}
                onPointerDown={(event) => {
                  if (event.button !== 0) return
                  event.preventDefault()
                  goTo({ day, hour }, event.shiftKey)
                  setDragging(true)
                }}
                onPointerEnter={() => {
                  if (isDragging) setAt({ day, hour })
                }}
              >
                {Number.isNaN(price) ? '◐' : place === 0 ? '' : place + 1}
              </span>
            )
          })}
        </div>
      ))}
    </div>
  )
}

/** Colour beside the number of the price: dearer or cheaper than the base price. */
function toneOf(price: number, base: number): 'mixed' | 'base' | 'dearer' | 'cheaper' {
  if (Number.isNaN(price)) return 'mixed'
  return price === base ? 'base' : price > base ? 'dearer' : 'cheaper'
}
