import { APP_ORIGIN, FLEET_PORT } from '#shared/ipc/names.ts'

/**
 * The page's end of the fleet port, as the preload hands it over: the first that comes from this very window, and no other. To be
 * called while the page's first script runs; it comes when the document is complete.
 *
 * @param page the window
 */
export function takeFleetPort(page: EventTarget): Promise<MessagePort> {
  return new Promise((resolve) => {
    const take = (event: Event) => {
      const { source, origin, data, ports } = event as MessageEvent<unknown>
      const [port] = ports
      if (source !== page || origin !== APP_ORIGIN || data !== FLEET_PORT || port === undefined) return
      page.removeEventListener('message', take)
      resolve(port)
    }
    page.addEventListener('message', take)
  })
}
