import { createPastService } from '#electron/services/past-service.ts'
import type { NetworkFileSummary } from '#shared/ipc/schemas/past.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { writeChanges } from '../part-changes.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'snapshot',
  operands: 'export FILE | import FILE',
  maxOperands: 2,
  summary: 'what is known of the network as a file, for a machine that is offline',
  options: {
    'with-contracts': {
      type: 'boolean',
      help: 'export: also contracts, policies, ladders, limits and what sites pay',
    },
    replace: {
      type: 'boolean',
      help: 'import: contracts and the like take the place of stored ones that differ',
    },
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, operands, host, path }) {
    const [verb, file] = operands
    if ((verb !== 'export' && verb !== 'import') || file === undefined)
      throw new UsageError('snapshot: use `snapshot export FILE` or `snapshot import FILE`')
    const { summary, changes } = await withStore(host, options.data, async (store) => {
      const service = createPastService({ store, version: host.version })
      try {
        if (verb === 'export')
          return {
            summary: await service.exportNetworkFile(path(file), options['with-contracts']),
            changes: null,
          }
        const { parts, ...summary } = await service.importNetworkFile(path(file))
        if (parts === null) return { summary, changes: null }
        const rules = { fileName: summary.fileName, replace: options.replace, leaveUnknown: true }
        return { summary, changes: (await store.takeParts(parts, rules)).changes }
      } finally {
        await service.stop()
      }
    })
    if (options.json) {
      const { madeAtMs, ...figures } = summary
      const parts = changes === null ? {} : { replaced: options.replace, changes }
      await writeLine(host.stdout, JSON.stringify({ madeAt: isoTime(madeAtMs), ...figures, ...parts }))
    } else {
      await writeLine(host.stderr, wordsOf(verb, summary))
      if (changes !== null) await writeChanges(host, changes, { json: false, replaced: options.replace })
    }
    return EXIT.done
  },
})

function wordsOf(verb: 'export' | 'import', summary: NetworkFileSummary): string {
  const { fileName, madeAtMs, taken, olderThanStored, days, epochs } = summary
  const past = `${counted(days, 'day')}, ${counted(epochs, 'difficulty epoch')}`
  if (verb === 'export')
    return `${fileName}: ${counted(taken, 'value or rate', 'values and rates')} written, ${past}`
  const older =
    olderThanStored === 0
      ? ''
      : ` (${count(olderThanStored)} ${olderThanStored === 1 ? 'is' : 'are'} not newer than the stored ones)`
  return `${fileName} of ${isoTime(madeAtMs)}: ${counted(taken, 'value or rate', 'values and rates')} taken${older}, ${past}`
}
