import { z } from 'zod'

/** As it was kept or typed: whether its sections are known is said in words by `checkedTemplate`. */
export const packTemplateSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  title: z.string().max(200),
  sections: z.array(z.string().max(60)).max(60),
  paper: z.enum(['A4', 'Letter']),
})

/** What is to be made. */
export const reportRequestSchema = z.strictObject({
  template: packTemplateSchema,
  /** the moment that it speaks of, unix ms; null: now */
  asOfMs: z.number().min(0).nullable(),
  /** name of the stored scenario that its projection follows; null: as it is */
  scenario: z.string().max(200).nullable(),
})
export type ReportRequest = z.infer<typeof reportRequestSchema>

/** What is looked at before a report is handed over. */
const reportCheckSchema = z.strictObject({ isFine: z.boolean(), text: z.string().max(1000) })

export const reportPreviewSchema = z.strictObject({
  /** of the pages, to be shown with their own style sheet */
  html: z.string(),
  checks: z.array(reportCheckSchema).max(50),
})
export type ReportPreview = z.infer<typeof reportPreviewSchema>

export const savedReportSchema = z.strictObject({
  fileName: z.string().max(300),
  pages: z.number().int().nonnegative(),
  /** of its sealed inputs, 64 hex digits; null: it is not sealed */
  hash: z.string().max(64).nullable(),
})
