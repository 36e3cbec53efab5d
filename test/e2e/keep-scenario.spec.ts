import type { Page } from '@playwright/test'
import { usd } from '#shared/format/money.ts'
import { expect, test } from './app.ts'
import { commandLine } from './command-line.ts'

/** What is tried on Today gets a name, and the command line projects from it what the window shows. */

const whatIf = (window: Page) => window.getByRole('region', { name: 'What if' })
const asItRuns = (window: Page) =>
  window
    .getByRole('region', { name: 'Totals' })
    .getByRole('row', { name: /As it runs/ })
    .getByRole('cell')
    .first()

async function cli(dataFolder: string, ...words: string[]) {
  const answer = await commandLine([...words, '--json', '--data', dataFolder], { cwd: dataFolder })
  expect(answer.exitCode).toBe(0)
  return JSON.parse(answer.stdout) as unknown
}

type Listed = {
  readonly scenarios: readonly {
    readonly name: string
    readonly tried: {
      readonly priceUsdPerBtc: number | null
      readonly change: number | null
      readonly sitePowerPrices: readonly unknown[]
    }
  }[]
}

test('a what if is kept as a scenario, is not overwritten unasked, and is projected with its own figures', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(120_000)
  await commandLine(['settings', 'set', 'network.auto-refresh', 'false', '--data', dataFolder], {
    cwd: dataFolder,
  })
  const { window } = await launch()
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  const keep = whatIf(window).getByRole('button', { name: 'Keep as scenario…' })
  const real = await asItRuns(window).textContent()
  const scenarios = async () => ((await cli(dataFolder, 'scenario', 'list')) as Listed).scenarios

  await test.step('nothing is tried, so there is nothing to keep', async () => {
    await expect(keep).toBeDisabled()
  })

  await test.step('a hashprice is kept as the price that makes it', async () => {
    await whatIf(window).getByRole('textbox', { name: 'Hashprice, what if' }).fill('30')
    await whatIf(window).getByRole('textbox', { name: 'Power price, what if' }).fill('0.042')
    await expect(asItRuns(window)).not.toHaveText(real!)
    await keep.click()
    const dialog = window.getByRole('dialog', { name: 'Keep as scenario' })
    await expect(dialog.getByLabel('Name')).toHaveValue(/^Bitcoin at \$\d+ \d{3}, .+ at \$0\.042$/)
    await expect(dialog).toContainText('Tried: bitcoin at $')
    await dialog.getByLabel('Name').fill('Low')
    await window.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(window.getByText('Low is kept: it stands in Plan.')).toBeVisible()
  })

  await test.step('the command line projects what the window shows', async () => {
    const [{ name, tried }] = (await scenarios()) as [Listed['scenarios'][number]]
    expect([name, tried.change, tried.sitePowerPrices.length]).toEqual(['Low', null, 1])
    const { epochs } = (await cli(dataFolder, 'project', '--epochs', '1', '--scenario', 'low')) as {
      epochs: { hashpriceUsdPerPhDay: number; fleetMarginUsdPerDay: number }[]
    }
    expect(epochs[0]!.hashpriceUsdPerPhDay).toBeCloseTo(30, 9)
    await expect(asItRuns(window)).toHaveText(usd(epochs[0]!.fleetMarginUsdPerDay))
  })

  await test.step('one of that name gives way only where that is said, and comes back', async () => {
    await whatIf(window).getByRole('button', { name: 'Reset' }).click()
    await whatIf(window).getByRole('textbox', { name: 'Difficulty change, what if' }).fill('5')
    await keep.click()
    const dialog = window.getByRole('dialog', { name: 'Keep as scenario' })
    await expect(dialog.getByLabel('Name')).toHaveValue('Difficulty +5.0 %')
    await dialog.getByLabel('Name').fill('low')
    await dialog.getByRole('button', { name: 'Keep', exact: true }).click()
    await expect(dialog).toContainText('There is a scenario low already.')
    expect((await scenarios())[0]!.tried.change).toBeNull()
    await dialog.getByRole('button', { name: 'Replace it' }).click()
    await expect(window.getByText('low is kept: it stands in Plan.')).toBeVisible()
    expect((await scenarios()).map(({ tried }) => tried.change)).toEqual([0.05])
    await window.getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(async () => (await scenarios()).map(({ tried }) => tried.change)).toEqual([null])
  })
})
