import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'

type Props = {
  readonly title: string
  readonly description?: string
  readonly wide?: boolean
  /** something was typed that closing would lose: Escape, the scrim and the cross ask first */
  readonly isTyped?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** buttons at the foot, the one that acts last */
  readonly actions: ReactNode
}

const FIELDS = 'input, textarea, select, [role="combobox"]'

/** Where a person goes on: the first field, else the button that acts where it takes nothing away, else the first. */
function firstIn(dialog: HTMLElement | null): HTMLElement | null {
  const fields = dialog?.querySelectorAll<HTMLElement>(`.dialog-body :is(${FIELDS}):not(:disabled)`) ?? []
  const field = [...fields].find((each) => each.tabIndex >= 0 && each.checkVisibility())
  return (
    field ??
    dialog?.querySelector<HTMLElement>('.dialog-foot .primary:not(:disabled)') ??
    dialog?.querySelector<HTMLElement>('.dialog-foot button:not(:disabled)') ??
    null
  )
}

/** A dialog that is mounted while it is open; Escape, the scrim and the cross close it. The focus goes back to where it came from. */
export function Dialog({
  title,
  description,
  wide = false,
  isTyped = false,
  onClose,
  children,
  actions,
}: Props) {
  const popup = useRef<HTMLDivElement>(null)
  const [isAsking, setAsking] = useState(false)
  const asks = isAsking && isTyped
  /** A slip while it asks keeps what was typed. */
  const leave = () => {
    if (isTyped) setAsking(!asks)
    else onClose()
  }
  return (
    <Base.Root open onOpenChange={(open) => !open && leave()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="dialog-viewport">
          <Base.Popup
            ref={popup}
            className="dialog"
            data-wide={wide || undefined}
            initialFocus={() => firstIn(popup.current) ?? true}
          >
            <header className="dialog-head">
              <Base.Title className="dialog-title">{title}</Base.Title>
              <Base.Close className="icon-button" aria-label="Close">
                <svg viewBox="0 0 16 16" aria-hidden="true">
                  <path d="M4 4l8 8M12 4l-8 8" />
                </svg>
              </Base.Close>
            </header>
            {description === undefined ? null : (
              <Base.Description className="dialog-description">{description}</Base.Description>
            )}
            <div className="dialog-body">{children}</div>
            {asks ? (
              <AskToDrop dialog={popup} onDrop={onClose} onKeep={() => setAsking(false)} />
            ) : (
              <footer className="dialog-foot">{actions}</footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

type AskProps = {
  readonly dialog: RefObject<HTMLElement | null>
  readonly onDrop: () => void
  readonly onKeep: () => void
}

/** In place of the buttons. The focus is on what keeps, and goes back to the field that it was in. */
function AskToDrop({ dialog, onDrop, onKeep }: AskProps) {
  const [field] = useState(() => {
    const at = document.activeElement
    return at instanceof HTMLElement && at.matches(FIELDS) ? at : null
  })
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    keep.current?.focus()
    const { current } = dialog
    return () => (field ?? firstIn(current))?.focus()
  }, [dialog, field])
  return (
    <footer className="dialog-foot" role="group" aria-label="What was typed is not stored">
      <p className="left" role="alert">
        What was typed is not stored.
      </p>
      <button type="button" className="button danger" onClick={onDrop}>
        Drop what was typed
      </button>
      <button ref={keep} type="button" className="button primary" onClick={onKeep}>
        Keep editing
      </button>
    </footer>
  )
}
