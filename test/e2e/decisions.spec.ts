import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { usd } from '#shared/format/money.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'
import { cutFigures } from './cut-figures.ts'
import { cli, goTo, prepare } from './everywhere.ts'
import { expect, test } from './offline.ts'
import { recordPast, storeDays } from './past-decisions.ts'
import { documented } from './stored-pictures.ts'

/** Was it right? The log and the back-test in the window say what the command line says of the same data folder. */

const heading = (window: Page) => window.getByRole('main').getByRole('heading', { level: 1 })
const log = (window: Page) => window.getByRole('table', { name: 'Decisions' })
const row = (window: Page, name: string | RegExp) => log(window).getByRole('row', { name })
const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, exact: typeof name === 'string' })

async function said(folder: string, ...words: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await commandLine([...words, '--data', folder], { cwd: folder })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return stdout
}

type Sum = { readonly savedUsd: number; readonly expectedUsd: number; readonly decisions: number }
type Document = {
  readonly decisions: readonly {
    readonly site: string
    readonly byWhom: string | null
    readonly outcome: { readonly savedUsd: number | null; readonly meanHashpriceUsdPerPhDay: number } | null
  }[]
  readonly sums: { readonly done: Sum; readonly notDone: Sum }
}
const decisionsOf = async (folder: string) =>
  JSON.parse(await said(folder, 'decisions', '--json')) as Document

const size = async (electron: ElectronApplication, window: Page, width: number, height: number) => {
  await electron.evaluate(
    ({ BrowserWindow }, [w, h]) => {
      const [win] = BrowserWindow.getAllWindows()
      win!.unmaximize()
      win!.setContentSize(w!, h!)
    },
    [width, height],
  )
  await expect.poll(() => window.evaluate(() => document.documentElement.clientWidth)).toBe(width)
}
const answerDialogs = (electron: ElectronApplication, path: string) =>
  electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
  }, path)

test('was it right: the sentence, the log and the back-test, in two presses', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(240_000)
  await prepare(dataFolder)
  await storeDays(dataFolder, 400, [5, 6, 100])
  await recordPast(dataFolder, [
    { daysAgo: 40, site: 'Ridge', kind: 'not-now', reason: 'no crew on site', by: 'Ann' },
    { daysAgo: 30.3, site: 'North', kind: 'done', by: 'Ben' },
    { daysAgo: 20.7, site: 'Ridge', kind: 'not-now', reason: 'we wait for the price' },
    { daysAgo: 12.2, site: 'Ridge', kind: 'done', by: 'Ann' },
  ])
  const { window, electron } = await launch()
  await expect(heading(window)).toBeVisible()
  await size(electron, window, 1440, 900)
  const { decisions, sums } = await decisionsOf(dataFolder)

  await test.step('one press: what was done saved, and what was not done would have', async () => {
    await window.keyboard.press('7')
    await expect(heading(window)).toHaveText(
      new RegExp(
        `^What was done since \\d+ \\w+ saved \\${usd(sums.done.savedUsd)} against not doing it; what was not done would have saved \\${usd(sums.notDone.savedUsd)} more\\.$`,
      ),
    )
    await expect(row(window, /^Done \d/)).toContainText(usd(sums.done.savedUsd))
    await expect(row(window, /^Not now: would have/)).toContainText(usd(sums.notDone.savedUsd))
    await expect(window.getByText('2 days have no hashprice and are in no figure')).toBeVisible()
    const rows = log(window).locator('tbody tr')
    await expect(rows).toHaveCount(4)
    for (const [i, each] of decisions.entries()) {
      await expect(rows.nth(i)).toContainText(each.site)
      await expect(rows.nth(i)).toContainText(usd(each.outcome!.meanHashpriceUsdPerPhDay))
      // The column adds up as printed, so that a row may be a part of a dollar from its value, never a whole one.
      const printed = await rows.nth(i).locator('.strong').innerText()
      const dollars = Number(printed.replaceAll(/[^\d]/g, ''))
      expect(Math.abs(dollars - each.outcome!.savedUsd!)).toBeLessThan(1)
    }
  })

  await test.step('why: what was at stake, the days that count, what is missing', async () => {
    const saved = decisions[0]!.outcome!.savedUsd!
    await button(log(window), /^Why Ridge/)
      .first()
      .click()
    const why = window.getByRole('complementary', { name: /^Why Ridge/ })
    await expect(why).toContainText('Done, by Ann')
    await expect(why).toContainText('Hashrate that stops')
    await expect(why).toContainText('Days without a hashprice')
    await expect(why).toContainText(
      new RegExp(`Saved\\$${saved.toFixed(2)}\\(\\$.* PH/s × \\$.*\\) × .* days`),
    )
    expect(await faultsOf(window)).toEqual([])
    await window.keyboard.press('Escape')
    await expect(why).toHaveCount(0)
  })

  await test.step('sorted by what it saved, and of one site', async () => {
    await button(log(window), /^Saved/).click()
    await expect(log(window).getByRole('columnheader', { name: 'Saved' })).toHaveAttribute(
      'aria-sort',
      'descending',
    )
    await expect(log(window).locator('tbody tr').first()).toContainText('no crew on site')
    await window.getByRole('combobox', { name: 'Site' }).click()
    await window.getByRole('option', { name: 'North' }).click()
    await expect(log(window).locator('tbody tr')).toHaveCount(1)
    await expect(heading(window)).toHaveText(/^What was done at North since /)
    await window.getByRole('combobox', { name: 'Site' }).click()
    await window.getByRole('option', { name: 'All sites' }).click()
  })

  await test.step('exported as CSV and as JSON', async () => {
    await answerDialogs(electron, join(dataFolder, 'log.csv'))
    await button(window, 'Export…').click()
    await expect(window.getByText('4 decisions written to log.csv.')).toBeVisible()
    expect(readFileSync(join(dataFolder, 'log.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(5)
    await answerDialogs(electron, join(dataFolder, 'log.json'))
    await button(window, 'Export…').click()
    await expect(window.getByText('4 decisions written to log.json.')).toBeVisible()
    expect(JSON.parse(readFileSync(join(dataFolder, 'log.json'), 'utf8'))).toEqual(
      await decisionsOf(dataFolder),
    )
  })

  await test.step('two presses: the back-test, to the digit what the command line says', async () => {
    await button(window, 'Run').click()
    const months = window.getByRole('table', { name: 'Months of the back-test' })
    await expect(months).toBeVisible({ timeout: 60_000 })
    const [sentence] = (await said(dataFolder, 'backtest')).split('\n')
    await expect(window.getByText(sentence!)).toBeVisible()
    const { total } = JSON.parse(await said(dataFolder, 'backtest', '--json')) as {
      total: Readonly<Record<'advice' | 'alwaysOn' | 'averageRule' | 'hindsight', { cashUsd: number }>>
    }
    const sum = months.getByRole('row', { name: /^All months/ })
    for (const { cashUsd } of [total.alwaysOn, total.averageRule, total.advice, total.hindsight])
      await expect(sum).toContainText(usd(cashUsd))
    await expect(sum).toContainText(usd(total.advice.cashUsd - total.alwaysOn.cashUsd))
    await expect(window.getByRole('img', { name: /^Earned more than always on: / })).toBeVisible()
    await expect(window.getByText(/3 days of 365 lack a value/)).toBeVisible()
    await documented(electron, window, 'decisions-light.png')
  })

  await test.step('nothing is cut, small or large, light or dark, and axe has nothing to say', async () => {
    for (const [width, height] of [
      [1024, 700],
      [2560, 1440],
    ] as const) {
      await size(electron, window, width, height)
      expect(await cutFigures(window)).toEqual([])
      expect(await faultsOf(window)).toEqual([])
    }
    await cli(dataFolder, 'settings', 'set', 'display.theme', 'dark')
    await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')
    expect(await faultsOf(window)).toEqual([])
  })

  await test.step('what is missing leads to where it is filled', async () => {
    await button(window, 'Fill them: Data ▸ History').first().click()
    await expect(window.getByRole('heading', { name: 'History' })).toBeFocused()
  })
})

test('who decides is asked once, another program’s decision comes by itself, and “not now” can be taken back today', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(180_000)
  await prepare(dataFolder)
  const { window, electron } = await launch()
  await expect(window.getByRole('region', { name: 'Sites to call' })).toBeVisible()
  await size(electron, window, 1024, 700)

  await test.step('nothing yet: what a decision is, and no history', async () => {
    await goTo(window, 'Decisions')
    await expect(heading(window)).toHaveText('Nothing is recorded yet.')
    await expect(window.getByText('There is no history yet')).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
  })

  await test.step('done with a name, which stays for the next time', async () => {
    await goTo(window, 'Today')
    await button(window, 'Work list of North…').click()
    const list = window.getByRole('dialog', { name: 'Work list of North' })
    await list.getByRole('textbox', { name: 'By whom' }).fill('Ann')
    await button(list, /^Done: /).click()
    await expect(window.getByText('Done at North: 18 machines.')).toBeVisible()
    expect((await decisionsOf(dataFolder)).decisions).toMatchObject([{ site: 'North', byWhom: 'Ann' }])
    await button(window, 'Not now').click()
    await window.getByRole('menuitem', { name: 'Another reason…' }).click()
    const notNow = window.getByRole('dialog', { name: 'Not now at Ridge' })
    await expect(notNow.getByRole('textbox', { name: 'By whom' })).toHaveValue('Ann')
    await window.keyboard.press('Escape')
    expect(await said(dataFolder, 'settings', 'get', 'decisions.by')).toBe('Ann\n')
  })

  await test.step('the log follows what a command records', async () => {
    await goTo(window, 'Decisions')
    await expect(heading(window)).toHaveText(/^What was decided since \d+ \w+ cannot be weighed yet\.$/)
    await expect(window.getByText('1 decision has no figure')).toBeVisible()
    await cli(dataFolder, 'not-now', '--site', 'Ridge', '--reason', 'storm', '--by', 'Cleo')
    await expect(row(window, /Ridge/)).toContainText('Not now: storm')
    await expect(row(window, /Ridge/)).toContainText('Cleo')
  })

  await test.step('it is taken back, and stands apart', async () => {
    await button(row(window, /Ridge/), /^Why Ridge/).click()
    await button(window, 'Take back: call Ridge again').click()
    await expect(window.getByText('1 decision was taken back and counts nowhere.')).toBeVisible()
    await expect(row(window, /Ridge/)).toHaveCount(0)
    await button(window, 'Show it').click()
    await expect(row(window, /Ridge/)).toContainText('taken back')
  })
})

test('a back-test is stopped, and a log of many decisions has pages', async ({ launch, dataFolder }) => {
  test.setTimeout(240_000)
  const lots = Array.from({ length: 3000 }, (_, i) => `l-${i},Antminer S19 95T,3,Far,${0.04 + i / 100_000}`)
  await prepare(dataFolder)
  writeFileSync(
    join(dataFolder, 'far.csv'),
    `id,model,quantity,site,power_price_usd_kwh\n${lots.join('\n')}\n`,
  )
  await cli(dataFolder, 'import', 'far.csv')
  await storeDays(dataFolder, 2500)
  const many = Array.from({ length: 250 }, (_, i) => ({
    daysAgo: 260 - i,
    site: 'Ridge',
    kind: 'not-now' as const,
  }))
  await recordPast(dataFolder, many)
  const { window } = await launch()
  await expect(heading(window)).toBeVisible()
  await window.keyboard.press('7')

  await test.step('pages of a hundred, with sums of all', async () => {
    await expect(log(window).locator('tbody tr')).toHaveCount(100)
    const { sums } = await decisionsOf(dataFolder)
    await expect(row(window, /^Not now: would have/)).toContainText(usd(sums.notDone.savedUsd))
    await expect(window.getByRole('status').filter({ hasText: '1 to 100 of 250' })).toBeVisible()
    await button(window, 'Next').click()
    await button(window, 'Next').click()
    await expect(log(window).locator('tbody tr')).toHaveCount(50)
    await expect(button(window, 'Next')).toHaveAttribute('aria-disabled', 'true')
  })

  await test.step('the back-test of all days is stopped, and runs again', async () => {
    await window.getByRole('textbox', { name: 'From' }).or(window.getByLabel('From')).fill('2020-03-01')
    await button(window, 'Run').click()
    await button(window, 'Cancel').click()
    await expect(window.getByText('The back-test was stopped.')).toBeVisible()
    await expect(window.getByRole('table', { name: 'Months of the back-test' })).toHaveCount(0)
    await expect(button(window, 'Run')).not.toHaveAttribute('aria-disabled', 'true')
  })
})
