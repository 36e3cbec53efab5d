import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import type { WebhookMessage } from '#shared/format/webhook-message.ts'
import { createSecretFile } from '#electron/services/secret-file.ts'
import { createWebhookService, type WebhookServiceOptions } from '#electron/services/webhook-service.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { NOW_MS, serve, type TestServer } from '../sources/servers.ts'
import { standingClock } from '../standing-clock.ts'
import { openIn, temporaryFolder } from '../store/stores.ts'

export const stale = (...values: string[]): AlertOccurrence => ({ kind: 'data-stale', values })

/** Something happens: the event of an alert, as the evaluation stores it. */
export async function happen(store: Store, atMs: number, ...happened: readonly AlertOccurrence[]) {
  const [alert] = await store.readAlerts()
  const { key } = alert ?? (await store.putAlert(null, { kind: 'data-stale' }))
  await store.saveAlertOutcome(
    key,
    { active: true },
    atMs,
    happened.map((occurrence) => ({ atMs, occurrence })),
  )
}

export type Receiver = TestServer & {
  /** what has arrived, in order */
  readonly got: WebhookMessage[]
  /** the statuses that it answers with, one each; then 200 */
  readonly answers: (number | { readonly status: number; readonly headers: Record<string, string> })[]
}

export async function receiver(...answers: Receiver['answers']): Promise<Receiver> {
  const got: WebhookMessage[] = []
  const server = await serve((_, response, body) => {
    got.push(JSON.parse(body) as WebhookMessage)
    const answer = answers.shift() ?? 200
    const { status, headers } = typeof answer === 'number' ? { status: answer, headers: {} } : answer
    response.writeHead(status, headers).end('this is not looked at')
  })
  return Object.assign(server, { got, answers })
}

/** The service of one program on a data folder, with a clock that stands still. */
export async function program(options: Partial<WebhookServiceOptions> & { readonly folder?: string } = {}) {
  const { folder = temporaryFolder(), ...given } = options
  const store = await openIn(folder)
  const standing = standingClock(NOW_MS)
  const told = { givenUp: [] as string[], faults: [] as unknown[], changes: 0 }
  const secrets = createSecretFile({ keystore: null, file: join(folder, 'secrets.json') })
  const webhook = createWebhookService({
    store,
    secrets,
    version: '1.2.3',
    readMoney: () => Promise.resolve(US_DOLLARS),
    variables: {},
    timeoutMs: 2000,
    ...standing.options,
    onChange: () => {
      told.changes++
    },
    onGivenUp: (words) => told.givenUp.push(words),
    onError: (error) => told.faults.push(error),
    ...given,
  })
  onTestFinished(() => webhook.stop())
  return { folder, store, secrets, webhook, told, ...standing }
}
