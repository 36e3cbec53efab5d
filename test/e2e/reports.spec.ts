import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { SECTION_NAMES, SECTION_TITLES, USUAL_TEMPLATES } from '#shared/report/pack.ts'
import type { SectionName } from '#shared/report/pack.ts'
import { cutFigures } from './cut-figures.ts'
import { cli, goTo, prepare } from './everywhere.ts'
import { expect, test } from './offline.ts'
import { pagesOfPdf } from './pdf.ts'

/** The place Reports: what is chosen is what is seen, what is seen is what is saved, and all of it is there after a restart. */

const BOARD = USUAL_TEMPLATES[0]!

const sectionsSeen = (window: Page): Promise<(string | null)[]> =>
  window
    .locator('.report-sheets [data-section]')
    .evaluateAll((parts) => parts.map((part) => part.getAttribute('data-section')))
const box = (window: Page, section: SectionName): Locator =>
  window.getByRole('list', { name: 'Sections' }).getByRole('checkbox', { name: SECTION_TITLES[section] })
const field = (window: Page, name: string) => window.getByRole('textbox', { name, exact: true })

/** The save dialog of the operating system answers with this path from now on. */
const answerSaveWith = (electron: ElectronApplication, path: string) =>
  electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)

async function typeInto(window: Page, name: string, text: string): Promise<void> {
  await field(window, name).fill(text)
  await window.keyboard.press('Enter')
}

async function choose(window: Page, list: string, option: string): Promise<void> {
  await window.getByRole('combobox', { name: list, exact: true }).click()
  await window.getByRole('option', { name: option, exact: true }).click()
}

async function templateMenu(window: Page, entry: string): Promise<void> {
  await window.getByRole('button', { name: 'What to do with the template' }).click()
  await window.getByRole('menuitem', { name: entry }).click()
}

test('from the start to a saved and sealed pack in at most three presses', async ({ launch, dataFolder }) => {
  await prepare(dataFolder)
  const { electron, window } = await launch()
  const path = join(dataFolder, 'board.pdf')
  await answerSaveWith(electron, path)
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
  const presses = ['5', 'Control+p']
  for (const key of presses) await window.keyboard.press(key)
  const said = window.getByText(
    /^Saved board\.pdf, \d+ pages, sealed as [0-9A-F]{4}·[0-9A-F]{4}·[0-9A-F]{4}\.$/,
  )
  await expect(said).toBeVisible({ timeout: 60_000 })
  process.stdout.write(`from the start to a saved pack: ${presses.length} presses\n`)
  expect(presses.length).toBeLessThanOrEqual(3)
  expect(existsSync(path)).toBe(true)
  const { pages } = pagesOfPdf(path)
  expect(pages).toBe(Number(/, (\d+) pages/.exec(await said.innerText())![1]))
  // Another one would have as many: the pages of a preview that rests are counted.
  await expect(window.getByRole('button', { name: `Save PDF… (${pages} pages)` })).toBeVisible({
    timeout: 30_000,
  })

  // It is in the list, by the seal that was told, and nothing has changed since.
  const seal = /sealed as (.*)\./.exec(await said.innerText())![1]!
  const sealed = window.getByRole('list', { name: 'Sealed reports, newest first' })
  await expect(sealed).toContainText(seal)
  const causes = window.getByRole('table', { name: 'Change of the cash margin a day, by cause' })
  await expect(causes).toContainText('Cash margin a day')

  await window.getByRole('button', { name: `What to do with ${seal}` }).click()
  await window.getByRole('menuitem', { name: 'Compute it again' }).click()
  const again = window.getByRole('dialog', { name: `${seal}, computed again` })
  await expect(again).toContainText('No figure differs.')
  await window.keyboard.press('Escape')

  await window.getByRole('button', { name: `What to do with ${seal}` }).click()
  await window.getByRole('menuitem', { name: 'Remove…' }).click()
  await window.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(sealed).toHaveCount(0)
})

test('the preview follows the sections and their order, and the keyboard keeps its place', async ({
  launch,
  dataFolder,
}) => {
  await prepare(dataFolder)
  const { electron, window } = await launch()
  await goTo(window, 'Reports')
  await expect.poll(() => sectionsSeen(window), { timeout: 30_000 }).toEqual(BOARD.sections)

  await box(window, 'sites').uncheck()
  await expect
    .poll(() => sectionsSeen(window))
    .toEqual(BOARD.sections.filter((section) => section !== 'sites'))
  await box(window, 'sites').check()
  await expect.poll(() => sectionsSeen(window)).toEqual(BOARD.sections)

  await box(window, 'sites').focus()
  for (const place of [2, 1]) {
    await window.keyboard.press('Alt+ArrowUp')
    await expect(
      window.getByRole('status').filter({ hasText: `By site: ${place} of ${SECTION_NAMES.length}` }),
    ).toHaveCount(1)
    await expect(box(window, 'sites')).toBeFocused()
  }
  const others = BOARD.sections.filter((section) => section !== 'sites')
  await expect.poll(() => sectionsSeen(window)).toEqual(['sites', ...others])
  await window.keyboard.press('Alt+ArrowUp')
  await expect(window.getByRole('status').filter({ hasText: 'By site is the first already' })).toHaveCount(1)
  await window.keyboard.press('Alt+ArrowDown')
  await expect(box(window, 'sites')).toBeFocused()

  await box(window, 'models').locator('..').dragTo(box(window, 'cover').locator('..'))
  await expect
    .poll(async () => (await sectionsSeen(window)).slice(0, 3))
    .toEqual(['models', 'cover', 'sites'])

  // A press on a section shows it.
  await window.getByRole('button', { name: 'Show Sign-off and seal' }).click()
  await expect(window.locator('.report-sheets [data-section="signOff"]')).toBeInViewport()
  await expect(window.locator('.report-sheets [data-section="models"]')).not.toBeInViewport()

  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
    [2560, 1440],
  ] as const) {
    await electron.evaluate(
      ({ BrowserWindow }, size) => {
        const [shell] = BrowserWindow.getAllWindows()
        shell!.unmaximize()
        shell!.setContentSize(size.width, size.height)
      },
      { width, height },
    )
    await expect.poll(() => window.evaluate(() => document.documentElement.clientWidth)).toBe(width)
    expect([width, await cutFigures(window)]).toEqual([width, []])
    expect(await window.evaluate(() => document.querySelector('main')!.scrollWidth)).toBeLessThanOrEqual(
      width,
    )
  }

  // Nothing in the pages is a script, and their rules stay with them.
  expect(await window.locator('.report-sheets script').count()).toBe(0)
  await expect(window.getByRole('region', { name: 'Preview' })).toBeVisible()
  await expect(
    window.getByRole('region', { name: 'Before you hand it over' }).getByRole('listitem'),
  ).not.toHaveCount(0)
})

test('a template and what is said of the company and its costs are there after a restart', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(90_000)
  await prepare(dataFolder)
  const first = await launch()
  {
    const { window } = first
    await goTo(window, 'Reports')
    await choose(window, 'Template', 'One page')
    await expect.poll(() => sectionsSeen(window), { timeout: 30_000 }).toEqual(['position'])
    await box(window, 'cover').check()
    await templateMenu(window, 'Keep as…')
    await window.getByRole('dialog').getByLabel('Name').fill('For the bank of the north')
    await window.keyboard.press('Enter')
    await expect(window.getByRole('dialog')).toHaveCount(0)
    await expect(window.getByRole('combobox', { name: 'Template' })).toContainText(
      'For the bank of the north',
    )

    await typeInto(window, 'Company', 'North Power & Hash Ltd')
    await typeInto(window, 'Prepared by', 'A. Analyst')
    await choose(window, 'Paper', 'Letter')
    await templateMenu(window, 'Keep as…')
    await window.getByRole('dialog').getByRole('button', { name: 'Keep', exact: true }).click()
    await window.getByText('Costs', { exact: true }).click()
    await typeInto(window, 'General costs', '$1 150')
    await typeInto(window, 'Discount rate', '12 %')
    await field(window, 'Share held').fill('140')
    await expect(window.getByRole('status').filter({ hasText: 'It must be from 0 to 100.' })).toBeVisible()
    await window.keyboard.press('Escape')
    await expect(window.locator('.report-sheets')).toContainText('North Power & Hash Ltd')
    await first.close()
  }
  const { window } = await launch()
  await goTo(window, 'Reports')
  await expect(window.getByRole('combobox', { name: 'Template' })).toContainText('For the bank of the north')
  await expect.poll(() => sectionsSeen(window), { timeout: 30_000 }).toEqual(['position', 'cover'])
  await expect(field(window, 'Company')).toHaveValue('North Power & Hash Ltd')
  await expect(field(window, 'Prepared by')).toHaveValue('A. Analyst')
  await expect(window.getByRole('combobox', { name: 'Paper' })).toContainText('Letter')
  await window.getByText('Costs', { exact: true }).click()
  await expect(field(window, 'General costs')).toHaveValue('1150')
  await expect(field(window, 'Discount rate')).toHaveValue('12')
  await expect(field(window, 'Share held')).toHaveValue('')

  await templateMenu(window, 'Rename…')
  await window.getByRole('dialog').getByLabel('Name').fill('Bank')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('combobox', { name: 'Template' })).toContainText('Bank')
  await templateMenu(window, 'Remove…')
  await window.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(window.getByRole('combobox', { name: 'Template' })).toContainText(BOARD.name)
})

test('workbook and tables are saved from the place and by their commands', async ({ launch, dataFolder }) => {
  test.setTimeout(120_000)
  await prepare(dataFolder)
  const { electron, window } = await launch()
  await goTo(window, 'Reports')
  for (const [name, file, words] of [
    ['Workbook with live formulas…', 'board.xlsx', /^Saved board\.xlsx\.$/],
    ['CSV of every table…', 'board.zip', /^Saved \d+ tables as board\.zip\.$/],
    ['JSON of every table…', 'board.json', /^Saved \d+ tables as board\.json\.$/],
  ] as const) {
    const path = join(dataFolder, file)
    await answerSaveWith(electron, path)
    await window.getByRole('button', { name, exact: true }).click()
    await expect(window.getByText(words)).toBeVisible({ timeout: 60_000 })
    expect(existsSync(path)).toBe(true)
  }
  const tables = JSON.parse(readFileSync(join(dataFolder, 'board.json'), 'utf8')) as object
  expect(JSON.stringify(tables)).toContain('Ridge')
  await goTo(window, 'Today')
  await answerSaveWith(electron, join(dataFolder, 'again.json'))
  await window.keyboard.press('Control+k')
  const offered = window.getByRole('dialog').getByRole('option').first()
  await expect(offered).toBeVisible()
  await window.keyboard.type('json of')
  await expect(offered).toContainText('Save JSON of every table')
  await window.keyboard.press('Enter')
  await expect(window.getByText(/^Saved \d+ tables as again\.json\.$/)).toBeVisible({ timeout: 60_000 })
})

test('an empty program says what to bring, and what is tried out is not what is saved', async ({ app }) => {
  const { window } = app
  await goTo(window, 'Reports')
  await expect(window.getByText('There are no machines yet, so there is nothing to report')).toBeVisible()
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  await expect(window.getByRole('region', { name: 'Preview' })).toBeVisible()
  const words = window.getByText('The report speaks of what is stored, not of the trial.')
  await expect(words).toHaveCount(0)
  await goTo(window, 'Today')
  await window.getByRole('textbox', { name: 'Bitcoin price, what if' }).fill('70000')
  await goTo(window, 'Reports')
  await expect(words).toBeVisible()
})

test('without a network the pages say so', async ({ launch, dataFolder }) => {
  writeFileSync(
    join(dataFolder, 'one.csv'),
    'id,model,site,power_price_usd_kwh\nX-1,Antminer S21 200T,North,0.05\n',
  )
  await cli(dataFolder, 'import', 'one.csv')
  const { window } = await launch()
  await goTo(window, 'Reports')
  await expect(window.locator('.report-sheets')).toContainText(/no network|not known/i, { timeout: 30_000 })
  await expect(window.getByRole('region', { name: 'Before you hand it over' })).toContainText(
    'The network is not known',
  )
})
