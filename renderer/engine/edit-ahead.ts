import type { AdviceChanges } from '#shared/domain/decision/large-change.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { changesBetween, withCase } from '#shared/domain/decision/trial.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import type { FieldName, NumberName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, fieldOf } from '#shared/domain/fleet/fields.ts'
import type { Fleet, MachinePatch } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { withPatch } from '#shared/domain/fleet/patched.ts'
import { efficiencyJPerTh } from '#shared/domain/margins/margin.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'

/** What picked machines get: values of fields, or how they take part in their site's contract. */
export type FleetEdit = { readonly patch: MachinePatch; readonly policy: MachinePolicy | null }

export type Range = { readonly least: number; readonly most: number }
const NO_RANGE: Range = { least: Number.NaN, most: Number.NaN }

/** What picked machines have now. */
export type Picked = {
  readonly rows: number
  readonly machines: number
  /** of the rows where it is given, NaN where it is given in none; and the rows where it is not */
  readonly numbers: Readonly<Record<NumberName, Range & { readonly absent: number }>>
  /** of texts, sites and status: the value that all have, null where they differ */
  readonly common: Readonly<Partial<Record<FieldName, string>>>
}

/** What an edit would do. */
export type EditAhead = {
  readonly changes: AdviceChanges
  /** what the fleet earns a day as it runs, USD; NaN where it is not known */
  readonly marginUsdPerDay: { readonly before: number; readonly after: number }
  /** of the picked machines with the edit; NaN where it is not known */
  readonly jPerTh: Range
}

const widened = ({ least, most }: Range, value: number): Range => ({
  least: Number.isNaN(least) ? value : Math.min(least, value),
  most: Number.isNaN(most) ? value : Math.max(most, value),
})

/** Rows of the keys that are in the fleet. */
export function rowsOfKeys({ machines }: Fleet, keys: Float64Array): Uint32Array {
  const asked = new Set(keys)
  const rows = new Uint32Array(asked.size)
  let found = 0
  machines.key.forEach((key, row) => {
    if (asked.has(key)) rows[found++] = row
  })
  return rows.subarray(0, found)
}

export function pickedOf(fleet: Fleet, rows: Uint32Array): Picked {
  const { machines } = fleet
  let count = 0
  for (const row of rows) count += machines.quantity[row]!
  const numbers: Partial<Record<NumberName, Picked['numbers'][NumberName]>> = {}
  const common: Partial<Record<FieldName, string>> = {}
  for (const name of FIELD_NAMES) {
    const field = fieldOf(name)
    if (field.kind === 'number') {
      let range = NO_RANGE
      let absent = 0
      for (const row of rows) {
        const value = machines[field.name][row]!
        if (Number.isNaN(value)) absent++
        else range = widened(range, value)
      }
      numbers[field.name] = { ...range, absent }
    } else {
      const first = rows.length === 0 ? '' : textOf(fleet, name, rows[0]!)
      if (rows.every((row) => textOf(fleet, name, row) === first)) common[name] = first
    }
  }
  return { rows: rows.length, machines: count, numbers: numbers as Picked['numbers'], common }
}

/** A field that is no number. */
function textOf({ machines, sites }: Fleet, name: FieldName, row: number): string {
  const field = fieldOf(name)
  switch (field.kind) {
    case 'text':
      return textAt(machines[field.name], row)
    case 'label':
      return labelAt(machines[field.name], row)
    case 'site':
      return sites.name[machines.site[row]!]!
    case 'status':
      return MACHINE_STATUSES[machines.status[row]!]!
    case 'number':
      return ''
  }
}

const marginOf = (picture: Picture | null): number =>
  picture === null
    ? Number.NaN
    : (picture.advice?.totals.marginNowUsdPerDay.asIs ?? picture.totals.marginUsdPerDay)

/**
 * What an edit of some rows would do; nothing that is shown moves.
 * @param before the fleet as it is stored, under the market as it is; null while that is not known
 * @param pictureOf the same of another fleet and case
 */
export function editAhead(
  fleet: Fleet,
  inputs: CaseInputs,
  rows: Uint32Array,
  { patch, policy }: FleetEdit,
  before: Picture | null,
  pictureOf: (fleet: Fleet, inputs: CaseInputs) => Picture | null,
): EditAhead {
  const edited = withPatch(fleet, rows, patch)
  const policies = new Map(
    policy === null ? [] : Array.from(rows, (row) => [fleet.machines.key[row]!, policy] as const),
  )
  const after = pictureOf(edited, withCase(inputs, fleet.sites, { terms: new Map(), policies }))
  let jPerTh = NO_RANGE
  for (const row of rows) {
    const value = efficiencyJPerTh(edited.machines.powerW[row]!, edited.machines.hashrateThs[row]!)
    if (value > 0) jPerTh = widened(jPerTh, value)
  }
  return {
    changes: changesBetween(edited, before, after),
    marginUsdPerDay: { before: marginOf(before), after: marginOf(after) },
    jPerTh,
  }
}
