import { isLargeChange } from '#shared/domain/decision/large-change.ts'
import type { NumberName } from '#shared/domain/fleet/fields.ts'
import { NUMBER_NAMES, numberField, USUAL_J_PER_TH } from '#shared/domain/fleet/fields.ts'
import type { MachineInput, MachinePatch } from '#shared/domain/fleet/fleet.ts'
import type { TypedThing } from '#shared/ipc/schemas/remembered.ts'
import { number, THIN_SPACE } from '#shared/format/numbers.ts'
import { jPerTh } from '#shared/format/units.ts'
import type { Picked, Range } from '../engine/edit-ahead.ts'
import { typedUnit } from '../lib/bounds.ts'
import { textOf } from '../lib/form.ts'

const NOBODY = { changed: 0, machines: 0 }

/** What is surprising in a machine, in a sentence, and what a yes agrees to. */
export type Surprise = { readonly words: string; readonly thing: TypedThing }

/** What is asked before a machine is stored; null where nothing is surprising. */
export const machineQuestion = (surprises: readonly Surprise[]): string | null =>
  surprises.length === 0 ? null : `${surprises.map(({ words }) => words).join(' ')} Is this right?`

/** @param before null for a new one */
export function machineSurprises(before: MachineInput | null, after: MachineInput): readonly Surprise[] {
  const surprise = (field: string, value: number, words: string): Surprise => ({
    words,
    thing: { field, about: after.model.toLowerCase(), value },
  })
  const changed = (name: NumberName) => after[name] !== (before?.[name] ?? null)
  const surprises = NUMBER_NAMES.filter(changed).flatMap((name) => {
    const words = surpriseOf(name, before?.[name] ?? null, after[name] ?? null)
    return words === null ? [] : [surprise(numberField(name).label, after[name] ?? 0, words)]
  })
  const { hashrateThs, powerW } = after
  if ((changed('hashrateThs') || changed('powerW')) && hashrateThs !== null && powerW !== null) {
    const efficiency = powerW / hashrateThs
    const [least, most] = USUAL_J_PER_TH
    // What hashes nothing has no efficiency, and no margin to be wrong.
    if (powerW > 0 && hashrateThs > 0 && (efficiency < least || efficiency > most))
      surprises.push(efficiencySurprise(efficiency, after.model.toLowerCase()))
  }
  return surprises
}

/** The same of an edit of some machines: of a field they may have had several values. */
export function editSurprises(
  { numbers }: Pick<Picked, 'numbers'>,
  patch: MachinePatch,
  jPerThAfter: Range,
): readonly Surprise[] {
  const surprises = NUMBER_NAMES.flatMap((name) => {
    const after = patch[name]
    if (after === undefined || after === null) return []
    const { least, most } = numbers[name]
    const [low, high] = [least, most].map((value) =>
      surpriseOf(name, Number.isNaN(value) ? null : value, after),
    )
    const words = low ?? high
    const thing = { field: numberField(name).label, about: '', value: after }
    return words === null || words === undefined ? [] : [{ words, thing }]
  })
  if (patch.hashrateThs === undefined && patch.powerW === undefined) return surprises
  const [leastUsual, mostUsual] = USUAL_J_PER_TH
  const { least, most } = jPerThAfter
  const strange = least < leastUsual ? least : most > mostUsual ? most : null
  return strange === null ? surprises : [...surprises, efficiencySurprise(strange, '')]
}

const efficiencySurprise = (value: number, about: string): Surprise => ({
  words: `Together they are ${jPerTh(value)} J/TH, where machines have ${USUAL_J_PER_TH[0]} to ${USUAL_J_PER_TH[1]}.`,
  thing: { field: 'J/TH', about, value },
})

function surpriseOf(name: NumberName, before: number | null, after: number | null): string | null {
  if (after === null) return null
  const field = numberField(name)
  const show = (value: number) => {
    const [unit, text] = [typedUnit(field), textOf(name, value)]
    const figure = number(Number(text), text.split('.')[1]?.length ?? 0)
    return unit === undefined ? figure : `${figure}${THIN_SPACE}${unit}`
  }
  const isMoved = isLargeChange(before, after, NOBODY)
  const isAsUsual = field.usual === undefined || (after >= field.usual[0] && after <= field.usual[1])
  // Nothing is a figure of its own, and some hosts keep all that is mined.
  const isUnusual = !isAsUsual && after !== 0 && !(name === 'hostShare' && after === 1)
  if (!isMoved && !isUnusual) return null
  const values = isMoved && before !== null ? `${show(before)} → ${show(after)}` : show(after)
  const [least, most] = field.usual ?? field.bounds
  return `${field.label}: ${values}${isUnusual ? `, where ${show(least)} to ${show(most)} is usual` : ''}.`
}
