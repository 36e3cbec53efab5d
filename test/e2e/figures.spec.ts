import type { ElectronApplication, Page } from '@playwright/test'
import { cutFigures } from './cut-figures.ts'
import { enter } from './app.ts'
import type { View } from './long-figures.ts'
import { CURRENCIES, expect, fetchAndType, settled, show, showMoneyIn, test } from './long-figures.ts'

/** No figure is cut: every place and dialog, in windows from small to large, with money of twelve digits and more. */

const VIEWS: readonly View[] = [
  { width: 1024, height: 700, zoom: 1 },
  { width: 1280, height: 833, zoom: 1 },
  { width: 1440, height: 900, zoom: 1 },
  { width: 1680, height: 1000, zoom: 1 },
  { width: 1024, height: 700, zoom: 1.5 },
  { width: 1440, height: 900, zoom: 1.5 },
]

const go = (window: Page, name: string) =>
  window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
const grid = (window: Page) => window.getByRole('treegrid', { name: 'Fleet' })
/** Messages have the role of a dialog too. */
const openDialog = (window: Page) => window.locator('.dialog')
const whatIfPrice = (window: Page) =>
  window.getByRole('region', { name: 'What if' }).getByRole('textbox', { name: /^Bitcoin price/ })

type Place = { readonly name: string; readonly open: (window: Page) => Promise<void> }

/** Each is reached from the one before it. */
const PLACES: readonly Place[] = [
  { name: 'Today', open: (window) => go(window, 'Today') },
  {
    name: 'Today, explained',
    open: async (window) => {
      await grid(window).focus()
      for (const key of ['Control+Home', 'ArrowDown', 'w']) await window.keyboard.press(key)
      await expect(window.getByRole('complementary')).toBeVisible()
    },
  },
  { name: 'What if', open: (window) => whatIfPrice(window).fill('9123456') },
  {
    name: 'Sites',
    open: async (window) => {
      await window.getByRole('button', { name: 'Close explanation' }).click()
      await window.getByRole('region', { name: 'What if' }).getByRole('button', { name: 'Reset' }).click()
      await go(window, 'Sites')
    },
  },
  {
    name: 'Site',
    open: async (window) => {
      await go(window, 'Sites')
      await window.getByRole('button', { name: 'Harbor', exact: true }).click()
      await expect(window.getByRole('region', { name: 'Price of the next kWh' })).toBeVisible()
    },
  },
  {
    name: 'Plan',
    open: async (window) => {
      await go(window, 'Plan')
      await expect(window.getByRole('grid', { name: 'Chance of each lot to be under water' })).toBeVisible({
        timeout: 30_000,
      })
    },
  },
  { name: 'Market', open: (window) => go(window, 'Market') },
  { name: 'Decisions', open: (window) => go(window, 'Decisions') },
  { name: 'Ledger', open: (window) => go(window, 'Ledger') },
  { name: 'Data', open: (window) => go(window, 'Data') },
  { name: 'Settings', open: (window) => go(window, 'Settings') },
]

const DIALOGS: readonly Place[] = [
  {
    name: 'machine',
    open: async (window) => {
      await go(window, 'Today')
      await grid(window).focus()
      for (const key of ['Control+Home', 'ArrowDown', 'Alt+Enter']) await window.keyboard.press(key)
    },
  },
  {
    name: 'import',
    open: async (window) => {
      await go(window, 'Today')
      await window.getByRole('button', { name: 'Import…' }).click()
      await expect(openDialog(window)).toContainText('already in the fleet')
    },
  },
  {
    name: 'site',
    open: async (window) => {
      await go(window, 'Sites')
      await window.getByRole('button', { name: 'Edit Harbor' }).click()
    },
  },
  {
    name: 'alert',
    open: async (window) => {
      await go(window, 'Market')
      await window.getByRole('button', { name: /^Edit: / }).click()
    },
  },
]

async function prepare(electron: ElectronApplication, window: Page, fleetFile: string): Promise<void> {
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, fleetFile)
  await expect(grid(window)).toBeVisible()
  await fetchAndType(window)
  await expect(window.getByRole('heading', { level: 1 })).toContainText(/\d{3}\u202f\d{3}\u202f\d{3}/)
  await go(window, 'Sites')
  for (const site of ['Harbor', 'North Ridge']) {
    await window.getByRole('textbox', { name: `Power price at ${site}` }).fill('0.8765')
    await enter(window, window.getByText(`Power at ${site} is`))
  }
  await go(window, 'Market')
  await window.getByRole('button', { name: 'Tell me when a lot crosses its break-even' }).click()
  await expect(window.getByRole('rowheader', { name: 'A lot crosses its break-even' })).toBeVisible()
  await window.getByRole('button', { name: 'Fill the history' }).click()
  await expect(window.getByText(/Last filled to its end/)).toBeVisible({ timeout: 60_000 })
}

test('nothing is cut, in any place, size or currency', async ({ launch, server, fleetFile }) => {
  test.setTimeout(240_000)
  expect(server.url).toContain('127.0.0.1')
  const { electron, window } = await launch()
  await prepare(electron, window, fleetFile)
  const faults: string[] = []
  const look = async (where: string, view: View) => {
    await settled(window)
    for (const fault of await cutFigures(window)) {
      faults.push(`${where}, ${view.width} px at ${view.zoom * 100} %: ${fault}`)
    }
  }
  for (const view of VIEWS) {
    await show(electron, window, view)
    for (const currency of CURRENCIES) {
      await showMoneyIn(window, currency)
      for (const place of PLACES) {
        await place.open(window)
        await look(`${place.name} in ${currency}`, view)
      }
    }
    for (const dialog of DIALOGS) {
      await dialog.open(window)
      await expect(openDialog(window)).toBeVisible()
      await look(`the dialog ${dialog.name}`, view)
      await window.keyboard.press('Escape')
      await expect(openDialog(window)).toBeHidden()
    }
  }
  expect(faults).toEqual([])
})

test('a figure that is cut is found', async ({ launch, server, fleetFile }) => {
  expect(server.url).toContain('127.0.0.1')
  const { electron, window } = await launch()
  await expect(grid(window)).toBeVisible()
  await fetchAndType(window)
  await show(electron, window, VIEWS[1]!)
  await settled(window)
  expect(fleetFile).toContain('fleet.csv')
  expect(await cutFigures(window)).toEqual([])

  const planted = async (css: string) => {
    const sheet = await window.evaluateHandle((text) => {
      const made = new CSSStyleSheet()
      made.replaceSync(text)
      document.adoptedStyleSheets.push(made)
      return made
    }, css)
    await settled(window)
    const faults = await cutFigures(window)
    await sheet.evaluate((made) => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((kept) => kept !== made)
    })
    return faults.join('\n')
  }
  expect(await planted('.cell.figure { width: 40px; overflow: hidden }')).toMatch(/cut by div\.cell\.figure/)
  expect(await planted('.gauge-value { width: 30px; overflow: hidden; white-space: nowrap }')).toMatch(
    /cut by span\.gauge-value/,
  )
  expect(await planted('.before-after td:last-child { position: relative; left: -150px }')).toMatch(
    /over each other/,
  )
  expect(await planted('.caption { translate: 300px }')).toMatch(/cut by svg|over each other/)
  expect(
    await planted('.live-number .input { field-sizing: fixed; min-width: 0 !important; width: 20px }'),
  ).toMatch(/longer than its field/)
  expect(await planted('.fact { height: 12px; overflow: clip }')).toMatch(/cut by div\.fact/)
  expect(await cutFigures(window)).toEqual([])
})
