import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { api, settle } from '../lib/api.ts'
import { warn } from '../ui/toasts.ts'
import { useStore } from './store.ts'
import type { TableState } from './table-slice.ts'

/** Columns, order, groups and filters of the tables are kept on this computer, once a person has stopped changing them. */

const REST_MS = 400

/** A bar of the strike line is of one moment, and a group that is open of one sitting. */
const keptOf = ({ columns, widths, sort, group, filter }: TableState): Settings['tables']['fleet'] => {
  const { text, siteKey, model, verdict } = filter
  return { columns, widths, sort, group: group.by, filter: { text, siteKey, model, verdict } }
}

/** @returns ends it */
export function keepTables(): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  let kept = ''
  const write = async () => {
    waiting = undefined
    const { tables } = useStore.getState()
    const now = { today: keptOf(tables.today), fleet: keptOf(tables.fleet) }
    const text = JSON.stringify(now)
    if (text === kept) return
    kept = text
    const answer = await settle(api.settings.write({ tables: now }))
    if (!answer.ok) warn(answer.error.message)
  }
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.tables === before.tables || state.settings === null) return
    clearTimeout(waiting)
    waiting = setTimeout(() => void write(), REST_MS)
  })
  const onLeave = () => {
    if (waiting === undefined) return
    clearTimeout(waiting)
    void write()
  }
  window.addEventListener('pagehide', onLeave)
  return () => {
    unsubscribe()
    clearTimeout(waiting)
    window.removeEventListener('pagehide', onLeave)
  }
}
