import { searchedWords } from '#shared/domain/fleet/search.ts'
import { api, settle } from '../lib/api.ts'
import { engine } from './engine.ts'
import { useStore } from './store.ts'
import { selectTable } from './table-slice.ts'

/** Notes stay in the file: the main process says which machines have a searched word in theirs, and the engine puts them in. */

const REST_MS = 120

/** @returns ends it */
export function findNotes(): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  /** the engine has some of them */
  let hasFound = false

  async function find(): Promise<void> {
    const turn = ++asked
    const words = searchedWords(selectTable(useStore.getState()).filter.text)
    if (useStore.getState().fleet === null || (words.length === 0 && !hasFound)) return
    const answer = words.length === 0 ? null : await settle(api.fleet.findNotes({ words: [...words] }))
    if (turn !== asked) return
    // Where they cannot be read, what is in the columns is found all the same.
    const found = answer?.ok === true ? answer.value.filter(({ keys }) => keys.length > 0) : []
    if (found.length === 0 && !hasFound) return
    hasFound = found.length > 0
    await engine().notes(new Map(found.map(({ word, keys }) => [word, keys])))
    useStore.getState().tellTurn()
  }

  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.fleet === null) return
    const isOther =
      state.fleet !== before.fleet || selectTable(state).filter.text !== selectTable(before).filter.text
    if (!isOther) return
    clearTimeout(waiting)
    waiting = setTimeout(() => void find().catch(engine().tellFault), REST_MS)
  })
  // The search that the table was left with.
  waiting = setTimeout(() => void find().catch(engine().tellFault), REST_MS)
  return () => {
    unsubscribe()
    clearTimeout(waiting)
  }
}
