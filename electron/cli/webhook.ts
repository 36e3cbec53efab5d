import { join } from 'node:path'
import { moment } from '#shared/format/times.ts'
import { counted } from '#shared/format/numbers.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { WebhookState } from '#shared/ipc/schemas/webhook.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import { createSecretFile, SECRETS_NAME } from '#electron/services/secret-file.ts'
import { ADDRESS_VARIABLE } from '#electron/services/webhook-address.ts'
import { createWebhookService, type WebhookService } from '#electron/services/webhook-service.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { CliHost, ExitCode } from './command.ts'
import { EXIT, UsageError } from './command.ts'
import { isoTime, writeLine } from './json.ts'
import { storedMoney } from './reporting.ts'
import { dataFolderOf, withStore } from './stored.ts'

/** Works with the webhook of a store. What did not arrive is one line on standard error. */
export async function withWebhook<T>(
  host: CliHost,
  data: string | undefined,
  store: Store,
  readNetwork: () => Promise<NetworkState>,
  work: (webhook: WebhookService) => Promise<T>,
): Promise<T> {
  const folder = dataFolderOf(host, data)
  const lines: string[] = []
  const webhook = createWebhookService({
    store,
    secrets:
      (await host.secretsIn?.(folder)) ??
      createSecretFile({ keystore: null, file: join(folder, SECRETS_NAME) }),
    version: host.version,
    readMoney: async () => storedMoney(store, await readNetwork()),
    variables: host.variables ?? process.env,
    onGivenUp: (words) => lines.push(`strikeline: an alert did not reach the webhook. ${words}`),
    onError: (error) => {
      lines.push(`strikeline: ${error instanceof Error ? error.message : String(error)}`)
    },
  })
  try {
    return await work(webhook)
  } finally {
    await webhook.stop()
    for (const line of lines) await writeLine(host.stderr, line)
  }
}

/** Sends what is due; says what still waits. */
export async function deliverAlerts(host: CliHost, webhook: WebhookService): Promise<void> {
  const before = await webhook.read()
  if (before.fault === null) await webhook.deliver()
  const { address, waiting, last, fault } = await webhook.read()
  if (waiting === 0 || (address === null && fault === null)) return
  // How the last one went says nothing about these where it went well.
  const why = fault ?? (last?.state === 'waiting' ? last.words : ELSEWHERE)
  await writeLine(host.stderr, `warning: ${waitingWords(waiting)}. ${why}`)
}

const ELSEWHERE =
  'Another program is sending them, or ended while it did; the next command or the window sends what is left.'

/** `alerts webhook`, `alerts webhook test`, `alerts webhook off` */
export async function runWebhook(
  host: CliHost,
  verb: string | undefined,
  { data, json }: { readonly data: string | undefined; readonly json: boolean },
): Promise<ExitCode> {
  if (verb !== undefined && verb !== 'test' && verb !== 'off')
    throw new UsageError('alerts: use `alerts webhook`, `alerts webhook test` or `alerts webhook off`')
  const answer = await withStore(host, data, (store) =>
    withWebhook(
      host,
      data,
      store,
      () => readNetworkState(store, Date.now()),
      async (webhook) => {
        if (verb === 'test') return { test: await webhook.test() }
        return { state: verb === 'off' ? await webhook.remove() : await webhook.read() }
      },
    ),
  )
  if (json) await writeLine(host.stdout, JSON.stringify(documentOf(answer)))
  else for (const line of linesOf(answer)) await writeLine(host.stdout, line)
  return answer.test?.arrived === false ? EXIT.failed : EXIT.done
}

type Answer =
  | { readonly test: { readonly arrived: boolean; readonly words: string }; readonly state?: undefined }
  | { readonly state: WebhookState; readonly test?: undefined }

function documentOf({ test, state }: Answer) {
  if (test !== undefined) return test
  const { address, fault, waiting, nextMs, last } = state
  return {
    ...{ address, fault, waiting },
    next: nextMs === null || nextMs === 0 ? null : isoTime(nextMs),
    last: last === null ? null : { at: isoTime(last.atMs), state: last.state, words: last.words },
  }
}

const FROM = {
  keystore: 'typed in the window, stored in this system’s keystore',
  session: 'typed in the window',
  variable: `from ${ADDRESS_VARIABLE}`,
  file: 'from the file of alerts.webhook-file',
} as const

function* linesOf({ test, state }: Answer): Generator<string> {
  if (test !== undefined) {
    yield test.words
    return
  }
  const { address, fault, waiting, last } = state
  if (fault !== null) yield fault
  else if (address === null) yield 'Alerts go to no webhook: no address is set.'
  else yield `Alerts go to ${address.host} (${FROM[address.from]}).`
  if (waiting > 0 && (address !== null || fault !== null)) yield `${waitingWords(waiting)}.`
  if (last !== null) yield `Last attempt ${moment(last.atMs, Date.now())}: ${last.words}`
}

const waitingWords = (waiting: number) =>
  `${counted(waiting, 'alert')} ${waiting === 1 ? 'waits' : 'wait'} to be sent`
