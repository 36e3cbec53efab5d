import type { FleetSnapshot, MachineInput } from '#shared/ipc/schemas/channels.ts'
import type { MachineStatus } from '#shared/domain/fleet/fleet.ts'
import type { StoredMachine } from '../../../engine/protocol.ts'
import { editable } from '#shared/format/typed.ts'
import { asPercent, readNumbers } from '../../../lib/form.ts'

export const NUMBER_FIELDS = [
  'quantity',
  'hashrateThs',
  'powerW',
  'powerPriceUsdPerKwh',
  'otherUsdPerKwh',
  'overhead',
  'uptime',
  'poolFee',
  'hostShare',
  'standbyW',
  'fixedUsdPerDay',
  'restartUsd',
] as const
export type NumberField = (typeof NUMBER_FIELDS)[number]

/** Typed in percent. */
const PERCENTS: ReadonlySet<NumberField> = new Set<NumberField>([
  'overhead',
  'uptime',
  'poolFee',
  'hostShare',
])
/** May stay empty: not given, or the site's. */
const OPTIONAL: ReadonlySet<NumberField> = new Set<NumberField>([
  'hashrateThs',
  'powerW',
  'powerPriceUsdPerKwh',
  'otherUsdPerKwh',
  'overhead',
])

export type MachineForm = {
  readonly id: string
  readonly model: string
  readonly siteKey: number
  readonly status: MachineStatus
  readonly numbers: Readonly<Record<NumberField, string>>
}

/** A new machine at the first site, or one as it is stored. */
export function machineForm(
  { sites }: Pick<FleetSnapshot, 'sites'>,
  machine: StoredMachine | null,
): MachineForm {
  const at = (field: NumberField, fresh: string) => {
    if (machine === null) return fresh
    const value = machine.numbers[field]
    return PERCENTS.has(field) && !Number.isNaN(value) ? asPercent(value) : editable(value)
  }
  return {
    id: machine?.id ?? '',
    model: machine?.model ?? '',
    siteKey: machine?.siteKey ?? sites.key[0] ?? -1,
    status: machine?.status ?? 'running',
    numbers: {
      quantity: at('quantity', '1'),
      hashrateThs: at('hashrateThs', ''),
      powerW: at('powerW', ''),
      powerPriceUsdPerKwh: at('powerPriceUsdPerKwh', ''),
      otherUsdPerKwh: at('otherUsdPerKwh', ''),
      overhead: at('overhead', ''),
      uptime: at('uptime', '100'),
      poolFee: at('poolFee', '0'),
      hostShare: at('hostShare', '0'),
      standbyW: at('standbyW', '0'),
      fixedUsdPerDay: at('fixedUsdPerDay', '0'),
      restartUsd: at('restartUsd', '0'),
    },
  }
}

export type MachineFaults = Partial<Record<NumberField | 'id' | 'model', string>>

/** The form as the call wants it, or what is wrong, by field. Bounds are checked where the fleet is stored. */
export function readMachineForm(
  form: MachineForm,
):
  | { readonly input: MachineInput; readonly faults: null }
  | { readonly input: null; readonly faults: MachineFaults } {
  const { values, faults } = readNumbers(form.numbers, PERCENTS)
  const wrong: MachineFaults = { ...faults }
  for (const field of NUMBER_FIELDS) {
    if (values[field] === null && !OPTIONAL.has(field)) wrong[field] = 'This must be given.'
  }
  if (Object.keys(wrong).length > 0) return { input: null, faults: wrong }
  const given = values as Readonly<Record<NumberField, number>>
  return {
    faults: null,
    input: {
      id: form.id.trim() === '' ? null : form.id.trim(),
      model: form.model.trim(),
      siteKey: form.siteKey,
      status: form.status,
      ...given,
      hashrateThs: values.hashrateThs,
      powerW: values.powerW,
      powerPriceUsdPerKwh: values.powerPriceUsdPerKwh,
      otherUsdPerKwh: values.otherUsdPerKwh,
      overhead: values.overhead,
    },
  }
}
