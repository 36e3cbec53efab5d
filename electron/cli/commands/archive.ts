import { counted } from '#shared/format/numbers.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'

const USAGE = 'archive: use `archive list [TEXT]`, `archive add ID …` or `archive bring-back ID …`'
const MOST_IDS = 1000

const COLUMNS = [
  { title: 'id' },
  { title: 'model' },
  { title: 'site' },
  { title: 'machines', right: true },
  { title: 'archived (UTC)' },
]

export const command = defineCommand({
  name: 'archive',
  operands: 'list [TEXT] | add ID … | bring-back ID …',
  minOperands: 1,
  maxOperands: MOST_IDS,
  summary: 'machines that are gone but kept: lists them, takes machines out of the fleet, brings them back',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host }) {
    const [verb, ...words] = operands
    if (verb === 'list' && words.length <= 1) {
      const page = await withStore(host, options.data, (store) => store.readArchive(words[0] ?? ''))
      const rows = page.machines.map(({ id, model, site, quantity, archivedAtMs }) => ({
        ...{ id, model, site, quantity },
        archivedAt: new Date(archivedAtMs).toISOString(),
      }))
      if (options.json) {
        await writeLine(host.stdout, JSON.stringify({ total: page.total, found: page.found, machines: rows }))
        return EXIT.done
      }
      const cells = rows.map(({ id, model, site, quantity, archivedAt }) => [
        ...[id, model, site, quantity.toString(), archivedAt.slice(0, 10)],
      ])
      if (cells.length === 0) await writeLine(host.stdout, 'No machine is archived under that.')
      else for (const line of textTable(COLUMNS, cells)) await writeLine(host.stdout, line)
      if (page.found > rows.length)
        await writeLine(host.stderr, `note: the newest ${rows.length} of ${counted(page.found, 'row')}`)
      return EXIT.done
    }
    if ((verb !== 'add' && verb !== 'bring-back') || words.length === 0) throw new UsageError(USAGE)
    const { revision } = await withStore(host, options.data, async (store) =>
      verb === 'add'
        ? store.archiveMachines(await store.findMachines(words), Date.now())
        : store.bringBackIds(words),
    )
    const did = verb === 'add' ? 'archived' : 'brought back'
    await writeLine(
      host.stdout,
      options.json
        ? JSON.stringify({ rows: words.length, revision })
        : `${counted(words.length, 'row')} ${did}; \`undo\` takes it back.`,
    )
    return EXIT.done
  },
})
