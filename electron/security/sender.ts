import { CHANNEL_NAMES, type ChannelName } from '#shared/ipc/names.ts'
import { type Page, pageOf } from './trusted-url.ts'

/** What is looked at of an Electron `IpcMainInvokeEvent`. */
export type CallEvent = {
  readonly sender: { readonly id: number }
  /** null once the frame has navigated or is gone */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** Whether this page has any business with this channel: the window with each, the printed page with none. */
export function pageMayCall(page: Page, channel: string): channel is ChannelName {
  return page === 'window' && CHANNEL_NAMES.some((known) => known === channel)
}

/**
 * Who asks: the page, if it is the main frame of a window that we opened for that page and still shows it.
 * null: nobody we answer.
 *
 * @param pages web contents id → the page that we opened in it
 */
export function senderPage(event: CallEvent, pages: ReadonlyMap<number, Page>): Page | null {
  const frame = event.senderFrame
  if (frame?.parent !== null) return null
  const opened = pages.get(event.sender.id)
  return opened !== undefined && pageOf(frame.url) === opened ? opened : null
}
