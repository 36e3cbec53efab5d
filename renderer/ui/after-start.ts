import type { ComponentType } from 'react'
import { lazy } from 'react'

let tell: () => void

/** Comes once the window shows its first figures, or why it has none. What nobody can have used before loads then. */
export const started = new Promise<void>((resolve) => (tell = resolve))

/** To be called once. */
export const tellStarted = (): void => tell()

/** A component that loads after the start. */
export const afterStart = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazy(() => started.then(load).then((component) => ({ default: component })))
