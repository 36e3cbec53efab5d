import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { networkFileBytes } from '#electron/files/network/network-file.ts'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'

/** An answer where there is no internet: one number off a phone, and what is left out by it. */

const FLEET = `id,model,quantity,hashrate_ths,power_w,site,power_price_usd_kwh
old,Antminer S9,40,13.5,1323,Ridge,0.05
mid,Antminer S19j Pro 104T,20,104,3068,Ridge,0.046
new,Antminer S21 200T,60,200,3500,North,0.046
`

const answer = (window: Page) => window.getByRole('region', { name: 'Answer' })
const sentence = (window: Page) => answer(window).getByRole('heading', { level: 1 })
const aside = (window: Page) => window.getByRole('complementary', { name: 'The answer while you type' })
const hashprice = (window: Page) => window.getByRole('textbox', { name: 'Hashprice', exact: true })
const press = (window: Page, name: string | RegExp) => window.getByRole('button', { name }).click()

async function run(folder: string, ...words: string[]) {
  const { exitCode, stdout, stderr } = await commandLine([...words, '--data', folder], { cwd: folder })
  expect(exitCode, stderr).toBe(0)
  return stdout
}

async function importFleet(folder: string): Promise<void> {
  writeFileSync(join(folder, 'fleet.csv'), FLEET)
  await run(folder, 'import', 'fleet.csv')
}

/** Counts what a person presses. */
function hands(window: Page) {
  const made = { clicks: 0, keys: 0 }
  return {
    made,
    click: async (on: ReturnType<Page['getByRole']>) => {
      made.clicks++
      await on.click()
    },
    type: async (text: string) => {
      made.keys += text.length
      await window.keyboard.type(text)
    },
    enter: async () => {
      made.keys++
      await window.keyboard.press('Enter')
    },
  }
}

test('one typed hashprice gives an answer at every door, and is taken back by one press', async ({
  launch,
  dataFolder,
}) => {
  await importFleet(dataFolder)
  const { window } = await launch()
  const { made, click, type, enter } = hands(window)
  await expect(sentence(window)).toHaveText('No source was asked yet. Three ways to today’s answer.')

  await click(hashprice(window))
  await type('34.50')
  await expect(aside(window)).toContainText('Power down 40 machines at Ridge now. It saves $44.87 a day.')
  await expect(aside(window)).toContainText('What the adjustment changes')
  await enter()
  await expect(sentence(window)).toHaveText('Power down 40 machines at Ridge now. It saves $44.87 a day.')
  process.stdout.write(
    `From a start without internet to an answer: ${made.clicks} click, ${made.keys} keys\n`,
  )
  expect(made.clicks).toBeLessThanOrEqual(3)
  await expect(window.getByRole('group', { name: /^Hashprice/ })).toContainText('typed')
  await expect(window.getByRole('group', { name: /adjustment/ })).toContainText('not known')
  await expect(answer(window)).toContainText('figures in bitcoin and figures by difficulty are left out')

  const decided = JSON.parse(await run(dataFolder, 'decide', '--json')) as {
    fleet: { gainUsdPerDay: number; verdicts: { off: number } }
    leftOut: readonly string[]
    typed: readonly { name: string }[]
  }
  expect(decided.fleet.verdicts.off).toBe(40)
  expect(decided.fleet.gainUsdPerDay).toBeCloseTo(44.87, 2)
  expect(decided.leftOut).toContain('adjustment')
  expect(decided.typed.map(({ name }) => name)).toEqual(['hashpriceUsdPerPhDay'])

  await press(window, 'Take back the typed hashprice')
  await expect(sentence(window)).toHaveText('No source was asked yet. Three ways to today’s answer.')
})

test('satoshi ask for a price, an adjustment gives a date, a slip is asked about, and Data has the file on top', async ({
  launch,
  dataFolder,
}) => {
  await importFleet(dataFolder)
  const { window } = await launch()
  await hashprice(window).fill('39.1 sat')
  await expect(window.getByText('needs the price of a bitcoin')).toBeVisible()
  await window.getByRole('textbox', { name: 'Bitcoin price' }).fill('88.3k')
  await expect(aside(window)).toContainText('at $34.53')
  await hashprice(window).fill('3450')
  await press(window, 'Use $3 450.00')
  await expect(window.getByRole('group', { name: 'Is this right?' })).toContainText(
    'far from what it has been',
  )
  await press(window, 'No, change it')
  await hashprice(window).fill('34.5')
  await window.getByRole('textbox', { name: 'Next adjustment' }).fill('−2.0 % in 2 days')
  await expect(aside(window)).toContainText(/It saves \$\d+ by \d+ \w+\./)
  await window.keyboard.press('Enter')
  await expect(sentence(window)).toContainText(/Power down 40 machines at Ridge now\. It saves \$\d+ by/)

  await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Data' }).click()
  await expect(window.locator('main h2').first()).toHaveText('Network file')
  await window.getByRole('button', { name: 'Take back Hashprice' }).click()
  await expect(window.getByText('follows from the values below')).toBeVisible()
})

test('old values are carried on and say so; a hashprice is one press away', async ({
  launch,
  dataFolder,
}) => {
  await importFleet(dataFolder)
  const asOfMs = Date.now() - 3 * 86_400_000
  const dated = { source: 'mempool' as const, asOfMs, fetchedAtMs: asOfMs }
  const values = {
    height: 925_000,
    difficulty: 1.5e14,
    priceUsdPerBtc: 88_300,
    feesBtcPerBlock: 0.02,
    epochBlocks: 1672,
    epochSeconds: 1_003_000,
  }
  writeFileSync(
    join(dataFolder, 'office.json'),
    networkFileBytes({
      format: 'strikeline-network',
      version: 1,
      madeAtMs: asOfMs,
      program: 'test',
      values: NETWORK_VALUE_NAMES.map((name) => ({ name, value: values[name], ...dated })),
      rates: [],
      adjustments: [],
      epochs: [],
      history: [],
    }),
  )
  await run(dataFolder, 'snapshot', 'import', 'office.json')
  const { window } = await launch()
  await expect(answer(window)).toContainText('stale')
  await window.context().setOffline(true)
  await expect(window.getByRole('button', { name: 'no internet' })).toBeVisible()
  await expect(window.getByRole('button', { name: 'ask again' })).toBeVisible()
  await press(window, 'Type a hashprice')
  await expect(hashprice(window)).toBeFocused()
  await expect(window.getByRole('region', { name: 'Carry the last values on' })).toContainText('3 days ago')
  await window.keyboard.type('30')
  await expect(window.getByText('Price and difficulty known here give')).toBeVisible()
  await press(window, 'Use them')
  await expect(answer(window)).toContainText('stale')
})
