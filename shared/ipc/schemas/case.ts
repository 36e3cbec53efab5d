import { z } from 'zod'
import { count, text } from './bounds.ts'
import { questionsSchema } from './questions.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'

export const caseInputsSchema = z.custom<CaseInputs>(
  (value) => typeof value === 'object' && value !== null && 'contracts' in value && 'limits' in value,
)

/** Files that bring something beside machines: a sites.json, a table of operating points, market prices of one site. */
export const partChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contracts') }),
  z.strictObject({ kind: z.literal('ladders') }),
  z.strictObject({ kind: z.literal('prices'), site: text(100) }),
])
export type PartChoice = z.infer<typeof partChoiceSchema>
export type PartFileKind = PartChoice['kind']

const partChangeSchema = z.strictObject({
  kind: z.enum(['contract', 'policy', 'ladder', 'price', 'limit']),
  name: text(300),
  change: z.enum(['new', 'same', 'differs', 'unknown']),
  words: text(600),
})

/** What a file of contracts or ladders would change. Nothing is stored before it is confirmed. */
export const partPreviewSchema = z.strictObject({
  token: text(60),
  fileName: text(300),
  /** what should be known about the file, in sentences */
  warnings: z.array(text(1000)).max(100),
  questions: questionsSchema,
  /** how many it brings that can be watched, and whether they are */
  priceFiles: count,
  isWatched: z.boolean(),
  new: count,
  differs: count,
  same: count,
  unknown: count,
  /** the first ones that are not the same */
  changes: z.array(partChangeSchema).max(200),
  /** whether names that are not in the fleet are left; else they refuse the whole file */
  leavesUnknown: z.boolean(),
})
export type PartPreview = z.infer<typeof partPreviewSchema>

/** What is stored about a site beside its price, in words; in the order of the sites of the fleet. */
export const siteAgreementsSchema = z.array(
  z.strictObject({
    siteKey: count,
    lines: z.array(z.strictObject({ name: text(100), words: text(1000) })).max(50),
  }),
)
export type SiteAgreements = z.infer<typeof siteAgreementsSchema>
