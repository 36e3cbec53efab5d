import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { usd } from '#shared/format/money.ts'
import { cli } from './cli.ts'
import { saveReport, textOfPdf } from './pdf.ts'
import { expect, test } from './served.ts'

/** A window and commands on one data folder: what a command changes, the open window shows without being asked. */

async function importRows(dataFolder: string, rows: readonly string[]): Promise<void> {
  const path = join(dataFolder, 'rigs.csv')
  writeFileSync(path, `id,model,site,power_price_usd_kwh\n${rows.join('\n')}\n`)
  await cli(dataFolder, 'import', path)
}

test('an open window follows an import of the command line, and the report agrees with both', async ({
  launch,
  dataFolder,
  server,
}) => {
  test.setTimeout(120_000)
  expect(server.url).toContain('127.0.0.1')
  const { window, electron } = await launch()
  await expect(window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()

  const rows = Array.from({ length: 12 }, (_, i) => `rig-${i},Antminer S19j Pro 104T,North,0.05`)
  await importRows(dataFolder, rows)
  await window.keyboard.press('2')
  const grid = window.getByRole('treegrid', { name: 'Fleet' })
  await expect(grid.getByText('rig-11', { exact: true })).toBeVisible()

  await importRows(dataFolder, ['new-1,Antminer S21 200T,Ridge,0.07'])
  await expect(grid.getByText('new-1', { exact: true })).toBeVisible()
  const { fleet } = JSON.parse(await cli(dataFolder, 'margins', '--json')) as {
    fleet: { marginUsdPerDay: number; machines: number }
  }
  expect(fleet.machines).toBe(13)
  await window.keyboard.press('1')
  const runs = window.getByRole('region', { name: 'Totals' }).getByRole('row', { name: /As it runs/ })
  await expect(runs.getByRole('cell').first()).toHaveText(usd(fleet.marginUsdPerDay))

  const path = join(dataFolder, 'report.pdf')
  await saveReport(electron, window, path)
  expect(textOfPdf(path)).toContain(usd(fleet.marginUsdPerDay))
})

test('an open window follows the settings of the command line', async ({ launch, dataFolder, server }) => {
  expect(server.url).toContain('127.0.0.1')
  const { window } = await launch()
  await window.getByRole('navigation', { name: 'Screens' }).getByText('Data').click()
  const sources = window.getByRole('table', { name: 'Sources', exact: true })
  await expect(sources.getByRole('row', { name: /^1 / })).toContainText('mempool')
  await cli(dataFolder, 'settings', 'set', 'network.order', 'kraken,mempool')
  await expect(sources.getByRole('row', { name: /^1 / })).toContainText('Kraken')
})

test('what a command changes while a form is open is not overwritten unseen, and undo outlasts the window', async ({
  launch,
  dataFolder,
  server,
}) => {
  test.setTimeout(120_000)
  expect(server.url).toContain('127.0.0.1')
  const importPower = async (powerW: number) => {
    const path = join(dataFolder, 'rigs.csv')
    const heading = 'id,model,hashrate_ths,power_w,site,power_price_usd_kwh'
    writeFileSync(path, `${heading}\nrig-1,Antminer S19j Pro 104T,104,${powerW},North,0.05\n`)
    await cli(dataFolder, 'import', path)
  }
  await importPower(3068)
  const first = await launch()
  const { window } = first
  await window
    .getByRole('treegrid', { name: 'Fleet' })
    .getByRole('gridcell', { name: 'rig-1', exact: true })
    .click()
  await window.keyboard.press('Alt+Enter')
  const dialog = window.getByRole('dialog', { name: 'Edit rig-1' })
  const power = dialog.getByLabel(/^Power of one at the wall/)
  await power.fill('3100')
  await importPower(3250)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toContainText('Power of rig-1 was changed to 3250 W by another program or window')
  const storedPowerW = async () => {
    const { machines } = JSON.parse(await cli(dataFolder, 'margins', '--json')) as {
      machines: { powerW: number }[]
    }
    return machines[0]!.powerW
  }
  expect(await storedPowerW()).toBe(3250)
  // Told of it, a person may still have their way.
  await expect(async () => {
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden({ timeout: 1000 })
  }).toPass()
  expect(await storedPowerW()).toBe(3100)
  await first.close()

  const { window: second, electron } = await launch()
  await expect(
    second.getByRole('treegrid', { name: 'Fleet' }).getByText('rig-1', { exact: true }),
  ).toBeVisible()
  const undo = () =>
    electron.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('undo')?.click()
    })
  await undo()
  await expect.poll(storedPowerW).toBe(3250)
  await undo()
  await expect.poll(storedPowerW).toBe(3068)
})

test('a fleet that a command imports is not shown on the network of the sample', async ({
  launch,
  dataFolder,
}) => {
  await cli(dataFolder, 'settings', 'set', 'network.auto-refresh', 'false')
  const { window } = await launch()
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  const bitcoin = window.getByRole('group', { name: /^Bitcoin/ })
  await expect(window.getByRole('group', { name: /^Age/ })).toContainText('sample')
  await importRows(dataFolder, ['rig-1,Antminer S19j Pro 104T,North,0.05'])
  await expect(bitcoin).toContainText('–')
})
