import { useRef, useState } from 'react'
import type { Failure } from '#shared/ipc/errors.ts'
import type { TypedField } from '#shared/format/typed.ts'
import { readTyped, typedText } from '#shared/format/typed.ts'
import { focusSoon } from '../../ui/focus-soon.ts'

type Props = {
  /** what is typed, as its controls are named: "Bitcoin price" */
  readonly name: string
  readonly field: TypedField
  /** as it is shown */
  readonly unit: string
  /** null where none is known */
  readonly value: number | null
  /** the value at hand was typed: it can be taken back */
  readonly isTyped: boolean
  readonly hint?: string
  /** what is wrong with a number, in words; null where nothing is */
  readonly faultOf?: (value: number) => string | null
  /** null takes it back */
  readonly onStore: (value: number | null) => Promise<Failure | null>
  readonly say: (sentence: string) => void
}

/** A value that the operator types in place of what the sources say, and takes back. */
export function TypeByHand({ name, field, unit, value, isTyped, hint, faultOf, onStore, say }: Props) {
  // null while nothing is being typed
  const [text, setText] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setText(null)
    setFault(null)
    focusSoon(opener)
  }
  const store = async (next: number | null) => {
    const failure = await onStore(next)
    setFault(failure?.message ?? null)
    if (failure !== null) return
    say(next === null ? `${name}: the typed value is taken back.` : `${name} is typed by hand.`)
    close()
  }
  const submit = () => {
    const { value: next, fault: unread } = readTyped(text ?? '', field)
    const wrong =
      unread ?? (next === null ? `Type a value, like ${field.example}.` : (faultOf?.(next) ?? null))
    setFault(wrong)
    if (wrong === null) void store(next)
  }
  return (
    <>
      {text === null ? (
        <div className="actions">
          <button
            ref={opener}
            type="button"
            className="button quiet"
            aria-label={`Type ${name}`}
            onClick={() => setText(value === null ? '' : typedText(value, field))}
          >
            Type…
          </button>
          {isTyped ? (
            <button
              type="button"
              className="button quiet"
              aria-label={`Take back ${name}`}
              onClick={() => void store(null)}
            >
              Take back
            </button>
          ) : null}
        </div>
      ) : (
        <form
          className="actions"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <input
            className="input figure"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            size={16}
            autoFocus
            aria-label={`${name}, ${unit}`}
            aria-invalid={fault !== null}
            value={text}
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              setText(event.target.value)
              setFault(null)
            }}
            onKeyDown={(event) => event.key === 'Escape' && close()}
          />
          <span className="unit">{unit}</span>
          <button type="submit" className="button">
            Use
          </button>
          <button type="button" className="button quiet" onClick={close}>
            Cancel
          </button>
        </form>
      )}
      {text === null || hint === undefined ? null : <p className="note">{hint}</p>}
      {fault === null ? null : (
        <p className="note fault" role="alert">
          {fault}
        </p>
      )}
    </>
  )
}
