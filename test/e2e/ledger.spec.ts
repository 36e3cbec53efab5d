import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { isoDay } from '#shared/format/times.ts'
import { expect, test } from './app.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'
import { cutFigures } from './cut-figures.ts'
import { documented } from './stored-pictures.ts'

/** The ledger, from a pool's file to the journal: imported, added by hand, reconciled, closed, corrected, reopened, written. */

const FLEET = [
  'id,model,site,quantity,hashrate_ths,power_w,power_price_usd_kwh',
  'N-1,Antminer S21 200T,North,60,200,3500,0.05',
]

/** Days of the month before this one, and of the days since. */
const now = new Date()
const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)
const last = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0)
const daysTo = (endMs: number) =>
  Array.from({ length: Math.round((endMs - first) / MS_PER_DAY) + 1 }, (_, i) =>
    isoDay(first + i * MS_PER_DAY),
  )
const MONTH = daysTo(last)

const HISTORY = daysTo(Date.now() - MS_PER_DAY).map((day) => `${day},88000,150000000000000,450,3`)
/** No heading that the program knows; its numbers have a decimal comma. */
const EARNINGS = MONTH.map((day, i) => `${day};0,0047${String(i).padStart(4, '0')};11,${i % 10}`)

async function answerDialogs(electron: ElectronApplication, open: string, save: string): Promise<void> {
  await electron.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.save })
    },
    { open, save },
  )
}

/** One of the choices of a field in the open dialog. */
async function choose(window: Page, label: string, choice: string): Promise<void> {
  const field = window.locator('.dialog').getByRole('combobox', { name: label, exact: true })
  await field.click()
  await window.getByRole('option', { name: choice, exact: true }).click()
  await expect(field).toContainText(choice)
}

async function expectReadable(window: Page): Promise<void> {
  expect(await faultsOf(window)).toEqual([])
  expect(await cutFigures(window)).toEqual([])
}

test('a month is imported, typed, reconciled, closed, corrected, reopened and written', async ({
  launch,
  dataFolder,
}) => {
  const cli = async (...words: string[]) => {
    const { exitCode, stderr } = await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
    expect(exitCode, stderr).toBe(0)
  }
  const file = (name: string, lines: readonly string[]) => {
    writeFileSync(join(dataFolder, name), `${lines.join('\n')}\n`)
    return join(dataFolder, name)
  }
  await cli('settings', 'set', 'network.auto-refresh', 'false')
  await cli('import', file('fleet.csv', FLEET))
  for (const [name, value] of [
    ['height', '925000'],
    ['difficulty', '150T'],
    ['priceUsdPerBtc', '88000'],
    ['feesBtcPerBlock', '0.02'],
  ] as const)
    await cli('network', 'set', name, value)
  const columns = 'date,price_usd,difficulty,issuance_btc,fees_btc'
  await cli('history', 'import', file('daily.csv', [columns, ...HISTORY]))
  const journal = join(dataFolder, 'journal.csv')

  const { electron, window } = await launch()
  await answerDialogs(electron, file('gutschriften.csv', ['Tag;Gutschrift;Leistung', ...EARNINGS]), journal)
  const dialog = window.locator('.dialog')
  const heading = window.getByRole('heading', { level: 1 })
  const press = (name: string) => window.getByRole('button', { name, exact: true }).first().click()
  const typeIn = (label: string, text: string) => dialog.getByLabel(label, { exact: true }).fill(text)
  await expect(heading).toBeVisible()
  await window.keyboard.press('8')
  await expect(heading).toHaveText('Nothing is in the ledger yet.')

  await test.step('a file that nobody knows is read as it is said, and once', async () => {
    await press('Import…')
    const book = dialog.getByRole('button', { name: /^Book/ })
    await expect(book).toBeDisabled()
    await choose(window, 'The file holds', 'Earnings at a pool, day by day')
    await typeIn('Pool', 'Braiins')
    await window.keyboard.press('Enter')
    await choose(window, 'Tag is read as', 'Day')
    await choose(window, 'Gutschrift is read as', 'Bitcoin')
    await choose(window, 'Unit of Gutschrift', 'BTC')
    await choose(window, 'Leistung is read as', 'Hashrate')
    await choose(window, 'Unit of Leistung', 'PH/s')
    await expect(book).toHaveText(`Book ${MONTH.length} entries`)
    await expectReadable(window)
    await book.click()
    await expect(dialog).toBeHidden()
    await expect(heading).toContainText('what Braiins earned counts with the terms under Pools')

    await press('Import…')
    await expect(dialog.getByText(/read as you said for a file with the same headings/)).toBeVisible()
    await typeIn('Pool', 'Braiins')
    await window.keyboard.press('Enter')
    await expect(dialog).toContainText(`0 new entries, ${MONTH.length} known already`)
    await expect(book).toBeDisabled()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
  })

  await test.step('with the terms of its pool the month is held against theory', async () => {
    await press('Pools…')
    await dialog.getByRole('button', { name: 'Braiins…' }).click()
    await typeIn('Fee', '2.5')
    await window.keyboard.press('Enter')
    await expect(dialog.getByRole('row', { name: /Braiins/ })).toContainText('2.50')
    await dialog.getByRole('button', { name: 'Change Braiins', exact: true }).click()
    await typeIn('From', '2030-01')
    await typeIn('Fee', '2')
    await dialog.getByRole('button', { name: 'Store new terms' }).click()
    await expect(dialog.getByRole('row', { name: /Braiins January 2030/ })).toContainText('2.00')
    await expect(dialog.getByRole('row', { name: /Braiins since ever/ })).toContainText('2.50')
    await expectReadable(window)
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await expect(heading).toContainText('than theory')
    const missing = window.getByRole('region', { name: 'What is missing' })
    await expect(missing).toContainText('North: No bill is there')
    await window.getByRole('button', { name: 'Why Braiins?' }).click()
    const why = window.locator('.inspector')
    await expect(why).toContainText('From theory to what came in')
    await expect(why).toContainText('FPPS, fee 2.50')
    await window.keyboard.press('Escape')
    await expect(why).toBeHidden()
  })

  const add = async (kind: string) => {
    await press('Add entry…')
    await choose(window, 'What it is', kind)
  }
  await test.step('a bill, a payout and a sale are typed; more than is held cannot be sold', async () => {
    await add('Power bill')
    await choose(window, 'Site', 'North')
    await typeIn('Paid to', 'North Power')
    await typeIn('First day', MONTH[0]!)
    await typeIn('Last day', MONTH.at(-1)!)
    await typeIn('Amount', '7,810.50')
    await typeIn('Energy on the bill', '156 MWh')
    await window.keyboard.press('Enter')
    await expect(dialog).toBeHidden()

    await add('Payout of a pool')
    await typeIn('Pool', 'Braiins')
    await typeIn('Day', MONTH[20]!)
    await expect(dialog.getByText(/the stored price of the day/)).toBeVisible()
    await typeIn('Bitcoin', '0.1')
    await window.keyboard.press('Enter')
    await expect(dialog).toBeHidden()

    await add('Sale of bitcoin')
    await typeIn('Sold at', 'Kraken')
    await typeIn('Day', MONTH[22]!)
    await typeIn('Bitcoin', '5')
    await typeIn('Proceeds before the fee', '4,420')
    await window.keyboard.press('Enter')
    const bitcoin = dialog.getByLabel('Bitcoin', { exact: true })
    await expect(bitcoin).toHaveAccessibleDescription(/More bitcoin goes out than is held: 5\.0+ BTC/)
    await expect(bitcoin).toBeFocused()
    await typeIn('Bitcoin', '0.05')
    await window.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expectReadable(window)
    await documented(electron, window, 'ledger-light.png')
  })

  await test.step('a closed month takes nothing in, and is corrected in an open one', async () => {
    await press('Close…')
    await dialog.getByRole('button', { name: 'Close the month' }).click()
    await expect(window.getByRole('button', { name: 'Reopen…' })).toBeEnabled()

    await add('Meter reading')
    await choose(window, 'Site', 'North')
    await typeIn('Meter', 'M-1')
    await typeIn('First day', MONTH[0]!)
    await typeIn('Last day', MONTH.at(-1)!)
    await typeIn('Energy', '155 MWh')
    await window.keyboard.press('Enter')
    await expect(dialog.getByLabel('First day')).toHaveAccessibleDescription(/ is closed, or lies before/)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toBeHidden()

    await press('Entries')
    const table = window.getByRole('table', { name: 'Entries' })
    await expect(table.getByText('closed', { exact: true }).first()).toBeVisible()
    await table.getByRole('button', { name: /^Correct entry .*North Power/ }).click()
    await typeIn('Amount', '7,800')
    await expect(dialog.getByRole('status')).toContainText('−$10.50')
    await expectReadable(window)
    await window.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(table.getByRole('row', { name: /North Power/ })).toContainText('corrected by')
    await expectReadable(window)
  })

  await test.step('it is reopened for a reason, and the journal balances', async () => {
    await press('Reopen…')
    await dialog.getByLabel('Reason').fill('The meter was read late')
    await window.keyboard.press('Enter')
    await expect(window.getByRole('button', { name: 'Close…' })).toBeEnabled()
    await press('Export journal')
    await window.getByRole('menuitem', { name: 'Of all months…' }).click()
    await expect(window.getByText(/of the journal written to journal.csv/)).toBeVisible()
    const [titles, ...lines] = readFileSync(journal, 'utf8').trimEnd().split('\n')
    const [debit, credit] = ['debit', 'credit'].map((name) => titles!.split(',').indexOf(name))
    const sumOf = (column: number) =>
      lines.reduce(
        (sum, line) => sum + Math.round(Number(line.replaceAll(/"[^"]*"/g, '').split(',')[column]) * 100),
        0,
      )
    expect(lines.length).toBeGreaterThan(2 * MONTH.length)
    expect(sumOf(debit!)).toBe(sumOf(credit!))
    expect(sumOf(debit!)).toBeGreaterThan(781_050)
  })
})
