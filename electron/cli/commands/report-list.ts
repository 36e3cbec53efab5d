import { sealWords } from '#shared/format/seal.ts'
import { counted } from '#shared/format/numbers.ts'
import { dateTime } from '#shared/format/times.ts'
import { EXIT, UsageError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import { sealedDocument, withSealed } from '../sealed-reports.ts'
import type { ReportCall } from '../sealed-reports.ts'
import { textTable } from '../text-table.ts'

/** `report list`: those that were sealed, the newest first. */
export async function runList(call: ReportCall, operands: readonly string[]): Promise<ExitCode> {
  if (operands.length > 0) throw new UsageError('report list: takes nothing else')
  const { stdout } = call.host
  const reports = await withSealed(call, (seal) => seal.list())
  if (call.options.json) await writeLine(stdout, JSON.stringify({ reports: reports.map(sealedDocument) }))
  else if (reports.length === 0) await writeLine(stdout, 'No report is sealed here.')
  else {
    const columns = [
      { title: 'seal' },
      { title: 'made' },
      { title: 'as of' },
      { title: 'title' },
      { title: 'pages', right: true },
    ]
    const rows = reports.map(({ hash, madeAtMs, asOfMs, title, pages }) => [
      ...[sealWords(hash), dateTime(madeAtMs), dateTime(asOfMs), title, String(pages)],
    ])
    for (const line of textTable(columns, rows)) await writeLine(stdout, line)
    await writeLine(stdout, counted(reports.length, 'sealed report'))
  }
  return EXIT.done
}
