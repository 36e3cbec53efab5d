import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { faultsOf } from './axe.ts'
import { expect, test } from './offline.ts'

const FLEET =
  'id,model,site,power_price_usd_kwh,hashrate_ths,power_w\n' +
  'rig-1,Antminer S19j Pro 104T,North,0.03,104,2800\n' +
  'rig-2,Antminer S21 XP 270T,Ridge,0.05,270,3645\n'
const PRICES =
  'time,price_usd_mwh\n2025-11-20T00:00:00Z,20\n2025-11-20T01:00:00Z,-5\n2025-11-20T02:00:00Z,300\n'
const SITES = {
  sites: [
    {
      site: 'North',
      timeZone: 'America/Chicago',
      tariffs: [{ from: '2025-01-01', baseUsdPerKwh: 0.031 }],
      takeOrPay: { committedKwhPerDay: 1200, handBackUsdPerKwh: 0.02 },
    },
    { site: 'Ridge', market: { file: 'prices.csv', adderUsdPerKwh: 0.004 } },
  ],
  machines: [{ id: 'rig-1', policy: 'protected' }],
}

async function choosing(electron: ElectronApplication, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
  }, path)
}

test('contracts and operating points are imported with a preview, shown per site, carried by the stick and undone', async ({
  app,
  dataFolder,
}) => {
  const { electron, window } = app
  const file = (name: string, text: string) => {
    writeFileSync(join(dataFolder, name), text)
    return join(dataFolder, name)
  }
  // A message at the edge is a dialog too.
  const dialog = window.locator('.dialog')
  const place = (name: string) =>
    window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
  const withoutFaults = async () => expect(await faultsOf(window)).toEqual([])
  const importing = dialog.getByRole('button', { name: /^Import \(/ })

  await choosing(electron, file('fleet.csv', FLEET))
  await window.getByRole('button', { name: 'Import' }).first().click()
  await importing.click()
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toContainText('rig-2')

  await place('Sites')
  const agreements = window.getByRole('table', { name: 'Sites' })
  await expect(agreements).toContainText('possible ones, if they have that firmware')

  // A file that names a site that is not here: said in the preview, and not to be stored.
  await choosing(electron, file('moon.json', JSON.stringify({ sites: [{ site: 'Moon', timeZone: 'UTC' }] })))
  await window.getByRole('button', { name: 'Import contracts…' }).click()
  await expect(dialog).toContainText('Moon')
  await expect(dialog).toContainText('not in the fleet')
  await expect(importing).toBeDisabled()

  file('prices.csv', PRICES)
  await choosing(electron, file('sites.json', JSON.stringify(SITES)))
  await dialog.getByRole('button', { name: 'Choose another file…' }).click()
  await expect(dialog.getByRole('heading', { name: 'Import sites.json' })).toBeVisible()
  await expect(dialog.getByRole('row')).toHaveCount(4)
  await withoutFaults()
  await importing.click()
  await expect(dialog).toHaveCount(0)
  const north = agreements.getByRole('rowgroup', { name: 'North' })
  const ridge = agreements.getByRole('rowgroup', { name: 'Ridge' })
  await expect(north).toContainText(/1.200.kWh a day/)
  await expect(north).toContainText('$0.031 per kWh')
  await expect(north).toContainText('1 row protected')
  await expect(ridge).toContainText('Market prices')
  await expect(ridge).toContainText('$0.004 per kWh on top')

  await choosing(
    electron,
    file('own.csv', 'id,profile,hashrate_ths,power_w\nrig-1,eco,80,2950\nrig-1,full,100,3100\n'),
  )
  await window.getByRole('button', { name: 'Import operating points…' }).click()
  await expect(dialog).toContainText('no profile of')
  await importing.click()
  await expect(north).toContainText('1 row with measured points of their own')
  await withoutFaults()

  await choosing(
    electron,
    file('spot.csv', 'time,price_eur_mwh\n2025-12-01T00:00Z,20\n2025-12-01T00:15Z,25\n'),
  )
  await window.getByRole('button', { name: 'Ridge', exact: true }).click()
  await window.getByRole('button', { name: 'Import market prices…' }).click()
  await expect(dialog).toContainText('market')
  await importing.click()
  await expect(dialog).toHaveCount(0)
  await window.getByRole('button', { name: '‹ Sites' }).click()
  await expect(ridge).toContainText('2 intervals of 15 minutes')
  await expect(ridge).toContainText('$0.004 per kWh on top')
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setSize(1024, 768))
  await expect.poll(() => window.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await window.getByRole('button', { name: 'Undo' }).first().click()
  await expect(ridge).toContainText('3 intervals of 60 minutes')

  // What is not new is shown as such, and nothing of it is left to store.
  await choosing(electron, join(dataFolder, 'sites.json'))
  await window.getByRole('button', { name: 'Import contracts…' }).click()
  await expect(dialog).toContainText('3 as stored')
  await expect(importing).toBeDisabled()
  await window.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  // A changed contract is kept or replaced as the person says.
  const other = { sites: [{ site: 'North', takeOrPay: { committedKwhPerDay: 900 } }] }
  await choosing(electron, file('other.json', JSON.stringify(other)))
  await window.getByRole('button', { name: 'Import contracts…' }).click()
  await expect(dialog.getByRole('radio', { name: /^Replace/ })).toBeChecked()
  await expect(dialog).toContainText('1 part differs from what is stored')
  await importing.click()
  await expect(north).toContainText(/900.kWh a day/)
  await window.getByRole('button', { name: 'Undo' }).first().click()
  await expect(window.getByText('Undone: Import of other.json')).toBeVisible()
  await expect(north).toContainText(/1.200.kWh a day/)

  // The stick: what differs there is only changed where it is asked for.
  const stick = join(dataFolder, 'stick.json')
  await choosing(electron, stick)
  await place('Data')
  await window.getByRole('checkbox', { name: /^Export with contracts/ }).check()
  await window.getByRole('button', { name: 'Export network file…' }).click()
  await expect(window.getByText(/Written to stick.json/)).toBeVisible()
  await place('Sites')
  await choosing(electron, join(dataFolder, 'other.json'))
  await window.getByRole('button', { name: 'Import contracts…' }).click()
  await importing.click()
  await expect(north).toContainText(/900.kWh a day/)
  await place('Data')
  await choosing(electron, stick)
  await window.getByRole('button', { name: 'Open network file…' }).click()
  await window.getByRole('button', { name: 'Take', exact: true }).click()
  await expect(dialog.getByRole('radio', { name: /^Keep/ })).toBeChecked()
  await expect(importing).toBeDisabled()
  await dialog.getByRole('radio', { name: /^Replace/ }).check()
  await importing.click()
  await place('Sites')
  await expect(north).toContainText(/1.200.kWh a day/)
})

test('a watched price file is read again when it changes, asks where it is surprising, and says what is wrong with it', async ({
  app,
  dataFolder,
}) => {
  const { electron, window } = app
  const path = (name: string) => join(dataFolder, name)
  const prices = (usdPerMwh: readonly number[]) =>
    ['time,price_usd_mwh', ...usdPerMwh.map((price, hour) => `2025-12-01T0${hour}:00Z,${price}`), ''].join(
      '\n',
    )
  const dialog = window.locator('.dialog')
  const importing = dialog.getByRole('button', { name: /^Import \(/ })
  writeFileSync(path('fleet.csv'), FLEET)
  await choosing(electron, path('fleet.csv'))
  await window.getByRole('button', { name: 'Import' }).first().click()
  await importing.click()
  await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Sites' }).click()
  const ridge = window.getByRole('rowgroup', { name: 'Ridge' })

  // Surprising: asked before anything is stored.
  writeFileSync(path('spot.csv'), prices([4000, 5000]))
  await choosing(electron, path('spot.csv'))
  await window.getByRole('button', { name: 'Ridge', exact: true }).click()
  await window.getByRole('button', { name: 'Import market prices…' }).click()
  await expect(dialog).toContainText('which no site pays')
  await expect(importing).toBeDisabled()
  await dialog.getByRole('checkbox', { name: /^This is right/ }).check()
  await expect(importing).toBeEnabled()
  writeFileSync(path('spot.csv'), prices([40, 50]))
  await dialog.getByRole('button', { name: 'Choose another file…' }).click()
  await expect(dialog).not.toContainText('which no site pays')
  await dialog.getByRole('checkbox', { name: /^Watch the price file/ }).check()
  await importing.click()
  await expect(dialog).toHaveCount(0)
  await window.getByRole('button', { name: '‹ Sites' }).click()
  const watched = ridge.getByRole('group', { name: 'Watched file of Ridge' })
  await expect(watched).toContainText('spot.csv')
  await expect(ridge).toContainText('2 intervals of 60 minutes')

  writeFileSync(path('spot.csv'), prices([41, 51, 61]))
  await expect(ridge).toContainText('3 intervals of 60 minutes', { timeout: 15_000 })
  await window.getByRole('button', { name: 'Undo' }).first().click()
  await expect(ridge).toContainText('2 intervals of 60 minutes')
  await expect(watched).toContainText('Other prices than those of this file count')
  await watched.getByRole('button', { name: 'Read it again' }).click()
  await expect(ridge).toContainText('3 intervals of 60 minutes')

  writeFileSync(path('spot.csv'), prices([4100, 5100, 6100, 7100]))
  await expect(watched.getByRole('alert')).toContainText('which no site pays', { timeout: 15_000 })
  await expect(window.getByText(/^Prices of Ridge stay as they were/).first()).toBeVisible()
  expect(await faultsOf(window)).toEqual([])
  await expect(ridge).toContainText('3 intervals of 60 minutes')
  await watched.getByRole('button', { name: 'This is right, use it' }).click()
  await expect(ridge).toContainText('4 intervals of 60 minutes')
  await expect(watched.getByRole('alert')).toHaveCount(0)

  rmSync(path('spot.csv'))
  await expect(watched.getByRole('alert')).toContainText('there is no such file', { timeout: 15_000 })
  await expect(ridge).toContainText('4 intervals of 60 minutes')
  await watched.getByRole('button', { name: 'Stop watching spot.csv of Ridge' }).click()
  await expect(watched).toHaveCount(0)
  await expect(ridge).toContainText('4 intervals of 60 minutes')
})
