import type { ChannelOutput, Paper } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Past } from '#shared/ipc/schemas/past.ts'
import { recentHashprice } from '#shared/domain/signals/hashprice-history.ts'
import { displayOf } from '#shared/format/display.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

export type ReportRequest = {
  readonly paper: Paper
  readonly horizonDays: number | null
  /** a work list in place of the report, as advised at a moment; site null: of every site */
  readonly workList?: { readonly site: string | null; readonly seenAtMs: number }
}
export type ReportContent = ChannelOutput<'report.read'>

export type ReportPorts = {
  readonly store: Store
  readonly network: { read(): Promise<NetworkState> }
  readonly past: { read(): Promise<Past> }
  /** Prints the report page, which asks for its content by {@link ReportService.read}. */
  readonly printPdf: (options: {
    readonly paper: Paper
    /** with page numbers */
    readonly isNumbered: boolean
  }) => Promise<{ readonly bytes: Uint8Array; readonly pages: number }>
  readonly nowMs: () => number
  readonly version: string
}

export type ReportService = {
  /** Prints and writes the file, whole or not at all; gives the number of pages. One report at a time. */
  saveTo(path: string, request: ReportRequest): Promise<{ readonly pages: number }>
  /** What the report under way shows; 'not-found' where none is. */
  read(): Promise<ReportContent>
}

export function createReportService(ports: ReportPorts): ReportService {
  let pending: Promise<ReportContent> | null = null

  async function contentOf({ paper, horizonDays, workList }: ReportRequest): Promise<ReportContent> {
    const [{ machines, ...fleet }, inputs, network, past, settings] = await Promise.all([
      ports.store.readFleet(),
      ports.store.readCase(),
      ports.network.read(),
      ports.past.read(),
      ports.store.readSettings(),
    ])
    return {
      fleet: { ...fleet, machines: packMachines(machines) },
      inputs,
      network,
      recent: recentHashprice(past.series),
      horizonDays,
      currency: settings.currency,
      display: displayOf(settings),
      paper,
      madeAt: workList?.seenAtMs ?? ports.nowMs(),
      version: ports.version,
      ...(workList === undefined ? {} : { workList: { site: workList.site } }),
    }
  }

  return {
    async saveTo(path, request) {
      if (pending !== null) {
        throw new StrikelineError('bad-input', 'A report is being made already. Wait until it is done.')
      }
      // Gathered while the page that asks for it loads, and told to it if that fails.
      pending = contentOf(request)
      pending.catch(() => undefined)
      try {
        const { bytes, pages } = await ports.printPdf({
          paper: request.paper,
          isNumbered: request.workList !== undefined,
        })
        await replaceFile(path, bytes)
        return { pages }
      } finally {
        pending = null
      }
    },

    read() {
      if (pending === null)
        return Promise.reject(new StrikelineError('not-found', 'No report is being made.'))
      return pending
    },
  }
}
