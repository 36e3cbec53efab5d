import type { ReactNode } from 'react'
import { Suspense, useState } from 'react'
import { afterStart } from './after-start.ts'
import type { MenuPopupProps } from './MenuPopup.tsx'

const MenuPopup = afterStart<MenuPopupProps>(() => import('./MenuPopup.tsx').then((m) => m.MenuPopup))

export type MenuEntry = {
  readonly label: string
  readonly run: () => void
  readonly disabled?: boolean
  /** something that is on or off; the menu stays open */
  readonly checked?: boolean
}

export type MenuProps = {
  readonly trigger: ReactNode
  /** name of a trigger that is only a picture */
  readonly label?: string | undefined
  readonly entries: readonly MenuEntry[]
}

/** What the button shows, whether its list is loaded or not. */
export function MenuFace({ trigger, label }: Pick<MenuProps, 'trigger' | 'label'>) {
  return (
    <>
      {trigger}
      {label === undefined ? (
        <svg viewBox="0 0 16 16" aria-hidden="true" className="caret">
          <path d="M4 6l4 4 4-4" />
        </svg>
      ) : null}
    </>
  )
}

/** How the button looks and is called. */
export const menuButton = (label: string | undefined) =>
  label === undefined
    ? { className: 'button' }
    : { className: 'icon-button', 'aria-label': label, title: label }

/** A button that opens a short list of things to do. A press before the list is loaded opens it as soon as it is. */
export function Menu({ trigger, label, entries }: MenuProps) {
  const [pressed, setPressed] = useState(false)
  const face = (
    <button
      type="button"
      {...menuButton(label)}
      aria-haspopup="menu"
      aria-expanded={pressed}
      onClick={() => setPressed(true)}
    >
      <MenuFace trigger={trigger} label={label} />
    </button>
  )
  return (
    <Suspense fallback={face}>
      <MenuPopup trigger={trigger} label={label} entries={entries} openAtFirst={pressed} />
    </Suspense>
  )
}
