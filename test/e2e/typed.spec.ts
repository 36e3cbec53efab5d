import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startMempoolServer } from '../mempool-server.ts'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'
import { saveReport, textOfPdf } from './pdf.ts'

/** A value that is typed by hand: read as people write it, looked at before it counts, asked about, and told wherever it counts. */

const place = (window: Page, name: string) =>
  window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
const gauge = (window: Page, name: RegExp) => window.getByRole('group', { name })
const values = (window: Page) => window.getByRole('table', { name: 'Values' })
const row = (window: Page, name: string) => values(window).getByRole('row', { name: new RegExp(`^${name}`) })
const question = (window: Page) => window.getByRole('group', { name: 'Is this right?' })
const plain = (text: string | null) => (text ?? '').replaceAll('\u202f', ' ')

async function type(window: Page, name: string, text: string): Promise<void> {
  await row(window, name)
    .getByRole('button', { name: `Type ${name}` })
    .click()
  await field(window, name).fill(text)
}
const field = (window: Page, name: string) =>
  row(window, name).getByRole('textbox', { name: new RegExp(`^${name},`) })

test('values are typed as people write them, looked at, asked about and credited', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(180_000)
  const server = await startMempoolServer()
  const cli = (...words: string[]) => commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
  await cli('settings', 'set', 'network.order', 'mempool')
  await cli('settings', 'set', 'network.mempool.url', server.url)
  const { window, electron } = await launch()
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  await window.getByRole('button', { name: 'Refresh', exact: true }).click()
  await expect(gauge(window, /^Bitcoin/)).toContainText('88\u202f300')
  const answer = window.getByRole('region', { name: 'Answer' }).getByRole('heading', { level: 1 })
  const before = await answer.textContent()
  await place(window, 'Data')

  await test.step('what the screen writes is taken, and the line says what it would change', async () => {
    const shown = await row(window, 'Difficulty').getByRole('cell').first().textContent()
    await type(window, 'Difficulty', plain(shown))
    await window.keyboard.press('Enter')
    await expect(gauge(window, /^Difficulty/)).toContainText('typed')
    expect(plain(await row(window, 'Difficulty').textContent())).toContain(plain(shown))
    await window.getByRole('button', { name: 'Take back Difficulty' }).click()
    await expect(gauge(window, /^Difficulty/)).not.toContainText('typed')
    await row(window, 'Difficulty').getByRole('button', { name: 'Type Difficulty' }).click()
    await field(window, 'Difficulty').fill('155 T')
    const line = row(window, 'Difficulty').getByRole('status')
    await expect(line).toContainText(/^155\.0\u202fT: Hashprice \$[\d.]+ → \$[\d.]+ per PH\/s a day; /)
    await expect(line).toContainText(/would change (its|their) advice\.$/)
    // Only looked at: nothing counts yet.
    expect(plain(await gauge(window, /^Difficulty/).textContent())).not.toContain('155.0 T')
  })

  await test.step('what is not understood is named, with what works', async () => {
    await field(window, 'Difficulty').fill('150 kg')
    await window.keyboard.press('Enter')
    await expect(row(window, 'Difficulty').getByRole('alert')).toHaveText(
      "'kg' is not understood here: write it like 162.1 T or 1.62e14.",
    )
  })

  await test.step('a slip is asked about with both values, and no leaves all as it is', async () => {
    await field(window, 'Difficulty').fill('16.2T')
    await window.keyboard.press('Enter')
    await expect(question(window)).toContainText(/Difficulty: 1\d\d\.\d\u202fT → 16\.2\u202fT\./)
    await expect(question(window)).toContainText(/Hashprice \$[\d.]+ → \$[\d.]+/)
    await expect(question(window)).toContainText(/\d+ of 320 machines would change their advice/)
    await expect(window.getByRole('button', { name: 'No, change it' })).toBeFocused()
    await window.keyboard.press('Enter')
    await expect(question(window)).toBeHidden()
    await expect(field(window, 'Difficulty')).toBeFocused()
    await window.keyboard.press('Escape')
    await expect(gauge(window, /^Difficulty/)).not.toContainText('typed')
  })

  await test.step('the time of the epoch is typed in days, and twelve of them are asked about', async () => {
    await type(window, 'Time of this epoch', '2d 9h')
    await expect(row(window, 'Time of this epoch').getByRole('status')).toContainText(
      /^2\.4 days: Next adjustment [+−][\d.]+\u202f% → /,
    )
    await window.keyboard.press('Enter')
    await expect(question(window)).toContainText(/Time of this epoch: [\d.]+ days → 2\.4 days\./)
    await window.getByRole('button', { name: 'Yes, use 2.4 days' }).click()
    await expect(gauge(window, /adjustment/)).toContainText('typed')
  })

  await test.step('what was agreed to is not asked again', async () => {
    await window.getByRole('button', { name: 'Take back Time of this epoch' }).click()
    await expect(gauge(window, /adjustment/)).not.toContainText('typed')
    await type(window, 'Time of this epoch', '57 h')
    await window.keyboard.press('Enter')
    await expect(window.getByRole('button', { name: 'Take back Time of this epoch' })).toBeVisible()
    await expect(question(window)).toBeHidden()
  })

  await test.step('a small change is not asked about, and is told wherever it counts', async () => {
    await type(window, 'Bitcoin price', '$88,400')
    await expect(row(window, 'Bitcoin price').getByRole('status')).toContainText('$88\u202f400: ')
    await window.keyboard.press('Enter')
    await expect(row(window, 'Bitcoin price')).toContainText('$88\u202f400')
    for (const name of [/^Bitcoin/, /^Hashprice/, /adjustment/])
      await expect(gauge(window, name)).toContainText('typed')
    await place(window, 'Today')
    await expect(window.getByRole('region', { name: 'Answer' })).toContainText('typed: price')
    await expect(answer).not.toHaveText(before!)
    await window
      .getByRole('treegrid', { name: 'Fleet' })
      .locator('[aria-level="2"] [role="gridcell"]')
      .nth(1)
      .click()
    await window.keyboard.press('w')
    await expect(window.getByRole('complementary', { name: /^Why/ })).toContainText('typed, just now')
    await window.getByRole('button', { name: 'Close explanation' }).click()

    const path = join(dataFolder, 'typed.pdf')
    await saveReport(electron, window, path)
    const text = textOfPdf(path)
    expect(text).toContain('Typed by hand: price, epoch')
    expect(text.match(/typed by hand +\d/g)).toHaveLength(2)

    const { stdout } = await cli('decide', '--json')
    const { typed } = JSON.parse(stdout) as { typed: readonly { name: string; source: string }[] }
    expect(typed.map(({ name, source }) => `${name} ${source}`)).toEqual([
      'priceUsdPerBtc typed',
      'epochSeconds typed',
    ])
  })

  await test.step('in What if a price is read alike, and what is not understood is said', async () => {
    const whatIf = window.getByRole('region', { name: 'What if' })
    const price = whatIf.getByRole('textbox', { name: /^Bitcoin price/ })
    await price.fill('110k')
    await expect(gauge(window, /^Bitcoin/)).toContainText('$110\u202f000')
    await price.fill('110 kg')
    await expect(whatIf.getByRole('status')).toContainText("'kg' is not understood here")
    await expect(gauge(window, /^Bitcoin/)).toContainText('$110\u202f000')
    await whatIf.getByRole('button', { name: 'Reset' }).click()
  })

  await test.step('a power price ten times too high is asked about', async () => {
    await place(window, 'Sites')
    const price = window.getByRole('textbox', { name: 'Power price at Ridge' })
    const stored = await price.inputValue()
    await price.fill('46 c')
    await window.keyboard.press('Enter')
    await expect(question(window)).toContainText(
      /Power price at Ridge: \$[\d.]+ per kWh → \$0\.460 per kWh\./,
    )
    await window.getByRole('button', { name: 'No, leave it' }).click()
    await expect(price).toHaveValue(stored)

    await window.getByRole('button', { name: 'Edit Ridge' }).click()
    // A message at the edge is a dialog too.
    const dialog = window.locator('.dialog')
    await dialog.getByRole('textbox', { name: 'Power price' }).fill('460 $/MWh')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(question(window)).toContainText('$0.085 per kWh → $0.460 per kWh')
    await window.getByRole('button', { name: 'No, change it' }).click()
    await expect(question(window)).toBeHidden()
    await dialog.getByRole('textbox', { name: 'Power price' }).fill('8.51 c')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(price).toHaveValue('0.0851')
  })

  await test.step('a machine like no other is asked about', async () => {
    await place(window, 'Today')
    await window.getByRole('button', { name: 'Add machines…' }).click()
    // A message at the edge is a dialog too.
    const dialog = window.locator('.dialog')
    await dialog.getByRole('textbox', { name: 'Hashrate of one' }).fill('0.2 PH/s')
    await dialog.getByRole('textbox', { name: 'Power of one at the wall' }).fill('300 kW')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(question(window)).toContainText(
      '300\u202f000\u202fW, where 100\u202fW to 30\u202f000\u202fW is usual',
    )
    await window.getByRole('button', { name: 'No, change it' }).click()
    await dialog.getByRole('textbox', { name: 'Power of one at the wall' }).fill('3.5 kW')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(window.getByText('Added to the fleet.')).toBeVisible()
  })
  await server.close()
})

test('what was said to be right outlasts the window, stands in Settings and can be forgotten', async ({
  launch,
}) => {
  const price = (window: Page) => window.getByRole('textbox', { name: 'Power price at Ridge' })
  const typePrice = async (window: Page, text: string) => {
    await place(window, 'Sites')
    await price(window).fill(text)
    await window.keyboard.press('Enter')
  }
  const first = await launch()
  await first.window.getByRole('button', { name: 'Use the sample fleet' }).click()
  await typePrice(first.window, '0.46')
  await first.window.getByRole('button', { name: /^Yes, use/ }).click()
  await expect(first.window.getByText(/^Power at Ridge is/).first()).toBeVisible()
  await typePrice(first.window, '0.05')
  await first.window.getByRole('button', { name: /^Yes, use/ }).click()
  await expect(first.window.getByText(/^Power at Ridge is \$0.050/).first()).toBeVisible()
  await first.close()

  const { window } = await launch()
  await typePrice(window, '0.46')
  await expect(window.getByText(/^Power at Ridge is \$0.460/).first()).toBeVisible()
  await place(window, 'Settings')
  const remembered = window.getByRole('table', { name: 'Remembered' })
  await expect(remembered.getByRole('row')).toHaveCount(3)
  const one = remembered.getByRole('row', { name: /0\.05\), Power price, ridge/ })
  await one.getByRole('button', { name: /^Forget/ }).click()
  await expect(window.getByRole('button', { name: 'Keep' })).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(remembered.getByRole('row')).toHaveCount(3)
  await one.getByRole('button', { name: /^Forget/ }).click()
  await one.getByRole('button', { name: 'Forget', exact: true }).click()
  await expect(remembered.getByRole('row')).toHaveCount(2)
  await expect(window.getByRole('heading', { name: 'Remembered' })).toBeFocused()
  await typePrice(window, '0.05')
  await expect(question(window)).toContainText('$0.460 per kWh → $0.050 per kWh')
})
