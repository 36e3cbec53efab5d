import { Suspense, useState } from 'react'
import { afterStart } from '../../ui/after-start.ts'
import { menuButton } from '../../ui/Menu.tsx'

const ColumnsPopup = afterStart(() => import('./ColumnsPopup.tsx').then((m) => m.ColumnsPopup))

export const COLUMNS_FACE = (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d="M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10" />
  </svg>
)

/** Chooses the columns and their order. A press before the list is loaded opens it as soon as it is. */
export function ColumnsMenu() {
  const [pressed, setPressed] = useState(false)
  const face = (
    <button
      type="button"
      {...menuButton('Columns')}
      aria-haspopup="dialog"
      aria-expanded={pressed}
      onClick={() => setPressed(true)}
    >
      {COLUMNS_FACE}
    </button>
  )
  return (
    <Suspense fallback={face}>
      <ColumnsPopup openAtFirst={pressed} />
    </Suspense>
  )
}
