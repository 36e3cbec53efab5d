import { createHash } from 'node:crypto'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import Sqlite from 'better-sqlite3'
import { VARIANCE_IS_OF } from '#shared/format/margin-variance-words.ts'
import { MARGIN_CAUSES } from '#shared/domain/money/margin-variance.ts'
import { sealWords } from '#shared/format/seal.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { MADE_AT_MS, storedCase } from '../stored-case.ts'
import { ASSETS_FOLDER, WORKER_URL } from '../store/stores.ts'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

const GUIDE = readFileSync(new URL('../../../docs/contracts.md', import.meta.url), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(GUIDE)![1]!
const PDF = Buffer.from('%PDF-1.7 of then')

/** Work on the stored data of a folder. */
async function stored<T>(cwd: string, work: (store: Store) => Promise<T>): Promise<T> {
  const file = join(cwd, 'data', DATABASE_NAME)
  const store = await openStore({ file, workerUrl: WORKER_URL, assetsFolder: ASSETS_FOLDER })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function seal(store: Store, reportCase: ReportCase): Promise<string> {
  const { hash } = await store.sealReport(reportCase)
  await store.keepReport({ hash, reportCase, pdf: PDF, pages: 3 })
  return hash
}

/** The fleet and the contracts of the guide, sealed, and then another tariff, price and fleet. */
let cwd: string
let first: string
let second: string
beforeAll(async () => {
  cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), block('csv'))
  writeFileSync(join(cwd, 'sites.json'), block('json'))
  await runCommand(['settings', 'set', 'network.order', 'mempool'], { cwd })
  await runCommand(['settings', 'set', 'network.mempool.url', 'http://127.0.0.1:9'], { cwd })
  await runCommand(['import', 'fleet.csv'], { cwd })
  await runCommand(['contracts', 'import', 'sites.json'], { cwd })
  const figures = {
    ...{ height: NETWORK.height, difficulty: NETWORK.difficulty, priceUsdPerBtc: NETWORK.priceUsdPerBtc },
    ...{ feesBtcPerBlock: NETWORK.feesBtcPerBlock, epochBlocks: 1007, epochSeconds: 612_345 },
  }
  await stored(cwd, async (store) => {
    for (const [name, value] of Object.entries(figures))
      await store.typeNetworkValue(name as keyof typeof figures, value, MADE_AT_MS)
    first = await seal(store, await storedCase(store))
    await store.typeNetworkValue('priceUsdPerBtc', 91_000, MADE_AT_MS)
    await store.typeNetworkValue('feesBtcPerBlock', 0.031, MADE_AT_MS)
    const [key] = (await store.readFleet()).machines.key
    await store.updateMachines([key!], { uptime: 0.8, poolFee: 0.015, quantity: 9 })
    second = await seal(store, await storedCase(store, { madeAtMs: MADE_AT_MS + 86_400_000 }))
  })
})

const report = (...words: readonly string[]) => runCommand(['report', ...words], { cwd })
async function json<T>(...words: readonly string[]): Promise<T> {
  const { stdout, exitCode } = await report(...words, '--json')
  expect(exitCode).toBe(0)
  return JSON.parse(stdout) as T
}

describe('sealed reports', () => {
  it('are listed with their seals, the newest first', async () => {
    const { stdout } = await report('list')
    const lines = stdout.trim().split('\n')
    expect(lines[0]).toMatch(/^seal +made +as of +title +pages$/)
    expect(lines.slice(1, 3).map((line) => line.split(' ')[0])).toEqual([second, first].map(sealWords))
    expect(lines.at(-1)).toBe('2 sealed reports')
    const { reports } = await json<{ reports: { hash: string; seal: string }[] }>('list')
    expect(reports.map(({ hash }) => hash)).toEqual([second, first])
    expect(await runCommand(['report', 'list'], { cwd: temporaryFolder() })).toMatchObject({
      stdout: 'No report is sealed here.\n',
    })
  })

  it('give the PDF of then byte for byte', async () => {
    const { exitCode, stdout } = await report('open', sealWords(first), '--pdf', 'then.pdf')
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`${sealWords(first)}: Mining position, all machines, as of`)
    expect(readFileSync(join(cwd, 'then.pdf'))).toEqual(PDF)
    expect(await report('open', '123456')).toMatchObject({ exitCode: 1 })
    expect((await report('open', '12345')).stderr).toContain('type at least 6 of its digits')
    expect((await report('open')).stderr).toContain('report open: takes the hash of one report')
  })

  it('give what they were made from, whose SHA-256 is the hash for whoever looks', async () => {
    await report('open', first, '--inputs', 'inputs.json')
    const text = readFileSync(join(cwd, 'inputs.json'))
    expect(createHash('sha256').update(text).digest('hex')).toBe(first)
    expect(JSON.parse(text.toString())).toMatchObject({ kind: 'strikeline-report-case', form: 1 })
  })

  it('are computed again without a difference, under contracts too', async () => {
    const { exitCode, stdout } = await report('recompute', first)
    expect(exitCode).toBe(0)
    expect(stdout).toBe(
      `${sealWords(first)}, made by version 1.2.3, computed again by version 0.0.0-test: no difference\n`,
    )
    expect(await json('recompute', first)).toMatchObject({ hash: first, differences: [] })
  })

  it('are compared by cause: the parts add up to the change as printed', async () => {
    type Compared = {
      from: { marginUsdPerDay: number }
      to: { marginUsdPerDay: number }
      printedChangeUsdPerDay: number
      changeUsdPerDay: number
      parts: { cause: string; usdPerDay: number; printedUsdPerDay: number }[]
    }
    for (const to of [[second], ['now'], []]) {
      const { from, to: after, parts, ...changes } = await json<Compared>('compare', first, ...to)
      const cents = parts.map(({ printedUsdPerDay }) => Math.round(printedUsdPerDay * 100))
      expect(cents.reduce((sum, each) => sum + each, 0)).toBe(
        Math.round(changes.printedChangeUsdPerDay * 100),
      )
      const sum = parts.reduce((all, { usdPerDay }) => all + usdPerDay, 0)
      expect(sum).toBeCloseTo(changes.changeUsdPerDay, 6)
      expect(after.marginUsdPerDay - from.marginUsdPerDay).toBeCloseTo(sum, 6)
      const of = Object.fromEntries(parts.map(({ cause, usdPerDay }) => [cause, usdPerDay]))
      // Of another day the values are carried on to it, its adjustments with them.
      if (to[0] === second) expect(of['difficulty']).toBe(0)
      for (const cause of ['price', 'fees', 'terms', 'uptime', 'fleet']) expect(of[cause]).not.toBe(0)
      expect(parts.every(({ cause }) => (MARGIN_CAUSES as readonly string[]).includes(cause))).toBe(true)
    }
    const { stdout } = await report('compare', first, second, '--currency', 'USD')
    const amounts = stdout
      .split('\n')
      .slice(1, -4)
      .map((line) =>
        Number(
          /(\S+)$/
            .exec(line)![1]!
            .replaceAll(/[$+,\s\u2009]/g, '')
            .replace('−', '-'),
        ),
      )
    expect(stdout).toContain(VARIANCE_IS_OF)
    const [before, ...rest] = amounts
    const after = rest.pop()!
    expect(rest.reduce((sum, part) => sum + part, before!)).toBeCloseTo(after, 8)
  })

  it('are compared with themselves: nothing has changed', async () => {
    const { parts } = await json<{ parts: { usdPerDay: number }[] }>('compare', first, first)
    expect(parts.every(({ usdPerDay }) => usdPerDay === 0)).toBe(true)
  })

  it('say that they are damaged, and give no PDF', async () => {
    const other = temporaryFolder()
    const hash = await stored(other, async (store) => {
      await store.loadSample()
      return seal(store, await storedCase(store))
    })
    const db = new Sqlite(join(other, 'data', DATABASE_NAME))
    db.exec(`UPDATE sealed_report_part SET bytes = x'25' WHERE kind = 'pdf'`)
    db.close()
    const run = await runCommand(['report', 'open', hash, '--pdf', 'x.pdf'], { cwd: other })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain(
      `The sealed report ${sealWords(hash)} is damaged: The PDF is not what was stored`,
    )
    expect(() => readFileSync(join(other, 'x.pdf'))).toThrow('ENOENT')
    const doctor = await runCommand(['doctor'], { cwd: other })
    expect(doctor.exitCode).toBe(3)
    expect(doctor.stdout).toContain('sealed_report_part')
    const removed = await runCommand(['report', 'remove', hash.slice(0, 12)], { cwd: other })
    expect(removed).toMatchObject({ exitCode: 0, stdout: `${sealWords(hash)} is removed.\n` })
    expect((await runCommand(['doctor'], { cwd: other })).stdout).not.toContain('sealed_report_part')
  })
})

describe('templates', () => {
  const file = (document: unknown) => writeFileSync(join(cwd, 'bank.json'), JSON.stringify(document))
  const BANK = { name: 'Bank', title: 'Position', sections: ['cover', 'bridge'], paper: 'Letter' }
  type Listed = { templates: { name: string; isKept: boolean; sections: string[]; gone: string[] }[] }

  it('are kept from a file, listed beside the usual ones, and removed by name', async () => {
    file(BANK)
    expect(await report('template', 'keep', 'bank.json')).toMatchObject({ exitCode: 0, stderr: '' })
    const { templates } = await json<Listed>('template', 'list')
    expect(templates.map(({ name }) => name)).toEqual(['Board pack', 'One page', 'Audit file', 'Bank'])
    expect(templates.at(-1)).toEqual({ ...BANK, isKept: true, gone: [] })
    file({ ...BANK, name: 'one page' })
    await report('template', 'keep', 'bank.json')
    const names = (await json<Listed>('template', 'list')).templates.map(({ name }) => name)
    expect(names).toEqual(['Board pack', 'Audit file', 'Bank', 'one page'])
    await report('template', 'remove', 'One page')
    await report('template', 'remove', 'bank')
    expect((await json<Listed>('template', 'list')).templates).toHaveLength(3)
    expect((await report('template', 'remove', 'bank')).stderr).toContain('There is no template ‘bank’')
  })

  it('that name a section that is gone keep the others, and say so', async () => {
    file({ ...BANK, sections: ['cover', 'weather', 'bridge'] })
    const { exitCode, stderr } = await report('template', 'keep', 'bank.json')
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(
      /^warning: bank.json: The section ‘weather’ is not in this program, which has cover, .* The others are kept\.\n$/,
    )
    await stored(cwd, (store) =>
      store.keepReportTemplate('Bank', JSON.stringify({ ...BANK, sections: ['weather', 'cover'] })),
    )
    const { templates } = await json<Listed>('template', 'list')
    expect(templates.at(-1)).toMatchObject({ sections: ['cover'], gone: ['weather'] })
    await report('template', 'remove', 'Bank')
  })

  it.each([
    [{ ...BANK, paper: 'A3' }, 'bank.json, field paper: must be one of A4, Letter'],
    [{ ...BANK, sections: [] }, 'field sections'],
    [{ ...BANK, sections: ['weather'] }, 'The template ‘Bank’ has no section'],
    [{ ...BANK, sections: ['cover', 'cover'] }, 'has ‘cover’ twice'],
    [{ ...BANK, name: '' }, 'field name'],
    [[], 'bank.json'],
  ])('are refused with what is wrong (%#)', async (document, words) => {
    file(document)
    const { exitCode, stderr } = await report('template', 'keep', 'bank.json')
    expect(exitCode).toBe(2)
    expect(stderr).toContain(words)
    expect((await json<Listed>('template', 'list')).templates).toHaveLength(3)
  })
})

describe('the logo', () => {
  it('is taken from a file that is a picture and nothing else', async () => {
    writeFileSync(join(cwd, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')
    expect(await report('logo', 'logo.svg')).toMatchObject({ exitCode: 0 })
    writeFileSync(
      join(cwd, 'bad.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg">\n<script>x()</script></svg>',
    )
    const { exitCode, stderr } = await report('logo', 'bad.svg')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('bad.svg has <script>, which a logo must not have (line 2)')
    writeFileSync(join(cwd, 'big.png'), '')
    truncateSync(join(cwd, 'big.png'), 40_000_000)
    expect((await report('logo', 'big.png')).stderr).toContain('big.png is 40 MB; the limit is 2 MB')
    expect(await stored(cwd, (store) => store.readLogo())).toMatchObject({ type: 'image/svg+xml' })
    await report('logo', 'remove')
    expect(await stored(cwd, (store) => store.readLogo())).toBe(null)
  })
})
