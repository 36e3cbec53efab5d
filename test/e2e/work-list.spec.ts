import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'
import { cutFigures } from './cut-figures.ts'
import { pagesOfPdf, textOfPdf } from './pdf.ts'

/** What to do, where, and then doing it: with the clicks that each takes from the start. */

const FLEET = `id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w,status,rack,position,ip,serial
r-1,Antminer S17 56T,40,Ridge,0.07,56,2520,running,A2,1,10.1.0.1,SN-R1
r-2,Antminer S17 56T,1,Ridge,0.07,56,2520,running,A10,4,10.1.0.2,SN-R2
n-1,Antminer T19 84T,12,North,0.07,84,3150,running,B1,2,10.2.0.1,
n-2,Antminer S21 200T,30,North,0.05,200,3500,running,B1,3,10.2.0.2,
n-3,Antminer S21 200T,6,North,0.05,200,3500,off,B1,1,10.2.0.3,
`

const sites = (window: Page) => window.getByRole('region', { name: 'Sites to call' })
const row = (window: Page, site: string) => sites(window).getByRole('row', { name: new RegExp(`^${site}`) })

test('an answer in no click, a work list in one, done in one, and it comes home', async ({
  launch,
  dataFolder,
}) => {
  const cli = async (...words: string[]) => {
    const answer = await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
    expect([words[0], answer.exitCode, answer.exitCode === 0 ? '' : answer.stderr]).toEqual([words[0], 0, ''])
    return answer.stdout
  }
  writeFileSync(join(dataFolder, 'fleet.csv'), FLEET)
  await cli('settings', 'set', 'network.auto-refresh', 'false')
  await cli('settings', 'set', 'computer.site', 'North')
  await cli('import', join(dataFolder, 'fleet.csv'))
  for (const [name, value] of [
    ['height', '925000'],
    ['difficulty', '1.5e14'],
    ['priceUsdPerBtc', '88300'],
    ['feesBtcPerBlock', '0.02'],
    ['epochBlocks', '1007'],
    ['epochSeconds', '612345s'],
  ] as const)
    await cli('network', 'set', name, value)

  let clicks = 0
  const click = async (what: Locator) => {
    clicks++
    await what.click()
  }
  const measured: Record<string, number> = {}
  const began = () => (clicks = 0)

  const { electron, window } = await launch()
  const heading = window.getByRole('heading', { level: 1 })

  await test.step('the answer is there: site, machines, money, date, power, chance', async () => {
    await expect(heading).toHaveText(
      /^Power down 53 machines and start 6 idle machines at North \(here\) and Ridge now\. It is worth \$[\d\u202f.]+ by \d+ \w+\.$/,
    )
    const answer = window.getByRole('region', { name: 'Answer' })
    await expect(answer).toContainText(/It frees \d+(\.\d+)?\u202fkW at the meter\./)
    await expect(answer).toContainText(/hance (that it proves right)?/)
    await expect(sites(window).getByRole('row').nth(1)).toContainText('North')
    await expect(row(window, 'Ridge')).toContainText('41 Antminer S17 56T')
    await expect(row(window, 'All sites')).toContainText('53')
    measured['the answer'] = clicks
  })

  await test.step('nothing is cut, and it is named for readers of screens', async () => {
    for (const width of [1024, 1440]) {
      await electron.evaluate(({ BrowserWindow }, w) => {
        const [win] = BrowserWindow.getAllWindows()
        win!.unmaximize()
        win!.setContentSize(w, 900)
      }, width)
      await expect.poll(() => window.evaluate(() => document.documentElement.clientWidth)).toBe(width)
      expect(await cutFigures(window)).toEqual([])
    }
    expect(await faultsOf(window, { within: '.calls' })).toEqual([])
  })

  const list = join(dataFolder, 'list.csv')
  const answerDialogs = (path: string) =>
    electron.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)

  await test.step('the work list: one click; printed, and as CSV', async () => {
    began()
    await click(window.getByRole('button', { name: 'Work list of Ridge…' }))
    const dialog = window.getByRole('dialog', { name: 'Work list of Ridge' })
    await expect(dialog.getByRole('row', { name: /A2 1 10\.1\.0\.1 r-1/ })).toContainText('Power down')
    measured['the work list'] = clicks
    expect(await faultsOf(window, { within: '.dialog' })).toEqual([])
    await answerDialogs(join(dataFolder, 'list.pdf'))
    await dialog.getByRole('button', { name: 'Print…' }).click()
    await expect(window.getByText('Work list saved as list.pdf, 1 page.')).toBeVisible()
    expect(pagesOfPdf(join(dataFolder, 'list.pdf'))).toMatchObject({ pages: 1 })
    expect(textOfPdf(join(dataFolder, 'list.pdf'))).toMatch(/Work list: Ridge[\s\S]*page 1 of 1[\s\S]*SN-R1/)
    await answerDialogs(list)
    await dialog.getByRole('button', { name: 'CSV…' }).click()
    await expect(window.getByText('2 lines written to list.csv.')).toBeVisible()
    await window.keyboard.press('Escape')
  })

  await test.step('it comes home by File, Import with its done column: 25 of 41', async () => {
    const lines = readFileSync(list, 'utf8').trimEnd().split('\n')
    writeFileSync(list, [lines[0], `${lines[1]!}24`, `${lines[2]!}x`].join('\n'))
    began()
    await click(window.getByRole('button', { name: 'Import…', exact: true }))
    const dialog = window.getByRole('dialog', { name: 'Work list list.csv' })
    await click(dialog.getByRole('button', { name: 'Record 25 machines' }))
    await expect(row(window, 'Ridge')).toContainText('Recorded')
    await expect(row(window, 'Ridge')).toContainText('25 of 41 machines')
    measured['a list that comes home'] = clicks
    await expect(row(window, 'All sites')).toContainText('28')
  })

  await test.step('done: one click, and undo takes it back with its record', async () => {
    began()
    await click(window.getByRole('button', { name: 'Done at North' }))
    await expect(heading).toHaveText(/^Power down 16 machines at Ridge now\./)
    measured['done'] = clicks
    const decisions = async () =>
      (JSON.parse(await cli('decisions', '--json')) as { decisions: Record<string, unknown>[] }).decisions
    expect(await decisions()).toMatchObject([
      { site: 'North', machinesDone: 18, advised: { powerDown: 12, start: 6 }, takenBack: false },
      { site: 'Ridge', machinesDone: 25 },
    ])
    await window.getByRole('button', { name: 'Undo' }).click()
    await expect(row(window, 'North')).toBeVisible()
    expect(await decisions()).toMatchObject([{ site: 'North', takenBack: true }, { site: 'Ridge' }])
  })

  await test.step('not now, with a reason: two clicks; the sentence says it', async () => {
    began()
    await click(row(window, 'North').getByRole('button', { name: 'Not now' }))
    await click(window.getByRole('menuitem', { name: 'Not now: no crew on site' }))
    await expect(window.getByRole('region', { name: 'Answer' })).toContainText(
      'Not now at North: no crew on site.',
    )
    measured['not now'] = clicks
    await row(window, 'North').getByRole('button', { name: 'Call again' }).click()
    await expect(window.getByRole('region', { name: 'Answer' })).not.toContainText('Not now at North')
  })

  process.stdout.write(`clicks from the start: ${JSON.stringify(measured)}\n`)
  expect(measured['the answer']).toBe(0)
  expect(measured['the work list']).toBeLessThanOrEqual(1)
  expect(measured['done']).toBeLessThanOrEqual(2)
  expect(measured['not now']).toBeLessThanOrEqual(2)
  expect(measured['a list that comes home']).toBeLessThanOrEqual(2)
})
