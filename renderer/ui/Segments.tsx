import type { Choice } from './Select.tsx'

type SegmentsProps<T> = {
  readonly legend: string
  /** the choices speak for themselves, to those who see them */
  readonly isLegendHidden?: boolean
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}

/** A few choices side by side, all in sight. */
export function Segments<T extends string>({
  legend,
  isLegendHidden = false,
  choices,
  value,
  onChange,
}: SegmentsProps<T>) {
  return (
    <fieldset className="setting">
      <legend className={isLegendHidden ? 'visually-hidden' : 'field-label'}>{legend}</legend>
      <div className="segments">
        {choices.map((choice) => (
          <label key={choice.value} className="segment">
            <input
              type="radio"
              name={legend}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
