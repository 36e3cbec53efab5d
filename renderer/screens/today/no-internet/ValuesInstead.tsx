import { useId } from 'react'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { age } from '#shared/format/times.ts'
import { TYPED_VALUES } from '#shared/format/typed-fields.ts'
import { VALUE_LOOKS } from '#shared/format/value-looks.ts'
import type { InsteadName, Typing, TypingRead } from '../../../lib/typing.ts'
import { INSTEAD_NAMES } from '../../../lib/typing.ts'
import { useNow } from '../../../ui/use-now.ts'
import { LineField } from './LineField.tsx'

type Props = {
  readonly network: NetworkState
  readonly read: TypingRead | null
  readonly values: Typing['values']
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onChange: (name: InsteadName, text: string) => void
}

/** What a hashprice follows from, for whoever has these figures and not that one. */
export function ValuesInstead({ network, read, values, isOpen, onOpen, onChange }: Props) {
  const id = useId()
  const nowMs = useNow()
  const known = (name: InsteadName) => {
    const value = network.values[name]
    return value === null
      ? `not known here; like ${TYPED_VALUES[name].example}`
      : `${VALUE_LOOKS[name].show(value.value)} from ${age(value.asOfMs, nowMs)} counts until another is typed`
  }
  return (
    <>
      <div className="line-field">
        <div>
          <b>Price and difficulty instead</b>
          <p className="note">takes 162.1T, 162.1e12, 88 300, 88.3k; checked against each other</p>
        </div>
        <button
          type="button"
          className="button quiet"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? 'Close' : 'Open'}
        </button>
      </div>
      {isOpen ? (
        <div id={id}>
          {INSTEAD_NAMES.map((name) => (
            <LineField
              key={name}
              label={VALUE_LOOKS[name].name}
              hint={known(name)}
              value={values[name]}
              fault={read?.faults[name] ?? null}
              placeholder=""
              beside={<span className="unit">{VALUE_LOOKS[name].unit}</span>}
              onChange={(text) => onChange(name, text)}
            />
          ))}
        </div>
      ) : null}
    </>
  )
}
