import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'

/** Every screen by axe's rules for WCAG A and AA (names, roles, contrast, focus), in light and in dark. */

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

async function faultsOf(window: Page): Promise<string[]> {
  // The modern mode opens a page of its own, which a desktop program does not let anyone do.
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).withTags(RULES).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const NETWORK: readonly (readonly [name: string, value: string])[] = [
  ['Bitcoin price', '88300'],
  ['Difficulty', '162100000000000'],
  ['Block height', '925000'],
  ['Fees per block, mean of 144', '0.02'],
]

for (const theme of ['light', 'dark']) {
  test(`every screen in ${theme}`, async ({ launch, dataFolder }) => {
    test.setTimeout(120_000)
    const settings = ['settings', 'set', 'display.theme', theme, '--data', dataFolder]
    expect((await commandLine(settings, { cwd: dataFolder })).exitCode).toBe(0)
    const { window } = await launch()
    await expect(window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
    await window.getByRole('button', { name: 'Use the sample fleet' }).click()
    await expect(window.getByRole('grid', { name: 'Fleet' })).toBeVisible()

    const screen = (name: string) => window.getByRole('navigation', { name: 'Screens' }).getByText(name)
    await screen('Data sources').click()
    for (const [name, value] of NETWORK) {
      await window.getByRole('button', { name: `Type ${name}` }).click()
      await window.getByRole('textbox', { name: new RegExp(`^${name},`) }).fill(value)
      await window.keyboard.press('Enter')
    }
    expect(await faultsOf(window)).toEqual([])
    for (const name of ['Today', 'Sites', 'Settings']) {
      await screen(name).click()
      expect(await faultsOf(window)).toEqual([])
    }
    await screen('Today').click()
    await window.getByRole('button', { name: 'Add machines…' }).click()
    await expect(window.getByRole('dialog')).toBeVisible()
    expect(await faultsOf(window)).toEqual([])
  })
}
