import { basename } from 'node:path'
import { goneWords, keepTemplate, readTemplates, templateOf } from '#electron/services/report-templates.ts'
import { readJsonFile } from '#electron/files/json.ts'
import { EXIT, UsageError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import type { ReportCall } from '../sealed-reports.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'

const MOST_BYTES = 100_000

/** `report template list | keep FILE.json | remove NAME`. */
export async function runTemplate(call: ReportCall, operands: readonly string[]): Promise<ExitCode> {
  const [verb = '', operand, ...more] = operands
  const isList = verb === 'list' && operand === undefined
  const takesOne = (verb === 'keep' || verb === 'remove') && operand !== undefined && more.length === 0
  if (!isList && !takesOne)
    throw new UsageError('report template: takes list, keep FILE.json, or remove NAME')
  if (isList) await list(call)
  else if (verb === 'keep') await keep(call, operand!)
  else await withStore(call.host, call.options.data, (store) => store.removeReportTemplate(operand!))
  return EXIT.done
}

async function list({ host, options }: ReportCall): Promise<void> {
  const templates = await withStore(host, options.data, readTemplates)
  if (options.json) {
    await writeLine(host.stdout, JSON.stringify({ templates }))
    return
  }
  const columns = [{ title: 'template' }, { title: 'title' }, { title: 'paper' }, { title: 'sections' }]
  const rows = templates.map(({ name, title, paper, sections }) => [name, title, paper, sections.join(', ')])
  for (const line of textTable(columns, rows)) await writeLine(host.stdout, line)
  for (const { name, gone } of templates)
    if (gone.length > 0) await writeLine(host.stderr, `warning: template ‘${name}’: ${goneWords(gone)}`)
}

async function keep({ host, options, path }: ReportCall, file: string): Promise<void> {
  const name = basename(file)
  const { gone, ...template } = templateOf(await readJsonFile(path(file), MOST_BYTES), name)
  if (gone.length > 0)
    await writeLine(host.stderr, `warning: ${name}: ${goneWords(gone)} The others are kept.`)
  await withStore(host, options.data, (store) => keepTemplate(store, template))
}
