import { z } from 'zod'
import type { DecisionOutcome, LoggedDecision, OutcomeSums } from '#shared/domain/decision/acts/outcome.ts'
import { LOG_KINDS } from '#shared/domain/decision/acts/log-kinds.ts'
import { decisionSchema } from './acts.ts'

const text = (max: number) => z.string().max(max)
const count = z.number().int().nonnegative()
const figure = z.number().or(z.nan())

export const MOST_LOGGED = 10_000

/** Decisions from a moment to another, both included, unix ms; null: from the first, or to the last. */
const period = { fromMs: z.number().nullable(), toMs: z.number().nullable() }

const outcomeSchema: z.ZodType<DecisionOutcome> = z.strictObject({
  fromMs: z.number(),
  toMs: z.number(),
  endsWith: z.enum(['over', 'again', 'now']),
  daysCovered: z.number(),
  daysMissing: z.number(),
  meanHashpriceUsdPerPhDay: figure,
  savedUsd: figure,
  expectedUsd: figure,
  restartUsd: z.number(),
})
const loggedSchema: z.ZodType<LoggedDecision> = z.strictObject({
  decision: decisionSchema,
  outcome: outcomeSchema.nullable(),
})
const sumSchema = z.strictObject({
  decisions: count,
  known: count,
  savedUsd: z.number(),
  expectedUsd: z.number(),
})
const sumsSchema: z.ZodType<OutcomeSums> = z.strictObject({ done: sumSchema, notDone: sumSchema })

export const decisionLogSchema = z.strictObject({
  /** newest first */
  rows: z.array(loggedSchema).max(MOST_LOGGED).readonly(),
  /** there are older ones of the period that did not fit */
  hasMore: z.boolean(),
  /** of the rows; what was taken back is in none */
  sums: sumsSchema,
  history: z.strictObject({
    /** first and last day with a hashprice, unix ms of their beginnings; null: none is stored */
    fromMs: z.number().nullable(),
    throughMs: z.number().nullable(),
    /** days of the rows that have no hashprice, unix ms of their beginnings, ascending */
    missing: z.array(z.number()).readonly(),
  }),
})
export type DecisionLog = z.infer<typeof decisionLogSchema>

/** What is written of the log: of a site by its name as it was called then, and of a kind; with those that stand go those that were taken back, marked. */
const scopeSchema = z.strictObject({ ...period, site: text(400).nullable(), kind: z.enum(LOG_KINDS) })
export type LogScope = z.infer<typeof scopeSchema>

/** Calls about what was decided and what it brought. */
export const decisionChannels = {
  'decisions.read': {
    input: z.strictObject({ ...period, atMost: count.min(1).max(MOST_LOGGED) }),
    output: decisionLogSchema,
  },
  /** Writes the log, whole, as a table or as JSON, by the ending of the file that is chosen. null: the dialog was closed */
  'decisions.export': {
    input: scopeSchema,
    output: z.strictObject({ fileName: text(300), rows: count }).nullable(),
  },
} as const
