import type { Database } from 'better-sqlite3'
import { marginVariance } from '#shared/domain/money/margin-variance.ts'
import { display, setDisplay } from '#shared/format/display.ts'
import { sealWords } from '#shared/format/seal.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { LookedBack } from '#shared/report/looked-back.ts'
import { reportDocument } from '#shared/report/make.ts'
import { differencesOf } from '#shared/report/differences.ts'
import { pictureIn } from '#shared/report/facts.ts'
import { documentBytes, packed, readDocument, sealOf, unpacked } from '#electron/files/sealed/seal.ts'
import { readCaseText } from '#electron/files/sealed/sealed-case.ts'
import { sha256 } from '#electron/files/sealed/sha256.ts'
import type { KeptReport, RecomputedReport, ReportComparison, SealedReport } from '../port.ts'
import { createSealedReports } from './repositories/sealed-reports.ts'

/** What a margin follows from. */
type MarginCase = Parameters<typeof pictureIn>[0]

export type Sealing = ReturnType<typeof createSealing>

/** Reports as they were handed over: sealed, opened again, computed again and compared. Loaded when one of them is asked for. */
export function createSealing(db: Database) {
  const reports = createSealedReports(db)

  async function textOf({ hash }: SealedReport): Promise<Buffer> {
    const text = await unpacked(reports.read(hash, 'inputs'))
    if (sha256(text) === hash) return text
    throw new StrikelineError(
      'database-broken',
      `The sealed report ${sealWords(hash)} is damaged: what it was made from has another hash. It may be whole in a backup of the fleet.`,
    )
  }

  async function caseOf(report: SealedReport): Promise<ReportCase> {
    return readCaseText((await textOf(report)).toString('utf8'), sealWords(report.hash))
  }

  return {
    list: () => reports.list(),
    find: (typed: string) => reports.find(typed),
    seal: (reportCase: ReportCase) => ({ hash: sealOf(reportCase).hash }),
    async keep({ hash, reportCase, lookedBack, pdf, pages }: KeptReport): Promise<void> {
      const seal = sealOf(reportCase)
      if (seal.hash !== hash)
        throw new Error(`The report has ${sealWords(hash)} on its pages and is ${sealWords(seal.hash)}.`)
      const [inputs, said] = await Promise.all([
        packed(seal.text),
        packed(documentBytes(madeNow(reportCase, lookedBack))),
      ])
      const { madeAtMs, asOfMs, version, template, finance } = reportCase
      reports.keep(
        {
          ...{ hash, madeAtMs: Math.round(madeAtMs), asOfMs: Math.round(asOfMs), version, pages },
          ...{ title: template.title, company: finance.company.name, template: template.name },
        },
        { pdf, inputs, document: said },
      )
    },
    pdf(typed: string): { readonly report: SealedReport; readonly pdf: Uint8Array } {
      const report = reports.find(typed)
      return { report, pdf: reports.read(report.hash, 'pdf') }
    },
    async inputs(typed: string): Promise<{ readonly report: SealedReport; readonly text: Uint8Array }> {
      const report = reports.find(typed)
      return { report, text: await textOf(report) }
    },
    case: (typed: string): Promise<ReportCase> => caseOf(reports.find(typed)),
    async recompute(typed: string, lookedBack?: LookedBack | null): Promise<RecomputedReport> {
      const report = reports.find(typed)
      const [reportCase, text] = await Promise.all([
        caseOf(report),
        unpacked(reports.read(report.hash, 'document')),
      ])
      const then = readDocument(text.toString('utf8'))
      return { report, differences: differencesOf(then, madeNow(reportCase, lookedBack)) }
    },
    async compare(from: string, to: string | MarginCase): Promise<ReportComparison> {
      const before = reports.find(from)
      const after = typeof to === 'string' ? reports.find(to) : null
      const [one, other] = await Promise.all([
        caseOf(before),
        after === null ? (to as MarginCase) : caseOf(after),
      ])
      const variance = marginVariance(
        sideOf(one, sealWords(before.hash)),
        sideOf(other, after === null ? 'the fleet of now' : sealWords(after.hash)),
      )
      return { from: before, to: after, fromMs: one.asOfMs, toMs: other.asOfMs, variance }
    },
    remove(typed: string): SealedReport {
      const report = reports.find(typed)
      reports.remove(report.hash)
      return report
    },
  }
}

/** Words are written as the reader of then had them; this thread goes on as it was. */
function madeNow(reportCase: ReportCase, lookedBack: LookedBack | null = null) {
  const before = display()
  try {
    setDisplay(reportCase.display)
    return reportDocument(reportCase, lookedBack)
  } finally {
    setDisplay(before)
  }
}

function sideOf(reportCase: MarginCase, name: string) {
  const picture = pictureIn(reportCase)
  const hashprice = picture?.market.hashpriceUsdPerPhDay ?? NaN
  if (picture === null || !Number.isFinite(hashprice))
    throw new StrikelineError('bad-input', `${name} has no network values, so it has no margin to compare.`)
  return { basis: picture.basis, conditions: picture.market.conditions }
}
