import { z } from 'zod'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { isNumberName } from '#shared/domain/fleet/fields.ts'
import { markedListSchema } from './acts.ts'
import { changed, key, nothing, text } from './bounds.ts'
import { fieldName } from './fleet.ts'
import { questionsSchema } from './questions.ts'

export const importPreviewSchema = z.strictObject({
  token: text(60),
  fileName: text(300),
  rows: key,
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
  questions: questionsSchema,
  /** what was not asked because the same was answered before */
  answered: z.array(z.strictObject({ name: text(40), about: text(100), count: key })).max(20),
  /** how each column of the file was read */
  headings: z
    .array(
      z.strictObject({
        /** as the file spells it */
        heading: text(200),
        /** null: a note, or at fault */
        field: fieldName.nullable(),
        factor: z.number(),
        offset: z.number(),
        /** its heading does not say the unit, so that every cell has to */
        isUnitless: z.boolean(),
        /** by someone, now or before, and not by its heading */
        isSaid: z.boolean(),
        /** the first cell that is not empty */
        example: text(60),
        fault: text(400).nullable(),
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
  /** what was said about a file with the same headings counts */
  isRecalled: z.boolean(),
  /** nothing in the file decides what its decimal sign is */
  isSignOpen: z.boolean(),
  /** what was answered about it */
  decimalSign: z.enum(['.', ',']).nullable(),
  /** the file is a list of objects: rows are entries, columns keys */
  isList: z.boolean(),
  errorCount: key,
  /** the first ones; remedy: what to type on the command line, the end of the sentence */
  errors: z
    .array(z.strictObject({ row: key, column: text(100), message: text(400), remedy: text(700) }))
    .max(100),
  /** the first rows as understood, one array of cells per row in the order of `columns` */
  columns: z.array(text(100)).max(40),
  sample: z.array(z.array(text(120)).max(40)).max(20),
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
  decimalSign: z.enum(['.', ',']).nullable(),
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
    input: columnsSaidSchema.extend({ token: text(60) }),
    output: importPreviewSchema,
  },
  /** Forgets what was remembered and counts in the waiting file. */
  'import.forget': {
    input: z.strictObject({ token: text(60), what: z.enum(['columns', 'answers']) }),
    output: nothing,
  },
  'import.confirm': {
    // merge: rows with a known id replace that machine, the rest of the fleet stays; replace: the file is the fleet
    input: z.strictObject({
      token: text(60),
      mode: z.enum(['merge', 'replace']),
      /** names of the questions of the preview that were answered with yes */
      accepted: z.array(text(40)).max(20),
    }),
    output: changed.extend({ added: key, updated: key, removed: key }),
  },
  'import.discard': { input: z.strictObject({ token: text(60) }), output: nothing },
} as const
