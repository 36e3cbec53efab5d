import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import type { Api } from '#shared/ipc/api.ts'
import type { MempoolServer } from '../mempool-server.ts'
import { startMempoolServer } from '../mempool-server.ts'
import { commandLine } from './command-line.ts'
import { expect, test as offlineTest } from './offline.ts'

/** A program whose money has twelve digits in USD, and more in yen and guaraní. */

export { expect }

/** A currency with a sign and cents, one with a sign and no cents, one with a code and six thousand to the dollar. */
export const CURRENCIES = ['USD', 'JPY', 'PYG'] as const
const RATES = { JPY: 0.0066, PYG: 0.000135 } as const

const HEADINGS =
  'id,model,quantity,hashrate_ths,power_w,site,power_price_usd_kwh,other_usd_kwh,overhead,uptime,pool_fee,host_share,standby_w,fixed_usd_day,restart_usd,status'
const STATUSES = ['running', 'running', 'running', 'running', 'off', 'repair']

/** Lots of a million machines, from very good to very bad ones. */
function fleetCsv(lots: number): string {
  const rows = Array.from({ length: lots }, (_, i) => {
    const hashrateThs = (95_000 * 0.82 ** i).toFixed(1)
    const powerW = 50_000 + i * 19_111
    const price = (0.9 - (i % 7) * 0.0123).toFixed(4)
    return `rig-${i},Antminer S${19 + (i % 3)} Hydro ${i % 5}57T,${999_999 - i},${hashrateThs},${powerW},${i % 2 === 0 ? 'North Ridge' : 'Harbor'},${i % 4 === 0 ? '' : price},0.0123,0.0321,0.987,0.0123,0.0456,23,123.45,67.89,${STATUSES[i % STATUSES.length]!}`
  })
  return `${HEADINGS}\n${rows.join('\n')}\n`
}

async function cli(dataFolder: string, ...words: string[]): Promise<void> {
  const answer = await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
  expect({ words, exitCode: answer.exitCode }).toEqual({ words, exitCode: 0 })
}

type PageWithApi = { readonly api: Api }

/** Asks the server, and types a price of a coin that it does not say. */
export async function fetchAndType(window: Page): Promise<void> {
  await window.evaluate(async () => {
    const { api } = globalThis as unknown as PageWithApi
    await api.network.refresh({})
    await api.network.type({ name: 'priceUsdPerBtc', value: 9_876_543 })
  })
}

export async function showMoneyIn(window: Page, currency: (typeof CURRENCIES)[number]): Promise<void> {
  await window.evaluate(async (code) => {
    await (globalThis as unknown as PageWithApi).api.settings.write({ currency: code })
  }, currency)
}

export const test = offlineTest.extend<{ readonly server: MempoolServer; readonly fleetFile: string }>({
  server: async ({ dataFolder }, use) => {
    const server = await startMempoolServer()
    await cli(dataFolder, 'settings', 'set', 'network.order', 'mempool')
    await cli(dataFolder, 'settings', 'set', 'network.mempool.url', server.url)
    for (const [currency, rate] of Object.entries(RATES))
      await cli(dataFolder, 'rates', 'set', currency, String(rate))
    await use(server)
    await server.close()
  },
  fleetFile: async ({ dataFolder }, use) => {
    const file = join(dataFolder, 'fleet.csv')
    writeFileSync(file, fleetCsv(48))
    // No such machines exist: the point is the length of their figures.
    await cli(dataFolder, 'import', file, '--accept', 'efficiency,size,price,cost')
    await use(file)
  },
})

/** Size in CSS pixels times zoom is that of the window. */
export type View = { readonly width: number; readonly height: number; readonly zoom: number }

export async function show(electron: ElectronApplication, window: Page, view: View): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height, zoom }) => {
    const [main] = BrowserWindow.getAllWindows()
    main!.setContentSize(width, height)
    main!.webContents.setZoomFactor(zoom)
  }, view)
  const width = Math.round(view.width / view.zoom)
  await window.waitForFunction((expected) => Math.abs(innerWidth - expected) <= 1, width)
}

/** Waits until what a resize or a new currency changes has been drawn. */
export async function settled(window: Page): Promise<void> {
  await window.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 20)))
      }),
  )
}
