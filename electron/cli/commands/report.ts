import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PAPERS } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { setDisplay } from '#shared/format/display.ts'
import { counted } from '#shared/format/numbers.ts'
import { sealWords } from '#shared/format/seal.ts'
import type { CliHost, ExitCode } from '../command.ts'
import { dataOption, defineCommand, EXIT, jsonOption, numberOption, UsageError } from '../command.ts'
import { write, writeLine } from '../json.ts'
import { sealedOptions } from '../report-call.ts'
import type { ReportCall } from '../report-call.ts'
import type { HandOverRequest } from '../report-case.ts'
import { gathered, handOverOptions, handOverRequest } from '../report-case.ts'
import { moneyOption } from '../reporting.ts'
import { dataFolderOf } from '../stored.ts'

/** Verb → work; without one a report is made. Each is loaded where it is asked for. */
const VERBS: Readonly<Record<string, (call: ReportCall, operands: readonly string[]) => Promise<ExitCode>>> =
  {
    list: async (...call) => (await import('./report-list.ts')).runList(...call),
    open: async (...call) => (await import('./report-open.ts')).runOpen(...call),
    recompute: async (...call) => (await import('./report-recompute.ts')).runRecompute(...call),
    compare: async (...call) => (await import('./report-compare.ts')).runCompare(...call),
    remove: async (...call) => (await import('./report-remove.ts')).runRemove(...call),
    template: async (...call) => (await import('./report-template.ts')).runTemplate(...call),
    logo: async (...call) => (await import('./report-logo.ts')).runLogo(...call),
  }

export const command = defineCommand({
  name: 'report',
  operands: `[${Object.keys(VERBS).join(' | ')} …]`,
  maxOperands: 4,
  summary:
    'the stored fleet as a report: PDF, and its tables as CSV or JSON; opens and compares those that are sealed',
  options: {
    pdf: { type: 'string', value: 'OUT.PDF', help: 'the file to write' },
    csv: { type: 'string', value: 'DIR', help: 'a folder for its tables, a file each' },
    ...handOverOptions,
    paper: { type: 'string', value: PAPERS.join('|'), help: 'paper size (that of the template)' },
    'horizon-days': { type: 'string', value: 'N', help: 'days over which a verdict is weighed' },
    ...sealedOptions,
    ...moneyOption,
    ...jsonOption,
    ...dataOption,
  },
  async run(call) {
    const { options, host, path } = call
    const [verb, ...operands] = call.operands
    if (verb !== undefined) {
      const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
      if (work === undefined)
        throw new UsageError(`report: '${verb}' is none of ${Object.keys(VERBS).join(', ')}`)
      return work(call, operands)
    }
    const { pdf, csv, json } = options
    if (pdf === undefined && csv === undefined && !json)
      throw new UsageError('report: say what to make: --pdf OUT.PDF, --csv DIR or --json')
    const horizonDays = numberOption('report', 'horizon-days', options['horizon-days'], {
      min: 1,
      max: 3660,
      unit: 'days',
      typed: 'days',
    })
    const print = pdf === undefined ? null : printerOf(host)
    const request = await handOverRequest('report', call, horizonDays ?? null)
    if (csv !== undefined || json)
      await writeTables(call, request, csv === undefined ? null : path(csv), json)
    if (print === null) return EXIT.done
    const { pages, hash } = await print({
      ...request,
      dataFolder: dataFolderOf(host, options.data),
      path: path(pdf!),
    })
    const sealed = hash === null ? '' : `, sealed ${sealWords(hash)}`
    await writeLine(host.stderr, `${counted(pages, 'page')} written${sealed}`)
    return EXIT.done
  },
})

/** @throws StrikelineError 'internal' where there is no window system to print with */
function printerOf({ printReport }: CliHost) {
  if (printReport !== undefined) return printReport
  throw new StrikelineError(
    'internal',
    'report: nothing here can print a page; run it with the installed program',
  )
}

/** @param folder for CSV; it is made where it is not there */
async function writeTables(
  call: Parameters<typeof gathered>[0],
  request: HandOverRequest,
  folder: string | null,
  asJson: boolean,
): Promise<void> {
  const { stdout, stderr } = call.host
  const [{ reportDocument }, { tablesOf }, { writeTableCsv }, { writeTablesJson }, { replaceFile }] =
    await Promise.all([
      import('#shared/report/make.ts'),
      import('#electron/files/tables/tables.ts'),
      import('#electron/files/tables/write-csv.ts'),
      import('#electron/files/tables/write-json.ts'),
      import('#electron/files/replace.ts'),
    ])
  const reportCase = await gathered(call, request)
  setDisplay(reportCase.display)
  const document = reportDocument(reportCase)
  if (asJson) for (const piece of writeTablesJson(document)) await write(stdout, piece)
  if (folder === null) return
  await mkdir(folder, { recursive: true })
  const tables = tablesOf(document)
  for (const { id, table } of tables) await replaceFile(join(folder, `${id}.csv`), writeTableCsv(table))
  await writeLine(stderr, `${counted(tables.length, 'table')} written`)
}
