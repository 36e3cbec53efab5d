import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { MachineChange, MachineDecision } from '#shared/ipc/schemas/fleet.ts'
import { machineDecisionWords } from '#shared/format/act-words.ts'
import { dateTime } from '#shared/format/times.ts'
import { api, settle } from '../../../lib/api.ts'

type Known = {
  readonly changes: readonly MachineChange[]
  readonly decisions: readonly MachineDecision[]
}

/** What was decided about a machine, and what undo remembers of its changes. */
export function History({
  machineKey,
  revision,
}: {
  readonly machineKey: number
  readonly revision: number
}) {
  const [known, setKnown] = useState<Known | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    let isMeant = true
    void settle(api.fleet.machineHistory({ key: machineKey })).then((answer) => {
      if (!isMeant) return
      setFault(answer.ok ? null : answer.error.message)
      if (answer.ok) setKnown(answer.value)
    })
    return () => {
      isMeant = false
    }
  }, [machineKey, revision])
  if (fault !== null)
    return (
      <p className="fault-text" role="alert">
        {fault}
      </p>
    )
  if (known === null) return null
  return (
    <>
      <List name="Decisions" none="None was recorded.">
        {known.decisions.map((decision, i) => (
          <li key={i}>
            {machineDecisionWords(decision)} <span className="muted">{dateTime(decision.atMs)}</span>
          </li>
        ))}
      </List>
      <List name="Changes" none="None that undo remembers.">
        {known.changes.map(({ label, atMs, fields }, i) => (
          <li key={i}>
            {label} <span className="muted">{atMs === null ? '' : dateTime(atMs)}</span>
            {fields.map(({ name, before, after }) => (
              <p key={name} className="note">
                {MACHINE_FIELDS[name].name}: {before} → {after}
              </p>
            ))}
          </li>
        ))}
      </List>
    </>
  )
}

type ListProps = { readonly name: string; readonly none: string; readonly children: readonly ReactNode[] }

function List({ name, none, children }: ListProps) {
  return (
    <section className="panel pad" aria-label={name}>
      <h2>{name}</h2>
      {children.length === 0 ? <p className="muted">{none}</p> : <ol className="changes">{children}</ol>}
    </section>
  )
}
