import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'

/** Changing the fleet, and the pages of a machine and of a model. */

const FLEET = [
  'id,model,site,quantity,hashrate_ths,power_w,power_price_usd_kwh,firmware,rack',
  'N-1,Antminer S21 200T,North,10,200,3500,0.05,,R1',
  'N-2,Antminer S19j Pro 104T,North,4,104,3068,0.05,,R1',
  'H-1,Antminer S19j Pro 104T,Harbor,3,104,3068,0.06,LuxOS,R2',
]
const POINTS = [
  'model,firmware,profile,hashrate_ths,power_w',
  'Antminer S19j Pro 104T,LuxOS,eco,80,2000',
  'Antminer S19j Pro 104T,LuxOS,full,104,3068',
]
const NETWORK = { priceUsdPerBtc: '88300', difficulty: '1.5e14', height: '925000', feesBtcPerBlock: '0.02' }

async function cli(dataFolder: string, ...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await commandLine([...words, '--data', dataFolder], {
    cwd: dataFolder,
  })
  expect(exitCode, stderr).toBe(0)
  return stdout
}

async function prepare(dataFolder: string): Promise<void> {
  writeFileSync(join(dataFolder, 'fleet.csv'), `${FLEET.join('\n')}\n`)
  writeFileSync(join(dataFolder, 'points.csv'), `${POINTS.join('\n')}\n`)
  await cli(dataFolder, 'settings', 'set', 'network.auto-refresh', 'false')
  await cli(dataFolder, 'import', join(dataFolder, 'fleet.csv'))
  await cli(dataFolder, 'ladders', 'import', join(dataFolder, 'points.csv'))
  for (const [name, value] of Object.entries(NETWORK))
    await cli(dataFolder, 'network', 'set', name, value, '--accept', 'value')
}

const gridOf = (window: Page) => window.getByRole('treegrid', { name: 'Fleet' })
const cellOf = (window: Page, name: string) => gridOf(window).getByRole('gridcell', { name, exact: true })
const place = (window: Page) => window.getByRole('region', { name: 'Fleet', exact: true })

const toFleet = (window: Page) =>
  window.getByRole('navigation').getByRole('button', { name: 'Fleet' }).click()

/** Clicks and keys from here to an answer, printed and bounded. */
function counter(what: string) {
  let acts = 0
  return {
    act: async (work: Promise<unknown>) => {
      acts++
      await work
    },
    end: () => {
      process.stdout.write(`${what}: ${acts} clicks and keys\n`)
      expect(acts).toBeLessThanOrEqual(3)
    },
  }
}

async function expectReadable(window: Page): Promise<void> {
  expect(await faultsOf(window)).toEqual([])
}

async function choose(window: Page, label: string, choice: string | RegExp): Promise<void> {
  await window.getByRole('dialog').getByRole('combobox', { name: label }).click()
  await window.getByRole('option', { name: choice, exact: true }).click()
}

test('a field of many machines: preview in machines and money, one step back, and forward again after a restart', async ({
  launch,
  dataFolder,
}) => {
  await prepare(dataFolder)
  const first = await launch()
  const { window } = first
  await toFleet(window)
  await cellOf(window, 'N-1').click()
  const edit = counter('From the table to the preview of a new price in every machine')
  await edit.act(window.keyboard.press('Control+a'))
  await edit.act(
    window.getByRole('group', { name: 'Selection' }).getByRole('button', { name: 'Edit…' }).click(),
  )
  const dialog = window.getByRole('dialog', { name: 'Edit 3 rows, 17 machines' })
  await edit.act(dialog.getByLabel('New value').fill('15 ¢'))
  const ahead = dialog.getByRole('status')
  await expect(ahead).toContainText('17 of 17 machines would change their advice')
  await expect(ahead).toContainText(/The fleet as it runs earns −?\$[\d.,\s]+ a day in place of −?\$/)
  edit.end()
  await expectReadable(window)

  await choose(window, 'What', 'Rack')
  await dialog.getByLabel('New value').fill('R 7')
  await expect(dialog).toContainText('Now: different values.')
  await expect(ahead).toContainText('No machine would change its advice')
  await dialog.getByRole('button', { name: 'Store' }).click()
  await expect(dialog).toBeHidden()
  const undo = place(window).getByRole('button', { name: 'Undo: Rack of 3 machines' })
  await expect(undo).toBeVisible()
  await undo.click()
  await expect(place(window).getByRole('button', { name: 'Redo: Rack of 3 machines' })).toBeVisible()
  await first.close()

  const { window: again } = await launch()
  await toFleet(again)
  await place(again).getByRole('button', { name: 'Redo: Rack of 3 machines' }).click()
  await expect(place(again).getByRole('button', { name: 'Undo: Rack of 3 machines' })).toBeVisible()
  expect(await cli(dataFolder, 'undo', '--list')).toBe('undo: Rack of 3 machines\nredo: nothing\n')
})

test('a surprising value is asked about, and a field that may be missing is cleared', async ({
  launch,
  dataFolder,
}) => {
  await prepare(dataFolder)
  const { window } = await launch()
  await toFleet(window)
  await cellOf(window, 'N-1').click()
  await window.keyboard.press('Control+a')
  await window.getByRole('group', { name: 'Selection' }).getByRole('button', { name: 'Edit…' }).click()
  const dialog = window.getByRole('dialog')
  await choose(window, 'What', 'Power')
  await dialog.getByLabel('New value').fill('300000')
  await dialog.getByRole('button', { name: 'Store' }).click()
  await expect(dialog.getByRole('group', { name: 'Is this right?' })).toContainText('J/TH')
  await dialog.getByRole('button', { name: 'No, change it' }).click()
  await choose(window, 'What', 'Power price')
  await dialog.getByRole('checkbox', { name: 'Clear: take the site’s' }).check()
  await dialog.getByRole('button', { name: 'Store' }).click()
  await expect(dialog).toBeHidden()
  await expect(place(window)).toContainText('Undo: Power price of 3 machines')
})

test('a cell is changed where it stands: Enter stores, Esc drops, Tab goes on', async ({
  launch,
  dataFolder,
}) => {
  await prepare(dataFolder)
  const { window } = await launch()
  await toFleet(window)
  const row = gridOf(window).getByRole('row').filter({ hasText: 'N-1' })
  const at = (text: string) => row.getByRole('gridcell', { name: text, exact: true })
  const cell = counter('From the table to another quantity')
  await cell.act(at('10').click())
  await cell.act(window.keyboard.press('F2'))
  const editor = window.getByRole('textbox', { name: 'Machines in the lot of N-1' })
  await expect(editor).toBeFocused()
  await expectReadable(window)
  await editor.fill('10.4')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('alert').filter({ hasText: 'whole numbers' })).toBeVisible()
  await editor.fill('11')
  await cell.act(window.keyboard.press('Enter'))
  await expect(at('11')).toBeVisible()
  cell.end()
  await expect(gridOf(window)).toBeFocused()

  await window.keyboard.press('Enter')
  await editor.fill('12')
  await window.keyboard.press('Escape')
  await expect(at('11')).toBeVisible()

  await at('North').click()
  await window.keyboard.press('F2')
  await window.getByRole('combobox', { name: 'Site of N-1' }).selectOption('Harbor')
  await window.keyboard.press('Tab')
  await expect(window.getByRole('textbox', { name: 'Model of N-1' })).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(at('Harbor')).toBeVisible()

  // What is surprising is asked where there is room to say what it would do.
  await at('11').click()
  await window.keyboard.press('F2')
  await editor.fill('110')
  await window.keyboard.press('Enter')
  const dialog = window.getByRole('dialog', { name: /^Edit 1 row/ })
  await dialog.getByRole('button', { name: 'Store' }).click()
  await dialog.getByRole('button', { name: 'Yes, store' }).click()
  await expect(at('110')).toBeVisible()
})

test('the page of a machine: formulas, fields, notes, changes, duplicate and archive', async ({
  launch,
  dataFolder,
}) => {
  await prepare(dataFolder)
  const { window } = await launch()
  await toFleet(window)
  const way = counter('From the table to the page of a machine')
  await way.act(cellOf(window, 'H-1').click())
  await way.act(window.keyboard.press('Enter'))
  const page = window.getByRole('region', { name: 'Machine', exact: true })
  await expect(page.getByRole('heading', { name: /^H-1/ })).toBeVisible()
  way.end()
  await expectReadable(window)
  await expect(page.getByRole('region', { name: 'Formula sheet' })).toContainText('revenue − cost that stops')
  await expect(page.getByRole('region', { name: 'Fields' })).toContainText('LuxOS')
  await page.getByRole('textbox', { name: 'Notes' }).fill('fan 2 is loud')
  await page.getByRole('button', { name: 'Store the notes' }).click()
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('not given → fan 2 is loud')

  await page.getByRole('button', { name: 'Duplicate…' }).click()
  const form = window.getByRole('dialog', { name: 'Duplicate H-1' })
  await form.getByLabel('Id', { exact: true }).fill('H-2')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(form).toBeHidden()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(page).toBeHidden()
  await expect(cellOf(window, 'H-2')).toBeVisible()
  await expect(cellOf(window, 'H-1')).toHaveCount(0)

  await window.getByRole('button', { name: 'Archive…' }).click()
  const archive = window.getByRole('dialog', { name: 'Archive', exact: true })
  await archive.getByRole('checkbox', { name: 'H-1' }).check()
  await expectReadable(window)
  await archive.getByRole('button', { name: 'Bring back 1 row' }).click()
  await expect(archive).toContainText('Nothing is archived.')
  await archive.getByRole('button', { name: 'Close' }).last().click()
  await cellOf(window, 'H-1').click()
  await window.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('fan 2 is loud')
  await window.keyboard.press('Escape')
  await expect(page).toBeHidden()
  await expect(gridOf(window)).toBeFocused()
})

test('the page of a model: which point is best, where that changes, and the points as CSV', async ({
  launch,
  dataFolder,
}) => {
  await prepare(dataFolder)
  const { window, electron } = await launch()
  await toFleet(window)
  await cellOf(window, 'H-1').click()
  await window.keyboard.press('Enter')
  const way = counter('From a machine to the points of its model on the clipboard')
  await way.act(
    window
      .getByRole('region', { name: 'Machine', exact: true })
      .getByRole('button', { name: 'Antminer S19j Pro 104T' })
      .click(),
  )
  const page = window.getByRole('region', { name: 'Model', exact: true })
  await expect(page.getByRole('status').first()).toContainText(/is best|off is best/)
  await way.act(page.getByRole('button', { name: 'Copy as CSV' }).click())
  await expect(window.getByText('copied as CSV')).toBeVisible()
  way.end()
  await expectReadable(window)
  const [heading, ...rows] = (await electron.evaluate(({ clipboard }) => clipboard.readText()))
    .trimEnd()
    .split('\n')
  expect(heading).toMatch(
    /^model,firmware,profile,hashrate_ths,power_w,j_per_th,on_hull,step_from,cut_off_usd_kwh,strike/,
  )
  expect(rows.map((row) => row.split(',').slice(0, 5).join(','))).toEqual([
    'Antminer S19j Pro 104T,LuxOS,eco,80,2000',
    'Antminer S19j Pro 104T,LuxOS,full,104,3068',
  ])

  // A price at which nothing pays.
  await page.getByLabel('Power price').fill('0.9')
  await expect(page.getByRole('status').first()).toContainText('off is best')
  await page.getByRole('button', { name: 'Show those at Harbor in the table' }).click()
  await expect(cellOf(window, 'H-1')).toBeVisible()
  await expect(cellOf(window, 'N-2')).toHaveCount(0)
})
