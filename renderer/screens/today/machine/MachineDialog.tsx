import { useState } from 'react'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { tariffPrice } from '#shared/format/money.ts'
import { editable } from '#shared/format/typed.ts'
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
import { tariffAt } from '../../../parts/tariff.ts'
import type { MachineFaults, NumberField } from './machine-form.ts'
import { machineForm, NUMBER_FIELDS, readMachineForm } from './machine-form.ts'
import { ModelField } from './ModelField.tsx'

const LABELS: Readonly<Record<NumberField, readonly [label: string, unit: string | undefined]>> = {
  quantity: ['Machines in the lot', undefined],
  hashrateThs: ['Hashrate of one', 'TH/s'],
  powerW: ['Power of one at the wall', 'W'],
  powerPriceUsdPerKwh: ['Own power price', 'USD/kWh'],
  otherUsdPerKwh: ['Own other cost', 'USD/kWh'],
  overhead: ['Own overhead (PUE − 1)', '%'],
  uptime: ['Uptime', '%'],
  poolFee: ['Pool fee', '%'],
  hostShare: ['Host’s share of revenue', '%'],
  standbyW: ['Power of one while off', 'W'],
  fixedUsdPerDay: ['Cost of one that goes on', 'USD/day'],
  restartUsd: ['Cost of restarting one', 'USD'],
}
const FIRST: readonly NumberField[] = ['quantity', 'hashrateThs', 'powerW', 'powerPriceUsdPerKwh']
const FROM_SITE: ReadonlySet<NumberField> = new Set<NumberField>([
  'powerPriceUsdPerKwh',
  'otherUsdPerKwh',
  'overhead',
])

/** Adds a machine or lot, or edits one. */
export function MachineDialog({
  fleet,
  machineKey,
}: {
  readonly fleet: ShownFleet
  readonly machineKey: number | null
}) {
  const machine = useStoredMachine(machineKey)
  // A machine that another program has removed has no form.
  if (machine === undefined || (machine === null && machineKey !== null)) return null
  return <MachineFormDialog fleet={fleet} machine={machine} />
}

function MachineFormDialog({
  fleet,
  machine,
}: {
  readonly fleet: ShownFleet
  readonly machine: StoredMachine | null
}) {
  const machineKey = machine?.key ?? null
  const close = useStore((state) => state.closeDialog)
  const open = useStore((state) => state.open)
  const [form, setForm] = useState(() => machineForm(fleet, machine))
  const [faults, setFaults] = useState<MachineFaults>({})
  const [fault, setFault] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const { sites } = fleet

  if (sites.length === 0) {
    return (
      <Dialog
        title="First a site"
        description="Machines stand at a site, which says what power costs there."
        onClose={close}
        actions={
          <button type="button" className="button primary" onClick={() => open({ kind: 'site', key: null })}>
            Add a site…
          </button>
        }
      >
        {null}
      </Dialog>
    )
  }

  const siteRow = sites.key.indexOf(form.siteKey)
  const setNumber = (field: NumberField, text: string) =>
    setForm((now) => ({ ...now, numbers: { ...now.numbers, [field]: text } }))
  const tariff = tariffAt(fleet.tariffs, form.siteKey)
  /** What the site pays for the field in its own currency; null where it pays in USD. */
  const paidAtSite = (field: NumberField) => {
    if (tariff === null || (field !== 'powerPriceUsdPerKwh' && field !== 'otherUsdPerKwh')) return null
    const paid = field === 'powerPriceUsdPerKwh' ? tariff.powerPricePerKwh : tariff.otherPerKwh
    return paid === null ? null : `The site pays ${tariffPrice(tariff.currency, paid)} per kWh.`
  }
  const ofSite = (field: NumberField) => {
    if (!FROM_SITE.has(field) || siteRow < 0) return undefined
    const value = sites[field as 'powerPriceUsdPerKwh' | 'otherUsdPerKwh' | 'overhead'][siteRow]!
    const isPaidInUsd = paidAtSite(field) === null
    if (Number.isNaN(value)) return isPaidInUsd ? 'not given at the site' : 'no rate is known'
    const shown = field === 'overhead' ? value * 100 : isPaidInUsd ? value : Number(value.toPrecision(4))
    return `the site’s: ${editable(shown)}`
  }
  const save = async () => {
    const { input, faults: wrong } = readMachineForm(form)
    setFaults(wrong ?? {})
    setFault(null)
    if (input === null) return
    setSaving(true)
    const { id, ...patch } = input
    const answer = await settle<unknown>(
      machineKey === null
        ? api.fleet.addMachine(input)
        : api.fleet.updateMachines({ keys: [machineKey], patch }),
    )
    setSaving(false)
    if (answer.ok) {
      close()
      await changed(machineKey === null ? 'Added to the fleet.' : `${id ?? 'The machine'} is changed.`)
      return
    }
    const { field, message } = answer.error
    if (field !== undefined && (field === 'id' || field === 'model' || field in LABELS))
      setFaults({ [field]: message })
    else setFault(message)
  }
  const numberField = (field: NumberField) => {
    const [label, unit] = LABELS[field]
    const placeholder = ofSite(field)
    const hint = paidAtSite(field)
    return (
      <Field
        key={field}
        numeric
        label={label}
        {...(unit === undefined ? {} : { unit })}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(hint === null ? {} : { hint })}
        value={form.numbers[field]}
        fault={faults[field] ?? null}
        onChange={(text) => setNumber(field, text)}
      />
    )
  }
  return (
    <FormDialog
      title={machineKey === null ? 'Add machines' : `Edit ${form.id}`}
      verb={machineKey === null ? 'Add' : 'Save'}
      fault={fault}
      saving={saving}
      onSave={() => void save()}
      onClose={close}
    >
      <div className="span-2">
        <ModelField
          value={form.model}
          onChange={(model) => setForm((now) => ({ ...now, model }))}
          onTake={(model) => {
            setNumber('hashrateThs', editable(model.hashrateThs))
            setNumber('powerW', editable(model.powerW))
          }}
        />
      </div>
      <Field
        label="Id"
        placeholder="made for you"
        value={form.id}
        disabled={machineKey !== null}
        fault={faults.id ?? null}
        onChange={(id) => setForm((now) => ({ ...now, id }))}
      />
      <SelectField
        label="Site"
        choices={sites.name.map((name, i) => ({ value: sites.key[i]!, label: name }))}
        value={form.siteKey}
        onChange={(siteKey) => setForm((now) => ({ ...now, siteKey }))}
      />
      {FIRST.map(numberField)}
      <SelectField
        label="Status"
        choices={MACHINE_STATUSES.map((status) => ({ value: status, label: STATUS_WORDS[status] }))}
        value={form.status}
        onChange={(status) => setForm((now) => ({ ...now, status }))}
      />
      <details className="span-2">
        <summary>Uptime, fees and other costs</summary>
        <div className="form">{NUMBER_FIELDS.filter((field) => !FIRST.includes(field)).map(numberField)}</div>
      </details>
      {/* Enter in a field saves. */}
    </FormDialog>
  )
}
