import type { AlertOccurrence } from '#shared/domain/alerts.ts'

/** An alert that is about to be sent. */
export type WebhookDelivery = {
  readonly event: number
  readonly atMs: number
  readonly occurrence: AlertOccurrence
  /** the same at every attempt */
  readonly id: string
  /** 1 at the first */
  readonly attempt: number
  /** of the first attempt */
  readonly firstMs: number
}

/** How an attempt ended. */
export type WebhookOutcome = {
  readonly state: 'sent' | 'waiting' | 'given-up'
  readonly atMs: number
  /** waiting: not tried again before */
  readonly nextMs: number
  readonly words: string
}

export type StoredWebhook = {
  /** alerts that wait or are being sent */
  readonly waiting: number
  /** when the first of them is due; null: nothing waits */
  readonly nextMs: number | null
  /** the last attempt; null: there was none */
  readonly last: {
    readonly atMs: number
    readonly state: 'sent' | 'waiting' | 'given-up'
    readonly words: string
  } | null
}

/** What is stored of the webhook; its address is not. */
export type WebhookCalls = {
  /** What happens from now on is to be sent; nothing changes where that is so already. */
  beginWebhook(): void
  /** Nothing is to be sent, and what waits is forgotten. */
  endWebhook(): void
  /** What waits is due now: there is another address. */
  hurryWebhook(): void
  /**
   * Takes the oldest alert that was not sent, for the caller alone: nobody else gets it until it is settled, or until a minute has
   * passed, because whoever had it may have ended. As long as the oldest is not due, none is. What
   * happened more than a day ago and was never tried is old news and not sent. null: none.
   */
  claimWebhook(nowMs: number): WebhookDelivery | null
  /** Nothing where another has claimed it meanwhile. */
  settleWebhook(claimed: Pick<WebhookDelivery, 'event' | 'attempt'>, outcome: WebhookOutcome): void
  readWebhook(nowMs: number): StoredWebhook
}
