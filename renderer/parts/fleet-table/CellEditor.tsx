import { useEffect, useId, useRef, useState } from 'react'
import type { EditableField } from '#shared/domain/fleet/fields.ts'
import { fieldOf, isNumberName, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { MachinePatch } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import type { StoredMachine } from '../../engine/protocol.ts'
import { api, settle } from '../../lib/api.ts'
import { textOf } from '../../lib/form.ts'
import { readField } from '../../lib/read-field.ts'
import { changed } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { useStoredMachine } from '../../state/use-stored-machine.ts'
import { notAgreed } from '../agreed.ts'
import { editSurprises } from '../machine-question.ts'

type Props = {
  readonly machineKey: number
  readonly field: EditableField
  /** it is over; step: the next cell to the right or the left is wanted */
  readonly onDone: (step: 1 | -1 | null) => void
}

/** What stands in a field, as it is typed; a site is its key. */
function typedOf(machine: StoredMachine, field: EditableField): string {
  if (field === 'site') return machine.siteKey.toString()
  if (field === 'status') return machine.status
  return isNumberName(field) ? textOf(field, machine.numbers[field]) : machine[field]
}

const valueOf = (machine: StoredMachine, field: EditableField): MachinePatch => {
  if (field === 'site') return { siteKey: machine.siteKey }
  if (!isNumberName(field)) return { [field]: machine[field] }
  const value = machine.numbers[field]
  return { [field]: Number.isNaN(value) ? null : value }
}

/** J/TH of a machine with an edit, as a range of one. */
function efficiencyAfter({ numbers }: StoredMachine, { hashrateThs, powerW }: MachinePatch) {
  const value = (powerW ?? numbers.powerW) / (hashrateThs ?? numbers.hashrateThs)
  return { least: value, most: value }
}

/** Changes one field in its cell: Enter stores, Esc drops, Tab stores and goes on. */
export function CellEditor({ machineKey, field, onDone }: Props) {
  const machine = useStoredMachine(machineKey)
  if (machine === undefined || machine === null) return null
  return <Editor machine={machine} field={field} onDone={onDone} />
}

type EditorProps = Omit<Props, 'machineKey'> & { readonly machine: StoredMachine }

function Editor({ machine, field, onDone }: EditorProps) {
  const sites = useStore((state) => state.fleet?.sites)
  const open = useStore((state) => state.open)
  const [stored] = useState(() => typedOf(machine, field))
  const [text, setText] = useState(stored)
  const [fault, setFault] = useState<string | null>(null)
  const input = useRef<HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement>(null)
  const note = useId()
  /** it has been stored or dropped: what the focus does then is no matter */
  const isOver = useRef(false)
  useEffect(() => {
    input.current?.focus()
    if (field !== 'site' && field !== 'status') input.current?.select()
  }, [field])

  const end = (step: 1 | -1 | null) => {
    isOver.current = true
    onDone(step)
  }
  const store = async (step: 1 | -1 | null) => {
    if (text.trim() === stored.trim()) {
      end(step)
      return
    }
    const { patch, fault: wrong } = readField(field, text)
    setFault(wrong)
    if (patch === null) return
    const { numbers } = machine
    const ranges = Object.fromEntries(
      Object.entries(numbers).map(([name, value]) => [name, { least: value, most: value, absent: 0 }]),
    ) as Parameters<typeof editSurprises>[0]['numbers']
    const surprises = editSurprises({ numbers: ranges }, patch, efficiencyAfter(machine, patch))
    const unagreed = await notAgreed(surprises.map(({ thing }) => thing))
    if (unagreed.length > 0) {
      // There is no room for the question here: the form asks it, and says what the value would do.
      end(null)
      open({ kind: 'edit-machines', keys: [machine.key], begun: { field, text } })
      return
    }
    const answer = await settle(
      api.fleet.updateMachines({ keys: [machine.key], patch, before: valueOf(machine, field) }),
    )
    if (!answer.ok) {
      setFault(answer.error.message)
      await useStore.getState().readFleet()
      return
    }
    end(step)
    await changed(`${MACHINE_FIELDS[field].name} of ${machine.id} changed.`)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') {
      event.preventDefault()
      end(null)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void store(null)
    } else if (event.key === 'Tab') {
      event.preventDefault()
      void store(event.shiftKey ? -1 : 1)
    }
  }
  const shared = {
    ref: input,
    className: 'cell-input',
    'aria-label': `${MACHINE_FIELDS[field].label} of ${machine.id}`,
    'aria-invalid': fault !== null,
    'aria-describedby': fault === null ? undefined : note,
    value: text,
    onKeyDown,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) => {
      setFault(null)
      setText(event.target.value)
    },
    // Who goes elsewhere with the pointer has not said that it is right.
    onBlur: () => {
      if (!isOver.current && document.hasFocus() && text === stored) end(null)
    },
    onClick: (event: React.MouseEvent) => event.stopPropagation(),
    onDoubleClick: (event: React.MouseEvent) => event.stopPropagation(),
    onMouseDown: (event: React.MouseEvent) => event.stopPropagation(),
  } as const
  return (
    <span className="cell-editor" data-fault={fault !== null || undefined}>
      {field === 'site' ? (
        <select {...shared}>
          {sites?.name.map((name, row) => (
            <option key={name} value={sites.key[row]}>
              {name}
            </option>
          ))}
        </select>
      ) : field === 'status' ? (
        <select {...shared}>
          {MACHINE_STATUSES.map((status) => (
            <option key={status} value={status}>
              {STATUS_WORDS[status]}
            </option>
          ))}
        </select>
      ) : field === 'notes' ? (
        <textarea {...shared} rows={1} />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={fieldOf(field).kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          placeholder={'inherited' in MACHINE_FIELDS[field] ? 'the site’s' : undefined}
        />
      )}
      {fault === null ? null : (
        <span id={note} className="cell-fault" role="alert">
          {fault}
        </span>
      )}
    </span>
  )
}
