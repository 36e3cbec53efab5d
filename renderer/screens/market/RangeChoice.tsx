import type { Range } from '../../charts/signals/day-ticks.ts'
import { RANGES } from '../../charts/signals/day-ticks.ts'

/** How many days the charts of the place show, the same for all. */
export function RangeChoice({
  range,
  onChange,
}: {
  readonly range: Range
  readonly onChange: (range: Range) => void
}) {
  return (
    <fieldset className="setting">
      <legend className="visually-hidden">Days in the charts</legend>
      <div className="segments">
        {RANGES.map((choice) => (
          <label key={choice.name} className="segment">
            <input
              type="radio"
              name="market-range"
              checked={choice === range}
              onChange={() => onChange(choice)}
            />
            <span>{choice.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
