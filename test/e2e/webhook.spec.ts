import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Api } from '#shared/ipc/api.ts'
import type { WebhookMessage } from '#shared/format/webhook-message.ts'
import { expect, test as offlineTest } from './offline.ts'

/** An address is typed, tried and used; what arrives is the one form; and the key in it is nowhere to be read. */

type PageWithApi = { readonly api: Api }
const KEY = 'T0-key-of-the-chat-B0'

const NETWORK = [
  ['height', 925_000],
  ['difficulty', 162.05e12],
  ['priceUsdPerBtc', 88_300],
  ['feesBtcPerBlock', 0.02],
] as const

const test = offlineTest.extend<{
  readonly chat: { readonly host: string; readonly got: WebhookMessage[]; status: number }
}>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  chat: async ({}, use) => {
    const chat = { host: '', got: [] as WebhookMessage[], status: 200 }
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        chat.got.push(JSON.parse(Buffer.concat(chunks).toString()) as WebhookMessage)
        response.writeHead(chat.status).end('<b>not to be shown</b>')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    chat.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    await use(chat)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  },
})

const price = (window: Page, usd: number) =>
  window.evaluate(
    (value) => (globalThis as unknown as PageWithApi).api.network.type({ name: 'priceUsdPerBtc', value }),
    usd,
  )

test('alerts go where the operator says, and nowhere before', async ({ launch, chat, dataFolder }) => {
  const { window } = await launch()
  await window.evaluate(async (values) => {
    const { api } = globalThis as unknown as PageWithApi
    await api.fleet.loadSample({})
    for (const [name, value] of values) await api.network.type({ name, value })
    await api.alerts.put({ key: null, rule: { kind: 'breakeven-crossed' } })
    await api.alerts.put({ key: null, rule: { kind: 'hashprice-below', usdPerPhDay: 36 } })
  }, NETWORK)
  await window.keyboard.press('6')
  const panel = window.getByRole('region', { name: 'Webhook' })
  await expect(panel).toContainText('Nothing is sent as long as no address is set.')

  const address = panel.getByRole('textbox', { name: 'Address' })
  await address.fill(`http://hooks.example.com/${KEY}`)
  await window.keyboard.press('Enter')
  await expect(
    panel.getByText('hooks.example.com may be a public server: alerts go there over https, not http.'),
  ).toBeVisible()
  await address.fill(`http://${chat.host}/services/${KEY}`)
  await window.keyboard.press('Enter')
  await expect(panel.getByText(`Alerts also go to ${chat.host}.`)).toBeVisible()
  await expect(panel.getByText('No alert was sent yet.')).toBeVisible()
  expect(chat.got).toEqual([])

  await panel.getByRole('button', { name: 'Send a test' }).press('Enter')
  await expect(panel.getByRole('status')).toHaveText(
    /^Sent; 127\.0\.0\.1:\d+ answered 200 in (less than )?\d+\.\d s\.$/,
  )
  expect(chat.got).toMatchObject([{ version: 1, kind: 'test' }])
  chat.status = 404
  await panel.getByRole('button', { name: 'Send a test' }).press('Enter')
  await expect(panel.getByRole('status')).toHaveText(/answered 404: there is no receiver at this address\.$/)
  chat.status = 999
  await panel.getByRole('button', { name: 'Send a test' }).press('Enter')
  await expect(panel.getByRole('status')).toHaveText(/^No answer from .*: its answer makes no sense\.$/)
  chat.got.pop()
  chat.status = 200

  await price(window, 80_000)
  await expect.poll(() => chat.got.map(({ kind }) => kind)).toEqual(['test', 'test', 'breakeven-crossed'])
  const { text, figures } = chat.got[2]!
  await expect(window.getByRole('list', { name: 'What happened, newest first' })).toContainText(text)
  expect(figures).toMatchObject({
    under: true,
    lots: expect.any(Number),
    usdPerDay: expect.any(Number),
  })
  await expect(panel.getByText(/: Sent; .* answered 200/)).toBeVisible()

  await panel.getByRole('button', { name: 'Show what is sent' }).press('Enter')
  await expect(panel.getByLabel('What is sent')).toContainText('"kind": "breakeven-crossed"')

  await window.evaluate(() => (globalThis as unknown as PageWithApi).api.backups.make({}))
  for (const file of everyFile(dataFolder)) expect(readFileSync(file).includes(KEY), file).toBe(false)
  expect(await window.content()).not.toContain(KEY)

  await panel.getByRole('button', { name: 'Remove the address of the webhook' }).press('Enter')
  await expect(panel).toContainText('Nothing is sent as long as no address is set.')
  await price(window, 70_000)
  await expect(
    window.getByRole('list', { name: 'What happened, newest first' }).getByRole('listitem'),
  ).toHaveCount(3)
  expect(chat.got).toHaveLength(3)
})

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
}
