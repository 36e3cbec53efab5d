import type { Page } from '@playwright/test'
import type { Api } from '#shared/ipc/api.ts'
import { expect, test } from './offline.ts'

/** Alerts by keyboard, what they say when the market moves, and that a restart repeats nothing. */

type PageWithApi = { readonly api: Api }

/** A fleet, and a network that pays 34.47 USD/PH/s/day. */
const NETWORK = [
  ['height', 925_000],
  ['difficulty', 162.05e12],
  ['priceUsdPerBtc', 88_300],
  ['feesBtcPerBlock', 0.02],
] as const

const price = (window: Page, usd: number) =>
  window.evaluate(
    (value) => (globalThis as unknown as PageWithApi).api.network.type({ name: 'priceUsdPerBtc', value }),
    usd,
  )

test('an operator is told once of what the market does to the fleet', async ({ launch }) => {
  const first = await launch()
  let { window } = first
  await window.evaluate(async (values) => {
    const { api } = globalThis as unknown as PageWithApi
    await api.fleet.loadSample({})
    for (const [name, value] of values) await api.network.type({ name, value })
  }, NETWORK)
  const place = (name: string) =>
    window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name, exact: true })

  await place('Market').click()
  await window.getByRole('button', { name: 'Tell me when a lot crosses its break-even' }).press('Enter')
  await expect(window.getByRole('rowheader', { name: 'A lot crosses its break-even' })).toBeVisible()
  await window.getByRole('button', { name: 'Add an alert…' }).press('Enter')
  const threshold = window.getByRole('textbox', { name: 'Hashprice' })
  await threshold.fill('thirty')
  await window.keyboard.press('Enter')
  await expect(window.getByText(/is not a number: write it like/)).toBeVisible()
  await threshold.fill('$34')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('dialog')).toBeHidden()
  const row = () => window.getByRole('row', { name: /^Hashprice below \$34\.00/ })
  await expect(row()).toContainText('not at the moment')

  await price(window, 80_000)
  await expect(place('Market 2 unread')).toBeVisible()
  await expect(row()).toContainText('lasts since')
  const events = window.getByRole('list', { name: 'What happened, newest first' }).getByRole('listitem')
  await expect(events).toHaveCount(2)
  await expect(events.filter({ hasText: 'below break-even at a hashprice of $31.23' })).toHaveCount(1)
  await expect(events.filter({ hasText: 'below your $34.00' })).toHaveCount(1)
  // Back by less than 1 %, and down again: nothing new.
  await price(window, 80_500)
  await price(window, 79_999)
  await window.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(place('Market')).toBeVisible()
  await first.close()

  ;({ window } = await launch())
  await price(window, 80_000)
  await place('Market').click()
  await expect(row()).toContainText('lasts since')
  await expect(place('Market')).toBeVisible()
  await window.getByRole('button', { name: 'Remove: Hashprice below $34.00 per PH/s a day' }).press('Enter')
  await expect(row()).toBeHidden()
})
