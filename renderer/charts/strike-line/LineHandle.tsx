import type { Money } from '#shared/format/money.ts'
import { selectWantedHashprice } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { roundStep } from './axis.ts'
import type { StrikePlan } from './plan.ts'
import { heightOf } from './plan.ts'

/** Steps of the keys along the axis. */
const STEPS = 400
const PAGE_STEPS = 10

/** The value that a key leads to; null for other keys. */
function valueAfter(key: string, value: number, step: number, min: number, max: number): number | null {
  const by = (steps: number) =>
    Math.min(max, Math.max(min, Math.round((Math.round(value / step) + steps) * step * 1e6) / 1e6))
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return by(1)
    case 'ArrowDown':
    case 'ArrowLeft':
      return by(-1)
    case 'PageUp':
      return by(PAGE_STEPS)
    case 'PageDown':
      return by(-PAGE_STEPS)
    case 'Home':
      return min
    case 'End':
      return max
    default:
      return null
  }
}

type Props = {
  readonly plan: StrikePlan
  readonly money: Money
  readonly input: React.Ref<HTMLInputElement>
  /** with the pointer, which hides the fields that say the same */
  readonly isDragging: boolean
  readonly onFocus: (isFocused: boolean) => void
  /** in the reader's unit of hashprice */
  readonly onTry: (units: number | null) => void
}

/** The line as a slider for the keyboard, and where it is on its way to while the figures still follow. */
export function LineHandle({ plan, money, input, isDragging, onTry, onFocus }: Props) {
  const wanted = useStore(selectWantedHashprice)
  const { axis, lineY, right, barsLeft } = plan
  const units = money.hashpriceUnits(wanted)
  const y = heightOf(plan, units)
  const step = roundStep(axis.max - axis.min, STEPS)
  const text = `${money.perPh(wanted)} ${money.hashprice.per}`
  return (
    <>
      <input
        ref={input}
        type="range"
        className="strike-slider"
        style={{ transform: `translate(${barsLeft - 10}px, ${lineY - 11}px)` }}
        aria-label="Hashprice of the line"
        aria-valuetext={text}
        min={axis.min}
        max={axis.max}
        step="any"
        value={Math.min(axis.max, Math.max(axis.min, units))}
        onFocus={(event) => onFocus(event.target.matches(':focus-visible'))}
        onBlur={() => onFocus(false)}
        onChange={(event) => onTry(Number(event.target.value))}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onTry(null)
          const next = valueAfter(event.key, units, step, axis.min, axis.max)
          if (next === null) return
          event.preventDefault()
          onTry(next)
        }}
      />
      {Math.abs(y - lineY) < 1 ? null : (
        <div className="strike-wanted" style={{ top: y, left: barsLeft, width: right - barsLeft }}>
          {isDragging ? <span>{money.perPh(wanted)}</span> : null}
        </div>
      )}
    </>
  )
}
