import type { Result } from '#shared/ipc/errors.ts'
import type { ChannelName } from '#shared/ipc/names.ts'
import { type CallEvent, pageMayCall, senderPage } from '#electron/security/sender.ts'
import type { Page } from '#electron/security/trusted-url.ts'
import type { Log } from './log.ts'

/** Answers a call whose sender has been checked. */
export type Answer = (name: ChannelName, input: unknown) => Promise<Result<unknown>>

export type Gate = (name: ChannelName, event: CallEvent, input: unknown) => Promise<Result<unknown>>

/**
 * Checks the sender before the input: only the main frame of one of our pages, on a channel of that page.
 *
 * @param answer resolves later than the first calls: the window starts while the database is being opened
 */
export function createGate(pages: ReadonlyMap<number, Page>, answer: Promise<Answer>, log: Log): Gate {
  return async (name, event, input) => {
    const page = senderPage(event, pages)
    if (page === null || !pageMayCall(page, name)) {
      const sender = event.senderFrame?.url ?? 'a frame that is gone'
      log.write(`Refused a call of ${name} from ${sender}`)
      return { ok: false, error: { code: 'internal', message: 'This page may not ask for that.' } }
    }
    return (await answer)(name, input)
  }
}
