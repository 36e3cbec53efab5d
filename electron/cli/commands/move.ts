import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { machinesIn } from '#electron/store/sqlite/backups.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { counted } from '#shared/format/numbers.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import type { CliHost } from '../command.ts'
import { stoppable } from '../interrupt.ts'
import { writeLine } from '../json.ts'
import { dataFolderOf, withStore } from '../stored.ts'
import { wordsOfBefore } from './backup.ts'

const SECRETS_STAY =
  'Passwords and the address of the webhook are not in it: type them again on the other computer.'

export const command = defineCommand({
  name: 'move',
  operands: 'out FILE | in FILE',
  minOperands: 2,
  maxOperands: 2,
  summary: 'everything but passwords as one file, to go on with on another computer',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host, path }) {
    const [verb, name] = operands
    switch (verb) {
      case 'out':
        await out(host, options.data, path(name!), options.json)
        return EXIT.done
      case 'in':
        await takeIn(host, options.data, path(name!), options.json)
        return EXIT.done
      case undefined:
      default:
        throw new UsageError('move: use `move out FILE` or `move in FILE`')
    }
  },
})

async function out(host: CliHost, data: string | undefined, path: string, asJson: boolean): Promise<void> {
  const file = join(dataFolderOf(host, data), DATABASE_NAME)
  if (!existsSync(file))
    throw new StrikelineError('bad-input', `move: there is no fleet at ${file}, so there is nothing to move`)
  const { machines } = await withStore(host, data, (store) => store.moveOut(path, host.version, Date.now()))
  if (asJson) {
    await writeLine(host.stdout, JSON.stringify({ path, machines }))
    return
  }
  await writeLine(host.stdout, `${path}: ${counted(machines, 'machine')} and all that belongs to them.`)
  await writeLine(host.stdout, SECRETS_STAY)
}

async function takeIn(host: CliHost, data: string | undefined, path: string, asJson: boolean): Promise<void> {
  const file = join(dataFolderOf(host, data), DATABASE_NAME)
  const { moveIn } = await import('#electron/store/sqlite/move.ts')
  const { head, replaced } = await stoppable('move', (task) => moveIn(path, file, Date.now(), task))
  const machines = machinesIn(file)
  if (asJson) {
    const before = replaced?.before ?? null
    await writeLine(host.stdout, JSON.stringify({ path, machines, before, from: head }))
    return
  }
  await writeLine(
    host.stdout,
    `${basename(path)} of ${head.madeAt} is in place: ${counted(machines, 'machine')} and all that belongs to them.`,
  )
  if (replaced !== null) await writeLine(host.stdout, wordsOfBefore(replaced.before))
  await writeLine(host.stdout, SECRETS_STAY)
}
