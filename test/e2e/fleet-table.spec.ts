import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'
import { cutFigures } from './cut-figures.ts'
import { expect, test } from './offline.ts'

/** Which machine? The table of the fleet: groups, search, selection, and what is kept. */

const MOST_STEPS = 3

const FLEET = [
  'id,model,quantity,site,power_price_usd_kwh,rack,comment',
  'N-1,Antminer S21 200T,40,North,0.05,R 2,',
  'N-2,Antminer S19j Pro 104T,20,North,0.05,R 10,fan is loud',
  'H-1,Antminer S19j Pro 104T,12,Harbor,0.08,R 1,',
  'H-2,Antminer S19 95T,8,Harbor,0.08,R 2,Fan replaced',
]
const NETWORK = [
  ['height', '925000'],
  ['difficulty', '150e12'],
  ['priceUsdPerBtc', '88300'],
  ['feesBtcPerBlock', '0.02'],
] as const

const grid = (window: Page) => window.getByRole('treegrid', { name: 'Fleet' })
const heads = (window: Page) => grid(window).locator('[role="row"][aria-expanded]')
const rows = (window: Page) => grid(window).locator('[role="row"][aria-level="2"]')
const sum = (window: Page) => window.getByRole('status', { name: 'Sum' })

/** Counts the clicks and keys that a question takes, prints them, and holds them to the most that there may be. */
async function answered(question: string, steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const step of steps) await step()
  process.stdout.write(`${question}: ${steps.length} clicks and keys\n`)
  expect(steps.length).toBeLessThanOrEqual(MOST_STEPS)
}

test('groups, search, the sum of a selection, and a table that stays as it was left', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(120_000)
  const cli = async (...words: readonly string[]) =>
    expect(await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })).toMatchObject({
      exitCode: 0,
    })
  writeFileSync(join(dataFolder, 'fleet.csv'), `${FLEET.join('\n')}\n`)
  await cli('import', 'fleet.csv', '--map', 'comment=note')
  for (const [name, value] of NETWORK) await cli('network', 'set', name, value)

  const first = await launch()
  const { window } = first
  const key = (name: string) => () => window.keyboard.press(name)

  await test.step('Today has the list by advice, what is to be done first and open', async () => {
    await expect(heads(window).first()).toHaveAttribute('aria-expanded', 'true')
    await expect(heads(window).first()).toContainText('Power down')
    await expect(heads(window).last()).toHaveAttribute('aria-expanded', 'false')
    await expect(rows(window)).toHaveCount(2)
    await grid(window).focus()
    await answered('close a group by the keyboard', [key('ArrowLeft')])
    await expect(rows(window)).toHaveCount(0)
    await answered('and open it again', [key('ArrowRight')])
    await expect(rows(window)).toHaveCount(2)
    // From a row to its head.
    await answered('from a row to the head of its group', [key('ArrowDown'), key('ArrowLeft')])
    await expect(heads(window).first().locator('[data-active]')).toContainText('Power down')
  })

  await test.step('Fleet puts its rows together by site, with subtotals', async () => {
    await answered('how much does each site make', [
      key('2'),
      () => window.getByRole('combobox', { name: 'Group rows' }).click(),
      () => window.getByRole('option', { name: 'By site' }).click(),
    ])
    await expect(heads(window)).toHaveCount(2)
    await expect(heads(window).filter({ hasText: 'Harbor' })).toContainText('20')
    await expect(heads(window).filter({ hasText: 'North' })).toContainText('60')
    await expect(sum(window)).toContainText('80 machines')
    expect(await faultsOf(window, { strict: true })).toEqual([])
    expect(await cutFigures(window)).toEqual([])
  })

  await test.step('the search takes words in any order, and those of notes', async () => {
    const search = window.getByRole('searchbox')
    await answered('where is the S19j with 104 TH/s', [key('/'), () => search.fill('104 s19j')])
    await expect(rows(window)).toHaveCount(2)
    await search.fill('s19j FAN')
    await expect(rows(window)).toHaveCount(1)
    await expect(rows(window)).toContainText('N-2')
    await search.fill('')
    await expect(rows(window)).toHaveCount(0)
  })

  await test.step('a range of rows is selected by the keyboard, and added up', async () => {
    await grid(window).focus()
    for (const name of ['Control+Home', '*']) await window.keyboard.press(name)
    await expect(rows(window)).toHaveCount(4)
    await answered('what do these rows amount to', [
      () => rows(window).first().getByRole('gridcell').nth(1).click(),
      key(' '),
      key('Shift+ArrowDown'),
    ])
    await expect(sum(window)).toContainText('2 rows selected')
    await expect(sum(window)).toContainText('20 machines')
    await answered('what does everything amount to', [key('Control+a')])
    await expect(sum(window)).toContainText('4 rows selected')
    await expect(sum(window)).toContainText('80 machines')
    await key('Escape')()
    await expect(sum(window)).toContainText('All 4 rows shown')
  })

  await test.step('columns are chosen and moved', async () => {
    await answered('show the racks', [
      () => window.getByRole('button', { name: 'Columns', exact: true }).click(),
      () => window.getByRole('checkbox', { name: 'Rack' }).check(),
    ])
    await answered('move a column', [() => window.getByRole('button', { name: 'Move Site right' }).click()])
    await key('Escape')()
    await expect(grid(window).getByRole('columnheader', { name: 'Rack' })).toBeVisible()
    await grid(window).focus()
    // Id, Model, Site: in the headings Alt moves a column too.
    for (const name of ['Control+Home', 'ArrowUp', 'ArrowRight', 'ArrowRight']) await key(name)()
    await key('Alt+ArrowLeft')()
  })

  const headings = () => grid(window).getByRole('columnheader').allTextContents()
  const shown = await headings()
  expect(shown.slice(1, 4)).toEqual(['Model', 'Id', 'Site'])
  await window.getByRole('combobox', { name: 'Site' }).click()
  await window.getByRole('option', { name: 'Harbor' }).click()
  await grid(window).getByRole('columnheader', { name: 'Machines' }).getByRole('button').click()
  await expect(heads(window)).toHaveCount(1)
  await first.close()

  const again = await launch()
  await expect(heads(again.window).first()).toContainText('Power down')
  await again.window.keyboard.press('2')
  await expect(heads(again.window)).toHaveCount(1)
  await expect(again.window.getByRole('combobox', { name: 'Site' })).toHaveText('Harbor')
  const kept = grid(again.window).getByRole('columnheader')
  expect(await kept.allTextContents()).toEqual(shown)
  await expect(kept.filter({ hasText: 'Machines' })).toHaveAttribute('aria-sort', 'descending')
})
