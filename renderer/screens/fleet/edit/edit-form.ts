import type { EditableField } from '#shared/domain/fleet/fields.ts'
import { EDITABLE_FIELDS, fieldOf, MACHINE_FIELDS, numberField } from '#shared/domain/fleet/fields.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { MISSING, number } from '#shared/format/numbers.ts'
import { POLICY_WORDS } from '#shared/format/site-words.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import type { MachineStatus } from '#shared/domain/fleet/fleet.ts'
import type { FleetEdit, Picked } from '../../../engine/edit-ahead.ts'
import { typedUnit } from '../../../lib/bounds.ts'
import { textOf } from '../../../lib/form.ts'
import { readField } from '../../../lib/read-field.ts'

/** What an edit of many may be about: a field, or how they take part in their site's contract. */
export type EditedThing = EditableField | 'policy'

export const POLICY_CHOICES = MACHINE_POLICIES.map((value) => ({ value, label: POLICY_WORDS[value] }))

export const thingName = (thing: EditedThing): string =>
  thing === 'policy' ? 'Policy' : MACHINE_FIELDS[thing].name

export const THING_CHOICES = [
  ...EDITABLE_FIELDS.map((name) => ({ value: name, label: MACHINE_FIELDS[name].name })),
  { value: 'policy' as const, label: thingName('policy') },
].sort((a, b) => a.label.localeCompare(b.label))

export type EditRead =
  { readonly edit: FleetEdit; readonly fault: null } | { readonly edit: null; readonly fault: string | null }

/** What was typed or chosen as an edit. @param cleared the value is taken away */
export function readEdit(thing: EditedThing, text: string, cleared: boolean): EditRead {
  if (thing === 'policy') return { edit: { patch: {}, policy: text as MachinePolicy }, fault: null }
  // An empty field is not yet an edit: taking values away is said, not left out.
  if (text.trim() === '' && !cleared) return { edit: null, fault: null }
  const { patch, fault } = readField(thing, cleared ? '' : text)
  return patch === null ? { edit: null, fault } : { edit: { patch, policy: null }, fault: null }
}

/** What taking the value away means; null where it must be given. */
export function clearWords(thing: EditedThing): string | null {
  if (thing === 'policy') return null
  const field = fieldOf(thing)
  switch (field.kind) {
    case 'number':
      if ('inherited' in MACHINE_FIELDS[field.name]) return 'Clear: take the site’s'
      return numberField(field.name).optional ? 'Clear: not known' : null
    case 'text':
    case 'label':
      return 'Clear: leave it empty'
    case 'site':
    case 'status':
      return null
  }
}

/** What the machines have now, as the beginning of a form says it. */
export function nowWords(thing: EditedThing, { rows, numbers, common }: Picked): string {
  if (thing === 'policy') return ''
  const field = fieldOf(thing)
  if (field.kind !== 'number') {
    const value = common[thing]
    if (value === undefined) return 'Now: different values.'
    const shown = thing === 'status' ? STATUS_WORDS[value as MachineStatus] : value
    return `Now: ${shown || MISSING}${rows > 1 ? ' in all' : ''}.`
  }
  const { least, most, absent } = numbers[field.name]
  const show = (value: number) => {
    const text = textOf(field.name, value)
    return number(Number(text), text.split('.')[1]?.length ?? 0)
  }
  const unit = typedUnit(numberField(field.name))
  const figures = least === most ? show(least) : `${show(least)} to ${show(most)}`
  const given = absent === rows ? null : unit === undefined ? figures : `${figures} ${unit}`
  const none = absent === 0 ? null : 'inherited' in MACHINE_FIELDS[field.name] ? 'the site’s' : 'not given'
  const missing =
    none === null || given === null ? none : `${none} in ${absent === 1 ? '1 row' : `${number(absent)} rows`}`
  return `Now: ${[given, missing].filter((words) => words !== null).join('; ')}.`
}
