import { z } from 'zod'

const text = (max: number) => z.string().max(max)

export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** As it was kept or typed, by another version perhaps: whether its sections are known is said in words by `checkedTemplate`. */
export const statedTemplateSchema = z.strictObject({
  name: text(100).min(1),
  title: text(200),
  sections: z.array(text(60)).max(60),
  paper: z.enum(['A4', 'Letter']),
})

/** What is made, of which day and with which assumptions. */
export const reportRequestSchema = z.strictObject({
  template: statedTemplateSchema,
  /** null: of now */
  asOfMs: z.number().min(0).nullable(),
  /** name of a stored scenario; null: as it is */
  scenario: text(200).nullable(),
})

/** What is looked at before a report is handed over. */
export const reportCheckSchema = z.strictObject({ isFine: z.boolean(), words: text(2000) })
export type ReportCheck = z.infer<typeof reportCheckSchema>

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
