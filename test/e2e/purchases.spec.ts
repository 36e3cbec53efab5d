import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './app.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'

/** Purchases: from a list that is empty to what they are worth, and what to buy next. */

const FLEET = [
  'id,model,site,quantity,hashrate_ths,power_w,power_price_usd_kwh,purchase',
  'N-1,Antminer S21 200T,North,50,200,3500,0.05,Spring 2025',
  'N-2,Antminer S19j Pro 104T,North,20,104,3068,0.05,',
]
const NETWORK = {
  ...{ priceUsdPerBtc: '88300', difficulty: '1.5e14', height: '925000', feesBtcPerBlock: '0.02' },
  ...{ epochBlocks: '1007', epochSeconds: '7.1' },
}

test('a purchase is added, valued and removed, and offers are ranked', async ({ launch, dataFolder }) => {
  const cli = async (...words: string[]) => {
    const { exitCode, stderr } = await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
    expect(exitCode, stderr).toBe(0)
  }
  writeFileSync(join(dataFolder, 'fleet.csv'), `${FLEET.join('\n')}\n`)
  await cli('settings', 'set', 'network.auto-refresh', 'false')
  await cli('settings', 'set', 'finance.discount-rate-per-year', '0.12')
  await cli('import', join(dataFolder, 'fleet.csv'))
  for (const [name, value] of Object.entries(NETWORK))
    await cli('network', 'set', name, value, '--accept', 'value')

  const { window } = await launch()
  await window.getByRole('navigation').getByRole('button', { name: 'Fleet' }).click()
  await window.keyboard.press('Control+K')
  await window.getByRole('combobox', { name: 'Find a command or a machine' }).fill('purchases')
  await window.keyboard.press('Enter')
  const dialog = window.getByRole('dialog', { name: 'Purchases' })
  await expect(dialog.getByText('No purchase is stored.')).toBeVisible()

  await dialog.getByRole('button', { name: 'Add a purchase…' }).click()
  await dialog.getByLabel('Name').fill('spring 2025')
  await dialog.getByLabel('Bought on').fill('2025-04-01')
  await dialog.getByLabel('Cost').fill('160 000')
  await dialog.getByLabel('Life', { exact: true }).fill('8')
  await window.keyboard.press('Enter')
  const row = dialog
    .getByRole('group', { name: 'Stored purchases' })
    .getByRole('row', { name: /spring 2025/ })
  await expect(row.getByRole('cell').first()).toHaveText('50')
  await expect(dialog.getByText('20 machines name no purchase.')).toBeVisible()
  const worth = dialog.getByRole('group', { name: 'What purchases are still worth' })
  await expect(worth.getByRole('row', { name: /All purchases/ })).toContainText('$')

  await dialog.getByLabel('Model 1', { exact: true }).fill('Antminer S21 XP 270T')
  await dialog.getByLabel('Price of model 1').fill('21.5/TH')
  await dialog.getByRole('button', { name: 'Another model' }).click()
  await dialog.getByLabel('Model 2', { exact: true }).fill('Antminer S99')
  await dialog.getByLabel('Price of model 2').fill('3000')
  await dialog.getByRole('button', { name: 'Compare' }).click()
  await expect(dialog.getByText(/“Antminer S99” is not in the catalogue/)).toBeVisible()
  await dialog.getByLabel('Model 2', { exact: true }).fill('Antminer S21 200T')
  await dialog.getByRole('button', { name: 'Compare' }).click()
  const ranked = dialog.getByRole('group', { name: 'Machines on offer, the best first' })
  await expect(ranked.getByRole('row')).toHaveCount(3)
  await expect(ranked).toContainText(' … ')
  await ranked.scrollIntoViewIfNeeded()
  const shot = process.env['STRIKELINE_SHOTS']
  if (shot !== undefined) await window.screenshot({ path: join(shot, 'purchases.png') })
  expect(await faultsOf(window, { within: '.dialog', strict: true })).toEqual([])

  await dialog.getByRole('button', { name: 'Remove spring 2025' }).click()
  await expect(dialog.getByText('No purchase is stored.')).toBeVisible()
  await window.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).last().click()
  await expect(row).toBeVisible()
})
