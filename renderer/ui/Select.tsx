import type { ComponentType } from 'react'
import { Suspense, useState } from 'react'
import { afterStart } from './after-start.ts'
import type { SelectPopupProps } from './SelectPopup.tsx'

export type Choice<T> = { readonly value: T; readonly label: string }

export type SelectProps<T> = {
  /** names the control where no visible label does */
  readonly label: string
  /** id of the visible label, in place of `label` */
  readonly labelledBy?: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}

type Value = string | number | null

const SelectPopup = afterStart<SelectPopupProps<Value>>(() =>
  import('./SelectPopup.tsx').then((m) => m.SelectPopup as ComponentType<SelectPopupProps<Value>>),
)

export const SELECT_ARROW = (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d="M4 6l4 4 4-4" />
  </svg>
)

/** How a control is named: by a label that is seen, else by its own words. */
export const nameOf = ({ label, labelledBy }: Pick<SelectProps<unknown>, 'label' | 'labelledBy'>) =>
  labelledBy === undefined ? { 'aria-label': label } : { 'aria-labelledby': labelledBy }

/** One of a few choices. A press before the list is loaded opens it as soon as it is. */
export function Select<T extends Value>(props: SelectProps<T>) {
  const [pressed, setPressed] = useState(false)
  const { choices, value } = props
  const face = (
    <button
      type="button"
      role="combobox"
      className="select"
      aria-haspopup="listbox"
      aria-expanded={pressed}
      {...nameOf(props)}
      onClick={() => setPressed(true)}
    >
      <span className="select-value">{choices.find((choice) => choice.value === value)?.label}</span>
      <span className="select-icon">{SELECT_ARROW}</span>
    </button>
  )
  return (
    <Suspense fallback={face}>
      <SelectPopup {...(props as unknown as SelectProps<Value>)} openAtFirst={pressed} />
    </Suspense>
  )
}
