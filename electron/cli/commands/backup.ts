import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { backupFolder, backupStates, machinesIn } from '#electron/store/sqlite/backups.ts'
import { sha256Of } from '#electron/store/sqlite/sums.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import type { CliHost } from '../command.ts'
import { stoppable } from '../interrupt.ts'
import { writeLine } from '../json.ts'
import { dataFolderOf } from '../stored.ts'
import { textTable } from '../text-table.ts'

const USAGE = 'backup: use `backup list`, `backup make` or `backup restore FILE`'

export const command = defineCommand({
  name: 'backup',
  operands: 'list | make | restore FILE',
  minOperands: 1,
  maxOperands: 2,
  summary: 'copies of the fleet: which there are, making one, and continuing with one',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host, path }) {
    const [verb, name] = operands
    const file = join(dataFolderOf(host, options.data), DATABASE_NAME)
    if ((verb === 'restore') !== (name !== undefined)) throw new UsageError(USAGE)
    switch (verb) {
      case 'list':
        await list(host, file, options.json)
        return EXIT.done
      case 'make':
        await make(host, file, options.json)
        return EXIT.done
      case 'restore': {
        const kept = join(backupFolder(file), name!)
        await restore(
          host,
          basename(name!) === name && existsSync(kept) ? kept : path(name!),
          file,
          options.json,
        )
        return EXIT.done
      }
      case undefined:
      default:
        throw new UsageError(USAGE)
    }
  },
})

async function list(host: CliHost, file: string, asJson: boolean): Promise<void> {
  const copies = await backupStates(file)
  if (asJson) {
    await writeLine(host.stdout, JSON.stringify({ folder: backupFolder(file), backups: copies }))
    return
  }
  if (copies.length === 0) {
    await writeLine(host.stdout, `There are no backups in ${backupFolder(file)} yet.`)
    return
  }
  const columns = [
    { title: 'backup, newest first' },
    { title: 'day (UTC)' },
    { title: 'machines', right: true },
    { title: 'kB', right: true },
    { title: 'state' },
    { title: 'SHA-256' },
  ]
  const rows = copies.map(({ name, day, bytes, machines, isSound, sum }) => [
    name,
    day,
    machines === null ? '–' : count(machines),
    count(Math.ceil(bytes / 1000)),
    isSound ? 'sound' : 'damaged',
    sum,
  ])
  for (const line of textTable(columns, rows)) await writeLine(host.stdout, line)
}

async function make(host: CliHost, file: string, asJson: boolean): Promise<void> {
  if (!existsSync(file))
    throw new StrikelineError(
      'bad-input',
      `backup: there is no fleet at ${file}, so there is nothing to copy`,
    )
  const { makeBackup } = await import('#electron/store/sqlite/restore.ts')
  const copy = await stoppable('backup', (task) => makeBackup(file, Date.now(), task))
  const made = { path: copy, machines: machinesIn(copy), sha256: await sha256Of(copy) }
  await writeLine(
    host.stdout,
    asJson
      ? JSON.stringify(made)
      : `${made.path}: ${counted(made.machines, 'machine')}, SHA-256 ${made.sha256}`,
  )
}

async function restore(host: CliHost, copy: string, file: string, asJson: boolean): Promise<void> {
  if (!existsSync(copy))
    throw new StrikelineError(
      'bad-input',
      `backup: there is no file ${copy}; \`backup list\` shows the copies`,
    )
  const { restoreBackup } = await import('#electron/store/sqlite/restore.ts')
  const { before } = await stoppable('restore', (task) => restoreBackup(copy, file, Date.now(), task))
  const machines = machinesIn(file)
  if (asJson) {
    await writeLine(host.stdout, JSON.stringify({ restored: copy, machines, before }))
    return
  }
  await writeLine(host.stdout, `${basename(copy)} is in place: ${counted(machines, 'machine')}.`)
  await writeLine(host.stdout, wordsOfBefore(before))
}

/** Where what stood in a fleet's place is now, and how it comes back. */
export const wordsOfBefore = (before: string | null): string =>
  before === null
    ? 'What stood there before was not sound; it is kept beside it under a name with .broken- in it.'
    : `What stood there before is ${basename(before)}; \`backup restore ${basename(before)}\` brings it back.`
