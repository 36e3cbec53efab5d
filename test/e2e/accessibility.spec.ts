import type { Page } from '@playwright/test'
import type { Api } from '#shared/ipc/api.ts'
import type { MempoolServer } from '../mempool-server.ts'
import { startMempoolServer } from '../mempool-server.ts'
import { commandLine } from './command-line.ts'
import { enter } from './app.ts'
import { faultsOf } from './axe.ts'
import { expect, test as offlineTest } from './offline.ts'

/** Every screen by axe's rules for WCAG A and AA (names, roles, contrast, focus), in light and in dark. */

const NETWORK: readonly (readonly [name: string, value: string])[] = [
  ['Bitcoin price', '88300'],
  ['Difficulty', '162100000000000'],
  ['Block height', '925000'],
  ['Fees per block, mean of 144', '0.02'],
]

type PageWithApi = { readonly api: Api }

async function set(dataFolder: string, ...setting: string[]): Promise<void> {
  const words = ['settings', 'set', ...setting, '--data', dataFolder]
  expect((await commandLine(words, { cwd: dataFolder })).exitCode).toBe(0)
}

const test = offlineTest.extend<{ readonly server: MempoolServer }>({
  server: async ({ dataFolder }, use) => {
    const server = await startMempoolServer()
    await set(dataFolder, 'network.order', 'mempool')
    await set(dataFolder, 'network.mempool.url', server.url)
    await use(server)
    await server.close()
  },
})

const screen = (window: Page, name: string) =>
  window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()

for (const theme of ['light', 'dark']) {
  test(`fleet, sites, sources and settings in ${theme}`, async ({ launch, dataFolder }) => {
    await set(dataFolder, 'display.theme', theme)
    const { window } = await launch()
    await expect(window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
    await window.getByRole('button', { name: 'Use the sample fleet' }).click()
    await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()

    await screen(window, 'Data')
    for (const [name, value] of NETWORK) {
      await window.getByRole('button', { name: `Type ${name}` }).click()
      await window.getByRole('textbox', { name: new RegExp(`^${name},`) }).fill(value)
      await enter(window, window.getByRole('button', { name: `Take back ${name}` }))
    }
    expect(await faultsOf(window)).toEqual([])
    await window.getByRole('button', { name: 'Type Difficulty' }).click()
    const difficulty = window.getByRole('textbox', { name: /^Difficulty,/ })
    await difficulty.fill('16.2T')
    await expect(window.getByText(/would change their advice/)).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
    await difficulty.press('Enter')
    await expect(window.getByRole('group', { name: 'Is this right?' })).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
    await window.getByRole('button', { name: 'No, change it' }).click()
    await difficulty.press('Escape')
    for (const name of ['Today', 'Sites', 'Ledger', 'Settings']) {
      await screen(window, name)
      expect(await faultsOf(window)).toEqual([])
    }
    await screen(window, 'Today')
    await window.getByRole('button', { name: 'Add machines…' }).click()
    await expect(window.getByRole('dialog')).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
  })

  test(`the market with its signals and alerts in ${theme}`, async ({ launch, dataFolder, server }) => {
    await set(dataFolder, 'display.theme', theme)
    const { window } = await launch()
    await screen(window, 'Market')
    await expect(window.getByText(/There is no history yet/)).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
    await window.getByRole('button', { name: 'Fill the history' }).click()
    await expect(window.getByText(/Last filled to its end/)).toBeVisible({ timeout: 60_000 })
    await expect(window.getByRole('img', { name: /^Puell multiple/ })).toBeVisible()
    await window.getByRole('button', { name: 'Show as table: Hash ribbons' }).click()
    expect(await faultsOf(window)).toEqual([])

    await expect(window.getByRole('heading', { name: 'No alert is set' })).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
    await window.evaluate(() => (globalThis as unknown as PageWithApi).api.fleet.loadSample({}))
    await window.getByRole('button', { name: 'Refresh', exact: true }).click()
    await expect(window.getByRole('group', { name: /^Bitcoin/ })).toContainText('88\u202f300')
    await window.getByRole('button', { name: 'Tell me when a lot crosses its break-even' }).click()
    await expect(window.getByRole('rowheader', { name: 'A lot crosses its break-even' })).toBeVisible()
    server.answers.priceUsd = 75_000
    await window.getByRole('button', { name: 'Refresh', exact: true }).click()
    const events = window.getByRole('list', { name: 'What happened, newest first' })
    await expect(events.getByRole('listitem')).toHaveCount(1)
    expect(await faultsOf(window)).toEqual([])
  })
}
