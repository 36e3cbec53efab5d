import { useState } from 'react'
import { MOST_BY_LENGTH } from '#shared/domain/decision/acts/decision-log.ts'
import { useStore } from '../../../state/store.ts'
import { Field } from '../../../ui/Field.tsx'

export type By = {
  readonly typed: string
  /** what is recorded: '' names nobody */
  readonly name: string
  /** in words; nothing is recorded while there is one */
  readonly fault: string | null
  readonly type: (name: string) => void
}

/** Who decides: at first the name that was typed last. */
export function useBy(): By {
  const [typed, type] = useState(() => useStore.getState().settings?.decidedBy ?? '')
  const name = typed.trim()
  const fault = name.length > MOST_BY_LENGTH ? `At most ${MOST_BY_LENGTH} letters.` : null
  return { typed, name, fault, type }
}

/** Nobody has to be named. It stands in a form, or beside the button that records. */
export function ByField({ by }: { readonly by: By }) {
  return (
    <div className="by-field">
      <Field
        label="By whom"
        value={by.typed}
        fault={by.fault}
        placeholder="nobody named"
        onChange={by.type}
      />
    </div>
  )
}
