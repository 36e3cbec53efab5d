import { z } from 'zod'
import type { SectionName } from '../../report/pack.ts'
import { PAPERS, SECTION_NAMES } from '../../report/pack.ts'
import { key, text } from './bounds.ts'

/** The whole of it: only people type its beginning. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be the hash of a sealed report')

export const templateNameSchema = z.string().trim().min(1).max(100)

export const templateSchema = z.strictObject({
  name: templateNameSchema,
  title: z.string().trim().min(1).max(200),
  // Counted first: each name that is none is a fault of its own.
  sections: z
    .custom<SectionName[]>(
      (names) => !Array.isArray(names) || names.length <= SECTION_NAMES.length,
      `has more than ${SECTION_NAMES.length} entries`,
    )
    .pipe(
      z
        .array(z.enum(SECTION_NAMES))
        .min(1, 'must have at least one section')
        .refine((names) => new Set(names).size === names.length, 'must have each section once'),
    ),
  paper: z.enum(PAPERS),
})

/** What is made, of which day and with which assumptions. */
export const reportRequestSchema = z.strictObject({
  template: templateSchema,
  /** null: of now */
  asOfMs: z.number().min(0).nullable(),
  /** name of a stored scenario; null: as it is */
  scenario: text(200).nullable(),
})

/** What is looked at before a report is handed over. */
const reportCheckSchema = z.strictObject({ isFine: z.boolean(), words: text(2000) })

export const reportPreviewSchema = z.strictObject({
  /** of the pages, to be shown with their own style sheet */
  html: text(50_000_000),
  checks: z.array(reportCheckSchema).max(100),
})
export type ReportPreview = z.infer<typeof reportPreviewSchema>

export const savedReportSchema = z.strictObject({
  fileName: text(300),
  pages: z.number().int().nonnegative(),
  /** of its sealed inputs; null: it is not sealed */
  hash: hashSchema.nullable(),
})

/** Calls about the report of now, as pages, workbook and tables. */
export const reportChannels = {
  /** The pages as they would be printed now, long tables cut. */
  'report.preview': { input: reportRequestSchema, output: reportPreviewSchema },
  /** How many pages the PDF would have; null: not known, because something newer was asked for or it would take long. */
  'report.count': { input: reportRequestSchema, output: z.strictObject({ pages: key.nullable() }) },
  /** null: the dialog was closed */
  'report.save': { input: reportRequestSchema, output: savedReportSchema.nullable() },
  /** null: the dialog was closed */
  'report.workbook': {
    input: reportRequestSchema,
    output: z.strictObject({ fileName: text(300) }).nullable(),
  },
  /** null: the dialog was closed */
  'report.tables': {
    input: reportRequestSchema.extend({ format: z.enum(['csv', 'json']) }),
    output: z.strictObject({ fileName: text(300), tables: key }).nullable(),
  },
} as const
