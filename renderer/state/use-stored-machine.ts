import { useEffect, useState } from 'react'
import type { StoredMachine } from '../engine/protocol.ts'
import { askEngine } from './engine.ts'

/**
 * A machine as it is stored; undefined until the engine has looked it up, null where there is none.
 * @param revision with each other one it is looked up again
 */
export function useStoredMachine(key: number | null, revision?: number): StoredMachine | null | undefined {
  const [machine, setMachine] = useState<StoredMachine | null | undefined>(key === null ? null : undefined)
  useEffect(() => {
    if (key === null) return
    let wanted = true
    askEngine(
      (engine) => engine.machine(key),
      (found) => {
        if (wanted) setMachine(found)
      },
    )
    return () => {
      wanted = false
    }
  }, [key, revision])
  return machine
}
