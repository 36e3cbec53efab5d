import { Toast } from '@base-ui/react/toast'

/** One manager outside of React, so that actions of the store can speak. */
export const toasts = Toast.createToastManager()

type Action = { readonly label: string; readonly run: () => void }

/** Says in one sentence what happened; an action (Undo) stays offered for ten seconds. */
export function tell(sentence: string, action?: Action): void {
  toasts.add({
    title: sentence,
    timeout: action === undefined ? 5000 : 10_000,
    ...(action === undefined ? {} : { actionProps: { children: action.label, onClick: action.run } }),
  })
}

/** Says what went wrong and stays until it is closed. */
export function warn(sentence: string): void {
  toasts.add({ title: sentence, type: 'error', priority: 'high', timeout: 0 })
}
