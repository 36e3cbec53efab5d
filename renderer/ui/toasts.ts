import { Toast } from '@base-ui/react/toast'

/** One manager outside of React, so that actions of the store can speak. */
export const toasts = Toast.createToastManager()

type Action = { readonly label: string; readonly run: () => void }

/**
 * Says in one sentence what happened; an action (Undo) stays offered for ten seconds. There is one such message at a
 * time: an older Undo would take back the newer change.
 */
export function tell(sentence: string, action?: Action): void {
  toasts.add({
    id: 'said',
    title: sentence,
    timeout: action === undefined ? 5000 : 10_000,
    actionProps: action === undefined ? undefined : { children: action.label, onClick: action.run },
  })
}

/** Says what went wrong and stays until it is closed. */
export function warn(sentence: string): void {
  toasts.add({ title: sentence, type: 'error', priority: 'high', timeout: 0 })
}
