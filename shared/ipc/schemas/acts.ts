import { z } from 'zod'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { MOST_BY_LENGTH } from '#shared/domain/decision/acts/decision-log.ts'
import type { Stake } from '#shared/domain/decision/acts/stake.ts'
import { PAPERS } from '../../report/pack.ts'
import { MOST_NAME_LENGTH } from '#shared/domain/fleet/names.ts'
import { count, key, nothing, text } from './bounds.ts'

export const MOST_REASON_LENGTH = 200

const actCounts = z.strictObject({ powerDown: count, pause: count, start: count, set: count })

const by = text(MOST_BY_LENGTH)

const stakeSchema: z.ZodType<Stake> = z.strictObject({
  parts: z
    .array(
      z.strictObject({
        untilMs: z.number().nullable(),
        acceptedPhs: z.number(),
        costUsdPerDay: z.number(),
        restartUsd: z.number(),
        restartAtEndUsd: z.number(),
        againMs: z.number().nullable(),
      }),
    )
    .max(1000)
    .readonly(),
  foreseen: z
    .array(z.strictObject({ fromMs: z.number(), usdPerPhDay: z.number() }))
    .min(1)
    .max(2000)
    .readonly(),
})

export const decisionSchema: z.ZodType<RecordedDecision> = z.strictObject({
  key: count,
  atMs: z.number(),
  siteKey: count,
  site: text(MOST_NAME_LENGTH),
  kind: z.enum(['done', 'not-now']),
  reason: text(MOST_REASON_LENGTH),
  advised: actCounts,
  machinesDone: count,
  freedKw: z.number(),
  gainUsd: z.number(),
  untilMs: z.number().nullable(),
  hashpriceUsdPerPhDay: z.number(),
  priceUsdPerBtc: z.number().nullable(),
  difficulty: z.number().nullable(),
  change: z.number().nullable(),
  isTakenBack: z.boolean(),
  takenBackAtMs: z.number().exactOptional(),
  byWhom: by.exactOptional(),
  stake: stakeSchema.exactOptional(),
})

/** The moment that the advice on screen was of, unix ms. */
const seenAtMs = z.number()

export const recordInputSchema = z.strictObject({
  seenAtMs,
  kind: z.enum(['done', 'not-now']),
  reason: text(MOST_REASON_LENGTH),
  /** who decided; '': nobody says; absent: who the setting `decidedBy` names */
  by: by.exactOptional(),
  /** with what was shown of each */
  sites: z
    .array(z.strictObject({ siteKey: count, shown: actCounts }))
    .min(1)
    .max(10_000),
  /** rows of which not all machines are done, and how many are */
  partly: z.array(z.strictObject({ key: count, machines: count })).max(1_000_000),
})
export type RecordInput = z.infer<typeof recordInputSchema>

export const recordedSchema = z.strictObject({
  revision: count,
  /** that were put into another state */
  machines: count,
  sites: z.array(text(MOST_NAME_LENGTH)).max(10_000).readonly(),
})

/** site null: every site */
export const workListInputSchema = z.strictObject({ seenAtMs, site: text(MOST_NAME_LENGTH).nullable() })

export const markedListSchema = z.strictObject({
  token: text(60),
  fileName: text(300),
  lines: count,
  marked: count,
  sites: z
    .array(
      z.strictObject({
        site: text(MOST_NAME_LENGTH),
        powerDown: count,
        start: count,
        set: count,
        already: count,
      }),
    )
    .max(10_000)
    .readonly(),
  questions: z.array(text(400)).max(5).readonly(),
  leftOut: z
    .array(z.strictObject({ line: count, message: text(400) }))
    .max(100)
    .readonly(),
  leftOutCount: count,
})
export type MarkedList = z.infer<typeof markedListSchema>

/** Calls about what is to be done and what was done. */
export const actChannels = {
  /** What was advised and done, newest first. */
  'acts.read': { input: nothing, output: z.strictObject({ decisions: z.array(decisionSchema).max(500) }) },
  /** Records what was done about the advice, or why not now, and switches the machines that are done. */
  'acts.record': { input: recordInputSchema, output: recordedSchema },
  /** Withdraws a "not now". */
  'acts.takeBack': { input: z.strictObject({ key }), output: nothing },
  /** As CSV. null: the dialog was closed */
  'acts.saveWorkList': {
    input: workListInputSchema,
    output: z.strictObject({ fileName: text(300), rows: key }).nullable(),
  },
  /** As PDF. null: the dialog was closed */
  'acts.printWorkList': {
    input: workListInputSchema.extend({ paper: z.enum(PAPERS) }),
    output: z.strictObject({ fileName: text(300), pages: key }).nullable(),
  },
  /** Reads a work list with its done column filled in. null: the dialog was closed */
  'acts.chooseMarked': {
    input: z.strictObject({ seenAtMs: z.number() }),
    output: markedListSchema.nullable(),
  },
  'acts.confirmMarked': {
    // accepted: what may be wrong about it was said to be right; by: as of acts.record, for lines that do not say it themselves
    input: z.strictObject({
      token: text(60),
      accepted: z.boolean(),
      by: text(MOST_BY_LENGTH).exactOptional(),
    }),
    output: recordedSchema,
  },
  'acts.discardMarked': { input: z.strictObject({ token: text(60) }), output: nothing },
} as const
