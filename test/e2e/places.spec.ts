import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './offline.ts'

test('where a machine stands is imported, searched, shown, sorted, edited and undone', async ({
  app,
  dataFolder,
}) => {
  const { electron, window } = app
  const file = join(dataFolder, 'list.csv')
  writeFileSync(
    file,
    'id,model,site,power_price_usd_kwh,Serial Number,Rack,Slot,IP Address,MAC Address\n' +
      'rig-1,Antminer S21 XP 270T,North,0.05,SN-71,R 10,1,10.0.0.11,02:00:00:00:00:11\n' +
      'rig-2,Antminer S21 XP 270T,North,0.05,SN-72,R 9,2,10.0.0.12,02:00:00:00:00:12\n' +
      'rig-3,Antminer S21 XP 270T,North,0.05,,,,,\n',
  )
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, file)
  await window.getByRole('button', { name: 'Import' }).first().click()
  await window
    .getByRole('dialog')
    .getByRole('button', { name: /^Import/ })
    .click()

  // Today puts rows together by their advice; here each stands by itself.
  const grid = window.getByRole('treegrid', { name: 'Fleet' })
  await expect(grid).toBeVisible()
  await window.keyboard.press('2')
  const column = async (index: number) =>
    grid.getByRole('row').locator(`[role="gridcell"][aria-colindex="${index}"]`).allTextContents()
  await expect(grid.getByRole('gridcell', { name: 'rig-1', exact: true })).toBeVisible()

  await window.getByRole('searchbox').fill('00:12')
  await expect.poll(() => column(2)).toEqual(['rig-2'])
  await window.getByRole('searchbox').fill('')
  await expect.poll(async () => (await column(2)).length).toBe(3)

  await expect(grid.getByRole('columnheader', { name: 'Rack' })).toHaveCount(0)
  await window.getByRole('button', { name: 'Columns', exact: true }).click()
  await window.getByRole('checkbox', { name: 'Rack' }).click()
  await window.keyboard.press('Escape')
  const rack = grid.getByRole('columnheader', { name: 'Rack' })
  await rack.getByRole('button').click()
  const place = Number(await rack.getAttribute('aria-colindex'))
  await expect.poll(() => column(place)).toEqual(['R 9', 'R 10', '–'])

  await grid.getByRole('gridcell', { name: 'rig-3', exact: true }).click()
  await window.keyboard.press('Alt+Enter')
  const form = window.getByRole('dialog', { name: 'Edit rig-3' })
  await form.getByText('Serial number, place and network').click()
  await form.getByLabel('Rack', { exact: true }).fill('R 8')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => column(place)).toEqual(['R 8', 'R 9', 'R 10'])
  await window.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(window.getByText('Undone: Rack of rig-3')).toBeVisible()
  await expect.poll(() => column(place)).toEqual(['R 9', 'R 10', '–'])

  // A column that is hidden leaves no order behind.
  const toggleRack = async () => {
    await window.getByRole('button', { name: 'Columns', exact: true }).click()
    await window.getByRole('checkbox', { name: 'Rack' }).click()
    await window.keyboard.press('Escape')
  }
  await toggleRack()
  await expect(rack).toHaveCount(0)
  const advice = grid.getByRole('columnheader', { name: 'Advice' })
  await expect(advice).toHaveAttribute('aria-sort', 'descending')
  await toggleRack()
  await expect(rack).toHaveAttribute('aria-sort', 'none')

  await grid.getByRole('gridcell', { name: 'rig-2', exact: true }).click()
  await window.keyboard.press('w')
  await expect(window.getByRole('complementary', { name: 'Why rig-2' })).toContainText('10.0.0.12')
  await window.reload()
  await expect(grid).toBeVisible()
  await window.keyboard.press('2')
  await expect(rack).toBeVisible()
})
