import { createPastService } from '#electron/services/past-service.ts'
import type { NetworkFileSummary } from '#shared/ipc/schemas/past.ts'
import { count } from '#shared/format/numbers.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'snapshot',
  operands: 'export FILE | import FILE',
  maxOperands: 2,
  summary: 'what is known of the network as a file, for a machine that is offline',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host, path }) {
    const [verb, file] = operands
    if ((verb !== 'export' && verb !== 'import') || file === undefined)
      throw new UsageError('snapshot: use `snapshot export FILE` or `snapshot import FILE`')
    const summary = await withStore(host, options.data, async (store) => {
      const service = createPastService({ store, version: host.version })
      try {
        return await (verb === 'export'
          ? service.exportNetworkFile(path(file))
          : service.importNetworkFile(path(file)))
      } finally {
        await service.stop()
      }
    })
    if (options.json) {
      const { madeAtMs, ...figures } = summary
      await writeLine(host.stdout, JSON.stringify({ madeAt: isoTime(madeAtMs), ...figures }))
    } else await writeLine(host.stderr, wordsOf(verb, summary))
    return EXIT.done
  },
})

function wordsOf(verb: 'export' | 'import', summary: NetworkFileSummary): string {
  const { fileName, madeAtMs, taken, olderThanStored, days, epochs } = summary
  const past = `${count(days)} days, ${count(epochs)} difficulty epochs`
  if (verb === 'export') return `${fileName}: ${count(taken)} values and rates written, ${past}`
  const older = olderThanStored === 0 ? '' : ` (${count(olderThanStored)} are not newer than the stored ones)`
  return `${fileName} of ${isoTime(madeAtMs)}: ${count(taken)} values and rates taken${older}, ${past}`
}
