import { useRef, useState } from 'react'
import type { Coverage } from '#shared/ipc/schemas/past.ts'
import { counted } from '#shared/format/numbers.ts'
import { forgetImportedPast } from '../../state/actions.ts'
import { focusSoon } from '../../ui/focus-soon.ts'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { importedValues } from './past-words.ts'

/** Removes what came from files. There is no way back, so it is asked for in place. */
export function ForgetImported({ coverage }: { readonly coverage: readonly Coverage[] }) {
  const [isAsking, setAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const keep = useRef<HTMLButtonElement>(null)
  const values = importedValues(coverage)
  const close = () => {
    setAsking(false)
    focusSoon(opener)
  }
  if (!isAsking || values === 0) {
    return (
      <SteadyButton
        ref={opener}
        idle={values === 0}
        onClick={() => {
          setAsking(true)
          focusSoon(keep)
        }}
      >
        Remove imported values
      </SteadyButton>
    )
  }
  return (
    <div
      className="actions"
      role="group"
      aria-label="Remove imported values"
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <span>{counted(values, 'imported value')} will be gone; this cannot be undone.</span>
      <button
        type="button"
        className="button danger"
        onClick={() => {
          close()
          void forgetImportedPast()
        }}
      >
        Remove
      </button>
      <button ref={keep} type="button" className="button" onClick={close}>
        Keep
      </button>
    </div>
  )
}
