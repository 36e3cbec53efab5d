import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'
import { saveReport, textOfPdf } from './pdf.ts'

/** Units and language of numbers: chosen once, followed by strip, table, Why, report and command line, and kept. */

const place = (window: Page, name: string) =>
  window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
const plain = (words: string) => words.replaceAll(/\s+/g, ' ')

test('satoshi per TH/s, dollars per MWh and German numbers in every place', async ({
  launch,
  dataFolder,
}) => {
  const first = await launch()
  const { window } = first
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
  await expect(window.getByRole('group', { name: 'Hashprice, per PH/s a day' })).toContainText('$')

  await test.step('each is one press in Settings, at once in the strip', async () => {
    let presses = 0
    const press = async (work: Promise<void>) => {
      presses++
      await work
    }
    await press(place(window, 'Settings'))
    await press(window.getByRole('radio', { name: 'sat per TH/s and day' }).click())
    await press(window.getByRole('radio', { name: 'per MWh' }).click())
    await expect(window.getByRole('group', { name: 'Hashprice, per TH/s a day' })).toContainText(
      /\d\d\.\d\d.sat/,
    )
    expect(presses).toBeLessThanOrEqual(3)
    process.stdout.write(`${presses} presses from the start to hashprice in satoshi and energy per MWh\n`)
    // The sections are reached by keyboard: the language’s heading, then its choice.
    await window.getByRole('button', { name: 'Language of numbers' }).press('Enter')
    await expect(window.getByRole('heading', { name: 'Language of numbers' })).toBeFocused()
    await window.keyboard.press('Tab')
    await expect(window.getByRole('combobox', { name: 'Write numbers and dates as in' })).toBeFocused()
    await window.keyboard.press('Enter')
    await window.getByRole('option', { name: 'German' }).click()
    await expect(window.getByRole('group', { name: 'Hashprice, per TH/s a day' })).toContainText(
      /\d\d,\d\d.sat/,
    )
  })

  const followed = async (of: Page) => {
    await expect(of.getByRole('group', { name: 'Hashprice, per TH/s a day' })).toContainText(/\d\d,\d\d.sat/)
    await expect(of.getByRole('columnheader', { name: /Break-even/ })).toContainText('sat/TH/s')
    await expect(of.getByRole('columnheader', { name: /^Energy/ })).toContainText('$/MWh')
    await expect(of.getByRole('treegrid', { name: 'Fleet' })).toContainText(/\$\d+,\d\d/)
  }

  await test.step('the table and the strike line follow', async () => {
    await place(window, 'Today')
    await followed(window)

    await expect(window.getByRole('region', { name: 'Strike line' })).toContainText('sat per TH/s a day')
  })

  await test.step('so does Why', async () => {
    await window.getByRole('treegrid').getByRole('button', { name: /^Why/ }).first().click()
    const why = window.getByRole('complementary', { name: /^Why/ })
    await expect(why).toContainText(/\$\d+,\d\d per MWh/)
    await expect(why).toContainText(/\d+,\d\d.sat per TH\/s a day/)
    await window.keyboard.press('Escape')
  })

  await test.step('what is typed is read as it is shown', async () => {
    await place(window, 'Sites')
    const price = window.getByRole('textbox', { name: /^Power price at/ }).first()
    await expect(price).toHaveValue(/^0,\d+$/)
    await price.fill('52,5 $/MWh')
    await price.press('Enter')
    await expect(price).toHaveValue('0,0525')
  })

  await test.step('and the report', async () => {
    await place(window, 'Today')
    const path = join(dataFolder, 'report.pdf')
    // The price at the site is tried out.
    await saveReport(first.electron, window, path, true)
    const text = plain(textOfPdf(path))
    expect(text).toMatch(/\d+,\d\d sat per TH\/s a day/)
    expect(text).not.toMatch(/\$\d+\.\d/)
  })

  await first.close()
  const second = await launch()
  await followed(second.window)
  await second.close()

  const margins = await commandLine(['margins', '--data', dataFolder], { cwd: dataFolder })
  expect(margins.stdout).toMatch(/^Hashprice \d+,\d\d.sat per TH\/s a day$/m)
})
