import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'

/** The columns of a file: what was understood, what someone says about them, and that it is remembered. */

/** The open dialog of the operating system answers with this path from now on. */
async function answerOpenDialog(electron: ElectronApplication, filePath: string): Promise<void> {
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, filePath)
}

async function openImport(electron: ElectronApplication, window: Page, path: string) {
  await answerOpenDialog(electron, path)
  await window.getByRole('button', { name: 'Import…' }).first().click()
  return window.getByRole('dialog', { name: /^Import / })
}

async function choose(window: Page, label: string, choice: string | RegExp): Promise<void> {
  await window.getByRole('combobox', { name: label }).click()
  await window.getByRole('option', { name: choice, exact: true }).click()
}

/** id, TH/s and W of each stored machine. */
async function machines(dataFolder: string) {
  const path = join(dataFolder, 'exported.csv')
  const { exitCode } = await commandLine(['export', path, '--data', dataFolder], { cwd: dataFolder })
  expect(exitCode).toBe(0)
  const [, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n')
  return rows.map((row) => {
    const [id, , , hashrateThs, powerW] = row.split(',')
    return [id, Number(hashrateThs), Number(powerW)]
  })
}

async function expectReadable(window: Page): Promise<void> {
  expect(await faultsOf(window)).toEqual([])
}

test('columns that nobody knows are said in the window, and hold for the next file', async ({
  launch,
  dataFolder,
}) => {
  const { window, electron } = await launch()
  const file = join(dataFolder, 'liste.csv')
  writeFileSync(file, 'Maschine;Typ;Last;Bemerkung\nrig-1;Antminer S21 200T;3,5;Halle 1\n')
  const dialog = await openImport(electron, window, file)
  const columns = dialog.getByRole('region', { name: 'Columns' })
  const store = dialog.getByRole('button', { name: /^(Import|Add) / })
  await expect(window.getByRole('alert', { name: 'Faults in the file' })).toContainText(
    'Say it under Columns.',
  )
  await expect(dialog).not.toContainText('--map')
  await expect(columns.getByRole('row', { name: /Last/ })).toContainText('3,5')
  await expect(store).toBeDisabled()

  await choose(window, 'Maschine is read as', 'Id')
  await choose(window, 'Typ is read as', 'Model')
  await expect(window.getByRole('alert', { name: 'Faults in the file' })).toBeHidden()
  await test.step('a number does not count before its unit is said', async () => {
    await choose(window, 'Last is read as', 'Power of one at the wall')
    await expect(columns.getByRole('row', { name: /Last/ })).toContainText('Say its unit.')
    await choose(window, 'Unit of Last', 'kW')
    await expect(dialog).toContainText('Last: reads as power_w × 1000')
    await expect(dialog).toContainText('3\u202f500 W')
  })
  await test.step('it is readable for all', () => expectReadable(window))
  await store.click()
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
  expect(await machines(dataFolder)).toEqual([['rig-1', 200, 3500]])

  await test.step('the command line knows it too', async () => {
    writeFileSync(file, 'bemerkung;last;typ;maschine\n;3,4;Antminer S21 200T;rig-1\n')
    const { stderr, exitCode } = await commandLine(['import', file, '--data', dataFolder], {
      cwd: dataFolder,
    })
    expect(exitCode).toBe(0)
    expect(stderr).toContain('remembered forget')
    expect(await machines(dataFolder)).toEqual([['rig-1', 200, 3400]])
  })

  await test.step('the next one is read so, is told to be, and can be forgotten', async () => {
    await openImport(electron, window, file)
    await expect(dialog).toContainText('The columns are read as you said for a file with the same headings.')
    await expect(store).toBeEnabled()
    await dialog.getByRole('button', { name: 'Forget', exact: true }).click()
    await expect(window.getByRole('alert', { name: 'Faults in the file' })).toBeVisible()
    await expect(dialog).not.toContainText('read as you said')
    await window.keyboard.press('Escape')
    const { stdout } = await commandLine(['remembered', 'list', '--data', dataFolder], { cwd: dataFolder })
    expect(stdout).toBe('Nothing is remembered.\n')
  })
})

test('a reading is corrected with the keyboard, status words too', async ({ launch, dataFolder }) => {
  await commandLine(['settings', 'set', 'display.theme', 'dark', '--data', dataFolder], { cwd: dataFolder })
  const { window, electron } = await launch()
  const file = join(dataFolder, 'list.csv')
  writeFileSync(file, 'Name,Model,Power (kW),Status\na,Antminer S21 200T,3500,Degraded\n')
  const dialog = await openImport(electron, window, file)
  const faults = window.getByRole('alert', { name: 'Faults in the file' })
  await expect(faults).toContainText('2 faults')

  await expectReadable(window)

  // the heading says kW, the cells are in W
  const unit = window.getByRole('combobox', { name: 'Unit of Power (kW)' })
  await expect(unit).toHaveText('kW')
  await unit.focus()
  await window.keyboard.press('Enter')
  await window.keyboard.press('Home')
  await window.keyboard.press('Enter')
  await expect(unit).toHaveText('W')
  await expect(unit).toBeFocused()
  await expect(faults).toContainText('1 fault')
  await choose(window, 'Status Degraded', 'running')
  await expect(window.getByRole('combobox', { name: 'Status Degraded' })).toBeFocused()
  await expect(faults).toBeHidden()
  await expect(dialog).toContainText('3\u202f500 W')

  await choose(window, 'Unit of Power (kW)', 'times a factor…')
  const factor = window.getByRole('textbox', { name: 'Factor of Power (kW), to be in W' })
  await factor.fill('0')
  await expect(dialog).toContainText('A factor is a number above 0.')
  await factor.fill('0,98')
  await factor.press('Enter')
  await expect(dialog).toContainText('3\u202f430 W')
  await expect(unit).toHaveText('× 0.98')

  await choose(window, 'Power (kW) is read as', 'as its heading says')
  await expect(faults).toContainText('1 fault')
  await choose(window, 'Power (kW) is read as', 'a note, not used')
  await expect(faults).toBeHidden()
  await dialog.getByRole('button', { name: /^(Import|Add) / }).click()
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
  expect(await machines(dataFolder)).toEqual([['a', 200, 3500]])
})

test('a list of pyasic is a fleet; what is accepted of it is not asked again', async ({
  launch,
  dataFolder,
}) => {
  const { window, electron } = await launch()
  const file = join(dataFolder, 'miners.json')
  const miner = (ip: string, mac: string, other: object) => ({
    ...{ ip, mac, hostname: 'miner', serial_number: null, model: 'S21', make: 'AntMiner' },
    ...{
      hashrate: { unit: { value: 1e12, suffix: 'TH/s' }, rate: 198.5 },
      wattage: 3490,
      is_mining: true,
      fans: [],
    },
    ...other,
  })
  writeFileSync(
    file,
    JSON.stringify([
      miner('10.0.0.2', 'AA:BB:CC:00:00:02', { algo: 'SHA256' }),
      miner('10.0.0.3', 'AA:BB:CC:00:00:03', { algo: 'Scrypt' }),
    ]),
  )
  const dialog = await openImport(electron, window, file)
  await expect(dialog).toContainText('hashrate: in TH/s; reads as hashrate_ths')
  await dialog.getByRole('checkbox', { name: /are no machines/ }).check()
  await dialog.getByRole('button', { name: /^(Import|Add) / }).click()
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
  expect(await machines(dataFolder)).toEqual([['AA:BB:CC:00:00:02', 198.5, 3490]])

  await openImport(electron, window, file)
  await expect(dialog).toContainText('Not asked again, as you accepted it before')
  await expect(dialog.getByRole('button', { name: /^(Import|Add) / })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Forget, and ask again' }).click()
  await expect(dialog.getByRole('region', { name: 'Questions about the file' })).toContainText('Scrypt')
  await expect(dialog.getByRole('button', { name: /^(Import|Add) / })).toBeDisabled()
})
