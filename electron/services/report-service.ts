import type { ChannelOutput, Paper } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { displayOf } from '#shared/format/display.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

export type ReportRequest = { readonly paper: Paper; readonly horizonDays: number | null }
export type ReportContent = ChannelOutput<'report.read'>

export type ReportPorts = {
  readonly store: Store
  readonly network: { read(): Promise<NetworkState> }
  /** Prints the report page, which asks for its content by {@link ReportService.read}. */
  readonly printPdf: (options: {
    readonly paper: Paper
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

  async function contentOf({ paper, horizonDays }: ReportRequest): Promise<ReportContent> {
    const [{ machines, ...fleet }, inputs, network, settings] = await Promise.all([
      ports.store.readFleet(),
      ports.store.readCase(),
      ports.network.read(),
      ports.store.readSettings(),
    ])
    return {
      fleet: { ...fleet, machines: packMachines(machines) },
      inputs,
      network,
      horizonDays,
      currency: settings.currency,
      display: displayOf(settings),
      paper,
      madeAt: ports.nowMs(),
      version: ports.version,
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
        const { bytes, pages } = await ports.printPdf({ paper: request.paper })
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
