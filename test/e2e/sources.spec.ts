import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { startMempoolServer } from '../mempool-server.ts'
import { cli } from './cli.ts'
import { expect, test } from './offline.ts'

/** The screen of the data sources: order, addresses, rates, history, and a network file for a site without internet. */

const open = (window: Page) => window.getByRole('navigation', { name: 'Screens' }).getByText('Data').click()
const row = (window: Page, table: string, name: string | RegExp) =>
  window.getByRole('table', { name: table, exact: true }).getByRole('row', { name })

/** The dialogs of the operating system answer with this path from now on. */
async function answerDialogs(electron: ElectronApplication, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, path)
}

test('sources are ordered by keyboard, switched on beside their terms, and asked at another address', async ({
  launch,
  dataFolder,
}) => {
  const { window } = await launch()
  await open(window)
  const up = window.getByRole('button', { name: 'Move Kraken up' })
  await up.focus()
  await window.keyboard.press('Enter')
  await window.keyboard.press('Enter')
  await expect(up).toBeDisabled()
  await expect(up).toBeFocused()
  await expect
    .poll(() => cli(dataFolder, 'settings', 'get', 'network.order'))
    .toBe('kraken,bitcoind,mempool,coingecko\n')

  await expect(row(window, 'Sources', /Ask Coinbase/)).toContainText('not to be passed on')
  await window.getByRole('switch', { name: 'Ask Coinbase' }).check()
  await expect(row(window, 'Sources', /^5 .*Ask Coinbase/)).toBeVisible()

  const address = window.getByRole('textbox', { name: 'Address of mempool' })
  await address.fill('http://mempool.space/api')
  await address.press('Enter')
  await expect(window.getByRole('alert')).toContainText('public server')
  await address.fill('http://192.168.1.10:8999/api')
  await window.getByRole('button', { name: 'Use this address of mempool' }).click()
  await expect(address).toBeFocused()
  await expect
    .poll(() => cli(dataFolder, 'settings', 'get', 'network.mempool.url'))
    .toBe('http://192.168.1.10:8999/api\n')
  await window.getByRole('button', { name: 'Use the default address of mempool' }).click()
  await expect(address).toHaveValue('https://mempool.space/api')
})

test('a rate is typed and taken back, and the node’s password never comes back', async ({ launch }) => {
  const { window } = await launch()
  await open(window)
  const rate = row(window, 'Exchange rates', /^EUR/)
  await window.getByRole('button', { name: 'Type EUR rate' }).click()
  await window.getByRole('textbox', { name: /^EUR rate,/ }).fill('1,1')
  await window.keyboard.press('Enter')
  await expect(rate).toContainText('1.1000')
  await expect(rate).toContainText('typed')
  await window.getByRole('button', { name: 'Take back EUR rate' }).click()
  await expect(rate).toContainText('not known')

  const address = window.getByRole('textbox', { name: 'Address of own node' })
  await address.fill('http://127.0.0.1:8332')
  await address.press('Enter')
  await expect(window.getByRole('button', { name: 'Use this address of own node' })).toBeHidden()
  await window.getByText('User and password of your own node').click()
  const password = window.getByLabel('Password of the node')
  await window.getByRole('textbox', { name: 'User of the node' }).fill('miner')
  await password.fill('correct horse')
  await password.press('Enter')
  await expect(window.getByRole('button', { name: 'Forget user and password' })).toBeVisible()
  await expect(password).toHaveValue('')
  expect(await window.content()).not.toContain('correct horse')
  await window.getByRole('button', { name: 'Forget user and password' }).click()
  await expect(window.getByText('.bitcoin/.cookie')).toBeVisible()
})

test('a password that cannot be read is said so, and can be forgotten', async ({ launch, dataFolder }) => {
  writeFileSync(join(dataFolder, 'secrets.json'), 'not what the keystore made')
  const { window } = await launch()
  await open(window)
  await expect(window.getByRole('alert')).toContainText('secrets.json is damaged')
  await window.getByRole('button', { name: 'Forget user and password' }).click()
  await expect(window.getByText('.bitcoin/.cookie')).toBeVisible()
  await expect(window.getByRole('alert')).toBeHidden()
})

test('the history is filled, and comes to a site without internet on a stick', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(180_000)
  const server = await startMempoolServer()
  await cli(dataFolder, 'settings', 'set', 'network.order', 'mempool')
  await cli(dataFolder, 'settings', 'set', 'network.mempool.url', server.url)
  const office = await launch()
  await open(office.window)
  await office.window.getByRole('button', { name: 'Refresh now' }).click()
  await expect(row(office.window, 'Values', /^Bitcoin price/)).toContainText('88\u202f300')
  await office.window.getByRole('button', { name: 'Fill the history' }).click()
  await expect(office.window.getByText(/Last filled to its end/)).toBeVisible({ timeout: 60_000 })
  const hashrate = row(office.window, 'History', /^Network hashrate/)
  await expect(hashrate).toContainText('mempool')
  const known = await hashrate.textContent()

  const stick = join(dataFolder, 'network.json')
  await answerDialogs(office.electron, stick)
  await office.window.getByRole('button', { name: 'Export network file…' }).click()
  await expect.poll(() => existsSync(stick)).toBe(true)
  const daily = join(dataFolder, 'daily.csv')
  await answerDialogs(office.electron, daily)
  await office.window.getByRole('button', { name: 'Export daily.csv…' }).click()
  await expect(office.window.getByText(/written to daily\.csv/)).toBeVisible()
  await office.close()
  await server.close()

  const siteFolder = join(dataFolder, 'site')
  mkdirSync(siteFolder)
  await cli(siteFolder, 'settings', 'set', 'network.auto-refresh', 'false')
  const site = await launch({ dataFolder: siteFolder })
  await open(site.window)
  await expect(row(site.window, 'Values', /^Bitcoin price/)).toContainText('never fetched')
  await answerDialogs(site.electron, stick)
  await site.window.getByRole('button', { name: 'Open network file…' }).click()
  await site.window.getByRole('button', { name: 'Take', exact: true }).click()
  await expect(row(site.window, 'Values', /^Bitcoin price/)).toContainText('88\u202f300')
  await expect(row(site.window, 'History', /^Network hashrate/)).toHaveText(known!)

  await answerDialogs(site.electron, daily)
  await site.window.getByRole('button', { name: 'Import daily.csv…' }).click()
  await expect(row(site.window, 'History', /^Network hashrate/)).toContainText('imported file')
  await site.window.getByRole('button', { name: 'Remove imported values' }).click()
  await site.window.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(row(site.window, 'History', /^Network hashrate/)).toHaveText(known!)
})
