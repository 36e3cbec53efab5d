import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

type Props = {
  readonly title: string
  readonly description?: string
  readonly wide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** buttons at the foot, the one that acts last */
  readonly actions: ReactNode
}

/** A dialog that is mounted while it is open; Escape, the scrim and the cross close it. */
export function Dialog({ title, description, wide = false, onClose, children, actions }: Props) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="dialog-viewport">
          <Base.Popup className="dialog" data-wide={wide || undefined}>
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
            <footer className="dialog-foot">{actions}</footer>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
