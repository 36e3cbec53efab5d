import { useEffect, useState } from 'react'
import type { NumberName } from '#shared/domain/fleet/fields.ts'
import { EDITABLE_FIELDS, isNumberName, MACHINE_FIELDS, numberField } from '#shared/domain/fleet/fields.ts'
import { MISSING, number } from '#shared/format/numbers.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import type { Explained, StoredMachine } from '../../../engine/protocol.ts'
import { typedUnit } from '../../../lib/bounds.ts'
import { textOf } from '../../../lib/form.ts'
import { MachineWhy } from '../../../parts/why/MachineWhy.tsx'
import { askEngine } from '../../../state/engine.ts'
import { archiveMachines } from '../../../state/fleet-actions.ts'
import { useStore } from '../../../state/store.ts'
import { useStoredMachine } from '../../../state/use-stored-machine.ts'
import { PageHead } from '../PageHead.tsx'
import { History } from './History.tsx'
import { Notes } from './Notes.tsx'

/** Everything about one machine: how its figures come about, its fields, notes, and what has changed. */
export function MachinePage({ machineKey }: { readonly machineKey: number }) {
  const market = useStore((state) => state.picture?.market ?? null)
  const revision = useStore((state) => state.fleet?.revision)
  const siteNames = useStore((state) => state.fleet?.sites ?? null)
  const { open, openPage } = useStore.getState()
  const stored = useStoredMachine(machineKey, revision)
  const explained = useExplained(machineKey)
  if (stored === undefined || explained === undefined) return null
  if (stored === null || explained === null || siteNames === null)
    return (
      <PageHead title="This machine is gone" about="">
        <p className="muted">It is no longer in the fleet. Undo may bring it back.</p>
      </PageHead>
    )
  const { id, model } = stored
  return (
    <>
      <PageHead
        title={id}
        about={
          <>
            {model === '' ? (
              'no model'
            ) : (
              <button type="button" className="link" onClick={() => openPage({ kind: 'model', name: model })}>
                {model}
              </button>
            )}{' '}
            · {explained.site} · {STATUS_WORDS[stored.status]}
          </>
        }
      >
        <button
          type="button"
          className="button primary"
          onClick={() => open({ kind: 'machine', key: machineKey })}
        >
          Edit…
        </button>
        <button
          type="button"
          className="button"
          onClick={() => open({ kind: 'machine', key: null, copyOf: machineKey })}
        >
          Duplicate…
        </button>
        <button type="button" className="button" onClick={() => void archiveMachines([machineKey])}>
          Archive
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => open({ kind: 'remove-machines', keys: [machineKey] })}
        >
          Remove…
        </button>
      </PageHead>
      <div className="page-columns">
        <section className="panel pad why sheet" aria-label="Formula sheet">
          <h2>How its figures come about</h2>
          <MachineWhy machine={explained} market={market} />
        </section>
        <div className="page-side">
          <section className="panel pad" aria-label="Fields">
            <h2>Fields</h2>
            <Fields machine={stored} site={explained.site} />
          </section>
          <section className="panel pad" aria-label="Notes">
            <Notes key={stored.key} machine={stored} />
          </section>
          <History machineKey={machineKey} revision={revision ?? 0} />
        </div>
      </div>
    </>
  )
}

/** Asked again with each look at the fleet; undefined until the engine has answered. */
function useExplained(key: number): Explained | null | undefined {
  const picture = useStore((state) => state.picture)
  const [known, setKnown] = useState<Explained | null>()
  useEffect(() => {
    let isMeant = true
    askEngine(
      (engine) => engine.explain(key),
      (explained) => {
        if (isMeant) setKnown(explained)
      },
    )
    return () => {
      isMeant = false
    }
  }, [key, picture])
  return known
}

/** A number of a machine with its unit; what is not given is its site's, or not known. */
function numberWords(name: NumberName, value: number): string {
  if (Number.isNaN(value)) return 'inherited' in MACHINE_FIELDS[name] ? 'the site’s' : MISSING
  const text = textOf(name, value)
  const unit = typedUnit(numberField(name))
  const figure = number(Number(text), text.split('.')[1]?.length ?? 0)
  return unit === undefined ? figure : `${figure} ${unit}`
}

function Fields({ machine, site }: { readonly machine: StoredMachine; readonly site: string }) {
  const shown = EDITABLE_FIELDS.filter((name) => name !== 'notes').map((name) => {
    const { label } = MACHINE_FIELDS[name]
    if (name === 'site') return [label, site] as const
    if (name === 'status') return [label, STATUS_WORDS[machine.status]] as const
    return [
      label,
      isNumberName(name) ? numberWords(name, machine.numbers[name]) : machine[name] || MISSING,
    ] as const
  })
  return (
    <dl className="fields">
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
