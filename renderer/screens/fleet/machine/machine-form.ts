import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import type { LabelName, NumberName, TextName } from '#shared/domain/fleet/fields.ts'
import {
  each,
  isNumberName,
  LABEL_NAMES,
  NUMBER_NAMES,
  numberField,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { MachineInput, MachinePatch, MachineStatus } from '#shared/domain/fleet/fleet.ts'
import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import type { StoredMachine } from '../../../engine/protocol.ts'
import { readNumbers, textOf } from '../../../lib/form.ts'

export type FormText = TextName | LabelName
const FORM_TEXTS: readonly FormText[] = [...TEXT_NAMES, ...LABEL_NAMES]

export type MachineForm = {
  readonly siteKey: number
  readonly status: MachineStatus
  readonly texts: Readonly<Record<FormText, string>>
  readonly numbers: Readonly<Record<NumberName, string>>
}

/** A new machine at the first site, or one as it is stored. */
export function machineForm({ sites }: Pick<FleetView, 'sites'>, machine: StoredMachine | null): MachineForm {
  return {
    siteKey: machine?.siteKey ?? sites.key[0] ?? -1,
    status: machine?.status ?? PLAIN_MACHINE.status,
    texts: each(FORM_TEXTS, (name) => machine?.[name] ?? ''),
    numbers: each(NUMBER_NAMES, (name) => textOf(name, machine?.numbers[name] ?? PLAIN_MACHINE[name])),
  }
}

/** What says which one a machine is: a duplicate is another one. */
const OWN_TEXTS = ['id', 'serial', 'position', 'ip', 'mac'] as const satisfies readonly FormText[]

/** A new machine that begins as another one. */
export function duplicateForm(fleet: Pick<FleetView, 'sites'>, of: StoredMachine): MachineForm {
  const form = machineForm(fleet, of)
  return { ...form, texts: { ...form.texts, ...each(OWN_TEXTS, () => '') } }
}

export type MachineFaults = Partial<Record<NumberName | FormText, string>>

/** The form as the call wants it, or what is wrong, by field. Bounds are checked where the fleet is stored. */
export function readMachineForm({
  siteKey,
  status,
  texts,
  numbers,
}: MachineForm):
  | { readonly input: MachineInput; readonly faults: null }
  | { readonly input: null; readonly faults: MachineFaults } {
  const { values, faults } = readNumbers(numbers)
  const wrong: MachineFaults = { ...faults }
  for (const name of NUMBER_NAMES) {
    if (values[name] === null && wrong[name] === undefined && !numberField(name).optional)
      wrong[name] = 'This must be given.'
  }
  if (Object.keys(wrong).length > 0) return { input: null, faults: wrong }
  const { id, ...rest } = each(FORM_TEXTS, (name) => texts[name].trim())
  return {
    faults: null,
    // those that must be given are
    input: { id: id === '' ? null : id, ...rest, siteKey, status, ...values } as MachineInput,
  }
}

/** What the fields of a patch are in a machine as it is stored, for whoever may have changed them meanwhile. */
export function fieldsOf(machine: StoredMachine, patch: MachinePatch): MachinePatch {
  const valueOf = (name: string) => {
    if (!isNumberName(name)) return machine[name as FormText | 'siteKey' | 'status']
    const value = machine.numbers[name]
    return Number.isNaN(value) ? null : value
  }
  return Object.fromEntries(Object.keys(patch).map((name) => [name, valueOf(name)]))
}

/** What the form changes of a machine: a field that says what it said is not sent back. */
export function changesIn(before: MachineForm, after: MachineInput): MachinePatch {
  const { input: was } = readMachineForm(before)
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => name !== 'id' && was?.[name as keyof MachineInput] !== value,
    ),
  )
}
