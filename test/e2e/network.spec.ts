import type { Page } from '@playwright/test'
import { cli } from './cli.ts'
import { expect, test } from './served.ts'

/** A start without the network, the network coming, the past filled in, and the network gone again. */

const gauge = (window: Page, name: RegExp) => window.getByRole('group', { name })
const place = (window: Page, name: string) =>
  window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
const signal = (window: Page, name: string) => window.getByRole('region', { name: new RegExp(`^${name}`) })

test('offline, online, the past, offline again', async ({ launch, dataFolder, server }) => {
  test.setTimeout(180_000)
  server.pause()
  const first = await launch()
  const { window } = first

  await test.step('without the network there is the sample’s, called so', async () => {
    await window.getByRole('button', { name: 'Use the sample fleet' }).click()
    await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
    await expect(window.getByRole('button', { name: 'no internet' })).toBeVisible()
    await expect(gauge(window, /^Age/)).toContainText('sample, 5 Oct 2026')
    await place(window, 'Market')
    await expect(window.getByText(/There is no history yet/)).toBeVisible()
  })

  await test.step('the network comes, and one press brings it in', async () => {
    server.resume()
    await window.getByRole('button', { name: 'ask again' }).click()
    await expect(gauge(window, /^Bitcoin/)).toContainText('88\u202f300')
    await expect(gauge(window, /^Age/)).not.toContainText('sample')
    await expect(window.getByRole('button', { name: 'no internet' })).toBeHidden()
  })

  await test.step('filling the past brings the signals', async () => {
    await window.getByRole('button', { name: 'Fill the history' }).click()
    await expect(window.getByText(/Last filled to its end/)).toBeVisible({ timeout: 60_000 })
    const told = JSON.parse(await cli(dataFolder, 'signals', '--json')) as {
      through: string
      missing: string[]
      signals: { hashRibbons: { state: string }; puell: { value: number } }
    }
    expect(told.missing).toContain('nvtRatio')
    await expect(signal(window, 'Hash ribbons').getByRole('img')).toHaveAccessibleName(
      new RegExp(told.signals.hashRibbons.state, 'i'),
    )
    await expect(signal(window, 'Puell multiple')).toContainText(told.signals.puell.value.toFixed(2))
    await expect(signal(window, 'Dynamic NVT')).toContainText('value transferred is missing')
  })

  const ribbons = await signal(window, 'Hash ribbons').textContent()
  await first.close()
  server.pause()
  const asked = server.requests()

  await test.step('gone again: everything is still there, with its age', async () => {
    const second = await launch()
    await expect(gauge(second.window, /^Bitcoin/)).toContainText('88\u202f300')
    await expect(gauge(second.window, /^Age/)).toContainText(/mempool/)
    await place(second.window, 'Market')
    await expect(signal(second.window, 'Hash ribbons')).toHaveText(ribbons!)
    await second.window.getByRole('button', { name: 'Refresh', exact: true }).click()
    await expect.poll(() => server.requests()).toBeGreaterThan(asked)
    await place(second.window, 'Data')
    await expect(
      second.window
        .getByRole('table', { name: 'Sources', exact: true })
        .getByRole('row', { name: /Ask mempool/ }),
    ).toContainText(/cut|broke off/)
    await expect(gauge(second.window, /^Bitcoin/)).toContainText('88\u202f300')
  })
})
