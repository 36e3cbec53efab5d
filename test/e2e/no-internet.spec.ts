import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { commandLine } from './command-line.ts'
import { officeFile } from './office-file.ts'
import { expect, test } from './offline.ts'
import { textOfPdf } from './pdf.ts'

/** An answer where there is no internet: one number off a phone, and what is left out by it. */

const FLEET = `id,model,quantity,hashrate_ths,power_w,site,power_price_usd_kwh
old,Antminer S9,40,13.5,1323,Ridge,0.05
mid,Antminer S19j Pro 104T,20,104,3068,Ridge,0.046
new,Antminer S21 200T,60,200,3500,North,0.046
`

const answer = (window: Page) => window.getByRole('region', { name: 'Answer' })
const sentence = (window: Page) => answer(window).getByRole('heading', { level: 1 })
const aside = (window: Page) => window.getByRole('complementary', { name: 'The answer while you type' })
const hashprice = (window: Page) => window.getByRole('textbox', { name: 'Hashprice', exact: true })
const press = (window: Page, name: string | RegExp) => window.getByRole('button', { name }).click()

async function run(folder: string, ...words: string[]) {
  const { exitCode, stdout, stderr } = await commandLine([...words, '--data', folder], { cwd: folder })
  expect(exitCode, stderr).toBe(0)
  return stdout
}

async function importFleet(folder: string): Promise<void> {
  writeFileSync(join(folder, 'fleet.csv'), FLEET)
  await run(folder, 'import', 'fleet.csv')
}

/** The file dialogs of the program give this path. */
const answerDialogs = (electron: ElectronApplication, path: string) =>
  electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)

/** Counts what a person presses. */
function hands(window: Page) {
  const made = { clicks: 0, keys: 0 }
  return {
    made,
    click: async (on: ReturnType<Page['getByRole']>) => {
      made.clicks++
      await on.click()
    },
    type: async (text: string) => {
      made.keys += text.length
      await window.keyboard.type(text)
    },
    enter: async () => {
      made.keys++
      await window.keyboard.press('Enter')
    },
  }
}

test('one typed hashprice gives an answer at every door, and is taken back by one press', async ({
  launch,
  dataFolder,
}) => {
  await importFleet(dataFolder)
  const { window } = await launch()
  const { made, click, type, enter } = hands(window)
  await expect(sentence(window)).toHaveText('No source was asked yet. Three ways to today’s answer.')

  await click(hashprice(window))
  await type('34.50')
  await expect(aside(window)).toContainText('Power down 40 machines at Ridge now. It saves $44.87 a day.')
  await expect(aside(window)).toContainText('What the adjustment changes')
  await enter()
  await expect(sentence(window)).toHaveText('Power down 40 machines at Ridge now. It saves $44.87 a day.')
  process.stdout.write(
    `From a start without internet to an answer: ${made.clicks} click, ${made.keys} keys\n`,
  )
  expect(made.clicks).toBeLessThanOrEqual(3)
  await expect(window.getByRole('group', { name: /^Hashprice/ })).toContainText('typed')
  await expect(window.getByRole('group', { name: /adjustment/ })).toContainText('not known')
  await expect(answer(window)).toContainText('figures in bitcoin and figures by difficulty are left out')

  const decided = JSON.parse(await run(dataFolder, 'decide', '--json')) as {
    fleet: { gainUsdPerDay: number; verdicts: { off: number } }
    leftOut: readonly string[]
    typed: readonly { name: string }[]
  }
  expect(decided.fleet.verdicts.off).toBe(40)
  expect(decided.fleet.gainUsdPerDay).toBeCloseTo(44.87, 2)
  expect(decided.leftOut).toContain('adjustment')
  expect(decided.typed.map(({ name }) => name)).toEqual(['hashpriceUsdPerPhDay'])

  await press(window, 'Take back the typed hashprice')
  await expect(sentence(window)).toHaveText('No source was asked yet. Three ways to today’s answer.')
})

test('satoshi ask for a price, an adjustment gives a date, a slip is asked about, and Data has the file on top', async ({
  launch,
  dataFolder,
}) => {
  await importFleet(dataFolder)
  const { window } = await launch()
  await hashprice(window).fill('39.1 sat')
  await expect(window.getByText('needs the price of a bitcoin')).toBeVisible()
  await window.getByRole('textbox', { name: 'Bitcoin price' }).fill('88.3k')
  await expect(aside(window)).toContainText('at $34.53')
  await hashprice(window).fill('3450')
  await press(window, 'Use $3 450.00')
  await expect(window.getByRole('group', { name: 'Is this right?' })).toContainText(
    'far from what it has been',
  )
  await press(window, 'No, change it')
  await hashprice(window).fill('34.5')
  await window.getByRole('textbox', { name: 'Next adjustment' }).fill('−2.0 % in 2 days')
  await expect(aside(window)).toContainText(/It saves \$\d+ by \d+ \w+\./)
  await window.keyboard.press('Enter')
  await expect(sentence(window)).toContainText(/Power down 40 machines at Ridge now\. It saves \$\d+ by/)

  await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Data' }).click()
  await expect(window.locator('main h2').first()).toHaveText('Network file')
  await window.getByRole('button', { name: 'Take back Hashprice' }).click()
  await expect(window.getByText('follows from the values below')).toBeVisible()
  // Nothing that it could be held against is known here.
  await press(window, 'Type Hashprice')
  await window.getByRole('textbox', { name: /^Hashprice/ }).fill('3450')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('group', { name: 'Is this right?' })).toContainText(
    'far from what it has been',
  )
})

test('old values are carried on and say so; a hashprice is one press away', async ({
  launch,
  dataFolder,
}) => {
  await importFleet(dataFolder)
  officeFile(join(dataFolder, 'office.json'), 3)
  await run(dataFolder, 'snapshot', 'import', 'office.json')
  const { window } = await launch()
  await expect(answer(window)).toContainText('stale')
  await window.context().setOffline(true)
  await expect(window.getByRole('button', { name: 'no internet' })).toBeVisible()
  await expect(window.getByRole('button', { name: 'ask again' })).toBeVisible()
  await press(window, 'Type a hashprice')
  await expect(hashprice(window)).toBeFocused()
  await expect(window.getByRole('region', { name: 'Carry the last values on' })).toContainText('3 days ago')
  await window.keyboard.type('30')
  await expect(window.getByText('Price and difficulty known here give')).toBeVisible()
  await press(window, 'Use them')
  await expect(answer(window)).toContainText('stale')
})

test('sources that do not answer: the page says so, prints the list of this site, and Done is per day', async ({
  launch,
  dataFolder,
}) => {
  await importFleet(dataFolder)
  const set = (name: string, value: string) => run(dataFolder, 'settings', 'set', name, value)
  await set('computer.site', 'Ridge')
  await set('network.order', 'mempool')
  await set('network.mempool.url', 'http://127.0.0.1:9')
  await set('network.auto-refresh', 'true')
  const { window, electron } = await launch()
  await expect(sentence(window)).toHaveText('No internet here. Three ways to today’s answer.')
  await hashprice(window).fill('34.50')
  await expect(aside(window)).toContainText('At your site, Ridge: 40 machines, 52.9 kW.')
  await expect(aside(window).getByRole('row', { name: /^old/ })).toContainText('−$44.87 a day')
  const list = join(dataFolder, 'list.pdf')
  await answerDialogs(electron, list)
  await press(window, 'Print the work list')
  await expect(window.getByText('Work list saved as list.pdf, 1 page.')).toBeVisible()
  expect(textOfPdf(list)).toMatch(/Work list: Ridge[\s\S]*Power down/)
  // It was used, too.
  await expect(sentence(window)).toContainText('Power down 40 machines at Ridge (here) now.')
  await press(window, 'Done at Ridge')
  await expect(window.getByText('Done at Ridge: 40 machines.')).toBeVisible()
  const { decisions } = JSON.parse(await run(dataFolder, 'decisions', '--json')) as {
    decisions: { gainUsd: number; until: string | null }[]
  }
  expect(decisions[0]!.gainUsd).toBeCloseTo(44.87, 2)
  expect(decisions[0]!.until).toBeNull()
})

test('a network file shows what it brings, and is asked about where it is older than what is here', async ({
  launch,
  dataFolder,
}) => {
  await importFleet(dataFolder)
  const path = join(dataFolder, 'office.json')
  const { window, electron } = await launch()
  const dialog = window.getByRole('dialog', { name: 'Network file office.json' })
  const take = dialog.getByRole('button', { name: 'Take', exact: true })
  await answerDialogs(electron, path)

  writeFileSync(path, '{"format":"strikeline-network"')
  await press(window, 'Open network file…')
  await expect(window.getByRole('alert').getByText('office.json is damaged or cut off.')).toBeVisible()
  officeFile(path, 1)
  await press(window, 'Open network file…')
  await expect(dialog.getByRole('row', { name: /^Bitcoin price/ })).toContainText('88\u202f300')
  await expect(dialog.getByRole('row', { name: /^Bitcoin price/ })).toContainText('taken, new here')
  await dialog.getByRole('button', { name: 'Do not take' }).click()
  await expect(sentence(window)).toContainText('Three ways')
  await press(window, 'Open network file…')
  await take.click()
  await expect(sentence(window)).not.toContainText('Three ways')

  officeFile(path, 3)
  await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Data' }).click()
  await press(window, 'Open network file…')
  await expect(dialog.getByRole('row', { name: /^Bitcoin price/ })).toContainText('left, newer here')
  await expect(dialog).toContainText('It brings nothing that is not here.')
  await expect(take).toBeDisabled()
  await dialog.getByRole('button', { name: 'Do not take' }).click()

  // Another source, which says nothing here yet, and older than what is here.
  officeFile(path, 3, 'kraken')
  await press(window, 'Open network file…')
  await expect(take).toBeDisabled()
  await dialog.getByRole('checkbox', { name: /^The file is older than what is stored here/ }).check()
  await take.click()
  await expect(dialog).toBeHidden()
})
