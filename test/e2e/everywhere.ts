import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect } from './app.ts'
import { commandLine } from './command-line.ts'

/** A way through every place, dialog and state of the program, for what has to hold everywhere. */

export type Look = (name: string) => Promise<void>

const FLEET = `id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w,status,rack,firmware
r-1,Antminer S17 56T,40,Ridge,0.07,56,2520,running,A2,
r-2,Antminer S17 56T,1,Ridge,0.07,56,2520,running,A10,
n-1,Antminer T19 84T,12,North,0.07,84,3150,running,B1,
n-2,Antminer S21 200T,30,North,0.05,200,3500,running,B1,
n-3,Antminer S19j Pro 104T,6,North,0.05,104,3068,off,B1,LuxOS
`
const POINTS = `model,firmware,profile,hashrate_ths,power_w
Antminer S19j Pro 104T,LuxOS,eco,80,2000
Antminer S19j Pro 104T,LuxOS,full,104,3068
`
export const NETWORK = [
  ['height', '925000'],
  ['difficulty', '1.5e14'],
  ['priceUsdPerBtc', '88300'],
  ['feesBtcPerBlock', '0.02'],
  ['epochBlocks', '1007'],
  ['epochSeconds', '612345s'],
] as const

export async function cli(folder: string, ...words: string[]): Promise<void> {
  const { exitCode, stderr } = await commandLine([...words, '--data', folder], { cwd: folder })
  expect([words.join(' '), exitCode, exitCode === 0 ? '' : stderr]).toEqual([words.join(' '), 0, ''])
}

/** A fleet with everything that a place can show, and a typed network. */
export async function prepare(folder: string): Promise<void> {
  writeFileSync(join(folder, 'fleet.csv'), FLEET)
  writeFileSync(join(folder, 'points.csv'), POINTS)
  await cli(folder, 'import', 'fleet.csv')
  await cli(folder, 'ladders', 'import', 'points.csv')
  for (const [name, value] of NETWORK) await cli(folder, 'network', 'set', name, value)
}

export const grid = (window: Page) => window.getByRole('treegrid', { name: 'Fleet' })
export const cell = (window: Page, name: string) => grid(window).getByRole('gridcell', { name, exact: true })
const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, exact: typeof name === 'string' })

export async function goTo(window: Page, name: string): Promise<void> {
  await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
  await expect(window.getByRole('main')).toHaveAttribute('data-screen', name.toLowerCase())
}

async function dialog(window: Page, open: Locator | string, look: () => Promise<void>): Promise<void> {
  // A message is one too.
  const opened = window.getByRole('dialog').and(window.locator(':not(.toast)'))
  await (typeof open === 'string' ? window.keyboard.press(open) : open.click())
  await expect(opened).toBeVisible()
  await look()
  await window.keyboard.press('Escape')
  await expect(opened).toHaveCount(0)
}

/** Today, with its dialogs, menus and explanations; the program stands on a prepared folder. */
export async function throughToday(window: Page, look: Look): Promise<void> {
  const calls = window.getByRole('region', { name: 'Sites to call' })
  await expect(calls).toBeVisible()
  await look('today')
  await dialog(window, 'Control+k', async () => {
    await window.keyboard.type('s')
    await expect(window.getByRole('option').first()).toBeVisible()
    await look('palette')
  })
  await dialog(window, '?', () => look('shortcuts'))
  await dialog(window, button(calls, 'Work list of Ridge…'), () => look('work-list'))
  await dialog(window, button(calls, 'Record all…'), () => look('record-all'))
  await button(calls.getByRole('row', { name: /^Ridge/ }), 'Not now').click()
  await dialog(window, window.getByRole('menuitem', { name: 'Another reason…' }), () => look('not-now'))
  await window.keyboard.press('w')
  await expect(window.getByRole('complementary', { name: /^Why/ })).toBeVisible()
  await look('why-figure')
  await window.keyboard.press('Escape')
}

/** Fleet: groups, selection, editor, columns, its dialogs, and the pages of a machine and of a model. */
export async function throughFleet(window: Page, look: Look): Promise<void> {
  await goTo(window, 'Fleet')
  await expect(cell(window, 'n-3')).toBeVisible()
  await cell(window, 'n-3').click()
  await window.keyboard.press('w')
  await expect(window.getByRole('complementary', { name: 'Why n-3' })).toBeVisible()
  await look('why-machine')
  await window.keyboard.press('Escape')
  await button(window, 'Columns').click()
  await expect(window.getByRole('checkbox', { name: 'Rack' })).toBeVisible()
  await look('columns')
  await window.keyboard.press('Escape')
  await cell(window, '12').click()
  await window.keyboard.press('F2')
  await window.getByRole('textbox', { name: 'Machines in the lot of n-1' }).fill('10.4')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('alert').filter({ hasText: 'whole numbers' })).toBeVisible()
  await look('cell-editor')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+a')
  await look('selection')
  await dialog(window, button(window, 'Edit…'), () => look('edit-machines'))
  await button(window, 'Clear selection').click()
  await dialog(window, button(window, 'Add machines…'), () => look('add-machines'))
  await window.getByRole('combobox', { name: 'Group rows' }).click()
  await window.getByRole('option', { name: 'By site' }).click()
  await expect(grid(window).locator('[role="row"][aria-expanded]')).toHaveCount(2)
  await grid(window).focus()
  for (const key of ['Control+Home', '*']) await window.keyboard.press(key)
  await look('groups')
  await cell(window, 'n-3').click()
  await window.keyboard.press('Enter')
  const machine = window.getByRole('region', { name: 'Machine', exact: true })
  await expect(machine.getByRole('region', { name: 'Formula sheet' })).toBeVisible()
  await look('machine')
  await button(machine, 'Antminer S19j Pro 104T').click()
  await expect(button(window, 'Copy as CSV')).toBeVisible()
  await look('model')
  for (const key of ['Escape', 'Escape']) await window.keyboard.press(key)
  await expect(grid(window)).toBeVisible()
  await grid(window).getByRole('row').filter({ hasText: 'r-2' }).getByRole('checkbox').click()
  await button(window, 'Archive').click()
  await dialog(window, button(window, 'Archive…'), async () => {
    await window.getByRole('dialog').getByRole('checkbox', { name: 'r-2' }).check()
    await look('archive')
  })
}

/** The other places. */
export async function throughPlaces(window: Page, look: Look): Promise<void> {
  // One that fades away has no contrast that could be measured.
  const messages = window.locator('.toast')
  for (const close of await messages.getByLabel('Close message').all()) await close.click()
  await expect(messages).toHaveCount(0)
  await goTo(window, 'Sites')
  await expect(window.getByRole('table', { name: 'Sites' })).toBeVisible()
  await look('sites')
  await button(window, 'North').click()
  const site = window.getByRole('region', { name: 'North' })
  await expect(button(site, 'Paint a tariff by the hour')).toBeVisible()
  await expect(button(site, 'Why North?')).toBeVisible()
  await window.keyboard.press('w')
  await expect(window.getByRole('complementary', { name: 'Why North' })).toBeVisible()
  await look('why-site')
  await window.keyboard.press('Escape')
  await button(site, 'Paint a tariff by the hour').click()
  await site.getByRole('textbox', { name: 'Another price' }).fill('0.15')
  await window.keyboard.press('Enter')
  await site.getByRole('gridcell', { name: /^Monday 16:00/ }).click()
  for (const key of ['Shift+PageDown', 'Shift+ArrowRight', '2']) await window.keyboard.press(key)
  await expect(window.getByRole('region', { name: 'Not stored yet' })).toContainText('would change')
  await look('site')
  await goTo(window, 'Plan')
  await expect(window.getByRole('grid', { name: 'Chance of each lot to be under water' })).toBeVisible({
    timeout: 30_000,
  })
  await look('plan')
  await button(window, /^Show as table/).click()
  await look('plan-table')
  await dialog(window, button(window, 'Assumptions…'), async () => {
    await look('assumptions')
    await window.getByRole('checkbox', { name: /^Machines of the network leave/ }).check()
    await window.locator('.curve-tiers').scrollIntoViewIfNeeded()
    await look('supply-curve')
    await window.getByRole('checkbox', { name: /^Machines of the network leave/ }).uncheck()
  })
  await goTo(window, 'Reports')
  await expect(window.locator('.report-sheets [data-section]').first()).toBeVisible({ timeout: 30_000 })
  await window.getByText('Costs', { exact: true }).click()
  await look('reports')
  await button(window, 'What to do with the template').click()
  await dialog(window, window.getByRole('menuitem', { name: 'Keep as…' }), () => look('keep-template'))
  for (const name of ['Market', 'Decisions', 'Ledger', 'Data', 'Settings']) {
    await goTo(window, name)
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible()
    await look(name.toLowerCase())
  }
}
