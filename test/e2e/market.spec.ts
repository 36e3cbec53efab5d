import type { Page } from '@playwright/test'
import { faultsOf } from './axe.ts'
import { cli } from './cli.ts'
import { documented, RENEWS } from './stored-pictures.ts'
import { expect, test } from './served.ts'

/** How hard pressed are miners? The place answers in one sentence, and its figures are those of the command line. */

// Pays 34.5 USD/PH/s/day or so: machines of the sample stand on either side of it.
test.use({ network: { difficulty: 1.62e14 } })

const json = async <T>(dataFolder: string, ...words: string[]) =>
  JSON.parse(await cli(dataFolder, ...words, '--json')) as T

const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')
const sentence = (window: Page) => window.getByRole('heading', { level: 1 })
const hashprice = (window: Page) =>
  window.getByRole('region', { name: /^Hashprice against your break-evens/ })
const count = (value: number) => value.toLocaleString('en-US').replaceAll(',', ' ')

type Margins = {
  readonly network: { readonly hashpriceUsdPerPhDay: number }
  readonly machines: readonly {
    readonly quantity: number
    readonly status: string
    readonly revenueUsdPerDay: number
    readonly avoidableCostUsdPerDay: number
    readonly marginUsdPerDay: number
    readonly breakevenHashpriceUsdPerPhDay: number
  }[]
  readonly fleet: { readonly marginUsdPerDay: number }
}

async function filled(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  await window.getByRole('button', { name: 'Refresh', exact: true }).click()
  await expect(window.getByRole('group', { name: /^Bitcoin/ })).toContainText('88\u202f300')
  await window.keyboard.press('6')
  await window.getByRole('button', { name: 'Fill the history' }).click()
  await expect(window.getByText(/Last filled to its end/)).toBeVisible({ timeout: 60_000 })
}

test('one key answers how hard pressed miners are, with the figures of the command line', async ({
  launch,
  dataFolder,
  server,
}) => {
  test.setTimeout(120_000)
  expect(server.url).toContain('127.0.0.1')
  const { window, electron } = await launch()
  await filled(window)
  await window.keyboard.press('1')
  await window.keyboard.press('6')
  // Fleet and history come one after the other.
  await expect(sentence(window)).toContainText(/under water; .* known signs of stress/)

  const { network, machines } = await json<Margins>(dataFolder, 'margins')
  const on = machines.filter(
    ({ status, breakevenHashpriceUsdPerPhDay: even }) => status === 'running' && even > 0,
  )
  const under = on.filter((row) => row.breakevenHashpriceUsdPerPhDay > network.hashpriceUsdPerPhDay)
  const sum = (rows: typeof on, of: (row: (typeof on)[number]) => number) =>
    rows.reduce((all, row) => all + of(row), 0)
  const quantity = (rows: typeof on) => sum(rows, (row) => row.quantity)
  const phs = (rows: typeof on) => sum(rows, (row) => row.revenueUsdPerDay) / network.hashpriceUsdPerPhDay
  const average = sum(on, (row) => row.avoidableCostUsdPerDay) / phs(on)
  const gap = network.hashpriceUsdPerPhDay / average - 1

  await test.step('the sentence: hashprice, the fleet’s break-even, machines under water', async () => {
    const said = plain((await sentence(window).textContent())!)
    const share = `${(Math.abs(gap) * 100).toFixed(Math.abs(gap) < 0.0995 ? 1 : 0)} %`
    expect(said).toContain(
      `Hashprice is $${network.hashpriceUsdPerPhDay.toFixed(2)}, ${share} ${gap < 0 ? 'below' : 'above'} the fleet’s average break-even`,
    )
    expect(said).toContain(`; ${count(quantity(under))} of ${count(quantity(on))} machines are under water; `)
  })

  await test.step('the signs of stress: those of signals', async () => {
    const { signals } = await json<{
      signals: {
        hashRibbons: { state: string | null }
        puell: { state: string | null }
        hashprice: { percentile1y: number | null }
        minerNetFlow: { state: string | null }
      }
    }>(dataFolder, 'signals')
    const { percentile1y } = signals.hashprice
    const signs = [
      signals.hashRibbons.state === null ? null : signals.hashRibbons.state === 'capitulation',
      signals.puell.state === null ? null : signals.puell.state === 'low',
      percentile1y === null ? null : percentile1y <= 0.1,
      signals.minerNetFlow.state === null ? null : signals.minerNetFlow.state === 'wave',
    ].filter((sign) => sign !== null)
    const words = ['none', 'one', 'two', 'three', 'four']
    await expect(sentence(window)).toContainText(
      `; ${words[signs.filter(Boolean).length]!} of ${words[signs.length]!} known signs of stress.`,
    )
  })

  await test.step('the picture says the same, and is a table at a press', async () => {
    const above = (phs(under) / phs(on)) * 100
    await expect(hashprice(window).getByRole('img')).toHaveAccessibleName(
      new RegExp(`Hashprice over these 2 years; now \\$34\\.\\d\\d .*${above.toFixed(1)}\\s%`),
    )
    await hashprice(window).getByRole('button', { name: 'Show as table' }).click()
    const table = hashprice(window).getByRole('table', { name: 'Break-evens of the fleet' })
    const rows = await table.locator('tbody tr').allTextContents()
    expect(rows.length).toBeGreaterThan(5)
    expect(rows.length).toBeLessThanOrEqual(60)
    const cells = async (nth: number) =>
      (await table.locator(`tbody tr td:nth-child(${nth})`).allTextContents()).map(plain)
    const number = (text: string) => Number(text.replaceAll(/[^\d.−]/g, '').replace('−', '-'))
    const [states, inBand, shares] = [await cells(2), await cells(4), await cells(6)]
    const machinesOf = (state: string) =>
      inBand.reduce((all, text, i) => all + (states[i] === state ? number(text) : 0), 0)
    expect(machinesOf('under water') + machinesOf('under water until the adjustment')).toBe(quantity(under))
    expect(inBand.reduce((all, text) => all + number(text), 0)).toBe(quantity(on))
    expect(shares.reduce((all, text) => all + number(text), 0)).toBeCloseTo(100, 6)
    const total = plain((await table.locator('tfoot tr').textContent())!)
    const margin = sum(on, (row) => row.marginUsdPerDay)
    expect(total).toContain(
      `${margin < 0 ? '−' : ''}$${Math.abs(margin).toFixed(Math.abs(margin) < 99.995 ? 2 : 0)}`,
    )
    await hashprice(window).getByRole('button', { name: 'Show as chart' }).click()
  })

  if (RENEWS)
    await test.step('the picture of the documentation', async () => {
      await electron.evaluate(({ BrowserWindow }) => {
        const [shell] = BrowserWindow.getAllWindows()
        shell!.unmaximize()
        shell!.setContentSize(1200, 760)
      })
      await expect(hashprice(window).getByRole('img')).toBeVisible()
      await documented(electron, window, 'market-light.png')
    })

  await test.step('a day is read by keyboard', async () => {
    const day = hashprice(window).getByRole('slider', { name: 'Hashprice, day' })
    await day.focus()
    await window.keyboard.press('ArrowLeft')
    await expect(hashprice(window)).toContainText(/\d+ \w+ \d{4}: \$\d\d\.\d\d, [+−][\d.]+\s% against now/)
  })

  await test.step('in satoshi the chart follows the units', async () => {
    await cli(dataFolder, 'settings', 'set', 'units.hashprice', 'sat-th')
    await expect(hashprice(window)).toContainText('sat per TH/s a day; days at their own price')
    await expect(hashprice(window).getByRole('img')).toHaveAccessibleName(/now 39\.\d\d\ssat per TH\/s a day/)
    await expect(sentence(window)).toHaveText(/^Hashprice is 39\.\d\d\ssat,/)
  })

  await test.step('a price that is tried on Today alters nothing here, satoshi included', async () => {
    const said = await sentence(window).textContent()
    await window.keyboard.press('1')
    const whatIf = window.getByRole('region', { name: 'What if' })
    await whatIf.getByRole('textbox', { name: /^Bitcoin price/ }).fill('100000')
    await expect(whatIf.getByRole('button', { name: 'Reset' })).toBeVisible()
    await whatIf.getByRole('textbox', { name: /^Bitcoin price/ }).blur()
    await window.keyboard.press('6')
    await expect(window.getByText('What is tried on Today does not count here.')).toBeVisible()
    await expect(sentence(window)).toHaveText(said!)
    await window.keyboard.press('1')
    await whatIf.getByRole('button', { name: 'Reset' }).click()
    await window.keyboard.press('6')
  })

  await test.step('a threshold is typed in satoshi too, and kept in USD', async () => {
    await window.getByRole('button', { name: 'Add an alert…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Add an alert' })
    await dialog.getByRole('textbox', { name: 'Hashprice' }).fill('30')
    // 30 sat/TH × 1000 TH/PH ÷ 1e8 sat/BTC × 88 300 USD/BTC
    await expect(dialog).toContainText('That is $26.49 per PH/s a day, which is what is kept.')
    await window.keyboard.press('Enter')
    await expect(window.getByRole('table', { name: 'Alerts that are set' })).toContainText(
      /Hashprice below 30\.00\ssat per TH\/s a day/,
    )
    expect(plain(await cli(dataFolder, 'alerts', '--json'))).toMatch(/26\.49/)
  })
  expect(await faultsOf(window, { strict: true })).toEqual([])
})

test('an alert says of how many machines it is and what they lose a day, as the command line does, and its notification leads to it', async ({
  launch,
  dataFolder,
  server,
}) => {
  test.setTimeout(120_000)
  const { window, electron } = await launch()
  await filled(window)
  for (const rule of [['breakeven-crossed'], ['hashprice-below', '33'], ['adjustment-beyond', '-0.74']])
    await cli(dataFolder, 'alerts', 'add', ...rule)
  await window.keyboard.press('1')
  server.answers.priceUsd = 80_000
  await window.getByRole('button', { name: 'Refresh', exact: true }).click()
  await expect(
    window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Market 2 unread' }),
  ).toBeVisible()

  // As a click on the notification does.
  await electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('menu.command', { command: 'go-alerts' })
  })
  const heading = window.getByRole('heading', { name: 'Alerts', level: 2 })
  await expect(heading).toBeFocused()
  await expect(heading).toBeInViewport()

  const { events } = await json<{
    events: readonly {
      readonly kind: string
      readonly lots: number
      readonly machines: number
      readonly usdPerDay: number
      readonly fleet: {
        readonly machines: number
        readonly usdPerDay: number
        readonly under: { readonly lots: number; readonly machines: number; readonly usdPerDay: number }
      }
    }[]
  }>(dataFolder, 'alerts')
  const usd = (value: number) => {
    const size = Math.abs(value)
    return `$${size >= 99.995 ? count(Math.round(size)) : size.toFixed(2)} a day`
  }
  const list = window.getByRole('list', { name: 'What happened, newest first' }).getByRole('listitem')
  const told = (await list.allTextContents()).map(plain)
  expect(told).toHaveLength(2)
  const crossed = events.find(({ kind }) => kind === 'breakeven-crossed')!
  expect(crossed.usdPerDay).toBeLessThan(0)
  const ofLots = told.find((text) => text.includes('fell below break-even'))!
  expect(ofLots).toContain(`${crossed.lots} lots (${count(crossed.machines)} machines)`)
  expect(ofLots).toContain(`As they run, they lose ${usd(crossed.usdPerDay)}.`)
  const low = events.find(({ kind }) => kind === 'hashprice-below')!
  const ofFleet = told.find((text) => text.includes('below your $33.00'))!
  expect(ofFleet).toContain(`${count(low.fleet.machines)} machines in`)
  expect(ofFleet).toContain(`${low.fleet.usdPerDay < 0 ? 'lose' : 'earn'} ${usd(low.fleet.usdPerDay)};`)
  expect(ofFleet).toContain(
    `${count(low.fleet.under.machines)} machines in ${low.fleet.under.lots} lots are under water and lose ${usd(low.fleet.under.usdPerDay)}.`,
  )
  const printed = plain(await cli(dataFolder, 'alerts'))
  expect(printed).toContain(`they lose ${usd(crossed.usdPerDay)}.`)
  expect(await faultsOf(window, { strict: true })).toEqual([])
})
