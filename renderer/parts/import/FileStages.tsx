import { Dialog } from '../../ui/Dialog.tsx'
import { Progress } from '../Progress.tsx'

type WaitProps = {
  readonly title: string
  /** what it waits for */
  readonly waiting: string
  readonly onLeave: () => void
}

/** While a file is chosen or stored. */
export function WaitingFile({ title, waiting, onLeave }: WaitProps) {
  return (
    <Dialog
      title={title}
      onClose={onLeave}
      actions={
        <button type="button" className="button" onClick={onLeave}>
          Cancel
        </button>
      }
    >
      <Progress waiting={waiting} />
    </Dialog>
  )
}

type FailedProps = {
  readonly message: string
  /** what is as it was */
  readonly untouched: string
  readonly onLeave: () => void
  readonly onChoose: () => void
}

/** A file that could not be read or stored. */
export function FailedFile({ message, untouched, onLeave, onChoose }: FailedProps) {
  return (
    <Dialog
      title="The file was not imported"
      onClose={onLeave}
      actions={
        <>
          <button type="button" className="button" onClick={onLeave}>
            Close
          </button>
          <button type="button" className="button primary" onClick={onChoose}>
            Choose another file…
          </button>
        </>
      }
    >
      <p className="fault-text" role="alert">
        {message}
      </p>
      <p className="muted">Nothing was stored; {untouched}.</p>
    </Dialog>
  )
}

/** While the file is read again with what was said. */
export function ReadingAgain({ onStop }: { readonly onStop: () => void }) {
  return (
    <div className="reading">
      <Progress waiting="Reading the file again." />
      <button type="button" className="button" onClick={onStop}>
        Stop
      </button>
    </div>
  )
}
