import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { repository } from '#tools/repository.ts'
import { expect } from './app.ts'

/** Pictures that are stored beside the tests, small enough that fonts do not matter. */

export const RENEWS = process.env['RENEW_PICTURES'] !== undefined
const FOLDER = join(import.meta.dirname, 'pictures')
/** Width of the pictures that are compared. */
export const SMALL = 96
/** Colour steps of 255 that fonts, hinting and a line more of text make at this size. */
const CLOSE = 20
/** Share of the dots that may be further off. */
export const MOST_OFF = 0.05

/** Share of the dots that differ by more than {@link CLOSE}; 1 where the sizes differ. */
export const shareOff = (electron: ElectronApplication, one: string, other: string): Promise<number> =>
  electron.evaluate(
    ({ nativeImage }, { pictures, close }) => {
      const [a, b] = pictures.map((png) =>
        nativeImage.createFromBuffer(Buffer.from(png, 'base64')).toBitmap(),
      )
      if (a === undefined || a.length !== b?.length) return 1
      let off = 0
      for (let at = 0; at < a.length; at += 4)
        if ([0, 1, 2].some((part) => Math.abs(a[at + part]! - b[at + part]!) > close)) off++
      return (off * 4) / a.length
    },
    { pictures: [one, other], close: CLOSE },
  )

/**
 * Compares with the picture that is stored under that name, or stores it.
 * @param png in base64, {@link SMALL} wide
 */
export async function expectAsBefore(
  electron: ElectronApplication,
  name: string,
  png: string,
): Promise<void> {
  const file = join(FOLDER, name)
  if (RENEWS) {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(file, Buffer.from(png, 'base64'))
  }
  expect(existsSync(file), `${file} is stored`).toBe(true)
  const off = await shareOff(electron, png, readFileSync(file).toString('base64'))
  expect(off, `${name}: share of the picture that is another`).toBeLessThan(MOST_OFF)
}

/** Stores what the window shows without its messages as a picture of the documentation, where pictures are renewed. */
export async function documented(electron: ElectronApplication, window: Page, name: string): Promise<void> {
  if (!RENEWS) return
  const messages = window.locator('.toast')
  for (const message of (await messages.all()).toReversed()) await message.getByLabel('Close message').click()
  await expect(messages).toHaveCount(0)
  const png = await electron.evaluate(async ({ BrowserWindow }) =>
    (
      await BrowserWindow.getAllWindows()
        .find((each) => each.isVisible())!
        .webContents.capturePage()
    )
      .toPNG()
      .toString('base64'),
  )
  writeFileSync(join(repository, 'docs', 'images', name), Buffer.from(png, 'base64'))
}
