import { PAPERS } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { dataOption, defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { readWatchedAgain, warnOfStore } from '../case.ts'
import { dataFolderOf, withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'report',
  summary: 'writes the report of the stored fleet as PDF',
  options: {
    pdf: { type: 'string', value: 'OUT.PDF', required: true, help: 'the file to write' },
    paper: { type: 'string', value: PAPERS.join('|'), help: 'paper size (A4)' },
    'horizon-days': { type: 'string', value: 'N', help: 'days over which a verdict is weighed' },
    ...dataOption,
  },
  async run({ options, host, path }) {
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
      template: { ...USUAL_TEMPLATES[0]!, paper },
      horizonDays: horizonDays ?? null,
      asOfMs: null,
      scenario: null,
    })
    await writeLine(host.stderr, `${pages} page${pages === 1 ? '' : 's'} written`)
    return EXIT.done
  },
})
