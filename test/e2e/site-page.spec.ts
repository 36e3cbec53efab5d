import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startMempoolServer } from '../mempool-server.ts'
import { expect, test } from './app.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'
import { cutFigures } from './cut-figures.ts'

/** A site's page: what power really costs there, and what another tariff would do before it is stored. */

const FLEET = [
  'id,model,quantity,site,power_price_usd_kwh,restart_usd',
  'N1,Antminer S19 95T,40,North,0.038,25',
  'N2,Antminer S21 200T,20,North,0.038,25',
  'R1,Antminer S19j Pro 104T,60,Ridge,0.07,1',
  'R2,Antminer S21 200T,60,Ridge,0.07,1',
].join('\n')
const HOUR_MS = 3_600_000
const TODAY = Math.floor(Date.now() / (24 * HOUR_MS)) * 24 * HOUR_MS
/** Where it is past eight in the morning now: the evening that is made dearer is ahead. */
const HOURS_EAST = ((8 - new Date().getUTCHours() + 36) % 24) - 12
const ZONE = `Etc/GMT${HOURS_EAST > 0 ? '-' : '+'}${Math.abs(HOURS_EAST)}`
const PRICES = [
  'time,price_usd_mwh',
  ...Array.from({ length: 24 * 9 }, (_, hour) => {
    const time = new Date(TODAY + (hour - 48) * HOUR_MS).toISOString()
    return `${time},${30 + 25 * Math.sin(hour / 4) + (hour % 24 === 18 ? 200 : 0)}`
  }),
].join('\n')
const SITES = {
  sites: [
    {
      site: 'North',
      timeZone: ZONE,
      tariffs: [{ from: '2025-01-01', baseUsdPerKwh: 0.038 }],
    },
    {
      site: 'Ridge',
      market: { file: 'prices.csv', adderUsdPerKwh: 0.01 },
      takeOrPay: { committedKwhPerDay: 4800, handBackUsdPerKwh: 0.02 },
      demandCharge: {
        usdPerKwMonth: 4,
        meteredKwThisMonth: 310,
        ratchetShare: 0.75,
        pastPeaksKw: [300, 420],
      },
      capKw: 300,
    },
  ],
}

test('the page of a site says what power costs; painting dearer evenings shows what changes before it is stored', async ({
  launch,
  dataFolder,
}) => {
  const file = (name: string, text: string) => writeFileSync(join(dataFolder, name), text)
  const cli = async (...words: readonly string[]) => {
    const answer = await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
    expect(answer.exitCode, answer.stderr).toBe(0)
  }
  file('fleet.csv', FLEET)
  file('prices.csv', PRICES)
  file('sites.json', JSON.stringify(SITES))
  const server = await startMempoolServer()
  await cli('settings', 'set', 'network.order', 'mempool')
  await cli('settings', 'set', 'network.mempool.url', server.url)
  await cli('refresh')
  await cli('settings', 'set', 'network.auto-refresh', 'false')
  await server.close()
  await cli('import', 'fleet.csv')
  await cli('contracts', 'import', 'sites.json')

  const { window } = await launch()
  await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Sites' }).click()
  const row = (name: string) => window.getByRole('rowgroup', { name })
  await expect(row('North')).toContainText('Not in use: the contract’s tariff counts')
  await expect(row('Ridge')).toContainText('market prices count')

  let strokes = 0
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await window.keyboard.press(key)
    strokes += keys.length
  }
  // The question of the place: one click.
  await window.getByRole('button', { name: 'North', exact: true }).click()
  strokes++
  const page = window.getByRole('region', { name: 'North' })
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'A kWh costs $0.038 now, and so does the next one',
  )
  process.stdout.write(`what power costs at a site: ${strokes} click\n`)
  expect(strokes).toBeLessThanOrEqual(1)
  await expect(page).toContainText('Run: 40 Antminer S19 95T')

  // Evenings of all days at 15 cents, by keyboard alone after the field is reached.
  strokes = 0
  await page.getByRole('textbox', { name: 'Another price' }).click()
  strokes++
  await press('0', '.', '1', '5', 'Enter')
  await expect(page.getByRole('button', { name: 'Paint with price 2' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.getByRole('gridcell', { name: /^Monday 16:00/ }).click()
  strokes++
  await press('Shift+PageDown', ...Array<string>(4).fill('Shift+ArrowRight'), '2')
  await expect(page.getByRole('gridcell', { name: 'Sunday 20:00, $0.150 per kWh' })).toBeVisible()
  await expect(page.getByRole('gridcell', { name: 'Sunday 21:00, $0.038 per kWh' })).toBeVisible()
  await expect(page).toContainText('1 period beside the base price')
  const bar = window.getByRole('region', { name: 'Not stored yet' })
  await expect(bar).toContainText('40 of 180 machines would change their advice')
  await expect(bar).toContainText(/The fleet earns .* a day less as advised/)
  // Nothing is stored. Esc lets go of the selection, then of the page; the list says so, and the page is as it was left.
  await expect(page).toContainText('Run: 40 Antminer S19 95T')
  await press('Escape', 'Escape')
  await expect(row('North')).toContainText('changes not stored')
  await expect(window.getByRole('button', { name: 'North', exact: true })).toBeFocused()
  await press('Enter')
  await expect(bar).toContainText('40 of 180 machines')
  await bar.getByRole('button', { name: 'Store' }).click()
  strokes++
  await expect(bar).toHaveCount(0)
  // Whether it goes on until the adjustment hangs on the hour in which this test runs.
  await expect(page).toContainText(/power down: 40 Antminer S19 95T/i)
  await expect(page.getByRole('gridcell', { name: 'Sunday 20:00, $0.150 per kWh' })).toBeVisible()
  process.stdout.write(`evenings made dearer, looked at and stored: ${strokes} clicks and keys\n`)
  expect(strokes).toBeLessThanOrEqual(20)

  await window.keyboard.press('Control+z')
  await expect(window.getByText('Undone: Contract of North')).toBeVisible()
  await expect(page).toContainText('Run: 40 Antminer S19 95T')
  await expect(page.getByRole('gridcell', { name: 'Sunday 20:00, $0.038 per kWh' })).toBeVisible()

  // The other site: a price file with where it ends, a cap, terms as fields, a policy.
  await window.keyboard.press('Alt+ArrowLeft')
  await window.getByRole('button', { name: 'Ridge', exact: true }).click()
  const ridge = window.getByRole('region', { name: 'Ridge' })
  await expect(ridge.getByRole('heading', { name: 'What earns most under 300' })).toBeVisible()
  await expect(ridge.getByRole('img', { name: /^Market prices: / })).toBeVisible()
  await expect(ridge).toContainText('They end on')
  await ridge.getByText('Demand charge', { exact: true }).click()
  await expect(ridge.getByRole('textbox', { name: 'Peak of this month so far' })).toHaveValue('310')
  await ridge.getByText('Cap', { exact: true }).click()
  await ridge.getByRole('textbox', { name: 'Draws at most' }).fill('200 kW')
  await ridge.getByRole('combobox', { name: 'Policy of R1' }).click()
  await window.getByRole('option', { name: 'Protected: always runs' }).click()
  await expect(bar).toContainText(/would change (its|their) advice/)
  expect(await faultsOf(window)).toEqual([])
  expect(await cutFigures(window)).toEqual([])
  await bar.getByRole('button', { name: 'Store' }).click()
  await expect(bar).toHaveCount(0)
  await expect(ridge).toContainText('200 kW at most')
  await expect(ridge).toContainText('60 always run')
  // Both were one step.
  await window.keyboard.press('Control+z')
  await expect(ridge).toContainText('300 kW at most')
  await expect(ridge).toContainText('0 always run')
})
