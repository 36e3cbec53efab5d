import { faultsOf } from './axe.ts'
import { expect, test } from './offline.ts'

/** Where the licences of what the program contains are read: in the menu, without leaving the program. */

test('the menu shows the licences of software by others, read and left by the keyboard', async ({ app }) => {
  const { electron, window } = app
  await expect(window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()
  const choose = (id: string) =>
    electron.evaluate(({ Menu }, chosen) => {
      Menu.getApplicationMenu()?.getMenuItemById(chosen)?.click()
    }, id)
  await choose('notices')
  const dialog = window.getByRole('dialog', { name: 'Software by others' })
  const text = dialog.getByRole('region', { name: 'Licences' })
  await expect(text).toContainText(/better-sqlite3 \d+\.\d+\.\d+\s+Licence: MIT/)
  await expect(text).toContainText('LICENSES.chromium.html')

  await text.focus()
  await window.keyboard.press('End')
  await expect.poll(() => text.evaluate((box) => box.scrollTop)).toBeGreaterThan(1000)
  for (const theme of ['light', 'dark'] as const) {
    await choose(`theme-${theme}`)
    await expect(window.locator(`html[data-theme=${theme}]`)).toBeAttached()
    expect(await faultsOf(window, { strict: true })).toEqual([])
  }
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
