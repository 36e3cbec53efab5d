import { useId, useMemo, useRef, useState } from 'react'
import { aheadWords } from '#shared/format/change-words.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import { AskFirst } from '../../parts/AskFirst.tsx'
import { agree } from '../../parts/agreed.ts'
import { questionBefore, useAhead } from '../../parts/look-ahead.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { focusSoon } from '../../ui/focus-soon.ts'
import type { Typing } from './TypeByHand.tsx'

type Props = Typing & { readonly onStored: () => void; readonly onClose: () => void }

/** The field of a value that is typed by hand: what it would change stands below it, and what is surprising is asked about. */
export function TypeForm({
  name,
  field,
  unit,
  value,
  show,
  faultOf,
  doubtOf,
  tryValue,
  onStore,
  onStored,
  onClose,
}: Props) {
  const [text, setText] = useState(() => (value === null ? '' : typedText(value, field)))
  const [fault, setFault] = useState<string | null>(null)
  const [question, setQuestion] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const noteId = useId()
  const money = useStore(selectMoney)
  const read = readTyped(text, field)
  const wrong = read.fault ?? (read.value === null ? null : (faultOf?.(read.value) ?? null))
  const next = wrong === null && read.value !== value ? read.value : null
  const tried = useMemo(() => (next === null ? null : tryValue(next)), [next, tryValue])
  const ahead = useAhead(tried)

  const thingOf = (typed: number) => ({ field: name, about: '', value: typed })
  const store = async (typed: number) => {
    const failure = await onStore(typed)
    if (failure === null) onStored()
    else setFault(failure.message)
  }
  const submit = async () => {
    const typed = read.value
    const unfit = wrong ?? (typed === null ? `Type a value, like ${field.example}.` : null)
    setFault(unfit)
    if (unfit !== null || typed === null || isBusy) return
    setBusy(true)
    const tried = tryValue(typed)
    const asked =
      doubtOf?.(typed) ??
      (await questionBefore({ name, thing: thingOf(typed), before: value, after: typed, show, tried }))
    if (asked === null) await store(typed)
    else setQuestion(asked)
    setBusy(false)
  }
  return (
    <>
      <form
        className="actions"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <input
          ref={input}
          className="input figure"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          size={16}
          autoFocus
          aria-label={`${name}, ${unit}`}
          aria-invalid={fault !== null}
          aria-describedby={noteId}
          value={text}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setText(event.target.value)
            setFault(null)
            setQuestion(null)
          }}
          onKeyDown={(event) => event.key === 'Escape' && onClose()}
        />
        <span className="unit">{unit}</span>
        <button type="submit" className="button">
          Use
        </button>
        <button type="button" className="button quiet" onClick={onClose}>
          Cancel
        </button>
      </form>
      <div id={noteId} className="ahead">
        {fault === null ? null : (
          <p className="note fault" role="alert">
            {fault}
          </p>
        )}
        {fault !== null || next === null || question !== null ? null : (
          <p className="note" role="status">
            {`${show(next)}: `}
            {ahead === null
              ? 'looking at what it would change…'
              : aheadWords(money, ahead.markets, ahead.changes)}
          </p>
        )}
      </div>
      {question === null || next === null ? null : (
        <AskFirst
          question={question}
          yes={`Yes, use ${show(next)}`}
          no="No, change it"
          onYes={() => {
            setQuestion(null)
            void agree([thingOf(next)]).then(() => store(next))
          }}
          onNo={() => {
            setQuestion(null)
            focusSoon(input)
          }}
        />
      )}
    </>
  )
}
