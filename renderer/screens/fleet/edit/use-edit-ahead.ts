import { useEffect, useState } from 'react'
import type { EditAhead, FleetEdit, Picked } from '../../../engine/edit-ahead.ts'
import { askEngine, engine } from '../../../state/engine.ts'
import { realMarketInputsOf } from '../../../state/question.ts'
import { useStore } from '../../../state/store.ts'

/** After the last keystroke: a figure that is half typed is not asked about. */
const REST_MS = 200

/** What some machines have now; their keys go to the engine once. null until it has answered. */
export function usePicked(keys: readonly number[]): Picked | null {
  const [picked, setPicked] = useState<Picked | null>(null)
  useEffect(() => {
    askEngine((client) => client.pick(Float64Array.from(keys)), setPicked)
  }, [keys])
  return picked
}

/** Asks the engine what an edit of the picked machines would do. */
export function askAhead(edit: FleetEdit): Promise<EditAhead> {
  const state = useStore.getState()
  return engine().edit({ real: realMarketInputsOf(state, state.network), edit })
}

/**
 * What an edit that is being typed would do; null while there is none, and while the answer is on its way.
 * @param edit one object as long as nothing in it is another one
 */
export function useEditAhead(edit: FleetEdit | null): EditAhead | null {
  const [known, setKnown] = useState<{ readonly edit: FleetEdit; readonly ahead: EditAhead } | null>(null)
  useEffect(() => {
    if (edit === null) return
    let isMeant = true
    const timer = setTimeout(() => {
      askAhead(edit).then((ahead) => {
        if (isMeant) setKnown({ edit, ahead })
      }, engine().tellFault)
    }, REST_MS)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [edit])
  return edit !== null && known?.edit === edit ? known.ahead : null
}
