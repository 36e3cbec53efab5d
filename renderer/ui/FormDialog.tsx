import type { ReactNode } from 'react'
import { Dialog } from './Dialog.tsx'

type Props = {
  readonly title: string
  /** on the button that stores */
  readonly verb: string
  /** what is wrong with the whole, in words */
  readonly fault: string | null
  readonly saving?: boolean
  readonly onSave: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A form in a dialog: Enter in any of its fields stores like the button does. */
export function FormDialog({ title, verb, fault, saving = false, onSave, onClose, children }: Props) {
  return (
    <Dialog
      title={title}
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
