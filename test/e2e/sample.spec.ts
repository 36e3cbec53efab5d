import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startMempoolServer } from '../mempool-server.ts'
import { enter } from './app.ts'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'
import { saveReport, textOfPdf } from './pdf.ts'

/** A newcomer without internet: one click to an answer, and the way from there to one's own figures. */

const gauge = (window: Page, name: RegExp) => window.getByRole('group', { name })
const place = (window: Page, name: string) =>
  window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
const answer = (window: Page) => window.getByRole('region', { name: 'Answer' })
const sentence = (window: Page) => answer(window).getByRole('heading', { level: 1 })
const loadSample = (window: Page) => window.getByRole('button', { name: 'Use the sample fleet' }).click()

/** Wherever a screen shows figures that rest on the network. */
async function expectNoSample(window: Page): Promise<void> {
  for (const screen of ['Today', 'Fleet', 'Sites', 'Plan', 'Market', 'Decisions', 'Ledger', 'Data']) {
    await place(window, screen)
    await expect(window.locator('main')).toHaveAttribute('data-screen', screen.toLowerCase())
    await expect(window.getByText(/\bsample\b/)).toHaveCount(0)
  }
  await place(window, 'Today')
}

test('one click from an empty start to an answer with money, marked as a sample wherever it rests on one', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(180_000)
  const { window, electron } = await launch()
  await loadSample(window)

  await test.step('the answer, the strip, the totals, the table and the reasons', async () => {
    await expect(sentence(window)).toHaveText(
      /^Power down \d+ machines at North, Harbor and Ridge now\. It saves \$[\d\s]+ over \d+ days\.$/,
    )
    await expect(answer(window)).toContainText('sample of 5 Oct 2026: price, difficulty')
    // Once for the strip, and once for the place.
    await expect(gauge(window, /^Age/)).toContainText('sample, 5 Oct 2026')
    await expect(window.locator('.sample-badge')).toHaveCount(1)
    await expect(window.getByText('stale')).toHaveCount(0)
    // Its day is nobody’s calendar.
    await expect(gauge(window, /adjustment/)).toHaveAccessibleName('Next adjustment')
  })

  await test.step('the same figures as demo on the command line', async () => {
    const { stdout } = await commandLine(['demo', '--json'], { cwd: dataFolder })
    const { decide } = JSON.parse(stdout) as { decide: { fleet: { verdicts: { off: number } } } }
    await expect(sentence(window)).toContainText(`Power down ${decide.fleet.verdicts.off} machines`)
  })

  await test.step('on paper', async () => {
    const path = join(dataFolder, 'sample.pdf')
    await saveReport(electron, window, path)
    const text = textOfPdf(path)
    expect(text).toContain('sample of 5 Oct 2026')
    expect(text.match(/sample +5 Oct 2026/g)?.length).toBeGreaterThanOrEqual(5)
    expect(text).not.toContain('stale')
  })

  await test.step('a typed price replaces itself alone', async () => {
    await place(window, 'Data')
    const values = window.getByRole('table', { name: 'Values' })
    await expect(values.getByText('sample, 5 Oct 2026')).toHaveCount(6)
    await values.getByRole('button', { name: 'Type Bitcoin price' }).click()
    await values.getByRole('textbox', { name: /Bitcoin price/ }).fill('70000')
    await enter(window, values.getByRole('button', { name: 'Take back Bitcoin price' }))
    await expect(values.getByText('sample, 5 Oct 2026')).toHaveCount(5)
    await expect(gauge(window, /^Bitcoin/)).toContainText('typed')
    await expect(gauge(window, /^Age/)).toContainText('sample')
    await expect(gauge(window, /^Hashprice/)).toContainText('typed')
    await values.getByRole('button', { name: 'Take back Bitcoin price' }).click()
    await expect(values.getByText('sample, 5 Oct 2026')).toHaveCount(6)
    await place(window, 'Today')
  })

  await test.step('the first server that answers ends it everywhere', async () => {
    const server = await startMempoolServer()
    const set = (...words: string[]) =>
      commandLine(['settings', 'set', ...words, '--data', dataFolder], { cwd: dataFolder })
    await set('network.order', 'mempool')
    await set('network.mempool.url', server.url)
    await window.getByRole('button', { name: 'Refresh', exact: true }).click()
    await expect(gauge(window, /^Bitcoin/)).toContainText('88\u202f300')
    await expect(sentence(window)).toHaveText(/ by \d+ \w+\.$/)
    await expectNoSample(window)
    await server.close()
  })
})

test('another fleet has nothing of the sample: the answer says what is missing', async ({
  launch,
  dataFolder,
}) => {
  const { window, electron } = await launch()
  await loadSample(window)
  await expect(sentence(window)).toContainText('Power down')
  await place(window, 'Data')
  await window.getByRole('button', { name: 'Type Bitcoin price' }).click()
  await window.getByRole('textbox', { name: /Bitcoin price/ }).fill('70000')
  await enter(window, window.getByRole('button', { name: 'Take back Bitcoin price' }))
  await place(window, 'Today')

  const path = join(dataFolder, 'own.csv')
  writeFileSync(path, 'id,site,hashrate_ths,power_w,power_price_usd_kwh\nrig,Own,200,3500,0.05\n')
  await electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, path)
  await window.getByRole('button', { name: 'Import…' }).first().click()
  await window
    .getByRole('dialog')
    .getByRole('button', { name: /^(Import|Add|Store)/ })
    .click()
  await expect(sentence(window)).toHaveText('No source was asked yet. Three ways to today’s answer.')
  await expect(answer(window)).toContainText('Missing: the block height, the difficulty, the fees per block.')
  await expect(gauge(window, /^Difficulty/)).toContainText('not known yet')
  await expect(gauge(window, /^Age/)).toContainText('typed')

  // Taken back, the sample is the fleet again, and its network with it.
  await window.keyboard.press('Control+z')
  await expect(gauge(window, /^Age/)).toContainText('sample, 5 Oct 2026')
  await expect(sentence(window)).toContainText(/Power down \d+ machines/)
})
