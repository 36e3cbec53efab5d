import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { counted } from '#shared/format/numbers.ts'
import { siteNamed, withActs } from '../acts.ts'
import { dataOption, defineCommand, EXIT } from '../command.ts'
import { write, writeLine } from '../json.ts'

export const command = defineCommand({
  name: 'worklist',
  summary:
    'what is to be done now, a line per machine or lot in the order in which one walks past them, as CSV',
  options: {
    site: { type: 'string', value: 'SITE', help: 'of this site alone' },
    out: { type: 'string', value: 'FILE.CSV', help: 'write to a file instead of standard output' },
    ...dataOption,
  },
  async run({ options, host, path }) {
    const rows = await withActs(host, options.data, async (acts, store) => {
      const site = options.site === undefined ? null : (await siteNamed(store, options.site)).name
      if (options.out !== undefined) return (await acts.saveWorkList(path(options.out), null, site)).rows
      const folder = await mkdtemp(join(tmpdir(), 'strikeline-worklist-'))
      try {
        const file = join(folder, 'worklist.csv')
        const saved = await acts.saveWorkList(file, null, site)
        await write(host.stdout, await readFile(file, 'utf8'))
        return saved.rows
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
    await writeLine(host.stderr, `${counted(rows, 'line')} written`)
    return EXIT.done
  },
})
