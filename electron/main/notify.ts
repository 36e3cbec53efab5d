import { Notification } from 'electron'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import type { AlertWords } from '#shared/format/alert-words.ts'
import { notificationsOf } from '#shared/format/alert-words.ts'
import type { Money } from '#shared/format/money.ts'

export type DesktopNotifier = {
  /** whether this desktop shows notifications at all; the operator may still block ours in its settings */
  readonly supported: boolean
  notify(happened: readonly AlertOccurrence[], money: Money): void
  show(words: AlertWords): void
}

/**
 * Notifications of the desktop, made by the main process: the page itself may show none.
 * @param onClick the operator clicked on one
 */
export function createDesktopNotifier(onClick: () => void): DesktopNotifier {
  // One that nothing refers to is collected, and its click is lost.
  const shown = new Set<Notification>()
  function show({ title, body }: AlertWords): void {
    const notification = new Notification({ title, body })
    shown.add(notification)
    const forget = () => shown.delete(notification)
    notification.once('click', onClick)
    notification.once('click', forget)
    notification.once('close', forget)
    notification.once('failed', forget)
    notification.show()
  }
  return {
    supported: Notification.isSupported(),
    notify(happened, money) {
      for (const words of notificationsOf(happened, money)) show(words)
    },
    show,
  }
}
