import { replaceFile } from '#electron/files/replace.ts'
import type { KeptReport, RecomputedReport, ReportComparison, SealedReport } from '#electron/store/port.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { LookingBack } from './looking-back.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { ReportCase } from '#shared/report/case.ts'

export type SealPorts = {
  /** absent: a back-test is computed with the rest, in the store's thread */
  readonly lookingBack?: LookingBack
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
  /** Stops what is recomputed. */
  cancel(): void
  /** to null: the stored fleet and the network of now */
  compare(from: string, to: string | null): Promise<ReportComparison>
  remove(hash: string): Promise<SealedReport>
}

export function createSealService({ store, network, nowMs, lookingBack }: SealPorts): SealService {
  let recomputing: AbortController | null = null

  return {
    sealOf: (reportCase) => store.sealReport(reportCase),
    keep: (made) => store.keepReport(made),
    list: () => store.readSealedReports(),
    async open(hash, path) {
      const { report, pdf } = await store.readSealedPdf(hash)
      await replaceFile(path, pdf)
      return report
    },
    async recompute(hash) {
      if (lookingBack === undefined) return store.recomputeReport(hash)
      const own = (recomputing = new AbortController())
      const lookedBack = await lookingBack.of(await store.readSealedCase(hash), own.signal)
      own.signal.throwIfAborted()
      return store.recomputeReport(hash, lookedBack)
    },
    cancel() {
      recomputing?.abort(new StrikelineError('cancelled', 'The report is not computed again.'))
    },
    async compare(from, to) {
      return store.compareReports(from, to ?? { network: await network.read(), nowMs: nowMs() })
    },
    remove: (hash) => store.removeSealedReport(hash),
  }
}
