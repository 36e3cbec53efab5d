import type { ReactElement } from 'react'
import { Suspense } from 'react'
import { afterStart } from './after-start.ts'

export type TipProps = { readonly text: string; readonly children: ReactElement }

const TipPopup = afterStart<TipProps>(() => import('./TipPopup.tsx').then((m) => m.TipPopup))

/** A sentence that appears on hover and focus; never the only place where something is said. */
export function Tip({ text, children }: TipProps) {
  return (
    <Suspense fallback={children}>
      <TipPopup text={text}>{children}</TipPopup>
    </Suspense>
  )
}
