import type { ReactNode } from 'react'
import { useState } from 'react'
import { Dialog } from './Dialog.tsx'

type Props = {
  readonly title: string
  readonly wide?: boolean
  /** on the button that stores */
  readonly verb: string
  /** what is wrong with the whole, in words */
  readonly fault: string | null
  readonly saving?: boolean
  /** all that can be typed and chosen: where it is no longer as it was at first, closing by a slip asks before it is lost */
  readonly draft: unknown
  readonly onSave: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A form in a dialog: Enter in any of its fields stores like the button does. */
export function FormDialog(props: Props) {
  const { title, wide = false, verb, fault, saving = false, draft, onSave, onClose, children } = props
  const now = JSON.stringify(draft)
  const [first] = useState(now)
  return (
    <Dialog
      title={title}
      wide={wide}
      isTyped={now !== first}
      onClose={onClose}
      actions={
        <>
          {fault === null ? null : (
            <p className="fault-text left" role="alert">
              {fault}
            </p>
          )}
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="button" className="button primary" disabled={saving} onClick={onSave}>
            {verb}
          </button>
        </>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          onSave()
        }}
      >
        {children}
        <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  )
}
