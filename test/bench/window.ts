import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import { takeOrPay } from './contracts.ts'
import { fleetCsv } from './fleets.ts'

/** What benchmarks of the program in its window have in common. */

const NETWORK = [
  ['height', 925_000],
  ['difficulty', 1.5e14],
  ['priceUsdPerBtc', 88_300],
  ['feesBtcPerBlock', 0.02],
  ['epochBlocks', 1672],
  ['epochSeconds', 1_003_200],
] as const

/**
 * A data folder with so many machines, a typed network, and nobody to ask.
 * @param hasContracts about half of what each of the twenty sites draws is committed
 */
export async function dataFolder(folder: string, machines: number, hasContracts = false): Promise<string> {
  mkdirSync(folder)
  const csv = join(folder, 'fleet.csv')
  writeFileSync(csv, fleetCsv(machines))
  const root = new URL('../../', import.meta.url)
  const store = await openStore({
    file: join(folder, DATABASE_NAME),
    workerUrl: new URL('electron/store/sqlite/worker.ts', root),
    assetsFolder: fileURLToPath(new URL('assets', root)),
  })
  try {
    const { token } = await store.previewImport(csv)
    await store.confirmImport(token, 'replace')
    if (hasContracts) {
      const { sites } = await store.readFleet()
      for (const key of sites.key) await store.putContract(key, takeOrPay(5 * machines))
    }
    for (const [name, value] of NETWORK) await store.typeNetworkValue(name, value, Date.now())
    await store.writeSettings({ autoRefresh: false })
  } finally {
    await store.close()
  }
  return folder
}

export type Opened = { readonly app: ElectronApplication; readonly window: Page; readonly shownMs: number }

/** Starts a program and waits until its page shows what is meant. */
export async function open(
  args: readonly string[],
  display: Record<string, string>,
  shows: string,
): Promise<Opened> {
  const start = performance.now()
  const app = await _electron.launch({
    args: [...args],
    env: { ...(process.env as Record<string, string>), ...display },
  })
  const window = await app.firstWindow()
  await window.waitForSelector(shows)
  return { app, window, shownMs: performance.now() - start }
}

/** The page shows its first row with a margin. */
export const FIRST_ROW = '[role=treegrid] [role=row]:not([aria-busy]) [role=gridcell]'

/** Working sets of all processes of a program, a few seconds after it has come to rest; shared pages count for each. */
export async function memoryMb({ app, window }: Opened): Promise<number> {
  await window.waitForTimeout(3000)
  const kilobytes = await app.evaluate(({ app: running }) =>
    running.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  )
  return kilobytes / 1024
}

/** What the page's main thread worked on since the last look, ms. */
export async function mainThread(window: Page): Promise<() => Promise<number>> {
  const session = await window.context().newCDPSession(window)
  await session.send('Performance.enable')
  let before = 0
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const now = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000
    const worked = now - before
    before = now
    return worked
  }
}

/** The value below which so large a part of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN
}

/**
 * Repeats something in the page and gives what each cost the main thread until the next, ms.
 * @param restMs how long it may repaint and come to rest
 */
export async function costs(
  window: Page,
  times: number,
  act: (i: number) => Promise<unknown>,
  restMs = 360,
): Promise<readonly number[]> {
  const worked = await mainThread(window)
  const each: number[] = []
  await worked()
  for (let i = -3; i < times; i++) {
    await act(i)
    await window.waitForTimeout(restMs)
    const cost = await worked()
    // The first ones warm up.
    if (i >= 0) each.push(cost)
  }
  return each
}

/** The price that the slider is moved to in its i-th step, as a share of its way. */
const placeOf = (i: number) => (20 + (((i + 60) * 7) % 60)) / 100

/** Moves the slider of the price in the page itself, so that nothing but the program's own work is counted. */
export const moveSlider = (window: Page, i: number) =>
  window.evaluate((place) => {
    const slider = document.querySelector<HTMLInputElement>('input[type=range][aria-label="Bitcoin price"]')!
    const [low, high] = [Number(slider.min), Number(slider.max)]
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!
    value.set!.call(slider, String(low + (high - low) * place))
    slider.dispatchEvent(new Event('input', { bubbles: true }))
  }, placeOf(i))

/** From an input to the paint after the first change of a text that follows from it: how long, and what the main thread did, ms. */
export type Step = { readonly tookMs: number; readonly workedMs: number }

/** @param everyMs how long the page may come to rest after each */
export async function stepsToPicture(window: Page, moves: number, everyMs: number): Promise<readonly Step[]> {
  const worked = await mainThread(window)
  const steps: Step[] = []
  for (let i = -3; i < moves; i++) {
    await worked()
    const tookMs = await window.evaluate(async (place) => {
      const slider = document.querySelector<HTMLInputElement>(
        'input[type=range][aria-label="Bitcoin price"]',
      )!
      const total = document.querySelector('section[aria-label="Totals"] td:nth-child(2)')!
      const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!
      const [low, high] = [Number(slider.min), Number(slider.max)]
      const painted = () =>
        new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))
      const changed = new Promise<void>((done) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          done()
        })
        observer.observe(total, { subtree: true, characterData: true, childList: true })
      })
      const start = performance.now()
      value.set!.call(slider, String(low + (high - low) * place))
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      await changed
      return (await painted()) - start
    }, placeOf(i))
    const workedMs = await worked()
    // The first ones warm up.
    if (i >= 0) steps.push({ tookMs, workedMs })
    await window.waitForTimeout(everyMs)
  }
  return steps
}

/** A drag: an input every frame. Gives how long each took that was shown, ms, and how many were never shown because newer ones came. */
export function drag(
  window: Page,
  inputs: number,
): Promise<{ readonly tookMs: readonly number[]; readonly dropped: number }> {
  return window.evaluate(async (times) => {
    const slider = document.querySelector<HTMLInputElement>('input[type=range][aria-label="Bitcoin price"]')!
    const shown = document.querySelector('[role=group][aria-label=Bitcoin] b')!
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
    const digits = (text: string | null) => (text ?? '').replaceAll(/\D/g, '')
    const [low, high] = [Number(slider.min), Number(slider.max)]
    const asked = new Map<string, number>()
    const took: number[] = []
    const observer = new MutationObserver(() => {
      // The price stands in the strip, and comes with everything else of its picture.
      const start = asked.get(digits(shown.textContent))
      if (start === undefined) return
      asked.delete(digits(shown.textContent))
      requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - start)))
    })
    observer.observe(shown, { subtree: true, characterData: true, childList: true })
    for (let i = 0; i < times; i++) {
      await frame()
      value.set!.call(slider, String(low + ((high - low) * (20 + (i % 60))) / 100))
      asked.set(digits(Number(slider.value).toFixed(0)), performance.now())
      slider.dispatchEvent(new Event('input', { bubbles: true }))
    }
    await new Promise((done) => setTimeout(done, 500))
    observer.disconnect()
    return { tookMs: took, dropped: times - took.length }
  }, inputs)
}

/** Working set of the window's page process with its worker, after it has collected its garbage, bytes. */
export async function pageBytes({ app, window }: Opened): Promise<number> {
  const session = await window.context().newCDPSession(window)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  await window.waitForTimeout(3000)
  const kilobytes = await app.evaluate(({ app: running }) =>
    running
      .getAppMetrics()
      .reduce((sum, { type, memory }) => sum + (type === 'Tab' ? memory.workingSetSize : 0), 0),
  )
  return kilobytes * 1024
}
