import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import {
  cell,
  cli,
  goTo,
  grid,
  NETWORK,
  prepare,
  throughFleet,
  throughPlaces,
  throughToday,
} from './everywhere.ts'
import { faultsOf } from './axe.ts'
import { expect, test } from './offline.ts'

/** Everything by axe's rules for WCAG A and AA, in both themes, densities and sizes; and the focus is seen wherever it goes. */

const LOOKS = [
  { theme: 'light', density: 'regular', width: 1440, height: 900 },
  { theme: 'dark', density: 'compact', width: 1024, height: 700 },
] as const
type Looks = (typeof LOOKS)[number]

async function size(electron: ElectronApplication, window: Page, look: Looks): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    const [win] = BrowserWindow.getAllWindows()
    win!.unmaximize()
    win!.setContentSize(width, height)
  }, look)
  await expect.poll(() => window.evaluate(() => document.documentElement.clientWidth)).toBe(look.width)
}

for (const look of LOOKS) {
  const { theme, density, width } = look
  test(`axe has nothing to say: ${theme}, ${density}, ${width} wide`, async ({ launch, dataFolder }) => {
    test.setTimeout(180_000)
    const faults: string[] = []
    await prepare(dataFolder)
    await cli(dataFolder, 'settings', 'set', 'display.theme', theme)
    await cli(dataFolder, 'settings', 'set', 'display.density', density)
    const { window, electron } = await launch()
    await expect(grid(window)).toBeVisible()
    await size(electron, window, look)
    const see = async (name: string) => {
      faults.push(...(await faultsOf(window)).map((fault) => `${name}: ${fault}`))
    }
    await throughToday(window, see)
    await throughFleet(window, see)
    await throughPlaces(window, see)
    expect(faults).toEqual([])
  })
}

test('axe has nothing to say where nothing is, nobody answers, one row is, and a contract cannot be weighed', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(180_000)
  await cli(dataFolder, 'settings', 'set', 'display.theme', 'dark')
  const faults: string[] = []
  const { window, electron } = await launch()
  await size(electron, window, LOOKS[1])
  const see = async (name: string) => {
    faults.push(...(await faultsOf(window)).map((fault) => `${name}: ${fault}`))
  }
  await expect(window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()
  await see('empty')
  for (const name of ['Fleet', 'Sites', 'Plan', 'Reports', 'Market', 'Decisions', 'Ledger', 'Data']) {
    await goTo(window, name)
    await expect(window.getByRole('main').getByRole('heading').first()).toBeVisible()
    await see(`empty ${name}`)
  }
  await goTo(window, 'Today')
  const file = (name: string, text: string) => writeFileSync(join(dataFolder, name), text)
  file('one.csv', 'id,model,site,power_price_usd_kwh\nX-1,Antminer S21 200T,North,0.05\n')
  await cli(dataFolder, 'import', 'one.csv')
  await expect(window.getByRole('textbox', { name: 'Hashprice', exact: true })).toBeVisible()
  await see('no internet')
  await window.getByRole('textbox', { name: 'Hashprice', exact: true }).fill('3450')
  await window.keyboard.press('Enter')
  const slip = window.getByRole('group', { name: 'Is this right?' })
  await expect(slip).toBeVisible()
  await see('no internet, a slip')
  await slip.getByRole('button', { name: 'No, change it' }).click()
  await window.getByRole('button', { name: 'Cancel' }).click()
  for (const [name, value] of NETWORK) await cli(dataFolder, 'network', 'set', name, value)
  await expect(window.getByRole('region', { name: 'Answer' })).toBeVisible()
  await see('one row')
  // Two prices of energy beyond what is committed: nobody can say which of them counts.
  file(
    'two.csv',
    'id,model,site,power_price_usd_kwh\nX-1,Antminer S21 200T,North,0.05\nX-2,Antminer S21 200T,North,0.07\n',
  )
  file('sites.json', JSON.stringify({ sites: [{ site: 'North', takeOrPay: { committedKwhPerDay: 50 } }] }))
  await cli(dataFolder, 'import', 'two.csv', '--replace')
  await cli(dataFolder, 'contracts', 'import', 'sites.json')
  await expect(window.getByText(/cannot be weighed/).first()).toBeVisible()
  await see('not weighed')
  await goTo(window, 'Sites')
  await see('not weighed, sites')
  expect(faults).toEqual([])
})

for (const theme of ['light', 'dark']) {
  test(`the focus is seen wherever Tab goes: ${theme}`, async ({ launch, dataFolder }) => {
    await prepare(dataFolder)
    await cli(dataFolder, 'settings', 'set', 'display.theme', theme)
    const { window } = await launch()
    for (const place of ['Today', 'Fleet']) {
      await goTo(window, place)
      await expect(grid(window)).toBeVisible()
      await expect(cell(window, 'n-1')).toBeVisible()
      const seen: string[] = []
      const unseen: string[] = []
      for (let steps = 0; steps < 80; steps++) {
        await window.keyboard.press('Tab')
        const { name, isSeen } = await window.evaluate(focusSeen)
        if (seen.includes(name)) break
        seen.push(name)
        if (!isSeen) unseen.push(name)
      }
      expect(unseen).toEqual([])
      expect(seen.length).toBeGreaterThan(15)
    }
  })
}

/** Runs in the page: what has the focus, and whether a line or a mark says so. */
function focusSeen(): { name: string; isSeen: boolean } {
  const at = document.activeElement ?? document.body
  const all = [...document.querySelectorAll('*')]
  const name = `${all.indexOf(at)} ${at.tagName} ${at.getAttribute('aria-label') ?? at.textContent.slice(0, 30)}`
  // A hidden radio shows its ring on what stands for it; the slider of the strike line on its grip.
  if (at.closest('[data-focus]') !== null) return { name, isSeen: true }
  const isSeen = [at, at.nextElementSibling, at.parentElement].some((each) => {
    if (each === null) return false
    const { outlineStyle, outlineWidth, outlineColor, opacity } = getComputedStyle(each)
    const box = each.getBoundingClientRect()
    const isOpaque = !/, 0\)$|\/ 0\)$/.test(outlineColor) && outlineColor !== 'transparent'
    return (
      outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && isOpaque && opacity !== '0' && box.width > 1
    )
  })
  return { name, isSeen }
}
