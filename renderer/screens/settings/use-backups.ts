import { useEffect, useState } from 'react'
import type { BackupCheck, Backups } from '#shared/ipc/schemas/backups.ts'
import { api, settle } from '../../lib/api.ts'
import { useStore } from '../../state/store.ts'

/** What a look into a copy came to, by its name; a text is why there could be none. */
export type Checks = ReadonlyMap<string, BackupCheck | string>

/**
 * The copies, read again whenever they may have changed, and what each of the first ones holds. They are looked into one after
 * the other, since each takes a while and other calls of the store come between.
 * @param shown how many are looked into
 */
export function useBackups(shown: number) {
  const seen = useStore((state) => state.backupsSeen)
  const revision = useStore((state) => state.fleet?.revision)
  const [backups, setBackups] = useState<Backups | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [checks, setChecks] = useState<Checks>(new Map())

  useEffect(() => {
    let isCurrent = true
    void settle(api.backups.read({})).then((answer) => {
      if (!isCurrent) return
      if (answer.ok) setBackups(answer.value)
      setFault(answer.ok ? null : answer.error.message)
    })
    return () => {
      isCurrent = false
    }
  }, [seen, revision])

  // A copy never changes once it has its name; one that did is found out when it is to be restored.
  const next = backups?.copies.slice(0, shown).find(({ name }) => !checks.has(name))?.name
  useEffect(() => {
    if (next === undefined) return
    let isCurrent = true
    void settle(api.backups.check({ name: next })).then((answer) => {
      if (!isCurrent) return
      const found = answer.ok ? answer.value : answer.error.message
      setChecks((known) => new Map(known).set(next, found))
    })
    return () => {
      isCurrent = false
    }
  }, [next])

  return { backups, fault, checks }
}
