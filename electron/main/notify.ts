import { Notification } from 'electron'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import { notificationsOf } from '#shared/format/alert-words.ts'
import type { Money } from '#shared/format/money.ts'

export type DesktopNotifier = {
  /** whether this desktop shows notifications at all; the operator may still block ours in its settings */
  readonly supported: boolean
  notify(happened: readonly AlertOccurrence[], money: Money): void
}

/**
 * Notifications of the desktop, made by the main process: the page itself may show none.
 * @param onClick the operator clicked on one
 */
export function createDesktopNotifier(onClick: () => void): DesktopNotifier {
  // One that nothing refers to is collected, and its click is lost.
  const shown = new Set<Notification>()
  return {
    supported: Notification.isSupported(),
    notify(happened, money) {
      for (const { title, body } of notificationsOf(happened, money)) {
        const notification = new Notification({ title, body })
        shown.add(notification)
        const forget = () => shown.delete(notification)
        notification.once('click', onClick)
        notification.once('click', forget)
        notification.once('close', forget)
        notification.once('failed', forget)
        notification.show()
      }
    },
  }
}
