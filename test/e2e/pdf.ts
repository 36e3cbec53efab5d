import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from './app.ts'

/**
 * Saves the report; the save dialog of the operating system answers with this path from now on.
 * @param isTrying something is tried out, which a report leaves out: that is said first
 */
export async function saveReport(
  electron: ElectronApplication,
  window: Page,
  path: string,
  isTrying = false,
): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  await window.getByRole('button', { name: 'Save PDF…' }).click()
  if (isTrying) await window.getByRole('button', { name: 'Save it' }).click()
  await expect.poll(() => existsSync(path), { timeout: 60_000 }).toBe(true)
}

/** The text as a person who copies it from the page gets it. */
export function textOfPdf(path: string): string {
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', maxBuffer: 1e8 })
}

export function pagesOfPdf(path: string): { pages: number; size: string } {
  const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' })
  return {
    pages: Number(/^Pages:\s+(\d+)/m.exec(info)?.[1]),
    size: /\((A4|letter)\)/.exec(info)?.[1] ?? 'another size',
  }
}
