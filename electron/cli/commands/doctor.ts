import { dirname, join } from 'node:path'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import type { CliHost } from '../command.ts'
import { findingsOf } from '../findings.ts'
import type { Finding } from '../findings.ts'
import { isoTime, writeLine } from '../json.ts'
import { dataFolderOf } from '../stored.ts'
import { textTable } from '../text-table.ts'

export const command = defineCommand({
  name: 'doctor',
  summary: 'looks at the data folder without changing it: what it found, and what can be done',
  options: { ...jsonOption, data: dataOption.data },
  async run({ options, host }) {
    const file = join(dataFolderOf(host, options.data), DATABASE_NAME)
    const [{ examine }, { SCHEMA_VERSION }] = await Promise.all([
      import('#electron/store/sqlite/doctor.ts'),
      import('#electron/store/sqlite/migrate.ts'),
    ])
    const seen = await examine(file)
    const findings = findingsOf(seen, file, SCHEMA_VERSION, Date.now())
    const isWell = findings.every(({ state }) => state !== 'act')
    if (options.json) {
      const lastFetchedMs = seen.database?.facts?.lastFetchedMs ?? null
      const lastFetched = lastFetchedMs === null ? null : isoTime(lastFetchedMs)
      const folder = dirname(file)
      await writeLine(host.stdout, JSON.stringify({ folder, isWell, findings, lastFetched, ...seen }))
    } else await print(host, dirname(file), findings)
    return isWell ? EXIT.done : EXIT.stale
  },
})

const MARK = { well: 'well', note: 'note', act: 'TO DO' } as const

async function print(host: CliHost, folder: string, findings: readonly Finding[]): Promise<void> {
  await writeLine(host.stdout, folder)
  const columns = [{ title: '' }, { title: '' }, { title: 'found' }]
  const rows = findings.map(({ check, state, found }) => [MARK[state], check, found])
  for (const line of textTable(columns, rows)) await writeLine(host.stdout, line)
  const advised = findings.filter(({ advice }) => advice !== null)
  if (advised.length === 0) return
  await writeLine(host.stdout, '')
  await writeLine(host.stdout, 'What can be done:')
  for (const { check, advice } of advised) await writeLine(host.stdout, `  ${check}: ${advice!}`)
}
