import { useState } from 'react'
import type { NumberField, NumberName } from '#shared/domain/fleet/fields.ts'
import {
  isInherited,
  MACHINE_FIELDS,
  NUMBER_NAMES,
  numberField,
  PLACE_NAMES,
} from '#shared/domain/fleet/fields.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { MachineInput, MachinePatch } from '#shared/domain/fleet/fleet.ts'
import { tariffWords } from '#shared/format/money.ts'
import { typedUnit } from '../../../lib/bounds.ts'
import { textOf } from '../../../lib/form.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import { api, settle } from '../../../lib/api.ts'
import { changed } from '../../../state/actions.ts'
import type { StoredMachine } from '../../../engine/protocol.ts'
import type { ShownFleet } from '../../../state/fleet-slice.ts'
import { useStore } from '../../../state/store.ts'
import { useStoredMachine } from '../../../state/use-stored-machine.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { tariffAt } from '../../../parts/tariff.ts'
import { AskFirst } from '../../../parts/AskFirst.tsx'
import { agree, notAgreed } from '../../../parts/agreed.ts'
import { machineQuestion, machineSurprises } from '../../../parts/machine-question.ts'
import type { Surprise } from '../../../parts/machine-question.ts'
import type { FormText, MachineFaults } from './machine-form.ts'
import { changesIn, duplicateForm, fieldsOf, machineForm, readMachineForm } from './machine-form.ts'
import { ModelField } from './ModelField.tsx'

/** Adds a machine or lot, or edits one. */
export function MachineDialog({
  fleet,
  machineKey,
  copyOf,
}: {
  readonly fleet: ShownFleet
  readonly machineKey: number | null
  /** key of the machine that a new one begins as */
  readonly copyOf: number | null
}) {
  const machine = useStoredMachine(machineKey ?? copyOf)
  // A machine that another program has removed has no form.
  if (machine === undefined || (machine === null && (machineKey ?? copyOf) !== null)) return null
  return copyOf === null ? (
    <MachineFormDialog fleet={fleet} machine={machine} copied={null} />
  ) : (
    <MachineFormDialog fleet={fleet} machine={null} copied={machine} />
  )
}

function MachineFormDialog({
  fleet,
  machine,
  copied,
}: {
  readonly fleet: ShownFleet
  readonly machine: StoredMachine | null
  readonly copied: StoredMachine | null
}) {
  const machineKey = machine?.key ?? null
  const close = useStore((state) => state.closeDialog)
  const open = useStore((state) => state.open)
  const [stored] = useState(() =>
    copied === null ? machineForm(fleet, machine) : duplicateForm(fleet, copied),
  )
  const [form, setForm] = useState(stored)
  const [faults, setFaults] = useState<MachineFaults>({})
  const [fault, setFault] = useState<string | null>(null)
  const [question, setQuestion] = useState<readonly Surprise[]>([])
  const [saving, setSaving] = useState(false)
  const latest = useStoredMachine(machineKey, fleet.revision)
  /** fields that another one has changed meanwhile, which the person was told */
  const [told, setTold] = useState<ReadonlySet<string>>(new Set())
  const { sites } = fleet

  if (sites.length === 0) {
    return (
      <Dialog
        title="First a site"
        description="Machines stand at a site, which says what power costs there."
        onClose={close}
        actions={
          <button
            type="button"
            className="button primary"
            onClick={() => open({ kind: 'site', key: null, thenMachines: true })}
          >
            Add a site…
          </button>
        }
      >
        {null}
      </Dialog>
    )
  }

  const siteRow = sites.key.indexOf(form.siteKey)
  const setNumber = (name: NumberName, text: string) => {
    setQuestion([])
    setForm((now) => ({ ...now, numbers: { ...now.numbers, [name]: text } }))
  }
  const setText = (name: FormText, text: string) =>
    setForm((now) => ({ ...now, texts: { ...now.texts, [name]: text } }))
  const tariff = tariffAt(fleet.tariffs, form.siteKey)
  /** What the site pays for the field in its own currency; null where it pays in USD. */
  const paidAtSite = (name: NumberName) => {
    if (tariff === null || (name !== 'powerPriceUsdPerKwh' && name !== 'otherUsdPerKwh')) return null
    const paid = name === 'powerPriceUsdPerKwh' ? tariff.powerPricePerKwh : tariff.otherPerKwh
    return paid === null ? null : `The site pays ${tariffWords(tariff.currency, paid)}.`
  }
  const ofSite = (name: NumberName) => {
    if (!isInherited(name) || siteRow < 0) return undefined
    const value = sites[name][siteRow]!
    const isPaidInUsd = paidAtSite(name) === null
    if (Number.isNaN(value)) return isPaidInUsd ? 'not given at the site' : 'no rate is known'
    return `the site’s: ${textOf(name, isPaidInUsd ? value : Number(value.toPrecision(4)))}`
  }
  const update = (shown: StoredMachine, input: MachineInput) => {
    const patch = changesIn(stored, input)
    const now = fieldsOf(latest ?? shown, patch)
    const before = Object.entries(fieldsOf(shown, patch)).map(([name, value]) => [
      name,
      told.has(name) ? now[name as keyof MachinePatch] : value,
    ])
    const ofKey = { keys: [shown.key], patch, before: Object.fromEntries(before) as MachinePatch }
    return api.fleet.updateMachines(ofKey)
  }
  const save = async () => {
    const { input, faults: wrong } = readMachineForm(form)
    setFaults(wrong ?? {})
    setFault(null)
    if (input === null) return
    const surprises = machineSurprises(machine === null ? null : readMachineForm(stored).input, input)
    const open = await notAgreed(surprises.map(({ thing }) => thing))
    const asked = surprises.filter(({ thing }) => open.includes(thing))
    setQuestion(asked)
    if (asked.length > 0) return
    setSaving(true)
    const answer = await settle<unknown>(
      machine === null
        ? api.fleet.addMachine({ ...input, ...(copied === null ? {} : { copyOf: copied.key }) })
        : update(machine, input),
    )
    setSaving(false)
    if (answer.ok) {
      close()
      await changed(machineKey === null ? 'Added to the fleet.' : `${input.id ?? 'The machine'} is changed.`)
      return
    }
    const { code, field, message } = answer.error
    if (code === 'conflict' && field !== undefined) {
      setTold((fields) => new Set([...fields, field]))
      await useStore.getState().readFleet()
    }
    if (field !== undefined && (field in form.texts || field in form.numbers)) setFaults({ [field]: message })
    else setFault(message)
  }
  const numberInput = (name: NumberName) => {
    const field = numberField(name)
    const unit = typedUnit(field)
    const placeholder = ofSite(name)
    const hint = paidAtSite(name)
    return (
      <Field
        key={name}
        numeric
        label={field.label}
        {...(unit === undefined ? {} : { unit })}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(hint === null ? {} : { hint })}
        value={form.numbers[name]}
        fault={faults[name] ?? null}
        onChange={(text) => setNumber(name, text)}
      />
    )
  }
  const numbersOf = (place: NumberField['form']) =>
    NUMBER_NAMES.filter((name) => numberField(name).form === place).map(numberInput)
  const words = machineQuestion(question)
  return (
    <FormDialog
      title={
        copied !== null
          ? `Duplicate ${copied.id}`
          : machineKey === null
            ? 'Add machines'
            : `Edit ${form.texts.id}`
      }
      verb={machineKey === null ? 'Add' : 'Save'}
      fault={fault}
      saving={saving}
      draft={form}
      onSave={() => void save()}
      onClose={close}
    >
      <div className="span-2">
        <ModelField
          value={form.texts.model}
          onChange={(model) => setText('model', model)}
          onTake={(model) => {
            setNumber('hashrateThs', textOf('hashrateThs', model.hashrateThs))
            setNumber('powerW', textOf('powerW', model.powerW))
          }}
        />
      </div>
      <Field
        label={MACHINE_FIELDS.id.label}
        placeholder="made for you"
        value={form.texts.id}
        disabled={machineKey !== null}
        fault={faults.id ?? null}
        onChange={(id) => setText('id', id)}
      />
      <SelectField
        label={MACHINE_FIELDS.site.label}
        choices={sites.name.map((name, i) => ({ value: sites.key[i]!, label: name }))}
        value={form.siteKey}
        onChange={(siteKey) => setForm((now) => ({ ...now, siteKey }))}
      />
      {numbersOf('first')}
      <SelectField
        label={MACHINE_FIELDS.status.label}
        choices={MACHINE_STATUSES.map((status) => ({ value: status, label: STATUS_WORDS[status] }))}
        value={form.status}
        onChange={(status) => setForm((now) => ({ ...now, status }))}
      />
      {words === null ? null : (
        <div className="span-2">
          <AskFirst
            question={words}
            yes={machineKey === null ? 'Yes, add' : 'Yes, save'}
            no="No, change it"
            onYes={() => {
              setQuestion([])
              void agree(question.map(({ thing }) => thing)).then(save)
            }}
            onNo={() => setQuestion([])}
          />
        </div>
      )}
      <details className="span-2">
        <summary>Uptime, fees and other costs</summary>
        <div className="form">{numbersOf('more')}</div>
      </details>
      <details className="span-2">
        <summary>Serial number, place and network</summary>
        <div className="form">
          {PLACE_NAMES.filter((name) => name !== 'notes').map((name) => (
            <Field
              key={name}
              label={MACHINE_FIELDS[name].label}
              value={form.texts[name]}
              fault={faults[name] ?? null}
              onChange={(text) => setText(name, text)}
            />
          ))}
          <div className="span-2">
            <TextArea
              label={MACHINE_FIELDS.notes.label}
              value={form.texts.notes}
              fault={faults.notes ?? null}
              onChange={(text) => setText('notes', text)}
            />
          </div>
        </div>
      </details>
    </FormDialog>
  )
}
