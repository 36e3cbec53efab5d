import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import type { Page } from '@playwright/test'
import type { Api } from '#shared/ipc/api.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { build } from '#tools/build.ts'
import type { BenchRow } from '#tools/bench-row.ts'
import { repository } from '#tools/repository.ts'
import { withUnseenDisplay } from '#tools/runtime/display.ts'
import { ensureRuntime, say } from '#tools/runtime/ensure-runtime.ts'
import type { Runtime } from '#tools/runtime/ensure-runtime.ts'
import { dataFolder, FIRST_ROW, open } from './window.ts'

/** The board pack as a PDF, against the same engine printing the finished page: its markup and its styles, without our code. */

const MACHINES = 1000
const ROUNDS = 7
const TEMPLATE = { ...USUAL_TEMPLATES[0]!, sections: [...USUAL_TEMPLATES[0]!.sections] }

/** The style sheet of the pages, as it was built. */
const styles = (): string =>
  globSync(join(repository, 'out', 'renderer', 'assets', 'print-*.css'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

type PageWithApi = { readonly api: Api }

/** Saves the report, and gives how long that took, ms. */
const saveReport = (window: Page) =>
  window.evaluate(async (template) => {
    const start = performance.now()
    const { api } = globalThis as unknown as PageWithApi
    const saved = await api.report.save({ template, asOfMs: null, scenario: null })
    if (!saved.ok) throw new Error(saved.error.message)
    return performance.now() - start
  }, TEMPLATE)

async function measured(runtime: Runtime, display: Record<string, string>): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-bench-'))
  try {
    const data = await dataFolder(join(folder, 'data'), MACHINES)
    const { app, window } = await open([...runtime.switches, repository, '--data', data], display, FIRST_ROW)
    const target = join(folder, 'report.pdf')
    // The page that is printed is kept as it was answered, before its window is destroyed.
    await app.evaluate(({ app: running, dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
      running.on('browser-window-created', (_event, made) => {
        const print = made.webContents.printToPDF.bind(made.webContents)
        made.webContents.printToPDF = async (options) => {
          const kept = globalThis as unknown as { page: Promise<string>; options: typeof options }
          kept.options = options
          kept.page = made.webContents.session
            .fetch(made.webContents.getURL())
            .then((answer) => answer.text())
          await kept.page
          return print(options)
        }
      })
    }, target)
    await saveReport(window)
    const [page, options] = await app.evaluate(async () => {
      const kept = globalThis as unknown as { page: Promise<string>; options: Electron.PrintToPDFOptions }
      return [await kept.page, kept.options] as const
    })
    mkdirSync(join(folder, 'bare'))
    const html = join(folder, 'bare', 'report.html')
    writeFileSync(
      html,
      page.replace(/<link[^>]*>/, () => `<style>${styles()}</style>`),
    )
    await app.evaluate(({ app: running }) => void running.removeAllListeners('browser-window-created'))
    let ours = Infinity
    let bare = Infinity
    for (let round = 0; round < ROUNDS; round++) {
      ours = Math.min(ours, await saveReport(window))
    }
    await app.close()
    const main = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 400, height: 300, webPreferences: { sandbox: true } }).loadURL('data:text/html,<h1>Bare</h1>'))`
    writeFileSync(join(folder, 'bare', 'package.json'), '{"name":"bare","version":"1.0.0","main":"main.cjs"}')
    writeFileSync(join(folder, 'bare', 'main.cjs'), main)
    const plain = await open([...runtime.switches, join(folder, 'bare')], display, 'h1')
    for (let round = 0; round < ROUNDS; round++) {
      const took = await plain.app.evaluate(
        async ({ BrowserWindow }, [file, asked]) => {
          const start = performance.now()
          const window1 = new BrowserWindow({ show: false, width: 900, height: 1200 })
          await window1.loadFile(file)
          await window1.webContents.printToPDF(asked)
          window1.destroy()
          return performance.now() - start
        },
        [html, options] as const,
      )
      bare = Math.min(bare, took)
    }
    await plain.app.close()
    return [
      {
        what: `a PDF of ${MACHINES} machines`,
        measured: ours,
        against: 'the same engine printing the finished page',
        againstMeasured: bare,
        goal: 1.3,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function run(): Promise<readonly BenchRow[]> {
  const runtime = await ensureRuntime({ forTests: true })
  await build(say)
  if (!runtime.isDeclared) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(runtime.executable)
  return withUnseenDisplay((display) => measured(runtime, { ...display }))
}
