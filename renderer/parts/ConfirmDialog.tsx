import type { ReactNode } from 'react'
import { useStore } from '../state/store.ts'
import { Dialog } from '../ui/Dialog.tsx'

type Props = {
  readonly title: string
  readonly description: string
  /** of the button that does it */
  readonly action: string
  readonly onConfirm: () => Promise<unknown>
  readonly children?: ReactNode
}

/** The last question before something is taken away. */
export function ConfirmDialog({ title, description, action, onConfirm, children = null }: Props) {
  const close = useStore((state) => state.closeDialog)
  return (
    <Dialog
      title={title}
      description={description}
      onClose={close}
      actions={
        <>
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button
            type="button"
            className="button danger"
            onClick={() => {
              close()
              void onConfirm()
            }}
          >
            {action}
          </button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
