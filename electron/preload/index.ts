import { contextBridge, ipcRenderer } from 'electron'
import { APP_ORIGIN, CHANNEL_NAMES, EVENT_NAMES, FLEET_PORT } from '#shared/ipc/names.ts'

/**
 * `window.api`, built from the contract's names: a page cannot choose a channel, and a callback gets the
 * payload, never the event (which would hand it `ipcRenderer`). The type is `Api` in shared/ipc/api.ts.
 */

declare const window: {
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void
}

type Call = (input: unknown) => Promise<unknown>
type Subscribe = (callback: (payload: unknown) => void) => () => void

const groups: Record<string, Record<string, Call>> = {}
for (const name of CHANNEL_NAMES) {
  const [group, verb] = name.split('.') as [string, string]
  groups[group] = { ...groups[group], [verb]: (input) => ipcRenderer.invoke(name, input) }
}

const on: Record<string, Subscribe> = {}
for (const name of EVENT_NAMES) {
  on[name] = (callback) => {
    const listener = (_event: unknown, payload: unknown) => callback(payload)
    ipcRenderer.on(name, listener)
    return () => {
      ipcRenderer.off(name, listener)
    }
  }
}

// A port cannot pass the bridge; a message to our own page, and to no other, can carry it. One for each page.
ipcRenderer.once(FLEET_PORT, ({ ports }) => {
  window.postMessage(FLEET_PORT, APP_ORIGIN, ports)
})

contextBridge.exposeInMainWorld('api', Object.freeze({ ...groups, on }))
