import { PAPERS } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { dataOption, defineCommand, EXIT, jsonOption, numberOption, UsageError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { sealedOptions } from '../report-call.ts'
import type { ReportCall } from '../report-call.ts'
import { moneyOption } from '../reporting.ts'
import { writeLine } from '../json.ts'
import { readWatchedAgain, warnOfStore } from '../case.ts'
import { dataFolderOf, withStore } from '../stored.ts'

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
  summary: 'writes the one-page report of the stored fleet as PDF; opens and compares those that are sealed',
  options: {
    pdf: { type: 'string', value: 'OUT.PDF', help: 'the file to write' },
    paper: { type: 'string', value: PAPERS.join('|'), help: 'paper size (A4)' },
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
    if (options.pdf === undefined) throw new UsageError('report: --pdf OUT.PDF is missing')
    const paper = PAPERS.find((known) => known.toLowerCase() === (options.paper ?? PAPERS[0]).toLowerCase())
    if (paper === undefined) throw new UsageError(`report: --paper must be ${PAPERS.join(' or ')}`)
    const horizonDays = numberOption('report', 'horizon-days', options['horizon-days'], {
      min: 1,
      max: 3660,
      unit: 'days',
      typed: 'days',
    })
    if (host.printReport === undefined) {
      throw new StrikelineError(
        'internal',
        'report: nothing here can print a page; run it with the installed program',
      )
    }
    const watched = await withStore(host, options.data, async (store) => {
      await warnOfStore(host, store)
      return store.readWatchedFiles()
    })
    if (watched.length > 0) await readWatchedAgain(host, options.data, watched)
    const { pages } = await host.printReport({
      dataFolder: dataFolderOf(host, options.data),
      path: path(options.pdf),
      paper,
      horizonDays: horizonDays ?? null,
    })
    await writeLine(host.stderr, `${pages} page${pages === 1 ? '' : 's'} written`)
    return EXIT.done
  },
})
