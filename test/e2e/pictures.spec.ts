import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { repository } from '#tools/repository.ts'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'
import { expectAsBefore, MOST_OFF, RENEWS, shareOff, SMALL } from './stored-pictures.ts'

/**
 * Each place of the window looks as it did, in light and in dark. Pictures are compared small and grey-tolerant: another font or another
 * age of a value passes, a panel that is gone, a theme that is half applied or a table that has lost its rows does not.
 * `RENEW_PICTURES=1 npm run e2e -- pictures` stores what is seen now, and the large ones of the documentation.
 */

const WIDTH = 1440
const HEIGHT = 900

/** Places, and which of them the documentation shows. */
const PLACES = [
  ['Today', true],
  ['Fleet', true],
  ['Sites', true],
  ['Plan', true],
  ['Reports', true],
  ['Market', false],
  ['Decisions', false],
  ['Ledger', false],
  ['Data', true],
  ['Settings', false],
] as const

type Picture = { readonly small: string; readonly large: string }

/** What the window shows, as PNG in base64. */
const seen = (electron: ElectronApplication): Promise<Picture> =>
  electron.evaluate(async ({ BrowserWindow }, width) => {
    // A page that is printed has a window of its own, which nobody sees.
    const shown = BrowserWindow.getAllWindows().find((each) => each.isVisible())!
    const image = await shown.webContents.capturePage()
    return {
      small: image.resize({ width, quality: 'good' }).toPNG().toString('base64'),
      large: image.toPNG().toString('base64'),
    }
  }, SMALL)

/** The same twice in a row: a window that has not painted yet gives the picture of before, or none. */
async function atRest(electron: ElectronApplication): Promise<Picture> {
  let before = await seen(electron)
  let now = before
  await expect
    .poll(async () => {
      before = now
      now = await seen(electron)
      return now.small !== '' && now.small === before.small
    })
    .toBe(true)
  return now
}

async function go(window: Page, place: string): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: new RegExp(`^${place}`) })
    .click()
  await expect(window.locator('main')).toHaveAttribute('data-screen', place.toLowerCase())
  await expect(window.locator('main :is(h1, h2)').first()).toBeVisible()
  if (place === 'Reports')
    await expect(window.locator('.report-sheets [data-section]').first()).toBeVisible({ timeout: 30_000 })
  if (place === 'Plan')
    await expect(window.getByRole('grid', { name: 'Chance of each lot to be under water' })).toBeVisible({
      timeout: 30_000,
    })
  // What is loaded when it is needed, and what moves for a moment.
  await window.waitForLoadState('networkidle')
  await window.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 300)))),
  )
}

for (const theme of ['light', 'dark'] as const)
  test(`each place looks as it did, in ${theme}`, async ({ launch, dataFolder }) => {
    const words = ['settings', 'set', 'display.theme', theme, '--data', dataFolder]
    expect((await commandLine(words, { cwd: dataFolder })).exitCode).toBe(0)
    const { electron, window } = await launch()
    await electron.evaluate(
      ({ BrowserWindow }, [width, height]) => {
        const [shell] = BrowserWindow.getAllWindows()
        shell!.unmaximize()
        shell!.setContentSize(width!, height!)
      },
      [WIDTH, HEIGHT],
    )
    await window.getByRole('button', { name: 'Use the sample fleet' }).click()
    await window.locator('.toast').getByLabel('Close message').click()
    await expect(window.getByRole('grid').or(window.getByRole('treegrid')).first()).toBeVisible()

    const pictures = new Map<string, string>()
    for (const [place, isDocumented] of PLACES) {
      await go(window, place)
      const { small, large } = await atRest(electron)
      pictures.set(place, small)
      const name = `${place.toLowerCase()}-${theme}.png`
      if (RENEWS && isDocumented && (theme === 'light' || place === 'Today'))
        writeFileSync(join(repository, 'docs', 'images', name), Buffer.from(large, 'base64'))
      await expectAsBefore(electron, name, small)
    }
    // The comparison tells places apart, or it would tell nothing. Places that are empty look alike.
    const full = PLACES.filter(([, isDocumented]) => isDocumented).map(([place]) => place)
    for (const place of full)
      for (const other of full)
        if (place !== other)
          expect(
            await shareOff(electron, pictures.get(place)!, pictures.get(other)!),
            `${place} and ${other}`,
          ).toBeGreaterThan(MOST_OFF)
  })
