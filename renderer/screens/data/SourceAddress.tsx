import { useId, useRef, useState } from 'react'
import type { Failure } from '#shared/ipc/errors.ts'

type Props = {
  /** of the source */
  readonly word: string
  readonly url: string
  /** empty: there is none */
  readonly defaultUrl: string
  readonly onStore: (url: string) => Promise<Failure | null>
  readonly say: (sentence: string) => void
}

/** Where a source is asked, edited in place. */
export function SourceAddress({ word, url, defaultUrl, onStore, say }: Props) {
  // null while it is not being edited: then the field follows the setting
  const [text, setText] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const noteId = useId()
  const isChanged = text !== null && text.trim() !== url
  const note =
    fault ?? (defaultUrl === '' ? 'Your own, for example http://127.0.0.1:8332. Empty: there is none.' : null)
  const store = async (next: string) => {
    const failure = await onStore(next.trim())
    setFault(failure?.message ?? null)
    // The buttons go, the field stays.
    field.current?.focus()
    if (failure !== null) return
    setText(null)
    say(`The address of ${word} is changed.`)
  }
  const putBack = () => {
    setText(null)
    setFault(null)
    field.current?.focus()
  }
  return (
    <form
      className="source-address"
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) void store(text)
      }}
    >
      <input
        ref={field}
        className="input"
        type="text"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        aria-label={`Address of ${word}`}
        aria-invalid={fault !== null}
        aria-describedby={note === null ? undefined : noteId}
        value={text ?? url}
        placeholder={defaultUrl === '' ? 'no address' : defaultUrl}
        onChange={(event) => {
          setText(event.target.value)
          setFault(null)
        }}
        onKeyDown={(event) => event.key === 'Escape' && putBack()}
      />
      {note === null ? null : (
        <p
          id={noteId}
          className={fault === null ? 'note' : 'note fault'}
          role={fault === null ? undefined : 'alert'}
        >
          {note}
        </p>
      )}
      {isChanged || (defaultUrl !== '' && url !== defaultUrl) ? (
        <div className="actions">
          {isChanged ? (
            <>
              <button type="submit" className="button" aria-label={`Use this address of ${word}`}>
                Use this address
              </button>
              <button
                type="button"
                className="button quiet"
                aria-label={`Cancel address of ${word}`}
                onClick={putBack}
              >
                Cancel
              </button>
            </>
          ) : (
            <button
              type="button"
              className="button quiet"
              aria-label={`Use the default address of ${word}`}
              onClick={() => void store(defaultUrl)}
            >
              Use the default
            </button>
          )}
        </div>
      ) : null}
    </form>
  )
}
