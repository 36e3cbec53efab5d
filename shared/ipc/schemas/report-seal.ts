import { z } from 'zod'
import { count, nothing, text } from './bounds.ts'
import { hashSchema as hash, templateNameSchema, templateSchema } from './reports.ts'

const shownTemplateSchema = templateSchema.extend({
  /** someone kept it; else it is there without being made */
  isKept: z.boolean(),
  /** sections that it names and this program has not: the others are its sections */
  gone: z.array(text(100)).max(100),
})
export type ShownTemplate = z.infer<typeof shownTemplateSchema>

const logoSchema = z.strictObject({
  type: z.enum(['image/png', 'image/jpeg', 'image/svg+xml']),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
})

const sealedReportSchema = z.strictObject({
  hash,
  madeAtMs: z.number(),
  asOfMs: z.number(),
  title: text(200),
  company: text(200),
  /** name of its template */
  template: text(100),
  /** of the program that made it */
  version: text(40),
  pages: count,
  pdfBytes: count,
})
export type ShownSealedReport = z.infer<typeof sealedReportSchema>

export const MOST_DIFFERENCES_SHOWN = 500

/** In words: what cannot be shown is cut. */
const differenceSchema = z.strictObject({
  section: text(100),
  /** title of the table, or what else it is */
  table: text(400),
  row: text(400),
  column: text(400),
  then: text(400),
  now: text(400),
})
export type ShownDifference = z.infer<typeof differenceSchema>

const logo = z.strictObject({ logo: logoSchema.nullable() })

/** Calls about what reports are made like, and about those that were handed over. */
export const reportSealChannels = {
  /** The usual ones, then those that were kept. */
  'report.templates': {
    input: nothing,
    output: z.strictObject({ templates: z.array(shownTemplateSchema) }),
  },
  /** One of that name is replaced, case ignored. */
  'report.keepTemplate': { input: z.strictObject({ template: templateSchema }), output: nothing },
  'report.removeTemplate': { input: z.strictObject({ name: templateNameSchema }), output: nothing },
  'report.logo': { input: nothing, output: logo },
  /** Chosen in a dialog. null: the dialog was closed */
  'report.setLogo': { input: nothing, output: logo.nullable() },
  'report.removeLogo': { input: nothing, output: nothing },
  /** Newest first. */
  'report.sealed': { input: nothing, output: z.strictObject({ reports: z.array(sealedReportSchema) }) },
  /** Writes the PDF as it was handed over. null: the dialog was closed */
  'report.openSealed': {
    input: z.strictObject({ hash }),
    output: z.strictObject({ fileName: text(300), pages: count }).nullable(),
  },
  /** Computes it again; of many differences the first ones. */
  'report.recompute': {
    input: z.strictObject({ hash }),
    output: z.strictObject({
      differences: z.array(differenceSchema).max(MOST_DIFFERENCES_SHOWN),
      /** beyond these */
      more: count,
    }),
  },
  /** Why the cash margin is another one. to null: of the fleet and the network of now */
  'report.compare': {
    input: z.strictObject({ from: hash, to: hash.nullable() }),
    output: z.strictObject({
      fromMs: z.number(),
      toMs: z.number(),
      fromUsdPerDay: z.number(),
      toUsdPerDay: z.number(),
      /** in words; they add up to the change */
      parts: z.array(z.strictObject({ cause: text(100), usdPerDay: z.number() })),
      machinesAdded: z.number(),
      machinesGone: z.number(),
    }),
  },
  /** For good. */
  'report.removeSealed': { input: z.strictObject({ hash }), output: nothing },
} as const
