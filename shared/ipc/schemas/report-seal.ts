import { z } from 'zod'
import { MARGIN_CAUSES } from '#shared/domain/money/margin-variance.ts'
import { SECTION_NAMES } from '../../report/pack.ts'

const text = (max: number) => z.string().max(max)
const count = z.number().int().nonnegative()

/** As a page names one that it was told of: the whole hash. */
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be the hash of a sealed report')

const templateName = z.string().trim().min(1).max(100)

export const templateSchema = z.strictObject({
  name: templateName,
  title: z.string().trim().min(1).max(200),
  sections: z
    .array(z.enum(SECTION_NAMES))
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'must have each section once'),
  // as PAPERS of channels.ts, which is made of this
  paper: z.enum(['A4', 'Letter']),
})

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

/** A figure not rounded, an en dash for one that does not exist; null: there is no such place. */
const differingValue = z.union([text(4000), z.number(), z.null()])

export const MOST_DIFFERENCES_SHOWN = 500

const differenceSchema = z.strictObject({
  /** null: of the document as a whole */
  section: z.enum(SECTION_NAMES).nullable(),
  place: text(400),
  row: text(1000),
  column: text(400),
  then: differingValue,
  now: differingValue,
})

const effects = Object.fromEntries(MARGIN_CAUSES.map((cause) => [cause, z.number()])) as Record<
  (typeof MARGIN_CAUSES)[number],
  z.ZodNumber
>

export const marginVarianceSchema = z.strictObject({
  beforeUsdPerDay: z.number(),
  afterUsdPerDay: z.number(),
  effectsUsdPerDay: z.strictObject(effects),
  machinesAdded: z.number(),
  machinesGone: z.number(),
})

const list = z.strictObject({ templates: z.array(shownTemplateSchema).max(500) })
const logo = z.strictObject({ logo: logoSchema.nullable() })
const nothing = z.strictObject({})

/** Calls about what reports are made like, and about those that were handed over. */
export const reportSealChannels = {
  /** The usual ones, then those that were kept. */
  'report.templates': { input: nothing, output: list },
  /** One of that name is replaced, case ignored. */
  'report.keepTemplate': { input: templateSchema, output: list },
  'report.removeTemplate': { input: z.strictObject({ name: templateName }), output: list },
  'report.logo': { input: nothing, output: logo },
  /** Chosen in a dialog. null: the dialog was closed */
  'report.setLogo': { input: nothing, output: logo.nullable() },
  'report.removeLogo': { input: nothing, output: logo },
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
      report: sealedReportSchema,
      total: count,
      differences: z.array(differenceSchema).max(MOST_DIFFERENCES_SHOWN),
    }),
  },
  /** Why the margin is another one. to null: the fleet and the network of now */
  'report.compare': {
    input: z.strictObject({ from: hash, to: hash.nullable() }),
    output: z.strictObject({
      from: sealedReportSchema,
      to: sealedReportSchema.nullable(),
      fromMs: z.number(),
      toMs: z.number(),
      variance: marginVarianceSchema,
    }),
  },
  /** For good. */
  'report.removeSealed': { input: z.strictObject({ hash }), output: nothing },
} as const
