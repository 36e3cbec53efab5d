import { z } from 'zod'
import { textAt, textColumn } from '#shared/domain/fleet/columns.ts'
import {
  each,
  FIGURE_SOURCE_NAMES,
  LABEL_NAMES,
  NUMBER_NAMES,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { MachineColumns } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES, PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import { ENTERED, FIGURE_SOURCES } from '#shared/domain/fleet/provenance.ts'

/** Codes with the words that they are of, so that a program in which a word has another code reads them too. */
export const wordsOf = (words: readonly string[], codes: Uint8Array) => ({
  labels: words,
  codes: Uint32Array.from(codes),
})

/**
 * Machines by the names of their fields, whatever their layout is in the memory of this program. A field of which nothing is said of
 * any machine is left out: so a field that a later program adds changes no seal of a fleet that does not use it.
 */
export function machinesDocument(machines: MachineColumns) {
  const { length, key, site, status } = machines
  const said = <T>(column: T, isSaid: boolean) => (isSaid ? column : undefined)
  return {
    ...{ length, key, site },
    status: wordsOf(MACHINE_STATUSES, status),
    ...each(NUMBER_NAMES, (name) => {
      const unsaid = PLAIN_MACHINE[name]
      return said(
        machines[name],
        machines[name].some((value) => !Object.is(value, unsaid)),
      )
    }),
    ...each(LABEL_NAMES, (name) => {
      const { labels, codes } = machines[name]
      return said({ labels, codes }, labels.length !== 1 || labels[0] !== '')
    }),
    ...each(TEXT_NAMES, (name) =>
      said(
        Array.from({ length }, (_, row) => textAt(machines[name], row)),
        machines[name].bytes.length > 0,
      ),
    ),
    ...each(FIGURE_SOURCE_NAMES, (name) =>
      said(
        wordsOf(FIGURE_SOURCES, machines[name]),
        machines[name].some((source) => source !== ENTERED),
      ),
    ),
  }
}

const float64 = z.instanceof(Float64Array)
const codes32 = z.instanceof(Uint32Array)
const labels = z
  .object({ labels: z.array(z.string()), codes: codes32 })
  .refine(({ labels, codes }) => codes.every((code) => code < labels.length), 'points beyond its labels')

/** Words that were written with their codes, as codes of today's list. */
export const codesIn = (words: readonly string[]) =>
  labels
    .refine(({ labels }) => labels.every((label) => words.includes(label)), {
      message: `must be of ${words.join(', ')}`,
    })
    .transform(({ labels, codes }) => {
      const now = labels.map((label) => words.indexOf(label))
      return Uint8Array.from(codes, (code) => now[code]!)
    })

/** A field of which nothing was said, or that the program of then did not have, is not there. */
const columns = z.object({
  length: z.number().int().nonnegative(),
  key: float64,
  site: codes32,
  status: codesIn(MACHINE_STATUSES),
  ...each(NUMBER_NAMES, () => float64.optional()),
  ...each(LABEL_NAMES, () => labels.optional()),
  ...each(TEXT_NAMES, () => z.array(z.string()).optional()),
  ...each(FIGURE_SOURCE_NAMES, () => codesIn(FIGURE_SOURCES).optional()),
})

/** The machines of {@link machinesDocument}. */
export const machinesSchema = columns.transform((read, context): MachineColumns => {
  const { length, key, site, status } = read
  const machines = {
    ...{ length, key, site, status },
    ...each(NUMBER_NAMES, (name) => read[name] ?? new Float64Array(length).fill(PLAIN_MACHINE[name])),
    ...each(LABEL_NAMES, (name) => read[name] ?? { labels: [''], codes: new Uint32Array(length) }),
    ...each(FIGURE_SOURCE_NAMES, (name) => read[name] ?? new Uint8Array(length).fill(ENTERED)),
  }
  const texts = each(TEXT_NAMES, (name) => read[name] ?? Array.from({ length }, () => ''))
  const lengths = [
    ...Object.entries(machines).map(([name, column]) => [name, rowsOf(column)] as const),
    ...TEXT_NAMES.map((name) => [name, texts[name].length] as const),
  ]
  const odd = lengths.find(([, rows]) => rows !== length)
  if (odd !== undefined)
    context.addIssue({ code: 'custom', message: `has ${odd[1]} rows and not ${length}`, path: [odd[0]] })
  return { ...machines, ...each(TEXT_NAMES, (name) => textColumn(texts[name])) }
})

const rowsOf = (column: number | { readonly length: number } | { readonly codes: Uint32Array }): number =>
  typeof column === 'number' ? column : 'codes' in column ? column.codes.length : column.length
