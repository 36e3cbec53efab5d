import { z } from 'zod'

const text = (max: number) => z.string().max(max)
const count = z.number().int().nonnegative()

export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)

export const logoSchema = z.strictObject({ fileName: text(300) }).nullable()

export const sealedReportSchema = z.strictObject({
  hash: hashSchema,
  madeAtMs: z.number(),
  asOfMs: z.number(),
  title: text(200),
  company: text(200),
  pages: count,
  version: text(40),
})
export type SealedReport = z.infer<typeof sealedReportSchema>

export const recomputedSchema = z.strictObject({
  differences: z
    .array(
      z.strictObject({
        section: text(100),
        table: text(200),
        row: text(300),
        column: text(200),
        then: text(300),
        now: text(300),
      }),
    )
    .max(1000),
  /** differences beyond these */
  more: count,
})
export type Recomputed = z.infer<typeof recomputedSchema>

export const comparedSchema = z.strictObject({
  fromUsdPerDay: z.number(),
  toUsdPerDay: z.number(),
  parts: z.array(z.strictObject({ cause: text(100), usdPerDay: z.number() })).max(100),
})
export type Compared = z.infer<typeof comparedSchema>
