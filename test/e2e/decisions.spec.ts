import { expect, test } from './offline.ts'
import { goTo, prepare } from './everywhere.ts'
import { recordPast, storeDays } from './past-decisions.ts'

test('look', async ({ launch, dataFolder }) => {
  test.setTimeout(180_000)
  await prepare(dataFolder)
  await storeDays(dataFolder, 400, [5, 6, 100])
  await recordPast(dataFolder, [
    { daysAgo: 40, site: 'Ridge', kind: 'not-now', reason: 'no crew on site', by: 'Ann' },
    { daysAgo: 30.3, site: 'North', kind: 'done', by: 'Ben' },
    { daysAgo: 20.7, site: 'Ridge', kind: 'not-now', reason: 'we wait for the price' },
    { daysAgo: 12.2, site: 'Ridge', kind: 'done', by: 'Ann' },
  ])
  const { window, electron } = await launch()
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible()
  const size = async (width: number, height: number) => {
    await electron.evaluate(
      ({ BrowserWindow }, [w, h]) => {
        const [win] = BrowserWindow.getAllWindows()
        win!.unmaximize()
        win!.setContentSize(w!, h!)
      },
      [width, height],
    )
    await window.waitForTimeout(500)
  }
  const shot = async (name: string) => {
    const png = await electron.evaluate(async ({ BrowserWindow }) =>
      (await BrowserWindow.getAllWindows()[0]!.webContents.capturePage()).toPNG().toString('base64'),
    )
    const { writeFileSync, mkdirSync } = await import('node:fs')
    mkdirSync('/tmp/d13', { recursive: true })
    writeFileSync(`/tmp/d13/${name}.png`, Buffer.from(png, 'base64'))
  }
  await size(1440, 900)
  await goTo(window, 'Decisions')
  await expect(window.getByRole('table', { name: 'Decisions' })).toBeVisible()
  await shot('log-1440')
  await window
    .getByRole('button', { name: /^Why Ridge/ })
    .first()
    .click()
  await window.waitForTimeout(300)
  await shot('why-1440')
  await window.keyboard.press('Escape')
  await window.getByRole('button', { name: 'Run' }).click()
  await expect(window.getByRole('table', { name: 'Months of the back-test' })).toBeVisible({
    timeout: 60_000,
  })
  await window.locator('.main').evaluate((main) => main.scrollTo({ top: 380 }))
  await window.waitForTimeout(400)
  await shot('back-1440')
  await size(1024, 700)
  await shot('back-1024')
  await window.locator('.main').evaluate((main) => main.scrollTo({ top: 0 }))
  await shot('log-1024')
  await window.keyboard.press('1')
  await window
    .getByRole('button', { name: /^Work list of/ })
    .first()
    .click()
    .catch(() => undefined)
  await window.waitForTimeout(500)
  await shot('worklist-1024')
})
