import { useEffect, useRef } from 'react'

type Props = {
  /** what is surprising, with both values */
  readonly question: string
  readonly yes: string
  readonly no: string
  readonly onYes: () => void
  readonly onNo: () => void
}

/** A question in place, before a surprising value is stored. The focus is on what changes nothing. */
export function AskFirst({ question, yes, no, onYes, onNo }: Props) {
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <div
      className="ask-first"
      role="group"
      aria-label="Is this right?"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onNo()
      }}
    >
      <p role="alert">{question}</p>
      <div className="actions">
        <button type="button" className="button" onClick={onYes}>
          {yes}
        </button>
        <button ref={keep} type="button" className="button" onClick={onNo}>
          {no}
        </button>
      </div>
    </div>
  )
}
