import { sealWords } from '#shared/format/seal.ts'
import { createSealService } from '#electron/services/seal-service.ts'
import type { SealService } from '#electron/services/seal-service.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { SealedReport } from '#electron/store/port.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { Call, OptionSpecs } from './command.ts'
import { UsageError } from './command.ts'
import { isoTime } from './json.ts'
import { withStore } from './stored.ts'

/** Beside those of a report that is made. */
export const sealedOptions = {
  inputs: {
    type: 'string',
    value: 'OUT.JSON',
    help: 'with open: what the report was made from; its SHA-256 is the hash',
  },
} as const satisfies OptionSpecs

/** What verbs of `report` may be given. */
export type ReportCall = {
  readonly options: {
    readonly json: boolean
    readonly data: string | undefined
    readonly pdf: string | undefined
    readonly inputs?: string | undefined
    readonly currency: string | undefined
  }
} & Pick<Call<OptionSpecs>, 'host' | 'path'>

/** Opens the reports that are sealed in the data of the call, for one piece of work. */
export function withSealed<T>(
  { host, options }: ReportCall,
  work: (seal: SealService, store: Store) => Promise<T>,
): Promise<T> {
  return withStore(host, options.data, (store) => {
    const network = { read: () => readNetworkState(store, Date.now()) }
    return work(createSealService({ store, network, nowMs: Date.now }), store)
  })
}

/** The one operand of a verb. @throws UsageError */
export function onlyOperand(verb: string, what: string, operands: readonly string[]): string {
  const [first, second] = operands
  if (first === undefined || second !== undefined)
    throw new UsageError(`report ${verb}: takes ${what} and nothing else`)
  return first
}

/** A sealed report for JSON. */
export const sealedDocument = (report: SealedReport) => ({
  hash: report.hash,
  seal: sealWords(report.hash),
  madeAt: isoTime(report.madeAtMs),
  asOf: isoTime(report.asOfMs),
  title: report.title,
  company: report.company,
  template: report.template,
  version: report.version,
  pages: report.pages,
  pdfBytes: report.pdfBytes,
  pdfSha256: report.pdfSha256,
})
