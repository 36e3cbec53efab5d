import { z } from 'zod'
import { text } from './bounds.ts'

const common = { id: text(40), saidAtMs: z.number().nullable() }

/** What was said once and holds for the next file or value, as it is listed. */
export const rememberedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('columns'),
    fileKind: z.enum(['fleet', 'ledger']),
    headings: z.array(z.string()).readonly(),
    map: z.array(z.string()).readonly(),
    decimalSign: z.enum(['.', ',']).nullable(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('answer'),
    fileKind: z.enum(['fleet', 'prices', 'typed', 'ledger']),
    name: text(40),
    what: text(100),
    field: z.string(),
    about: z.string(),
    least: z.number().nullable(),
    most: z.number().nullable(),
  }),
])
export type RememberedThing = z.infer<typeof rememberedSchema>

/** A surprising value that is typed: which, of what, and the figure. The answer holds for it, and for figures near to it. */
export const typedThingSchema = z.strictObject({
  /** as it is called, e.g. "Power price" */
  field: text(200),
  /** folded: the site or model; '' for none */
  about: text(200),
  value: z.number(),
})
export type TypedThing = z.infer<typeof typedThingSchema>
