import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Api } from '#shared/ipc/api.ts'
import { faultsOf } from './axe.ts'
import { cli } from './cli.ts'
import { expect, test } from './offline.ts'

/** Backups in Settings, on the real program and its real files. */

type PageWithApi = { readonly api: Api }

/** The shortcuts of the places belong to what has the focus. */
const place = (window: Page, name: string) =>
  window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
const copies = (window: Page) => window.getByRole('table', { name: 'Backups, newest first' })
const messages = (window: Page) => window.getByRole('region', { name: 'Messages' })
const grid = (window: Page) => window.getByRole('treegrid', { name: 'Fleet' })

async function importRows(dataFolder: string, rows: readonly string[], ...rest: string[]): Promise<void> {
  const path = join(dataFolder, 'rigs.csv')
  writeFileSync(path, `id,model,site,quantity,power_price_usd_kwh\n${rows.join('\n')}\n`)
  await cli(dataFolder, 'import', path, ...rest)
}

test('a backup is made, the fleet changed, the backup restored and that undone', async ({
  launch,
  dataFolder,
}) => {
  await importRows(dataFolder, [
    'old-1,Antminer S21 200T,North,5,0.05',
    'old-2,Antminer S21 200T,Ridge,2,0.06',
  ])
  const { window } = await launch()
  await expect(grid(window).getByText('old-1', { exact: true })).toBeVisible()
  await place(window, 'Settings')
  await window.getByRole('button', { name: 'Make a backup now' }).click()
  const made = copies(window).getByRole('row', { name: /-by-hand\.db/ })
  await expect(made).toContainText('Made by hand')
  await expect(made).toContainText('Sound, SHA-256 fits')
  await expect(made.getByRole('cell').nth(2)).toHaveText('7')
  await expect(made.getByRole('cell').nth(3)).toHaveText('2')

  // What is chosen and tried on screen is of the fleet that goes.
  await place(window, 'Today')
  await window.getByRole('searchbox').fill('old-2')
  await window.evaluate(async () => {
    const { api } = globalThis as unknown as PageWithApi
    const fleet = await api.fleet.read({ have: null })
    if (!fleet.ok) throw new Error(fleet.error.message)
    await api.site.remove({ key: fleet.value.sites.key[0]! })
    await api.settings.write({ density: 'compact', currency: 'EUR' })
  })
  await expect(window.locator('html')).toHaveAttribute('data-density', 'compact')
  await expect(grid(window).getByText('old-2', { exact: true })).toBeVisible()

  await place(window, 'Settings')
  const restore = made.getByRole('button', { name: /^Restore/ })
  await restore.click()
  const dialog = window.getByRole('dialog', { name: 'Restore this backup?' })
  await expect(dialog.getByRole('row', { name: /^Machines/ }).getByRole('cell')).toHaveText(['2', '7'])
  await expect(dialog.getByRole('row', { name: /^Sites/ }).getByRole('cell')).toHaveText(['1', '2'])
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(window.getByText('The backup is restored: 7 machines at 2 sites.')).toBeVisible()
  await expect(window.getByRole('dialog', { name: 'Restoring the backup' })).toHaveCount(0)
  await expect(window.locator('html')).toHaveAttribute('data-density', 'regular')
  await expect(copies(window).getByRole('row', { name: /-before-restore\.db/ })).toContainText(
    'Before a restore',
  )
  await place(window, 'Today')
  await expect(window.getByRole('searchbox')).toHaveValue('')
  await expect(grid(window).getByText('old-1', { exact: true })).toBeVisible()
  await expect(grid(window).getByText('old-2', { exact: true })).toBeVisible()
  await messages(window).getByRole('button', { name: 'Undo' }).click()
  await expect(window.getByText('The restore is undone: 2 machines at 1 site.')).toBeVisible()
  await expect(window.locator('html')).toHaveAttribute('data-density', 'compact')
  await expect(grid(window).getByText('old-2', { exact: true })).toBeVisible()
  await expect(grid(window).getByText('old-1', { exact: true })).toHaveCount(0)

  const { backups } = JSON.parse(await cli(dataFolder, 'backup', 'list', '--json')) as { backups: object[] }
  expect(backups).toContainEqual(expect.objectContaining({ machines: 2, sum: 'matches' }))
  expect(backups).toContainEqual(expect.objectContaining({ machines: 7, sum: 'matches' }))

  // What comes next is an ordinary change, which the table shows and undo takes back.
  await window.evaluate(async () => {
    const { api } = globalThis as unknown as PageWithApi
    await api.fleet.loadSample({})
  })
  await expect(window.getByRole('status', { name: 'Sum' })).toContainText('All 80 rows shown')
})

test('a backup is deleted after a question, and the only sound one stays', async ({ launch, dataFolder }) => {
  await importRows(dataFolder, ['rig-1,Antminer S21 200T,North,5,0.05'])
  await cli(dataFolder, 'backup', 'make')
  await cli(dataFolder, 'backup', 'make')
  const { window } = await launch()
  await place(window, 'Settings')
  const rows = copies(window).getByRole('row', { name: /-by-hand\.db/ })
  await expect(rows).toHaveCount(2)
  await expect(window.getByText(/2 copies, together [\d.]+\s(kB|MB)\. Daily/)).toBeVisible()
  const remove = window.getByRole('button', { name: /^Delete 0/ })
  await remove.first().click()
  const dialog = window.getByRole('dialog', { name: 'Delete this backup?' })
  expect(await faultsOf(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(rows).toHaveCount(2)
  await remove.first().click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(messages(window)).toContainText(/The backup .*-by-hand\.db is deleted\./)
  await expect(rows).toHaveCount(1)
  await remove.first().click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(messages(window)).toContainText('is the only sound backup, so it stays')
  await expect(rows).toHaveCount(1)
})

for (const theme of ['light', 'dark']) {
  test(`all of it by keyboard, and said to those who do not see it, in ${theme}`, async ({
    launch,
    dataFolder,
  }) => {
    await cli(dataFolder, 'settings', 'set', 'display.theme', theme)
    await importRows(dataFolder, ['rig-1,Antminer S21 200T,North,5,0.05'])
    await cli(dataFolder, 'backup', 'make')
    await importRows(dataFolder, ['rig-2,Antminer S21 200T,North,3,0.05'])
    const { window } = await launch()
    await expect(grid(window).getByText('rig-2', { exact: true })).toBeVisible()
    await place(window, 'Settings')
    const row = copies(window).getByRole('row', { name: /-by-hand\.db/ })
    await expect(row).toContainText('SHA-256 fits')
    const restore = row.getByRole('button', { name: /^Restore/ })
    await window.getByRole('button', { name: 'Make a backup now' }).focus()
    for (let i = 0; i < 12 && !(await restore.evaluate((button) => button === document.activeElement)); i++)
      await window.keyboard.press('Tab')
    await expect(restore).toBeFocused()
    await window.keyboard.press('Enter')
    const dialog = window.getByRole('dialog', { name: 'Restore this backup?' })
    await expect(dialog).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
    await window.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(restore).toBeFocused()
    await window.keyboard.press('Enter')
    const go = dialog.getByRole('button', { name: 'Restore', exact: true })
    for (let i = 0; i < 5 && !(await go.evaluate((button) => button === document.activeElement)); i++)
      await window.keyboard.press('Tab')
    await window.keyboard.press('Enter')
    await expect(window.getByText('The backup is restored: 5 machines at 1 site.')).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
  })
}

test('a copy that is damaged or changed is not offered, and a daily one that fails is told', async ({
  launch,
  dataFolder,
}) => {
  await importRows(dataFolder, ['rig-1,Antminer S21 200T,North,5,0.05'])
  const folder = join(dataFolder, 'backups')
  writeFileSync(folder, 'in the way')
  const { window } = await launch()
  const settings = window
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: /^Settings/ })
  await expect(settings).toHaveAccessibleName(/the daily backup has failed/)
  await settings.click()
  await expect(window.getByRole('alert')).toContainText('The daily backup could not be made: ')
  expect(await faultsOf(window)).toEqual([])
  await window.getByRole('button', { name: 'Make a backup now' }).click()
  await expect(messages(window)).toContainText('The backup could not be made: ')
  // It is there still where the window begins anew.
  await window.reload()
  await expect(settings).toHaveAccessibleName(/the daily backup has failed/)
  rmSync(folder)
  await settings.click()
  await window.getByRole('button', { name: 'Make a backup now' }).click()
  await expect(settings).not.toHaveAccessibleName(/failed/)
  await expect(window.getByRole('alert')).toHaveCount(0)

  const [name] = readdirSync(folder)
  writeFileSync(join(folder, name!), 'no database')
  await place(window, 'Today')
  await place(window, 'Settings')
  const row = copies(window).getByRole('row', { name: new RegExp(name!.replaceAll('.', '\\.')) })
  await expect(row).toContainText('Cannot be used: damaged')
  await expect(row.getByRole('button', { name: /^Restore/ })).toHaveAttribute('aria-disabled', 'true')
  const refused = await window.evaluate((asked) => {
    const { api } = globalThis as unknown as PageWithApi
    return Promise.all([
      api.backups.restore({ name: asked }),
      api.backups.restore({ name: '../strikeline.db' }),
      api.backups.restore({ name: 'strikeline.db' }),
    ])
  }, name!)
  expect(refused.map((answer) => (answer.ok ? 'done' : answer.error.code))).toEqual([
    'bad-input',
    'bad-input',
    'not-found',
  ])
  await place(window, 'Today')
  await expect(grid(window).getByText('rig-1', { exact: true })).toBeVisible()
})
