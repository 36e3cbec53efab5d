import { Toast } from '@base-ui/react/toast'
import { useEffect, useState } from 'react'
import { tellToastsShown, toasts } from './toast-manager.ts'
import { useSize } from './use-size.ts'

function ToastList() {
  const { toasts: shown } = Toast.useToastManager()
  return shown.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" data-kind={toast.type} swipeDirection={[]}>
      <Toast.Content className="toast-content">
        <Toast.Title render={<p />} className="toast-title" />
        {toast.actionProps === undefined ? null : <Toast.Action className="button quiet" />}
        <Toast.Close className="icon-button" aria-label="Close message">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 4l8 8M12 4l-8 8" />
          </svg>
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}

/** Where messages appear: bottom right, in room that screen and dialogs leave for them, so that they cover nothing. */
export function Toasts() {
  useEffect(tellToastsShown, [])
  const [list, setList] = useState<HTMLElement | null>(null)
  const heightPx = useSize(list)?.heightPx ?? 0
  useEffect(() => {
    document.documentElement.style.setProperty('--messages', `${heightPx}px`)
    document.documentElement.toggleAttribute('data-messages', heightPx > 0)
  }, [heightPx])
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport ref={setList} className="toasts" aria-label="Messages">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
