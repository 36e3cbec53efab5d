import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { number } from '#shared/format/numbers.ts'
import { enter } from './app.ts'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'
import { saveReport, textOfPdf } from './pdf.ts'

/** Money in the operator’s own currency, and a site that pays in another: the window says what the command line says. */

const USD_PER_NOK = 0.0923
const USD_PER_EUR = 1.1
const NETWORK = ['88300', '162100000000000', '925000', '0.02']
const NETWORK_NAMES = ['Bitcoin price', 'Difficulty', 'Block height', 'Fees per block, mean of 144']

async function cli(dataFolder: string, ...words: string[]): Promise<string> {
  const answer = await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
  expect(answer.exitCode).toBe(0)
  // All of them are typed, and it says so.
  expect(answer.stderr).toMatch(/^(warning: computed on values typed by hand: .*\n)?$/)
  return answer.stdout
}

/** What the command line computes, in USD. */
async function marginUsdPerDay(dataFolder: string): Promise<number> {
  const margins = JSON.parse(await cli(dataFolder, 'margins', '--json')) as {
    fleet: { marginUsdPerDay: number }
  }
  return margins.fleet.marginUsdPerDay
}

/** A sum of a hundred or more is told without its hundredths. */
const crowns = (usd: number) => `${number(usd / USD_PER_NOK)}\u202fNOK`
const place = (window: Page, name: string) =>
  window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
const marginNow = (window: Page) =>
  window
    .getByRole('region', { name: 'Totals' })
    .getByRole('row', { name: /As it runs/ })
    .getByRole('cell')
    .first()

async function type(window: Page, name: string, value: string): Promise<void> {
  await window.getByRole('button', { name: `Type ${name}` }).click()
  await window.getByRole('textbox', { name: new RegExp(`^${name},`) }).fill(value)
  await enter(window, window.getByRole('button', { name: `Take back ${name}` }))
}

test('totals, report and a foreign tariff in crowns', async ({ launch, dataFolder }) => {
  const first = await launch()
  const { window } = first
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()

  await test.step('without a rate money stays in USD, and a press leads to where one is typed', async () => {
    await place(window, 'Settings')
    await window.getByRole('combobox', { name: 'Show money in' }).click()
    await window.getByRole('option', { name: /^NOK/ }).click()
    await expect(window.getByRole('status').filter({ hasText: 'No rate for NOK is known' })).toBeVisible()
    await window.getByRole('button', { name: 'Open data sources' }).click()
    for (const [i, name] of NETWORK_NAMES.entries()) await type(window, name, NETWORK[i]!)
    await type(window, 'NOK rate', String(USD_PER_NOK))
    await type(window, 'EUR rate', String(USD_PER_EUR))
  })

  const inDollars = await marginUsdPerDay(dataFolder)
  await test.step('totals are those of the command line, divided by the rate', async () => {
    await place(window, 'Today')
    await expect(marginNow(window)).toHaveText(crowns(inDollars))
    await expect(window.getByRole('group', { name: 'Money in NOK' })).toContainText('1 NOK = 0.092300 USD')
  })

  await test.step('so is a site’s tariff in euros', async () => {
    await place(window, 'Sites')
    await window.getByRole('button', { name: 'Edit Ridge' }).click()
    await window.getByRole('combobox', { name: 'Paid in' }).click()
    await window.getByRole('option', { name: /^EUR/ }).click()
    await window.getByRole('textbox', { name: /^Power price/ }).fill('0.02')
    await window.getByRole('button', { name: 'Save', exact: true }).click()
    // A quarter of what it paid before is asked about.
    await window.getByRole('button', { name: /^Yes, use/ }).click()
    await expect(window.getByRole('dialog', { name: 'Edit Ridge' })).toBeHidden()
    await expect(window.getByRole('row', { name: /^Ridge/ })).toContainText('EUR/kWh')
    await place(window, 'Today')
    const withTariff = await marginUsdPerDay(dataFolder)
    expect(withTariff).not.toBeCloseTo(inDollars, 2)
    await expect(marginNow(window)).toHaveText(crowns(withTariff))
  })

  const withTariff = await marginUsdPerDay(dataFolder)
  await test.step('the report speaks of crowns alone', async () => {
    const path = join(dataFolder, 'report.pdf')
    await saveReport(first.electron, window, path)
    // Which of its spaces are narrow is for the eye, not for who copies the text.
    const plain = (words: string) => words.replaceAll(/\s+/g, ' ')
    const text = plain(textOfPdf(path))
    expect(text).toContain(`Cash margin now ${plain(crowns(withTariff))}`)
    expect(text).toContain('Money in NOK, computed in USD at 1 NOK = 0.092300 USD')
    expect(text).toContain('Tariffs in EUR at 1 EUR = 1.1000 USD')
    expect(text).not.toContain('$')
  })

  await first.close()
  const second = await launch()
  await expect(marginNow(second.window)).toHaveText(crowns(withTariff))
  await place(second.window, 'Sites')
  await expect(second.window.getByRole('textbox', { name: 'Power price at Ridge' })).toHaveValue('0.02')
})
