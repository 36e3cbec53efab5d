import { replaceFile } from '#electron/files/replace.ts'
import type { KeptReport, RecomputedReport, ReportComparison, SealedReport } from '#electron/store/port.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { ReportCase } from '#shared/report/case.ts'

export type SealPorts = {
  readonly store: Store
  readonly network: { read(): Promise<NetworkState> }
  readonly nowMs: () => number
}

/** Reports that are handed over, from their seal on. All work on their bytes is done in the store's thread. */
export type SealService = {
  /** The hash of what a report is made from, before it is drawn: it is printed on the pages. */
  sealOf(reportCase: ReportCase): Promise<{ readonly hash: string }>
  /** Keeps the report that was drawn; 'bad-input' where it is too large. */
  keep(made: KeptReport): Promise<void>
  /** Newest first. */
  list(): Promise<readonly SealedReport[]>
  /**
   * Writes the PDF as it was handed over.
   * @param hash or its beginning, as people type it
   */
  open(hash: string, path: string): Promise<SealedReport>
  recompute(hash: string): Promise<RecomputedReport>
  /** to null: the stored fleet and the network of now */
  compare(from: string, to: string | null): Promise<ReportComparison>
  remove(hash: string): Promise<SealedReport>
}

export function createSealService({ store, network, nowMs }: SealPorts): SealService {
  return {
    sealOf: (reportCase) => store.sealReport(reportCase),
    keep: (made) => store.keepReport(made),
    list: () => store.readSealedReports(),
    async open(hash, path) {
      const { report, pdf } = await store.readSealedPdf(hash)
      await replaceFile(path, pdf)
      return report
    },
    recompute: (hash) => store.recomputeReport(hash),
    async compare(from, to) {
      return store.compareReports(from, to ?? { network: await network.read(), nowMs: nowMs() })
    },
    remove: (hash) => store.removeSealedReport(hash),
  }
}
