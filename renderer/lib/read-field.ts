import type { EditableField, NumberName } from '#shared/domain/fleet/fields.ts'
import { fieldOf, MACHINE_FIELDS, numberField } from '#shared/domain/fleet/fields.ts'
import type { MachinePatch } from '#shared/domain/fleet/fleet.ts'
import { textFault } from '#shared/domain/fleet/names.ts'
import { readNumbers } from './form.ts'

export type FieldRead =
  { readonly patch: MachinePatch; readonly fault: null } | { readonly patch: null; readonly fault: string }

const refused = (fault: string): FieldRead => ({ patch: null, fault })

/** One field as it was typed or chosen, as a change of machines; a site is its key. Nothing typed clears what may be missing. */
export function readField(name: EditableField, text: string): FieldRead {
  const field = fieldOf(name)
  switch (field.kind) {
    case 'site':
      return { patch: { siteKey: Number(text) }, fault: null }
    case 'number':
      return readNumber(field.name, text)
    case 'text':
    case 'label': {
      const fault = textFault(field.name, text.trim())
      return fault === null
        ? { patch: { [name]: text.trim() }, fault: null }
        : refused(`${MACHINE_FIELDS[name].label} ${fault}.`)
    }
    case 'status':
      return { patch: { status: text } as MachinePatch, fault: null }
  }
}

function readNumber(name: NumberName, text: string): FieldRead {
  const { values, faults } = readNumbers({ [name]: text } as Record<NumberName, string>)
  const fault = faults[name]
  if (fault !== undefined) return refused(fault)
  if (values[name] === null && !numberField(name).optional) return refused('This must be given.')
  return { patch: { [name]: values[name] }, fault: null }
}
