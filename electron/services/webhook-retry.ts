import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '#shared/domain/units.ts'
import type { PostAnswer } from '#electron/sources/post.ts'
import type { WebhookOutcome } from '#electron/store/webhook-port.ts'

/** How long after each attempt the next one comes; after the last of them every hour. */
const PAUSES_MS = [10_000, MS_PER_MINUTE, 5 * MS_PER_MINUTE, 30 * MS_PER_MINUTE, 2 * MS_PER_HOUR]
/** After its first attempt an alert is tried for so long. */
export const PATIENCE_MS = MS_PER_DAY

/** Of the refusals, these say "not now"; the others would be the same the next time. */
const PASSING = new Set([408, 425, 429])
const isFinal = (status: number) => status >= 400 && status < 500 && !PASSING.has(status)
export const isAccepted = (answer: PostAnswer): boolean =>
  'status' in answer && answer.status >= 200 && answer.status < 300

/** What becomes of an alert after an attempt. */
export function outcomeOf(
  answer: PostAnswer,
  { attempt, firstMs }: { readonly attempt: number; readonly firstMs: number },
  host: string,
  nowMs: number,
): WebhookOutcome {
  const words = answerWords(answer, host)
  const told = { atMs: nowMs, nextMs: nowMs, words }
  if (isAccepted(answer)) return { ...told, state: 'sent' }
  if ('status' in answer && isFinal(answer.status)) return { ...told, state: 'given-up' }
  const pauseMs = Math.max(
    PAUSES_MS[attempt - 1] ?? MS_PER_HOUR,
    ('status' in answer ? answer.pauseMs : null) ?? 0,
  )
  if (nowMs + pauseMs - firstMs > PATIENCE_MS) return { ...told, state: 'given-up' }
  return { ...told, state: 'waiting', nextMs: nowMs + pauseMs }
}

/** How an attempt ended, as a sentence. */
export function answerWords(answer: PostAnswer, host: string): string {
  if (!('status' in answer))
    return `No answer from ${host}: ${answer.reason}${answer.reason.endsWith('?') ? '' : '.'}`
  const { status, tookMs } = answer
  if (isAccepted(answer)) return `Sent; ${host} answered ${status} ${tookWords(tookMs)}.`
  const why = WHY[status] ?? (status >= 300 && status < 400 ? REDIRECTS : undefined)
  return `Not taken; ${host} answered ${status}${why === undefined ? '' : `: ${why}`}.`
}

const tookWords = (tookMs: number) =>
  tookMs < 100 ? 'in less than 0.1 s' : `in ${(tookMs / 1000).toFixed(1)} s`

const REDIRECTS = 'it redirects elsewhere, which is not followed'
const WHY: Readonly<Partial<Record<number, string>>> = {
  400: 'it does not understand this form',
  401: 'it asks for a key that the address does not hold',
  403: 'it refuses this address',
  404: 'there is no receiver at this address',
  405: 'it takes no messages at this address',
  410: 'the receiver is gone',
  413: 'the message is too long for it',
  429: 'it was sent too much',
  503: 'it is not available at the moment',
}
