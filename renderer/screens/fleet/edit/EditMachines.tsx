import { useMemo, useState } from 'react'
import { fieldOf, numberField } from '#shared/domain/fleet/fields.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { editAheadWords, editedWords } from '#shared/format/edit-words.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import { agree, notAgreed } from '../../../parts/agreed.ts'
import { AskFirst } from '../../../parts/AskFirst.tsx'
import { editSurprises, machineQuestion } from '../../../parts/machine-question.ts'
import type { Surprise } from '../../../parts/machine-question.ts'
import { typedUnit } from '../../../lib/bounds.ts'
import { editMachines } from '../../../state/fleet-actions.ts'
import type { ShownFleet } from '../../../state/fleet-slice.ts'
import { selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import type { OpenDialog } from '../../../state/view-slice.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import type { EditedThing } from './edit-form.ts'
import { clearWords, nowWords, POLICY_CHOICES, readEdit, THING_CHOICES, thingName } from './edit-form.ts'
import { askAhead, useEditAhead, usePicked } from './use-edit-ahead.ts'

type Props = {
  readonly fleet: ShownFleet
  readonly edit: Extract<OpenDialog, { kind: 'edit-machines' }>
}

/** One field of many machines, with what it would do before it is stored. */
export function EditMachines({ fleet, edit: { keys, begun } }: Props) {
  const close = useStore((state) => state.closeDialog)
  const money = useStore(selectMoney)
  const picked = usePicked(keys)
  const [thing, setThing] = useState<EditedThing>(begun?.field ?? 'powerPriceUsdPerKwh')
  const [text, setText] = useState(begun?.text ?? '')
  const [cleared, setCleared] = useState(begun?.text === '')
  const [question, setQuestion] = useState<readonly Surprise[]>([])
  const [fault, setFault] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const read = useMemo(() => readEdit(thing, text, cleared), [thing, text, cleared])
  const ahead = useEditAhead(picked === null ? null : read.edit)

  const change = (next: string) => {
    setQuestion([])
    setFault(null)
    setCleared(false)
    setText(next)
  }
  const choose = (next: EditedThing) => {
    change(firstOf(next, fleet))
    setThing(next)
  }
  const save = async () => {
    if (picked === null) return
    if (read.edit === null) {
      setFault(read.fault ?? 'Type a value, or clear it.')
      return
    }
    setSaving(true)
    const known = ahead ?? (await askAhead(read.edit))
    const surprises = editSurprises(picked, read.edit.patch, known.jPerTh)
    const open = await notAgreed(surprises.map(({ thing: asked }) => asked))
    const asked = surprises.filter((surprise) => open.includes(surprise.thing))
    setQuestion(asked)
    if (asked.length === 0 && (await editMachines(keys, read.edit, thingName(thing)))) close()
    setSaving(false)
  }

  const clear = clearWords(thing)
  const words = machineQuestion(question)
  return (
    <FormDialog
      title={picked === null ? 'Edit machines' : `Edit ${editedWords(picked)}`}
      verb="Store"
      fault={fault}
      saving={saving || picked === null}
      draft={[thing, text, cleared]}
      onSave={() => void save()}
      onClose={close}
    >
      <SelectField label="What" choices={THING_CHOICES} value={thing} onChange={choose} />
      <Value
        thing={thing}
        fleet={fleet}
        text={text}
        disabled={cleared}
        fault={read.fault}
        onChange={change}
      />
      {picked === null || thing === 'policy' ? null : (
        <p className="note span-2">{nowWords(thing, picked)}</p>
      )}
      {clear === null ? null : (
        <label className="check span-2">
          <input
            type="checkbox"
            checked={cleared}
            onChange={(event) => {
              change('')
              setCleared(event.target.checked)
            }}
          />{' '}
          {clear}
        </label>
      )}
      <p className="span-2 edit-ahead" role="status">
        {ahead === null
          ? read.edit === null
            ? 'What it would do is shown here before it is stored.'
            : 'Looking ahead …'
          : editAheadWords(money, ahead)}
      </p>
      {words === null ? null : (
        <div className="span-2">
          <AskFirst
            question={words}
            yes="Yes, store"
            no="No, change it"
            onYes={() => {
              setQuestion([])
              void agree(question.map(({ thing: agreed }) => agreed)).then(save)
            }}
            onNo={() => setQuestion([])}
          />
        </div>
      )}
    </FormDialog>
  )
}

/** What a choice begins with; a field that is typed begins empty. */
function firstOf(thing: EditedThing, { sites }: ShownFleet): string {
  if (thing === 'policy') return POLICY_CHOICES[0]!.value
  if (thing === 'status') return MACHINE_STATUSES[0]
  return thing === 'site' ? (sites.key[0] ?? '').toString() : ''
}

type ValueProps = {
  readonly thing: EditedThing
  readonly fleet: ShownFleet
  readonly text: string
  readonly disabled: boolean
  readonly fault: string | null
  readonly onChange: (text: string) => void
}

/** The new value, by the kind of the field. */
function Value({ thing, fleet: { sites }, text, disabled, fault, onChange }: ValueProps) {
  const label = 'New value'
  if (thing === 'policy')
    return <SelectField label={label} choices={POLICY_CHOICES} value={text} onChange={onChange} />
  const field = fieldOf(thing)
  switch (field.kind) {
    case 'status': {
      const choices = MACHINE_STATUSES.map((status) => ({
        value: status,
        label: STATUS_WORDS[status],
      }))
      return <SelectField label={label} choices={choices} value={text} onChange={onChange} />
    }
    case 'site': {
      const choices = sites.name.map((name, row) => ({ value: sites.key[row]!.toString(), label: name }))
      return <SelectField label={label} choices={choices} value={text} onChange={onChange} />
    }
    case 'number': {
      const unit = typedUnit(numberField(field.name))
      return (
        <Field
          numeric
          label={label}
          {...(unit === undefined ? {} : { unit })}
          value={text}
          disabled={disabled}
          fault={fault}
          onChange={onChange}
        />
      )
    }
    case 'text':
    case 'label':
      if (thing === 'notes')
        return <TextArea label={label} value={text} disabled={disabled} fault={fault} onChange={onChange} />
      return <Field label={label} value={text} disabled={disabled} fault={fault} onChange={onChange} />
  }
}
