type Action = { readonly label: string; readonly run: () => void }

/** Messages load after the start, and wait for their place. */
async function manager() {
  const { toasts, toastsShown } = await import('./toast-manager.ts')
  await toastsShown
  return toasts
}

/**
 * Says in one sentence what happened; an action (Undo) stays offered for ten seconds. There is one such message at a
 * time: an older Undo would take back the newer change.
 */
export function tell(sentence: string, action?: Action): void {
  void manager().then((toasts) =>
    toasts.add({
      id: 'said',
      title: sentence,
      timeout: action === undefined ? 5000 : 10_000,
      actionProps: action === undefined ? undefined : { children: action.label, onClick: action.run },
    }),
  )
}

/**
 * Says what went wrong and stays until it is closed.
 * @param about what is said of the same takes its place
 */
export function warn(sentence: string, about?: string): void {
  const id = about === undefined ? {} : { id: about }
  void manager().then((toasts) =>
    toasts.add({ ...id, title: sentence, type: 'error', priority: 'high', timeout: 0 }),
  )
}

/** Takes back what was warned of, once it is right again. */
export function unwarn(about: string): void {
  void manager().then((toasts) => toasts.close(about))
}
