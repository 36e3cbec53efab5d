import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { MOST_BY_LENGTH } from '#shared/domain/decision/acts/decision-log.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { isWorkListFile } from '#electron/files/worklist/columns.ts'
import { createActService } from '#electron/services/act-service.ts'
import type { ActService } from '#electron/services/act-service.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { warnOfStore } from './case.ts'
import type { CliHost } from './command.ts'
import { UsageError } from './command.ts'
import { withStore } from './stored.ts'

export const byOption = {
  type: 'string',
  value: 'NAME',
  help: 'who decided (settings get decisions.by)',
} as const

/** Absent: not said, so that the setting counts. */
export function byGiven(command: string, text: string | undefined): { readonly by?: string } {
  if (text === undefined) return {}
  const by = text.trim()
  if (by.length > MOST_BY_LENGTH)
    throw new UsageError(`${command}: --by must have at most ${MOST_BY_LENGTH} letters`)
  return { by }
}

/** Works with what was done about the advice on the stored fleet and network, after a warning of what these are. */
export async function withActs<T>(
  host: CliHost,
  data: string | undefined,
  work: (acts: ActService, store: Store) => Promise<T>,
): Promise<T> {
  return withStore(host, data, async (store) => {
    await warnOfStore(host, store)
    const readNetwork = () => readNetworkState(store, Date.now())
    return work(createActService({ store, readNetwork, nowMs: Date.now }), store)
  })
}

/** @throws StrikelineError 'bad-input' that names the sites there are */
export async function siteNamed(
  store: Store,
  name: string,
): Promise<{ readonly key: number; readonly name: string }> {
  const { sites } = await store.readFleet()
  const row = sites.name.findIndex((each) => isSameSiteName(each, name))
  if (row < 0)
    throw new StrikelineError(
      'bad-input',
      `there is no site '${name}'; there ${sites.name.length === 1 ? 'is' : 'are'} ${sites.name.join(', ')}`,
    )
  return { key: sites.key[row]!, name: sites.name[row]! }
}

/** Machines of a file with an id a line; null where it is a work list with its done column filled in. */
export async function idsIn(path: string): Promise<readonly string[] | null> {
  if (await isWorkListFile(path)) return null
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new StrikelineError(
      'file-unreadable',
      `${basename(path)} cannot be read: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`,
    )
  })
  const ids = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && line.toLowerCase() !== 'id')
  if (ids.length === 0)
    throw new StrikelineError('bad-input', `${basename(path)} names no machine: write one id a line`)
  return ids
}
