import type { MarginVariance } from '#shared/domain/money/margin-variance.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Company, ReportCase } from '#shared/report/case.ts'
import type { LookedBack } from '#shared/report/looked-back.ts'
import type { ReportDifference } from '#shared/report/differences.ts'

/** A report as it was handed over. */
export type SealedReport = {
  /** SHA-256 of what it was made from */
  readonly hash: string
  readonly madeAtMs: number
  readonly asOfMs: number
  readonly title: string
  readonly company: string
  /** name of its template */
  readonly template: string
  /** of the program that made it */
  readonly version: string
  readonly pages: number
  readonly pdfBytes: number
  readonly pdfSha256: string
}
export type KeptReport = {
  /** the one that is printed on its pages */
  readonly hash: string
  readonly reportCase: ReportCase
  /** as it stands on the pages; absent: it is computed again */
  readonly lookedBack?: LookedBack | null
  readonly pdf: Uint8Array
  readonly pages: number
}
export type RecomputedReport = {
  readonly report: SealedReport
  readonly differences: readonly ReportDifference[]
}
export type ReportComparison = {
  readonly from: SealedReport
  /** null: the fleet of now */
  readonly to: SealedReport | null
  readonly fromMs: number
  readonly toMs: number
  readonly variance: MarginVariance
}
export type Logo = NonNullable<Company['logo']>

/** Reports that were handed over, and what they are made like. */
export type ReportCalls = {
  /** The hash of what a report is made from, to be printed on it. */
  sealReport(reportCase: ReportCase): Promise<{ readonly hash: string }>
  /**
   * Keeps a report that was handed over. It is no part of the fleet: undo leaves it alone. 'bad-input' where it is too large or there
   * is no more room for it.
   */
  keepReport(made: KeptReport): Promise<void>
  /** Newest first. */
  readSealedReports(): Promise<readonly SealedReport[]>
  /**
   * The PDF as it was handed over, byte for byte.
   * @param typed the hash or its beginning as people type it; 'bad-input' where it is none or that of several, 'not-found'
   */
  readSealedPdf(typed: string): Promise<{ readonly report: SealedReport; readonly pdf: Uint8Array }>
  /** The text that it was made from, whose SHA-256 is its hash. Fails as {@link readSealedPdf}. */
  readSealedInputs(typed: string): Promise<{ readonly report: SealedReport; readonly text: Uint8Array }>
  /** What it was made from, as this program reads it. Fails as {@link readSealedPdf}. */
  readSealedCase(typed: string): Promise<ReportCase>
  /**
   * Makes the document again from what was sealed, and says where it differs from that of then. Fails as {@link readSealedPdf}.
   * @param lookedBack its back-test where that has been computed already: it would keep all other calls waiting
   */
  recomputeReport(typed: string, lookedBack?: LookedBack | null): Promise<RecomputedReport>
  /**
   * Why the margin of the second is another than that of the first. Fails as {@link readSealedPdf}.
   * @param to another report, or the network that the stored fleet is looked at under
   */
  compareReports(
    from: string,
    to: string | { readonly network: NetworkState; readonly nowMs: number },
  ): Promise<ReportComparison>
  /** For good. Fails as {@link readSealedPdf}. */
  removeSealedReport(typed: string): Promise<SealedReport>

  /** By name; what a text means is its reader's business. */
  readReportTemplates(): readonly { readonly name: string; readonly text: string }[]
  /** Replaces a template of that name, case ignored. */
  keepReportTemplate(name: string, text: string): void
  /** 'not-found' where there is none. */
  removeReportTemplate(name: string): void
  readLogo(): Logo | null
  /** null removes it. */
  putLogo(logo: Logo | null): void
}
