import { z } from 'zod'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { isNumberName } from '#shared/domain/fleet/fields.ts'
import { markedListSchema } from './acts.ts'
import { changed, key, nothing, text } from './bounds.ts'
import { fieldName } from './fleet.ts'
import {
  acceptedSchema,
  decimalSign,
  forgetSchema,
  headingShape,
  importPreviewShape,
  ofToken,
} from './import-preview.ts'

export const importPreviewSchema = z.strictObject({
  ...importPreviewShape,
  machines: key,
  /** rows that would be new, and rows whose id is in the fleet already */
  added: key,
  updated: key,
  sites: z.array(z.strictObject({ name: text(100), rows: key, isNew: z.boolean() })).max(1000),
  /** columns that are not ours: kept as notes */
  noteColumns: z.array(text(100)).max(200),
  filledFromCatalogue: key,
  withoutFigures: key,
  withoutPowerPrice: key,
  /** of all machines together, to see whether the file was understood */
  hashrateThs: z.number().nonnegative(),
  powerW: z.number().nonnegative(),
  /** how the columns read that are not written as ours, in sentences */
  understood: z.array(text(400)).max(40),
  /** how each column of the file was read */
  headings: z
    .array(
      z.strictObject({
        ...headingShape,
        /** null: a note, or at fault */
        field: fieldName.nullable(),
        factor: z.number(),
        offset: z.number(),
        /** its heading does not say the unit, so that every cell has to */
        isUnitless: z.boolean(),
      }),
    )
    .max(300),
  /** the units in which numbers can be read, ours first; a text has none */
  choices: z
    .array(
      z.strictObject({
        field: fieldName,
        units: z.array(z.strictObject({ label: text(40), factor: z.number(), offset: z.number() })).max(10),
      }),
    )
    .max(40),
  /** words under status that someone said what they are; null: nobody did */
  statusWords: z
    .array(z.strictObject({ word: text(60), status: z.enum(MACHINE_STATUSES).nullable() }))
    .max(100),
  /** the file is a list of objects: rows are entries, columns keys */
  isList: z.boolean(),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

/** What someone said in the window about the columns of the waiting file: all of it, nothing else counts. */
export const columnsSaidSchema = z.strictObject({
  columns: z
    .array(
      z
        .strictObject({
          heading: text(200).min(1),
          /** null: a note */
          field: fieldName.nullable(),
          factor: z.number().positive(),
          offset: z.number().min(-1_000_000).max(1_000_000),
        })
        .refine(
          ({ field, factor, offset }) =>
            (field !== null && isNumberName(field)) || (factor === 1 && offset === 0),
          'only a number has a factor',
        ),
    )
    .max(300),
  statusWords: z.array(z.strictObject({ word: text(60).min(1), status: z.enum(MACHINE_STATUSES) })).max(100),
  decimalSign: decimalSign.nullable(),
})
export type ColumnsSaid = z.infer<typeof columnsSaidSchema>

/** Calls about a file of machines that waits to be imported. */
export const importChannels = {
  /** workList: the file is a work list that comes home, and waits as one; null: the dialog was closed */
  'import.choose': {
    input: nothing,
    output: z.union([importPreviewSchema, z.strictObject({ workList: markedListSchema })]).nullable(),
  },
  /** Reads the waiting file again with these columns. */
  'import.again': {
    input: columnsSaidSchema.extend(ofToken.shape),
    output: importPreviewSchema,
  },
  /** Forgets what was remembered and counts in the waiting file. */
  'import.forget': {
    input: forgetSchema,
    output: nothing,
  },
  'import.confirm': {
    // merge: rows with a known id replace that machine, the rest of the fleet stays; replace: the file is the fleet
    input: ofToken.extend({ mode: z.enum(['merge', 'replace']), accepted: acceptedSchema }),
    output: changed.extend({ added: key, updated: key, removed: key }),
  },
  'import.discard': { input: ofToken, output: nothing },
} as const
