import type { AlertKind, AlertOccurrence } from '#shared/domain/alerts.ts'
import { occurrenceWords } from './alert-words.ts'
import type { Money } from './money.ts'

/** The one form in which an alert goes to a webhook, see docs/alerts.md. */
export type WebhookMessage = {
  readonly version: 1
  readonly program: 'Strikeline'
  /** the same at every attempt */
  readonly id: string
  /** when it happened, ISO 8601 in UTC */
  readonly at: string
  readonly kind: AlertKind | 'test'
  readonly title: string
  readonly text: string
  /** the same as text, for receivers that look for it under this name */
  readonly content: string
  /** in USD and with the names of the program; what does not belong to the kind is absent */
  readonly figures: WebhookFigures
}

export type WebhookFigures = Readonly<Record<string, unknown>>

/** Discord takes no more; the other receivers do. */
const MOST_TEXT = 2000

export function alertMessage(
  id: string,
  atMs: number,
  occurrence: AlertOccurrence,
  money: Money,
): WebhookMessage {
  const { title, body } = occurrenceWords(occurrence, money)
  return messageOf(id, atMs, occurrence.kind, title, body, figuresOf(occurrence))
}

export function testMessage(id: string, atMs: number): WebhookMessage {
  const text = 'A test from Strikeline: alerts arrive here.'
  return messageOf(id, atMs, 'test', 'Test from Strikeline', text, {})
}

function messageOf(
  id: string,
  atMs: number,
  kind: WebhookMessage['kind'],
  title: string,
  text: string,
  figures: WebhookFigures,
): WebhookMessage {
  const plain = plainText(text)
  return {
    version: 1,
    program: 'Strikeline',
    id,
    at: new Date(atMs).toISOString(),
    kind,
    title: plainText(title),
    text: plain,
    content: plain,
    figures,
  }
}

/** What chats make calls and links of, brackets, bare addresses and names of hosts among them; each with a sign that looks like it. */
const LIVELY: readonly (readonly [RegExp, string])[] = [
  [/</g, '‹'],
  [/>/g, '›'],
  [/@/g, '＠'],
  [/:\/\//g, ':∕∕'],
  [/\](?=[(:[])/g, '］'],
  [/(?<=[\p{L}\p{N}-])\.(?=\p{L})/gu, '․'],
]

/** Names of lots may come from a file of others: in a chat none of them calls anybody, links or steers the text. */
function plainText(text: string): string {
  const safe = LIVELY.reduce((written, [sign, still]) => written.replaceAll(sign, still), text)
  return safe.length > MOST_TEXT ? `${safe.slice(0, MOST_TEXT - 1)}…` : safe
}

/** What is known of it but its kind; the hashprice has one name wherever it stands. */
function figuresOf(known: object): WebhookFigures {
  return Object.fromEntries(
    Object.entries(known)
      .filter(([name]) => name !== 'kind')
      .map(([name, value]: [string, unknown]) => [
        name === 'usdPerPhDay' ? 'hashpriceUsdPerPhDay' : name,
        name === 'after' && typeof value === 'object' && value !== null ? figuresOf(value) : value,
      ]),
  )
}
