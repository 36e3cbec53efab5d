import { Toast } from '@base-ui/react/toast'
import { useEffect } from 'react'
import { tellToastsShown, toasts } from './toast-manager.ts'

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

/** Where messages appear: bottom right, above everything. */
export function Toasts() {
  useEffect(tellToastsShown, [])
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="toasts" aria-label="Messages">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
