import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { commandLine } from './command-line.ts'
import { cutFigures } from './cut-figures.ts'
import { cli, goTo, NETWORK, prepare } from './everywhere.ts'
import { expect, test } from './offline.ts'
import { officeFile } from './office-file.ts'

/** The place Plan: what if it goes on. Its figures are those of the command line on the same data folder. */

const GROWTH = 'Growth 25 %'
const CHEAP = 'Bitcoin at 70 000'

async function prepareScenarios(folder: string): Promise<void> {
  await prepare(folder)
  const project = ['project', '--epochs', '1', '--save']
  await cli(folder, ...project, GROWTH, '--hashrate-growth-per-year', '0.25')
  await cli(folder, ...project, CHEAP, '--price', '70000')
}

/** The document that a command prints. */
async function documentOf<T>(folder: string, ...words: string[]): Promise<T> {
  const { exitCode, stdout, stderr } = await commandLine([...words, '--json', '--data', folder], {
    cwd: folder,
  })
  expect([words.join(' '), exitCode, exitCode === 0 ? '' : stderr]).toEqual([words.join(' '), 0, ''])
  return JSON.parse(stdout) as T
}

/** A tariff that has run out: nothing says what energy costs from now on. */
const RUN_OUT = {
  sites: [
    {
      ...{ site: 'North', timeZone: 'Europe/Berlin' },
      tariffs: [{ from: '2020-01-01', to: '2020-12-31', baseUsdPerKwh: 0.05, periods: [] }],
    },
  ],
}

const sideBySide = (window: Page) => window.getByRole('region', { name: 'Side by side' })
const fan = (window: Page) => window.getByRole('region', { name: 'Fleet margin a day', exact: true })
const dialog = (window: Page) => window.getByRole('dialog').and(window.locator(':not(.toast)'))
const field = (within: Page | Locator, name: string) => within.getByRole('textbox', { name, exact: true })

async function simulated(window: Page): Promise<void> {
  await expect(window.getByRole('grid', { name: 'Chance of each lot to be under water' })).toBeVisible({
    timeout: 30_000,
  })
  await expect(window.getByRole('progressbar', { name: 'Simulation' })).toHaveCount(0, { timeout: 30_000 })
}

const cellsOf = async (row: Locator): Promise<string[]> =>
  (await row.getByRole('cell').allInnerTexts()).map((text) => text.replace(/^[▲\s]*(best:)?\s*/, '').trim())

/** A figure as the window writes it, as a number with its digits after the point. */
function figure(text: string): { value: number; decimals: number } {
  const bare = text.replace(/[\s\u202f$%]/g, '').replace('−', '-')
  return { value: Number(bare), decimals: bare.split('.')[1]?.length ?? 0 }
}

/** The window shows what the command line says, to the digits that it shows. */
function expectShown(texts: readonly string[], values: readonly number[]): void {
  expect(texts).toHaveLength(values.length)
  const rounded = texts.map((text, i) => Number(values[i]!.toFixed(figure(text).decimals)) + 0)
  expect(texts.map((text) => figure(text).value)).toEqual(rounded)
}

const resize = (electron: ElectronApplication, size: readonly [number, number]) =>
  electron.evaluate(
    ({ BrowserWindow }, [width, height]) => {
      const [shell] = BrowserWindow.getAllWindows()
      shell!.unmaximize()
      shell!.setContentSize(width, height)
    },
    size as [number, number],
  )

test('what the fleet earns if the price stays is one press away', async ({ launch, dataFolder }) => {
  await prepareScenarios(dataFolder)
  const { window } = await launch()
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
  const presses = ['4']
  for (const key of presses) await window.keyboard.press(key)
  await expect(window.getByRole('heading', { level: 1 })).toHaveText(
    /^The fleet earns about \$[\d\u202f]+ by (early|mid|late) \w+( \d{4})?, if the price stays; (in .* of 100 paths it loses cash at the end|it loses cash at the end in none of 10\u202f000 paths)\.$/,
    { timeout: 30_000 },
  )
  await expect(window.getByRole('region', { name: 'Answer' })).toContainText(
    /If every machine ran on as it does today, it would in (\d+|fewer than 1|more than 99) of 100 paths\./,
  )
  process.stdout.write(`what the fleet earns if the price stays: ${presses.length} press\n`)
})

type Row = {
  readonly days: number
  readonly hashpriceUsdPerPhDay: number
  readonly bestMarginUsdPerDay: number
}
type Quantiles = Readonly<Record<'p5' | 'p25' | 'p50' | 'p75' | 'p95', number>>

type Together = Readonly<
  Record<
    | 'nowUsdPerDay'
    | 'in90DaysUsdPerDay'
    | 'endUsdPerDay'
    | 'sumUsd'
    | 'machinesToPowerDown'
    | 'endHashpriceUsdPerPhDay',
    number
  >
>

/** A chance of 10 000 paths, as the sentences of the answer say it. */
const inPaths = (share: number) =>
  share === 0
    ? 'in none of 10\u202f000 paths'
    : share < 0.01
      ? 'in fewer than 1 of 100 paths'
      : `in ${Math.round(share * 100)} of 100 paths`

test('its figures are those of the command line', async ({ launch, dataFolder }) => {
  test.setTimeout(180_000)
  await prepareScenarios(dataFolder)
  const { window } = await launch()
  await goTo(window, 'Plan')
  await simulated(window)
  const now = (await sideBySide(window).locator('time').getAttribute('datetime'))!
  const atNow = ['--now', now]
  const epochs = ['--epochs', '13', ...atNow]

  const { epochs: asItIs } = await documentOf<{ epochs: Row[] }>(dataFolder, 'project', ...epochs)
  const scenarioOf = async (name: string) =>
    (await documentOf<{ epochs: Row[] }>(dataFolder, 'project', '--scenario', name, ...epochs)).epochs
  const columns = [asItIs, await scenarioOf(CHEAP), await scenarioOf(GROWTH)]
  const heads = await sideBySide(window).getByRole('columnheader').allInnerTexts()
  expect(heads.slice(1).map((head) => head.replace(/^[●\s]*(The first:)?\s*/, ''))).toEqual([
    'As it is',
    CHEAP,
    GROWTH,
  ])
  const row = async (name: RegExp) =>
    (await cellsOf(sideBySide(window).getByRole('row', { name }))).slice(0, columns.length)
  expectShown(
    await row(/^Cash margin a day, now/),
    columns.map((rows) => rows[0]!.bestMarginUsdPerDay),
  )
  expectShown(
    await row(/^(at the end|in 1\d\d days)/),
    columns.map((rows) => rows.at(-1)!.bestMarginUsdPerDay),
  )
  expectShown(
    await row(/^Sum /),
    columns.map((rows) => rows.reduce((sum, each) => sum + each.bestMarginUsdPerDay * each.days, 0)),
  )
  expectShown(
    await row(/^Hashprice at the end/),
    columns.map((rows) => rows.at(-1)!.hashpriceUsdPerPhDay),
  )

  const compared = await documentOf<{ scenarios: { together: Together }[] }>(
    dataFolder,
    ...['scenario', 'compare', CHEAP, GROWTH, ...epochs],
  )
  for (const [name, of] of [
    [/^Cash margin a day, now/, (each) => each.nowUsdPerDay],
    [/^in 90 days/, (each) => each.in90DaysUsdPerDay],
    [/^(at the end|in 1\d\d days)/, (each) => each.endUsdPerDay],
    [/^Sum /, (each) => each.sumUsd],
    [/^Machines to power down/, (each) => each.machinesToPowerDown],
    [/^Hashprice at the end/, (each) => each.endHashpriceUsdPerPhDay],
  ] satisfies [RegExp, (each: Together) => number][])
    expectShown(
      (await row(name)).slice(1),
      compared.scenarios.map(({ together }) => of(together)),
    )

  const simulation = await documentOf<{
    epochs: { marginUsdPerDay: Quantiles; probabilityOfLoss: number }[]
    sum: { probabilityOfLoss: number; probabilityOfLossAsItRuns: number }
    lots: { id: string; probabilityUnderWater: number[] }[]
  }>(dataFolder, 'simulate', '--stop-under-water', ...epochs)
  const answer = window.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText(
    `Over the whole time the fleet loses cash ${inPaths(simulation.sum.probabilityOfLoss)}`,
  )
  await expect(answer.getByRole('heading')).toContainText(
    inPaths(simulation.epochs.at(-1)!.probabilityOfLoss),
  )
  await expect(answer).toContainText(`it would ${inPaths(simulation.sum.probabilityOfLossAsItRuns)}`)
  const lot = window.getByRole('grid', { name: 'Chance of each lot to be under water' })
  const cells = lot.getByRole('row', { name: /^Antminer S21 200T/ }).getByRole('gridcell')
  const { probabilityUnderWater } = simulation.lots.find(({ id }) => id === 'n-2')!
  expect((await cells.allInnerTexts()).map((text) => text.trim())).toEqual(
    probabilityUnderWater.map((share) =>
      share > 0 && share < 0.005 ? '<1' : String(Math.round(share * 100)),
    ),
  )
  await fan(window)
    .getByRole('button', { name: /^Show as table/ })
    .click()
  const table = fan(window).getByRole('region', { name: 'Fleet margin a day, per epoch' })
  for (const [i, { marginUsdPerDay: below, probabilityOfLoss }] of simulation.epochs.entries()) {
    const cells = await cellsOf(table.locator('tbody tr').nth(i))
    const { p5, p25, p50, p75, p95 } = below
    const { hashpriceUsdPerPhDay, bestMarginUsdPerDay } = asItIs[i]!
    expectShown([cells[1]!, cells[2]!], [hashpriceUsdPerPhDay, bestMarginUsdPerDay])
    expectShown(cells.slice(4), [p5, p25, p50, p75, p95, probabilityOfLoss * 100])
  }

  // What the epochs make adds up to the sum, as printed.
  const parts = await table.locator('tbody tr td:nth-of-type(4)').allInnerTexts()
  const [total] = await cellsOf(table.locator('tfoot tr'))
  expect(parts.map((text) => figure(text).value).reduce((sum, each) => sum + each, 0)).toBe(
    figure(total!).value,
  )

  const grid = await documentOf<{
    today: { priceUsdPerBtc: number; change: number }
    changes: number[]
    rows: { priceUsdPerBtc: number; marginUsdPerDay: number[] }[]
  }>(dataFolder, 'grid', ...atNow)
  const shown = window.getByRole('group', { name: 'Margin a day by price and difficulty' })
  for (const [i, { marginUsdPerDay }] of grid.rows.entries()) {
    const texts = await cellsOf(shown.locator('tbody tr').nth(i))
    expectShown(
      texts.map((text) => text.replace('as expected', '')),
      marginUsdPerDay,
    )
  }

  const { moved } = await documentOf<{ moved: { lowUsdPerDay: number; highUsdPerDay: number }[] }>(
    dataFolder,
    'sensitivity',
    ...atNow,
  )
  const bars = window.getByRole('region', { name: 'What matters most' }).locator('tbody tr')
  for (const [i, { lowUsdPerDay: low, highUsdPerDay: high }] of moved.entries())
    expectShown(await cellsOf(bars.nth(i)), [Math.min(low, high), Math.max(low, high)])

  // The money of the adjustment is the expected cell less the one of no change.
  const today = grid.rows.find(({ priceUsdPerBtc }) => priceUsdPerBtc === grid.today.priceUsdPerBtc)!
  const at = (change: number) => today.marginUsdPerDay[grid.changes.indexOf(change)]!
  const marks = window.getByRole('region', { name: 'Marks' })
  const [, more] = /\+(\$[\d.]+) a day/.exec(await marks.innerText())!
  expectShown([more!], [at(grid.today.change) - at(0)])
})

test('an edited supply curve is kept with its scenario, and read by the command line', async ({
  launch,
  dataFolder,
}) => {
  await prepareScenarios(dataFolder)
  const { window } = await launch()
  await goTo(window, 'Plan')
  await expect(sideBySide(window)).toBeVisible({ timeout: 30_000 })
  await window.getByRole('button', { name: 'Assumptions…' }).click()
  await window.getByRole('checkbox', { name: /^Machines of the network leave/ }).check()
  for (let left = 20; left > 2; left--)
    await dialog(window).getByRole('button', { name: 'Remove tier 3' }).click()
  const tier = (name: string, row: number) => field(dialog(window), `${name}, tier ${row}`)
  for (const [row, share, efficiency, price] of [
    [1, '80', '18', '0.04'],
    [2, '30', '34', '8 ¢'],
  ] as const) {
    await tier('Share of the hashrate, %', row).fill(share)
    await tier('J/TH', row).fill(efficiency)
    await tier('Power price, USD/kWh', row).fill(price)
  }
  await expect(dialog(window)).toContainText('The shares add up to 110.00')
  await dialog(window).getByRole('button', { name: 'Save as a new scenario' }).click()
  await expect(dialog(window)).toContainText('Give it a name')
  await tier('Share of the hashrate, %', 2).fill('20')
  await expect(dialog(window)).not.toContainText('they must add up')
  await field(dialog(window), 'Name of the scenario').fill('Others leave')
  await field(dialog(window), 'Bitcoin price grows a year').fill('−20')
  await window.keyboard.press('Enter')
  await expect(dialog(window)).toHaveCount(0)
  await expect(sideBySide(window).getByRole('columnheader', { name: /Others leave/ })).toBeVisible()
  await expect(window.getByRole('heading', { level: 1 })).toContainText('if the price falls 20')

  const { scenarios } = await documentOf<{ scenarios: { name: string; assumptions: unknown }[] }>(
    dataFolder,
    ...['scenario', 'list'],
  )
  expect(scenarios.find(({ name }) => name === 'Others leave')?.assumptions).toMatchObject({
    price: { ratePerYear: -0.2 },
    response: {
      tiers: [
        { share: 0.8, jPerTh: 18, usdPerKwh: 0.04 },
        { share: 0.2, jPerTh: 34, usdPerKwh: 0.08 },
      ],
    },
  })
})

test('a scenario is chosen, renamed, duplicated, and removed with a way back', async ({
  launch,
  dataFolder,
}) => {
  await prepareScenarios(dataFolder)
  const { electron, window } = await launch()
  await goTo(window, 'Plan')
  const head = (name: string) => sideBySide(window).getByRole('button', { name, exact: true })
  const choose = async (name: string, entry: string) => {
    await head(name).click()
    await window.getByRole('menuitem', { name: entry, exact: true }).click()
  }
  await choose(GROWTH, 'Rename…')
  await field(dialog(window), 'Name').fill(CHEAP.toUpperCase())
  await window.keyboard.press('Enter')
  await expect(dialog(window)).toContainText(`There is a scenario ${CHEAP} already.`)
  await field(dialog(window), 'Name').fill('The network grows')
  await window.keyboard.press('Enter')
  await expect(head('The network grows')).toBeVisible()
  await choose('The network grows', 'Duplicate…')
  await expect(field(dialog(window), 'Name')).toBeFocused()
  await window.keyboard.press('Enter')
  await expect(head('The network grows 2')).toBeVisible()
  await choose(CHEAP, 'Make it the first')
  await expect(window.getByRole('heading', { level: 1 })).toContainText(
    'if Bitcoin is at $70\u202f000 and stays there.',
  )
  await choose(CHEAP, 'Remove')
  await expect(head(CHEAP)).toHaveCount(0)
  await window.getByRole('button', { name: 'Undo' }).click()
  await expect(head(CHEAP)).toBeVisible()
  await expect(window.getByRole('heading', { level: 1 })).toContainText(
    'if Bitcoin is at $70\u202f000 and stays there.',
  )
  await simulated(window)
  for (const size of [
    [1024, 700],
    [1440, 900],
    [2560, 1440],
  ] as const) {
    await resize(electron, size)
    await window.evaluate(() => new Promise((done) => setTimeout(done, 300)))
    expect({ size, cut: await cutFigures(window) }).toEqual({ size, cut: [] })
  }
})

test('a simulation says how far it is, can be ended and begun again, and never stops the page', async ({
  launch,
  dataFolder,
}) => {
  await prepareScenarios(dataFolder)
  const { window } = await launch()
  await goTo(window, 'Plan')
  await simulated(window)
  await window.getByRole('button', { name: 'Assumptions…' }).click()
  await field(dialog(window), 'Simulated paths').fill('1 000 000')
  await field(dialog(window), 'Difficulty epochs ahead').fill('200')
  await window.keyboard.press('Enter')
  await expect(dialog(window)).toHaveCount(0)
  await expect(fan(window).getByRole('progressbar', { name: 'Simulation' })).toHaveAttribute('max', '200')
  // The page answers meanwhile.
  await fan(window)
    .getByRole('button', { name: /^Show as table/ })
    .click()
  await fan(window).getByRole('button', { name: 'Cancel' }).click()
  await expect(fan(window)).toContainText('Cancelled.')
  await expect(fan(window).getByRole('button', { name: 'Simulate' })).toBeVisible()
  await window.getByRole('button', { name: 'Assumptions…' }).click()
  await field(dialog(window), 'Simulated paths').fill('500')
  await field(dialog(window), 'Difficulty epochs ahead').fill('13')
  await window.keyboard.press('Enter')
  await simulated(window)
  await expect(fan(window)).toContainText('nine in ten of 500 paths')
})

test('the keyboard reads epochs and lots', async ({ launch, dataFolder }) => {
  await prepareScenarios(dataFolder)
  const { window } = await launch()
  await goTo(window, 'Plan')
  await simulated(window)
  const cursor = window.getByRole('slider', { name: 'Fleet margin a day, epoch' })
  await cursor.focus()
  await window.keyboard.press('End')
  await expect(cursor).toHaveAttribute('aria-valuetext', /without chance; half of all paths below/)
  await expect(fan(window).locator('.chart-read')).toContainText('nine in ten between')
  await window.getByRole('grid', { name: 'Chance of each lot to be under water' }).focus()
  for (const key of ['ArrowDown', 'End']) await window.keyboard.press(key)
  await expect(
    window.getByRole('region', { name: 'When each lot goes under' }).getByRole('status'),
  ).toHaveText(/at (North|Ridge), \d+ machines?: from .* under water on [<\d]+ of 100 paths\.$/)
})

test('what is planned goes into the report', async ({ launch, dataFolder }) => {
  await prepareScenarios(dataFolder)
  const { window } = await launch()
  await goTo(window, 'Plan')
  await sideBySide(window).getByRole('button', { name: GROWTH, exact: true }).click()
  await window.getByRole('menuitem', { name: 'Make it the first' }).click()
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible()
  await window.getByRole('button', { name: 'Add to report' }).click()
  await window.getByRole('button', { name: 'Open Reports' }).click()
  await expect(window.getByRole('main')).toHaveAttribute('data-screen', 'reports')
  await expect(window.getByRole('combobox', { name: 'Scenario' })).toContainText(GROWTH)
  for (const section of ['projection', 'range'])
    await expect(window.locator(`.report-sheets [data-section="${section}"]`).first()).toBeVisible({
      timeout: 30_000,
    })
})

test('a what if of Today is not in its figures until it is kept as a scenario', async ({
  launch,
  dataFolder,
}) => {
  await prepare(dataFolder)
  const { window } = await launch()
  const whatIf = window.getByRole('region', { name: 'What if' })
  await whatIf.getByRole('textbox', { name: 'Bitcoin price, what if' }).fill('70000')
  await goTo(window, 'Plan')
  const answer = window.getByRole('region', { name: 'Answer' })
  await expect(answer.getByRole('heading')).toContainText('if the price stays', { timeout: 30_000 })
  await expect(answer).toContainText('What if on Today is not in these figures')
  await goTo(window, 'Today')
  await whatIf.getByRole('button', { name: 'Keep as scenario…' }).click()
  await field(dialog(window), 'Name').fill('A low price')
  await window.keyboard.press('Enter')
  await expect(dialog(window)).toHaveCount(0)
  await goTo(window, 'Plan')
  await expect(sideBySide(window).getByRole('columnheader', { name: /A low price/ })).toBeVisible()
})

async function importOneLot(dataFolder: string): Promise<void> {
  writeFileSync(
    join(dataFolder, 'fleet.csv'),
    'id,model,quantity,site,power_price_usd_kwh\na-1,Antminer S21 200T,3,North,0.05\n',
  )
  await cli(dataFolder, 'import', 'fleet.csv')
}

test('without machines and without a network it says what to do', async ({ launch, dataFolder }) => {
  const { window } = await launch()
  await goTo(window, 'Plan')
  await expect(window.getByRole('region', { name: 'Plan' })).toContainText('There are no machines yet')
  await expect(window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()
  await importOneLot(dataFolder)
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('There is no plan yet.')
  await expect(window.getByRole('region', { name: 'Answer' })).toContainText('No network data')
  await window.getByRole('button', { name: 'Open data sources' }).click()
  await expect(window.getByRole('main')).toHaveAttribute('data-screen', 'data')
})

test('a hashprice that was typed alone, or a contract that cannot be weighed, says so and leads on', async ({
  launch,
  dataFolder,
}) => {
  await importOneLot(dataFolder)
  await cli(dataFolder, 'network', 'set', 'hashprice', '38.20')
  const { window } = await launch()
  await goTo(window, 'Plan')
  const answer = window.getByRole('region', { name: 'Answer' })
  await expect(answer.getByRole('heading')).toHaveText('There is no plan yet.', { timeout: 30_000 })
  await expect(answer).toContainText('A typed hashprice alone says nothing of the epochs ahead')
  await expect(answer.getByRole('button', { name: 'Open data sources' })).toBeVisible()
  await expect(answer.getByRole('button', { name: 'Add to report' })).toBeDisabled()

  for (const [name, value] of NETWORK) await cli(dataFolder, 'network', 'set', name, value)
  await expect(answer.getByRole('heading')).toContainText('The fleet earns about', { timeout: 30_000 })
  writeFileSync(join(dataFolder, 'sites.json'), JSON.stringify(RUN_OUT))
  await cli(dataFolder, 'contracts', 'import', 'sites.json')
  await expect(answer.getByRole('heading')).toHaveText('There is no plan yet.', { timeout: 30_000 })
  await expect(answer).toContainText(
    'A stored contract cannot be weighed, so there is no projection: site North, field tariffs: no version is valid',
  )
  await answer.getByRole('button', { name: 'Open sites' }).click()
  await expect(window.getByRole('main')).toHaveAttribute('data-screen', 'sites')
})

test('old values are carried on to now, say so, and give the figures of the command line', async ({
  launch,
  dataFolder,
}) => {
  await importOneLot(dataFolder)
  officeFile(join(dataFolder, 'office.json'), 3)
  await cli(dataFolder, 'snapshot', 'import', 'office.json')
  const { window } = await launch()
  await goTo(window, 'Plan')
  const answer = window.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText('stale', { timeout: 30_000 })
  await simulated(window)
  const now = (await sideBySide(window).locator('time').getAttribute('datetime'))!
  expect(Date.now() - Date.parse(now)).toBeLessThan(180_000)
  const words = ['project', '--epochs', '13', '--now', now, '--data', dataFolder, '--json']
  const { exitCode, stdout } = await commandLine(words, { cwd: dataFolder })
  expect(exitCode).toBe(0)
  const { epochs } = JSON.parse(stdout) as { epochs: Row[] }
  const [sum] = await cellsOf(sideBySide(window).getByRole('row', { name: /^Sum / }))
  expectShown([sum!], [epochs.reduce((sum, each) => sum + each.bestMarginUsdPerDay * each.days, 0)])
})
