import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from '#shared/ipc/api.ts'
import type { SectionName } from '#shared/report/pack.ts'
import { SECTION_NAMES, SECTION_TITLES, USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { expect, type RunningApp, test as base } from './app.ts'
import { commandLine } from './command-line.ts'
import { textOfPdf } from './pdf.ts'
import { expectAsBefore, MOST_OFF, shareOff, SMALL } from './stored-pictures.ts'

/** The pack that is handed over, printed by the real Electron and read back from its file. */

const LOTS = 400
const NETWORK = [
  ['height', '925000'],
  ['difficulty', '1.5e14'],
  ['priceUsdPerBtc', '88300'],
  ['feesBtcPerBlock', '0.02'],
]

/** Lots of two kinds at three sites; every fourth is under water. */
const fleetCsv = (lots: number) =>
  [
    'id,model,quantity,hashrate_ths,power_w,site,power_price_usd_kwh',
    ...Array.from({ length: lots }, (_, i) =>
      i % 4 === 0
        ? `lot-${i},Antminer S9,${1 + (i % 7)},13.5,1323,R&D <${i % 3}>,0.06`
        : `lot-${i},Antminer S21 200T,${2 + (i % 5)},200,3500,R&D <${i % 3}>,0.05`,
    ),
  ].join('\n')

type PageWithApi = { readonly api: Api }

const test = base.extend<{ readonly stored: RunningApp; readonly lots: number }>({
  lots: [LOTS, { option: true }],
  stored: async ({ dataFolder, launch, lots }, use) => {
    writeFileSync(join(dataFolder, 'fleet.csv'), fleetCsv(lots))
    const cli = async (...words: string[]) => {
      const answer = await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
      expect(answer.exitCode, answer.stderr).toBe(0)
    }
    await cli('settings', 'set', 'network.auto-refresh', 'false')
    await cli('settings', 'set', 'report.company', 'Nord & Süd <AS>')
    await cli('settings', 'set', 'report.prepared-by', 'A. Person')
    for (const [name, value] of NETWORK) await cli('network', 'set', name!, value!)
    await cli('import', 'fleet.csv')
    await use(await launch())
  },
})

/** Saves a report in place of a person at the dialog. */
async function save(
  { electron, window }: RunningApp,
  path: string,
  { paper = 'A4', sections = [] as readonly string[] } = {},
) {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  const [usual] = USUAL_TEMPLATES
  const template = {
    ...usual!,
    paper: paper as 'A4' | 'Letter',
    sections: sections.length === 0 ? [...usual!.sections] : [...sections],
  }
  return window.evaluate((asked) => (globalThis as unknown as PageWithApi).api.report.save(asked), {
    template,
    asOfMs: null,
    scenario: null,
  })
}

const pagesIn = (path: string) => textOfPdf(path).split('\f').slice(0, -1)
const shown = (command: string, ...words: string[]) =>
  execFileSync(command, words, { encoding: 'utf8', maxBuffer: 1e8 })
/** The page on which a section begins: its title stands there first, below the head. */
const begins = (pages: readonly string[], name: SectionName) =>
  pages.findIndex(
    (page) =>
      page
        .split('\n')
        .slice(1)
        .find((line) => line.trim() !== '')
        ?.trim() === SECTION_TITLES[name],
  )
const counted = (text: string, part: RegExp) => text.match(part)?.length ?? 0

test('a board pack is read back: headings, every lot once, totals, and page n of m on each page', async ({
  stored,
  dataFolder,
}) => {
  test.setTimeout(120_000)
  for (const [paper, size] of [
    ['A4', 'A4'],
    ['Letter', 'letter'],
  ] as const) {
    const path = join(dataFolder, `${paper}.pdf`)
    const saved = await save(stored, path, { paper })
    const pages = pagesIn(path)
    expect(saved).toMatchObject({
      ok: true,
      value: { fileName: `${paper}.pdf`, pages: pages.length },
    })

    pages.forEach((page, i) => {
      expect(page).toContain(`page ${i + 1} of ${pages.length}`)
      expect(page.split('\n')[0]).toContain('Nord & Süd <AS> · Mining position')
    })
    const info = shown('pdfinfo', '-f', '1', '-l', String(pages.length), path)
    expect(counted(info, new RegExp(`size:.*\\(${size}\\)`, 'g'))).toBe(pages.length)
    expect(info).toContain('Nord & Süd <AS> · Mining position')
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(info).toMatch(/JavaScript:\s+no/)

    // Without an epoch there is no projection: a sentence below the list.
    const list = pages.slice(begins(pages, 'changes'), begins(pages, 'bridge'))
    const text = list.join('\n')
    for (let i = 0; i < LOTS; i += 4) expect(counted(text, new RegExp(`\\blot-${i}\\b`, 'g'))).toBe(1)
    expect(text).not.toMatch(/\blot-[135]\b/)
    expect(text).toContain('R&D <0>')
    // The headings stand on each page of the list.
    expect(list.length).toBeGreaterThan(1)
    for (const page of list) expect(page).toContain('Break-even')
    // The totals: machines of the lots, once.
    const machines = Array.from({ length: LOTS }, (_, i) => (i % 4 === 0 ? 1 + (i % 7) : 0))
    const sum = machines.reduce((all, each) => all + each, 0)
    expect(counted(text, new RegExp(`${LOTS / 4} lots\\s+${sum}\\s`, 'g'))).toBe(1)
  }
})

test('the pages look as they did', async ({ stored, dataFolder }) => {
  const path = join(dataFolder, 'report.pdf')
  await save(stored, path)
  const pages = pagesIn(path)
  const pictures: string[] = []
  for (const name of ['cover', 'position', 'sites', 'changes', 'bridge', 'signOff'] as const) {
    const page = String((name === 'cover' ? 0 : begins(pages, name)) + 1)
    const file = join(dataFolder, name)
    const size = ['-scale-to-x', String(SMALL), '-scale-to-y', '-1']
    execFileSync('pdftoppm', ['-png', '-singlefile', '-f', page, '-l', page, ...size, path, file])
    const picture = readFileSync(`${file}.png`).toString('base64')
    await expectAsBefore(stored.electron, `page-${name}.png`, picture)
    pictures.push(picture)
  }
  // The comparison tells pages apart, or it would tell nothing.
  expect(await shareOff(stored.electron, pictures[0]!, pictures[1]!)).toBeGreaterThan(MOST_OFF)
})

test('its parts are tagged, its letters are in the file, and nothing of it is wider than the paper', async ({
  stored,
  dataFolder,
}) => {
  const path = join(dataFolder, 'report.pdf')
  await save(stored, path, { sections: SECTION_NAMES.filter((name) => name !== 'machines') })
  const tags = shown('pdfinfo', '-struct', path)
  for (const tag of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'L', 'Figure'])
    expect(new RegExp(`^\\s*${tag} `, 'm').test(tags), tag).toBe(true)
  // Each cell of a heading says of what it is one.
  expect(tags).toMatch(/\/Scope \/Column/)
  expect(tags).toMatch(/\/Scope \/Row/)
  const words = shown('pdfinfo', '-struct-text', path)
  for (const title of [SECTION_TITLES.position, SECTION_TITLES.changes, SECTION_TITLES.signOff])
    expect(words).toContain(title)
  const fonts = shown('pdffonts', path).trim().split('\n').slice(2)
  expect(fonts.length).toBeGreaterThan(0)
  // Columns from the right: object, generation, unicode, subset, embedded.
  for (const font of fonts) expect(font.trim().split(/\s+/).at(-5)).toBe('yes')
  // Every word has its place on the paper: what is cut has its end outside.
  const places = shown('pdftotext', '-bbox', path, '-')
  for (const page of places.split('<page ').slice(1)) {
    const width = Number(/width="([\d.]+)"/.exec(page)![1])
    for (const [, right] of page.matchAll(/xMax="([\d.]+)"/g)) expect(Number(right)).toBeLessThan(width - 30)
  }
})

test.describe('a large fleet', () => {
  test.use({ lots: 5000 })

  test('is listed whole, its headings on each page, and can be stopped', async ({ stored, dataFolder }) => {
    test.setTimeout(180_000)
    const path = join(dataFolder, 'machines.pdf')
    writeFileSync(path, 'the old file')
    const stopped = save(stored, path, { sections: ['machines'] })
    await stored.window.evaluate(async () => {
      const { api } = globalThis as unknown as PageWithApi
      await new Promise((done) => setTimeout(done, 400))
      await api.task.cancel({})
    })
    expect(await stopped).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(readFileSync(path, 'utf8')).toBe('the old file')

    expect(await save(stored, path, { sections: ['machines'] })).toMatchObject({ ok: true })
    const pages = pagesIn(path)
    const ids = pages.flatMap((page) => page.match(/\blot-\d+\b/g) ?? [])
    expect(ids.length).toBe(5000)
    expect(new Set(ids).size).toBe(5000)
    const withLots = pages.filter((page) => /\blot-\d+\b/.test(page))
    for (const page of withLots) expect(page).toMatch(/Lot\s.*Model/)
    expect(readdirSync(dataFolder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

test('what is tried out is not saved as what is, before that is said', async ({ stored, dataFolder }) => {
  const { electron, window } = stored
  const path = join(dataFolder, 'report.pdf')
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  const price = window
    .getByRole('region', { name: 'What if' })
    .getByRole('textbox', { name: /^Bitcoin price/ })
  await price.fill('50000')
  await price.press('Enter')
  await window.keyboard.press('ControlOrMeta+p')
  await expect(
    window.getByText('A report shows what is stored, and nothing of what is tried out.'),
  ).toBeVisible()
  await window.getByRole('button', { name: 'Save it' }).click()
  await expect(
    window.getByText(/^Saved report\.pdf, \d+ pages, sealed as .*\. It speaks of what is stored, not of/),
  ).toBeVisible({ timeout: 30_000 })
})
