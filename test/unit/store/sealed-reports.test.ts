import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { examine } from '#electron/store/sqlite/doctor.ts'
import { explained } from '#electron/store/sqlite/faults.ts'
import { moveIn } from '#electron/store/sqlite/move.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { createTask } from '#electron/store/sqlite/task.ts'
import { createSealing } from '#electron/store/sqlite/sealing.ts'
import { caseText, readCaseText } from '#electron/files/sealed/sealed-case.ts'
import { sealWords } from '#shared/format/seal.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { chainDays } from '../backtest/pasts.ts'
import { MADE_AT_MS, storedCase } from '../stored-case.ts'
import { storedFleet } from './stored-fleet.ts'
import { openIn, temporaryFolder } from './stores.ts'

const DAYS = chainDays({ fromDay: '2023-02-10', toDay: '2023-02-20' })
const PDF = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256)

let folder: string
let store: Store
let reportCase: ReportCase

beforeEach(async () => {
  folder = temporaryFolder()
  store = await openIn(folder)
  await store.loadSample()
  reportCase = await storedCase(store)
})

async function sealed(made: ReportCase = reportCase, pdf = PDF): Promise<string> {
  const { hash } = await store.sealReport(made)
  await store.keepReport({ hash, reportCase: made, pdf, pages: 12 })
  return hash
}

/** Changes the file behind the program's back. */
async function tamper(sql: string): Promise<void> {
  await store.close()
  const db = new Sqlite(join(folder, DATABASE_NAME))
  db.exec(sql)
  db.close()
}

describe('a report that was handed over', () => {
  it('is listed, the newest first, with what it is', async () => {
    const first = await sealed()
    const second = await sealed({ ...reportCase, madeAtMs: MADE_AT_MS + 1000 })
    expect(second).not.toBe(first)
    const list = await store.readSealedReports()
    expect(list.map(({ hash }) => hash)).toEqual([second, first])
    expect(list[1]).toMatchObject({
      ...{ madeAtMs: MADE_AT_MS, asOfMs: MADE_AT_MS, title: 'Mining position, all machines' },
      ...{
        company: 'Northern Hash',
        template: 'Audit file',
        version: '1.2.3',
        pages: 12,
        pdfBytes: PDF.length,
      },
    })
  })

  it('is kept once where it is kept twice', async () => {
    await sealed()
    await sealed()
    expect(await store.readSealedReports()).toHaveLength(1)
  })

  it('gives its PDF byte for byte, by its hash or the beginning of it as people type it', async () => {
    const hash = await sealed()
    for (const typed of [
      hash,
      hash.toUpperCase(),
      sealWords(hash),
      hash.slice(0, 6),
      `${hash.slice(0, 4)} ${hash.slice(4, 8)}`,
    ])
      expect((await store.readSealedPdf(typed)).pdf).toEqual(PDF)
    await expect(store.readSealedPdf(hash.slice(0, 5))).rejects.toMatchObject({ code: 'bad-input' })
    await expect(store.readSealedPdf('no hash at all')).rejects.toThrow('type at least 6 of its digits')
    const other = (hash.startsWith('0') ? '1' : '0').repeat(8)
    await expect(store.readSealedPdf(other)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('asks for more digits where several begin alike', async () => {
    const hash = await sealed()
    const twin = `${hash.slice(0, 8)}${'0'.repeat(56)}`
    const db = await openedAgain()
    db.exec(`INSERT INTO sealed_report (hash, made_at_ms, as_of_ms, title, company, template, version, pages, pdf_sha256, inputs_sha256, document_sha256)
      SELECT '${twin}', made_at_ms, as_of_ms, title, company, template, version, pages, pdf_sha256, inputs_sha256, document_sha256 FROM sealed_report`)
    const { find } = createSealing(db)
    expect(() => find(hash.slice(0, 8))).toThrow(sealWords(hash))
    expect(find(hash.slice(0, 12)).hash).toBe(hash)
  })

  it('does not take another hash than the one that is printed on it', async () => {
    await expect(store.keepReport({ hash: 'ab'.repeat(32), reportCase, pdf: PDF, pages: 1 })).rejects.toThrow(
      'The report has ABAB·ABAB·ABAB on its pages',
    )
    expect(await store.readSealedReports()).toEqual([])
  })

  it('is computed again without a difference by the same program, in the words of its reader', async () => {
    const german = { ...reportCase, display: { ...reportCase.display, numberLanguage: 'de' as const } }
    for (const made of [reportCase, german])
      expect((await store.recomputeReport(await sealed(made))).differences).toEqual([])
  })

  it('takes a back-test that was computed elsewhere, when it is kept and when it is computed again', async () => {
    const made = { ...reportCase, backtest: DAYS }
    const { hash } = await store.sealReport(made)
    const lookedBack = { value: null, refusal: 'site North: what it asks for cannot be' }
    await store.keepReport({ hash, reportCase: made, lookedBack, pdf: PDF, pages: 12 })
    expect(await store.readSealedCase(hash)).toEqual(made)
    expect((await store.recomputeReport(hash, lookedBack)).differences).toEqual([])
    expect((await store.recomputeReport(hash)).differences[0]).toMatchObject({ section: 'backtest' })
  })

  it('is read back as the case that it was, with contracts, operating points, policies and rates', async () => {
    const elsewhere = temporaryFolder()
    await storedFleet(elsewhere)
    const agreed = await storedCase(await openIn(elsewhere))
    expect(agreed.inputs.contracts).toHaveLength(1)
    for (const made of [reportCase, agreed]) expect(readCaseText(caseText(made), 'it')).toEqual(made)
  })

  it('stays as it is when the fleet changes, and undo leaves it alone', async () => {
    const hash = await sealed()
    const { undo } = await store.readFleet()
    await store.undo()
    expect((await store.readFleet()).machines.length).toBe(0)
    expect(undo).not.toBe(null)
    expect((await store.readSealedPdf(hash)).pdf).toEqual(PDF)
    expect((await store.recomputeReport(hash)).differences).toEqual([])
  })

  it('goes with all its parts when it is removed', async () => {
    const hash = await sealed()
    expect((await store.removeSealedReport(hash.slice(0, 12))).hash).toBe(hash)
    expect(await store.readSealedReports()).toEqual([])
    await expect(store.removeSealedReport(hash)).rejects.toMatchObject({ code: 'not-found' })
    await store.close()
    const db = new Sqlite(join(folder, DATABASE_NAME))
    expect(db.prepare('SELECT count(*) FROM sealed_report_part').pluck().get()).toBe(0)
    db.close()
  })

  it('is in a copy of the fleet and in a file for another computer', async () => {
    const hash = await sealed()
    const { name } = await store.makeBackup(MADE_AT_MS)
    await store.removeSealedReport(hash)
    await store.restoreBackup(name, MADE_AT_MS + 1000)
    expect((await store.readSealedPdf(hash)).pdf).toEqual(PDF)
    const path = join(folder, 'out.strikeline')
    await store.moveOut(path, '1.2.3', MADE_AT_MS)
    const elsewhere = temporaryFolder()
    const task = createTask(
      'move',
      () => false,
      () => undefined,
    )
    await moveIn(path, join(elsewhere, DATABASE_NAME), MADE_AT_MS, task)
    const other = await openIn(elsewhere)
    expect((await other.readSealedPdf(hash)).pdf).toEqual(PDF)
    expect((await other.recomputeReport(hash)).differences).toEqual([])
  })
})

async function openedAgain() {
  await store.close()
  const db = await openDatabase(join(folder, DATABASE_NAME), 'refuse')
  onTestFinished(() => void db.close())
  return db
}

describe('a sealed report that is damaged', () => {
  it.each([
    ['pdf', 'The PDF is not what was stored'],
    ['inputs', 'What it was made from is not what was stored'],
    ['document', 'What it said is not what was stored'],
  ])('says so where its %s is read, and doctor finds it', async (kind, words) => {
    const hash = await sealed()
    await tamper(
      `UPDATE sealed_report_part SET bytes = CAST(substr(bytes, 1, 100) || x'00' || substr(bytes, 102) AS BLOB) WHERE kind = '${kind}'`,
    )
    const again = await openIn(folder)
    const read = kind === 'pdf' ? again.readSealedPdf(hash) : again.recomputeReport(hash)
    await expect(read).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringContaining(words) as string,
    })
    await again.close()
    const { database } = await examine(join(folder, DATABASE_NAME))
    expect(database?.facts?.damagedRows).toEqual([
      { table: 'sealed_report_part', key: `${sealWords(hash)} ${kind}` },
    ])
  })

  it('says so where its bytes are gone', async () => {
    const hash = await sealed()
    await tamper(`DELETE FROM sealed_report_part WHERE kind = 'pdf'`)
    const again = await openIn(folder)
    await expect(again.readSealedPdf(hash)).rejects.toThrow('The PDF is gone')
  })

  it('is told by its row where its head is another one', async () => {
    const hash = await sealed()
    await tamper('UPDATE sealed_report SET title = title || 1')
    await expect(openIn(folder)).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringContaining(`the row ${hash} of its table "sealed_report"`) as string,
    })
  })
})

it('a disk that is full keeps nothing of a report, and what was there stays', async () => {
  const hash = await sealed()
  await store.close()
  const copy = join(temporaryFolder(), DATABASE_NAME)
  copyFileSync(join(folder, DATABASE_NAME), copy)
  const db = await openDatabase(copy, 'refuse')
  onTestFinished(() => void db.close())
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 3}`)
  const sealing = createSealing(db)
  const next = { ...reportCase, madeAtMs: MADE_AT_MS + 1 }
  const fault = await sealing
    .keep({ hash: sealing.seal(next).hash, reportCase: next, pdf: PDF, pages: 1 })
    .catch((error: unknown) => explained(error, copy))
  expect(fault).toMatchObject({
    code: 'file-unwritable',
    message: expect.stringContaining('Make room on the disk') as string,
  })
  expect(sealing.list().map((report) => report.hash)).toEqual([hash])
  expect(sealing.pdf(hash).pdf).toEqual(Buffer.from(PDF))
})

it('a PDF of absurd size is refused with the limit', async () => {
  const { hash } = await store.sealReport(reportCase)
  const pdf = new Uint8Array(100_000_001)
  await expect(store.keepReport({ hash, reportCase, pdf, pages: 1 })).rejects.toThrow(
    'its PDF has 101 MB, and at most 100 MB are kept',
  )
})

describe('two reports', () => {
  it('are compared by cause, and one with the fleet of now', async () => {
    const from = await sealed()
    const dearer = await storedCase(store, { madeAtMs: MADE_AT_MS + 1 })
    const price = dearer.network.values.priceUsdPerBtc!
    const values = { ...dearer.network.values, priceUsdPerBtc: { ...price, value: price.value * 1.1 } }
    const to = await sealed({ ...dearer, network: { ...dearer.network, values } })
    const { variance } = await store.compareReports(from, to)
    const { price: ofPrice, ...others } = variance.effectsUsdPerDay
    expect(ofPrice).toBeGreaterThan(0)
    expect(ofPrice).toBeCloseTo(variance.afterUsdPerDay - variance.beforeUsdPerDay, 6)
    expect(Object.values(others).every((effect) => effect === 0)).toBe(true)

    const [key] = (await store.readFleet()).machines.key
    await store.updateMachines([key!], { uptime: 0.5 })
    const { network } = reportCase
    const now = await store.compareReports(from, { network, nowMs: MADE_AT_MS })
    expect(now.to).toBe(null)
    const { uptime } = now.variance.effectsUsdPerDay
    expect(uptime).not.toBe(0)
    expect(uptime).toBeCloseTo(now.variance.afterUsdPerDay - now.variance.beforeUsdPerDay, 6)
    expect(now.variance.effectsUsdPerDay).toMatchObject({ price: 0, tariff: 0, terms: 0, fleet: 0 })
  })

  it('cannot be compared where one knows no network', async () => {
    const nothing = Object.fromEntries(Object.keys(reportCase.network.values).map((name) => [name, null]))
    const values = nothing as ReportCase['network']['values']
    const from = await sealed({ ...reportCase, network: { ...reportCase.network, values } })
    await expect(
      store.compareReports(from, { network: reportCase.network, nowMs: MADE_AT_MS }),
    ).rejects.toThrow(`${sealWords(from)} has no network values, so it has no margin to compare.`)
  })
})

describe('templates and the logo', () => {
  it('are kept by name, and the logo is one', async () => {
    await store.keepReportTemplate('Bank', '{}')
    await store.keepReportTemplate('bank', '{"title":"x"}')
    expect(await store.readReportTemplates()).toEqual([{ name: 'Bank', text: '{"title":"x"}' }])
    await store.removeReportTemplate('BANK')
    await expect(store.removeReportTemplate('Bank')).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.keepReportTemplate(' ', '{}')).rejects.toMatchObject({ code: 'bad-input' })
    expect(await store.readLogo()).toBe(null)
    const logo = { type: 'image/png', bytes: Uint8Array.of(1, 2, 255) } as const
    await store.putLogo(logo)
    await store.putLogo({ ...logo, type: 'image/jpeg' })
    expect(await store.readLogo()).toEqual({ ...logo, type: 'image/jpeg' })
    await store.putLogo(null)
    expect(await store.readLogo()).toBe(null)
  })
})
