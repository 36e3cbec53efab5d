import { z } from 'zod'
import { key, text } from './bounds.ts'
import { questionsSchema } from './questions.ts'

/** How the decimal sign of a file is written. */
export const decimalSign = z.enum(['.', ','])

/** What every file says that was read and waits to be stored. */
export const importPreviewShape = {
  token: text(60),
  fileName: text(300),
  /** rows of the file below its header, blank ones aside */
  rows: key,
  questions: questionsSchema,
  /** what was not asked because the same was answered before */
  answered: z.array(z.strictObject({ name: text(40), about: text(100), count: key })).max(20),
  /** what was said about a file with the same headings counts */
  isRecalled: z.boolean(),
  /** nothing in the file decides what its decimal sign is */
  isSignOpen: z.boolean(),
  /** what was answered about it */
  decimalSign: decimalSign.nullable(),
  errorCount: key,
  /** the first ones; row 0: the file as a whole; remedy: what to type on the command line, the end of the sentence */
  errors: z
    .array(z.strictObject({ row: key, column: text(100), message: text(600), remedy: text(700) }))
    .max(100),
  /** the first rows as understood, one array of cells per row in the order of `columns` */
  columns: z.array(text(100)).max(40),
  sample: z.array(z.array(text(120)).max(40)).max(20),
} as const

/** What every file says of each of its headings. */
export const headingShape = {
  /** as the file spells it */
  heading: text(200),
  /** by someone, now or before, and not by its heading */
  isSaid: z.boolean(),
  /** the first cell that is not empty */
  example: text(60),
  fault: text(400).nullable(),
} as const

/** Calls about a waiting file that say nothing but which. */
export const ofToken = z.strictObject({ token: text(60) })
export const forgetSchema = ofToken.extend({ what: z.enum(['columns', 'answers']) })
/** names of the questions of the preview that were answered with yes */
export const acceptedSchema = z.array(text(40)).max(20)
