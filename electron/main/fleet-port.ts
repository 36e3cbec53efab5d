import { setImmediate } from 'node:timers/promises'
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import { type FleetMessage, piecesOf } from '#shared/ipc/fleet-port.ts'
import { FLEET_PORT } from '#shared/ipc/names.ts'
import { pageOf } from '#electron/security/trusted-url.ts'
import type { Log } from './log.ts'

/** Sends machines to the page that is loaded now, in the order of the calls. */
export type FleetPort = { post(message: FleetMessage): void }

/**
 * One channel per load of the window's page. It is made when the page starts to load, so that nothing sent early is
 * lost, and handed over once the page listens. This end only sends.
 */
export function createFleetPort(contents: WebContents, log: Log): FleetPort {
  let ours: MessagePortMain | null = null
  let theirs: MessagePortMain | null = null
  let sent: Promise<void> = Promise.resolve()

  function drop(): void {
    ours?.close()
    theirs?.close()
    ours = theirs = null
  }
  contents.on('did-navigate', (_event, url) => {
    drop()
    if (pageOf(url) !== 'window') return
    const channel = new MessageChannelMain()
    ours = channel.port1
    theirs = channel.port2
  })
  contents.on('dom-ready', () => {
    if (theirs === null || pageOf(contents.mainFrame.url) !== 'window') return
    contents.postMessage(FLEET_PORT, null, [theirs])
    theirs = null
  })
  contents.on('render-process-gone', drop)
  contents.on('destroyed', drop)

  /** Piece by piece, as long as the page that the message was for is there. */
  async function send(message: FleetMessage): Promise<void> {
    const port = ours
    for (const piece of piecesOf(message)) {
      if (port === null || port !== ours) return
      port.postMessage(piece)
      await setImmediate()
    }
  }
  return {
    post(message) {
      sent = sent
        .then(() => send(message))
        .catch((error: unknown) => log.write('The fleet could not be sent to the window:', error))
    },
  }
}
