import { Suspense } from 'react'
import type { TypedField } from '#shared/format/typed.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { afterStart } from './after-start.ts'

export type LiveNumberProps = {
  readonly label: string
  readonly field: TypedField
  /** the value that holds now; NaN shows an empty field */
  readonly value: number
  /** as it is shown */
  readonly unit: string
  /** of the field; a longer figure makes it wider */
  readonly leastWidth?: number
  readonly placeholder?: string
  /** what is wrong with a value that was understood, in words; null where nothing is */
  readonly faultOf?: (value: number) => string | null
  /** every keystroke that reads as a value; null when the field was emptied */
  readonly onLive: (value: number | null) => void
  /** Enter, or leaving the field after a change */
  readonly onCommit?: (value: number | null) => void
  /** Escape, or leaving the field while something is wrong: whatever was typed is taken back */
  readonly onCancel?: () => void
}

const LiveNumberField = afterStart<LiveNumberProps>(() =>
  import('./LiveNumberField.tsx').then((m) => m.LiveNumberField),
)

/** A number that acts while it is typed. Until what reads numbers is there it is shown, and stands still. */
export function LiveNumber(props: LiveNumberProps) {
  const { label, field, value, unit, leastWidth = LEAST_WIDTH, placeholder } = props
  const still = (
    <span className="live-number">
      <input
        className="input figure"
        style={{ minWidth: leastWidth }}
        aria-label={label}
        placeholder={placeholder}
        value={typedText(value, field)}
        readOnly
      />
      <span className="unit">{unit}</span>
    </span>
  )
  return (
    <Suspense fallback={still}>
      <LiveNumberField {...props} leastWidth={leastWidth} />
    </Suspense>
  )
}

const LEAST_WIDTH = 84
