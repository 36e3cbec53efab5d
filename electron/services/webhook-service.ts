import { StrikelineError } from '#shared/ipc/errors.ts'
import type { WebhookState, WebhookTest } from '#shared/ipc/schemas/webhook.ts'
import type { Money } from '#shared/format/money.ts'
import type { WebhookMessage } from '#shared/format/webhook-message.ts'
import { alertMessage, testMessage } from '#shared/format/webhook-message.ts'
import type { Fetch } from '#electron/sources/http.ts'
import { outgoing } from '#electron/sources/outgoing.ts'
import type { PostAnswer } from '#electron/sources/post.ts'
import { postJson } from '#electron/sources/post.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { SecretFile } from './secret-file.ts'
import type { Timers } from './timers.ts'
import { nodeTimers } from './timers.ts'
import type { WebhookAddress } from './webhook-address.ts'
import { hasWebhookAddress, readWebhookAddress, webhookAddressOf } from './webhook-address.ts'
import { answerWords, isAccepted, outcomeOf } from './webhook-retry.ts'

export type WebhookService = {
  /** Its state, without the address. */
  read(): Promise<WebhookState>
  /** Alerts go there from now on, those that wait at once. 'bad-input' with what is wrong with the address. */
  set(address: string): Promise<WebhookState>
  /** Nothing is sent any more, and what waits is forgotten; an address that is not stored here stays where it is. */
  remove(): Promise<WebhookState>
  /** Sends one message now, once. 'not-found' where no address is set. */
  test(): Promise<WebhookTest>
  /** What happens from now on is to be sent, where an address is set. Never rejects: a fault goes to `onError`. */
  begin(): Promise<void>
  /** Sends what is due. Never rejects: a fault goes to `onError`. */
  deliver(): Promise<void>
  /** Sends what is due now and, as it comes due, the rest. */
  start(): void
  stop(): Promise<void>
}

export type WebhookServiceOptions = {
  readonly store: Pick<
    Store,
    | 'readSettings'
    | 'writeSettings'
    | 'beginWebhook'
    | 'endWebhook'
    | 'hurryWebhook'
    | 'claimWebhook'
    | 'settleWebhook'
    | 'readWebhook'
  >
  readonly secrets: SecretFile
  readonly version: string
  /** in which the text speaks; figures are in USD */
  readonly readMoney: () => Promise<Money>
  /** of the process */
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly fetch?: Fetch
  readonly nowMs?: () => number
  readonly timers?: Timers
  readonly timeoutMs?: number
  /** what {@link WebhookService.read} answers may be another by now */
  readonly onChange?: () => void
  /** an alert is not tried any more, in words */
  readonly onGivenUp?: (words: string) => void
  readonly onError: (error: unknown) => void
}

const TIMEOUT_MS = 10_000
/** A command does not wait longer for a receiver that is slow. */
const MOST_AT_ONCE_MS = 60_000
/** A timer cannot wait longer, and need not: what another process has put off is looked at again then. */
const LONGEST_WAIT_MS = 3_600_000

export function createWebhookService(options: WebhookServiceOptions): WebhookService {
  const { store, secrets, variables } = options
  const nowMs = options.nowMs ?? Date.now
  const timers = options.timers ?? nodeTimers
  const leaving = new AbortController()
  const ports = { secrets, variables, readSettings: () => store.readSettings() }
  let started = false
  let timer: unknown = null
  let sending: Promise<void> = Promise.resolve()
  let isQueued = false

  const leave = outgoing(async () => {
    const set = await readWebhookAddress(ports)
    return set === null ? [] : [{ kind: 'webhook', address: set.address }]
  }, options.fetch)

  const post = ({ address }: WebhookAddress, message: WebhookMessage): Promise<PostAnswer> =>
    postJson(
      address,
      message,
      { 'idempotency-key': message.id },
      {
        leave,
        userAgent: `Strikeline/${options.version}`,
        nowMs,
        timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
        signal: leaving.signal,
      },
    )

  async function read(): Promise<WebhookState> {
    let address: WebhookAddress | null = null
    let fault: string | null = null
    try {
      address = await readWebhookAddress(ports)
    } catch (error) {
      if (!(error instanceof StrikelineError)) throw error
      fault = error.message
    }
    const { waiting, nextMs, last } = await store.readWebhook(nowMs())
    return {
      address: address === null ? null : { host: address.host, from: address.from },
      keystore: await secrets.hasKeystore(),
      fault,
      waiting,
      nextMs,
      last,
    }
  }

  async function begin(): Promise<void> {
    try {
      if (await hasWebhookAddress(ports)) await store.beginWebhook()
    } catch (error) {
      options.onError(error)
    }
  }

  /** false: nothing is due, or nothing can be sent. */
  async function sendNext(set: WebhookAddress): Promise<boolean> {
    const claimed = await store.claimWebhook(nowMs())
    if (claimed === null) return false
    const { id, atMs, occurrence } = claimed
    const answer = await post(set, alertMessage(id, atMs, occurrence, await options.readMoney()))
    if (leaving.signal.aborted && !('status' in answer)) {
      // It counts as no attempt that failed: the next start sends it.
      await store.settleWebhook(claimed, {
        state: 'waiting',
        atMs: nowMs(),
        nextMs: nowMs(),
        words: answerWords(answer, set.host),
      })
      return false
    }
    const outcome = outcomeOf(answer, claimed, set.host, nowMs())
    await store.settleWebhook(claimed, outcome)
    options.onChange?.()
    if (outcome.state === 'given-up') options.onGivenUp?.(outcome.words)
    return outcome.state !== 'waiting'
  }

  async function deliverNow(): Promise<void> {
    timers.clear(timer)
    await begin()
    if ((await store.readWebhook(nowMs())).waiting === 0) return
    const set = await readWebhookAddress(ports)
    if (set === null) return
    const untilMs = started ? Infinity : nowMs() + MOST_AT_ONCE_MS
    while (nowMs() < untilMs && !leaving.signal.aborted && (await sendNext(set)));
    if (!started || leaving.signal.aborted) return
    const { nextMs } = await store.readWebhook(nowMs())
    if (nextMs !== null) wakeIn(Math.min(Math.max(nextMs - nowMs(), 1000), LONGEST_WAIT_MS))
  }

  /** A command goes; a window looks again. */
  function wakeIn(waitMs: number): void {
    if (!started || leaving.signal.aborted) return
    timers.clear(timer)
    timer = timers.set(() => void deliver(), waitMs)
  }

  /** One at a time, in order; calls that come meanwhile are one more run. */
  function deliver(): Promise<void> {
    if (isQueued) return sending
    isQueued = true
    sending = sending.then(async () => {
      isQueued = false
      if (leaving.signal.aborted) return
      try {
        await deliverNow()
      } catch (error) {
        options.onError(error)
        // Such as a keystore that is locked: what waits is not left until something else happens.
        wakeIn(LONGEST_WAIT_MS)
      }
    })
    return sending
  }

  return {
    read,
    async set(typed) {
      const address = webhookAddressOf(typed)
      // Of a time without an address nothing waits.
      if (!(await hasWebhookAddress(ports).catch(() => true))) await store.endWebhook()
      await secrets.write('webhook', address)
      await store.beginWebhook()
      await store.hurryWebhook()
      void deliver()
      return read()
    },
    async remove() {
      await secrets.write('webhook', null)
      const { webhookFile } = await store.readSettings()
      if (webhookFile !== '') await store.writeSettings({ webhookFile: '' })
      await store.endWebhook()
      return read()
    },
    async test() {
      const set = await readWebhookAddress(ports)
      if (set === null) throw new StrikelineError('not-found', 'No address is set: alerts go to no webhook.')
      const answer = await post(set, testMessage(crypto.randomUUID(), nowMs()))
      return { arrived: isAccepted(answer), words: answerWords(answer, set.host) }
    },
    begin,
    deliver,
    start() {
      started = true
      void deliver()
    },
    async stop() {
      timers.clear(timer)
      leaving.abort()
      await sending
    },
  }
}
