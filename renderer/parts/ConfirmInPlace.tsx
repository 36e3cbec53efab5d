import { useRef, useState } from 'react'
import { focusSoon } from '../ui/focus-soon.ts'
import { SteadyButton } from '../ui/SteadyButton.tsx'

type Props = {
  /** of the button that asks, and of what is asked */
  readonly label: string
  /** the same, where several stand below each other */
  readonly name?: string
  readonly className?: string
  readonly idle?: boolean
  /** what cannot be taken back */
  readonly question: string
  readonly yes: string
  readonly onYes: () => void
}

/** A button for what has no way back: it is asked for in its place, with the focus on what changes nothing. */
export function ConfirmInPlace({
  label,
  name = label,
  className = 'button',
  idle = false,
  question,
  yes,
  onYes,
}: Props) {
  const [isAsking, setAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const keep = useRef<HTMLButtonElement>(null)
  const close = () => {
    setAsking(false)
    focusSoon(opener)
  }
  if (!isAsking || idle) {
    return (
      <SteadyButton
        ref={opener}
        idle={idle}
        className={className}
        aria-label={name}
        onClick={() => {
          setAsking(true)
          focusSoon(keep)
        }}
      >
        {label}
      </SteadyButton>
    )
  }
  return (
    <div
      className="actions"
      role="group"
      aria-label={name}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <span>{question}</span>
      <button
        type="button"
        className="button danger"
        onClick={() => {
          close()
          onYes()
        }}
      >
        {yes}
      </button>
      <button ref={keep} type="button" className="button" onClick={close}>
        Keep
      </button>
    </div>
  )
}
