import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode } from 'react'

export type MenuEntry = { readonly label: string; readonly run: () => void; readonly disabled?: boolean }

/** A button that opens a short list of things to do. */
export function Menu({
  trigger,
  entries,
}: {
  readonly trigger: ReactNode
  readonly entries: readonly MenuEntry[]
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger className="button">
        {trigger}
        <svg viewBox="0 0 16 16" aria-hidden="true" className="caret">
          <path d="M4 6l4 4 4-4" />
        </svg>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="layer" sideOffset={4} align="start">
          <Base.Popup className="popup">
            {entries.map((entry) => (
              <Base.Item
                key={entry.label}
                className="popup-item"
                disabled={entry.disabled ?? false}
                onClick={entry.run}
              >
                {entry.label}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
