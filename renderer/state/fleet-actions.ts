import { counted } from '#shared/format/numbers.ts'
import type { FleetEdit } from '../engine/edit-ahead.ts'
import { api } from '../lib/api.ts'
import { changed, done, shownTask } from './actions.ts'
import { useStore } from './store.ts'

/** Changes of the fleet that may be of many rows, each one step of undo. */

/** Gives machines values of fields, or another policy. @param what the field, in words */
export async function editMachines(
  keys: readonly number[],
  { patch, policy }: FleetEdit,
  what: string,
): Promise<boolean> {
  const rows = counted(keys.length, 'row')
  const call =
    policy === null
      ? api.fleet.updateMachines({ keys: [...keys], patch })
      : api.fleet.setPolicy({ keys: [...keys], policy })
  if ((await shownTask(`Changing ${rows}`, 'Rows', call)) === null) return false
  await changed(`${what} of ${rows} changed.`)
  return true
}

export async function archiveMachines(keys: readonly number[]): Promise<boolean> {
  const rows = counted(keys.length, 'row')
  const call = api.fleet.archive({ keys: [...keys] })
  if ((await shownTask(`Archiving ${rows}`, 'Rows', call)) === null) return false
  const { fleetPage, closePage } = useStore.getState()
  if (fleetPage?.kind === 'machine' && keys.includes(fleetPage.key)) closePage()
  await changed(`${rows} archived.`)
  return true
}

export async function bringBack(keys: readonly number[]): Promise<boolean> {
  if ((await done(api.fleet.bringBack({ keys: [...keys] }))) === null) return false
  await changed(`${counted(keys.length, 'row')} brought back.`)
  return true
}
