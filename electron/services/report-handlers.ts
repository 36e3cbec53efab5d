import { basename } from 'node:path'
import type { reportChannels } from '#shared/ipc/schemas/reports.ts'
import { isoDay } from '#shared/format/times.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'

type Ports = Pick<HandlerPorts, 'report' | 'handOver' | 'dialogs' | 'nowMs'>

/** Pages, workbook and tables of the fleet as it is now. */
export function createReportHandlers({
  report,
  handOver,
  dialogs,
  nowMs,
}: Ports): Pick<Handlers, keyof typeof reportChannels> {
  return {
    'report.preview': (request) => report.preview(request),
    'report.count': async (request) => ({ pages: await report.count(request) }),
    async 'report.save'(request) {
      const path = await dialogs.saveFile('report-pdf', reportName(request.asOfMs ?? nowMs()))
      if (path === null) return null
      return { fileName: basename(path), ...(await report.saveTo(path, request)) }
    },
    async 'report.workbook'(request) {
      const path = await dialogs.saveFile('workbook', handedOverName(request.asOfMs ?? nowMs(), 'xlsx'))
      if (path === null) return null
      await handOver.save('workbook', path, request)
      return { fileName: basename(path) }
    },
    async 'report.tables'({ format, ...request }) {
      const ending = format === 'csv' ? 'zip' : 'json'
      const name = handedOverName(request.asOfMs ?? nowMs(), ending)
      const path = await dialogs.saveFile(`tables-${format}`, name)
      if (path === null) return null
      const { tables } = await handOver.save(format, path, request)
      return { fileName: basename(path), tables }
    },
  }
}

/** Of a workbook or of the tables of a report. */
function handedOverName(asOfMs: number, ending: 'xlsx' | 'zip' | 'json'): string {
  return `strikeline-${ending === 'xlsx' ? '' : 'tables-'}${isoDay(asOfMs)}.${ending}`
}

function reportName(nowMs: number): string {
  return `strikeline-${isoDay(nowMs)}.pdf`
}
