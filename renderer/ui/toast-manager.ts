import { Toast } from '@base-ui/react/toast'

/** One manager outside of React, so that actions of the store can speak. */
export const toasts = Toast.createToastManager()

let tell: () => void

/** Comes when the place where messages appear is there: one that is added before would be lost. */
export const toastsShown = new Promise<void>((resolve) => (tell = resolve))
export const tellToastsShown = (): void => tell()
