import { useRef, useState } from 'react'
import type { Failure } from '#shared/ipc/errors.ts'
import type { TypedField } from '#shared/format/typed.ts'
import type { Tried } from '../../parts/look-ahead.ts'
import { focusSoon } from '../../ui/focus-soon.ts'
import { TypeForm } from './TypeForm.tsx'

export type Typing = {
  /** what is typed, as its controls are named: "Bitcoin price" */
  readonly name: string
  readonly field: TypedField
  /** as it is shown */
  readonly unit: string
  /** null where none is known */
  readonly value: number | null
  readonly show: (value: number) => string
  /** what is wrong with a number, in words; null where nothing is */
  readonly faultOf?: (value: number) => string | null
  /** what is asked of a number that is more likely in another unit; null of a usual one */
  readonly doubtOf?: (value: number) => string | null
  /** what would be stored; the same function as long as it gives the same */
  readonly tryValue: (value: number) => Tried
  /** null takes it back */
  readonly onStore: (value: number | null) => Promise<Failure | null>
}

type Props = Typing & {
  /** the value at hand was typed: it can be taken back */
  readonly isTyped: boolean
  readonly say: (sentence: string) => void
}

/** A value that the operator types in place of what the sources say, and takes back. */
export function TypeByHand({ isTyped, say, ...typing }: Props) {
  const { name, onStore } = typing
  const [isOpen, setOpen] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    focusSoon(opener)
  }
  const takeBack = async () => {
    const failure = await onStore(null)
    setFault(failure?.message ?? null)
    if (failure !== null) return
    say(`${name}: the typed value is taken back.`)
    focusSoon(opener)
  }
  if (isOpen) {
    return (
      <TypeForm
        {...typing}
        onClose={close}
        onStored={() => {
          say(`${name} is typed by hand.`)
          close()
        }}
      />
    )
  }
  return (
    <>
      <div className="actions">
        <button
          ref={opener}
          type="button"
          className="button quiet"
          aria-label={`Type ${name}`}
          onClick={() => {
            setFault(null)
            setOpen(true)
          }}
        >
          Type…
        </button>
        {isTyped ? (
          <button
            type="button"
            className="button quiet"
            aria-label={`Take back ${name}`}
            onClick={() => void takeBack()}
          >
            Take back
          </button>
        ) : null}
      </div>
      {fault === null ? null : (
        <p className="note fault" role="alert">
          {fault}
        </p>
      )}
    </>
  )
}
