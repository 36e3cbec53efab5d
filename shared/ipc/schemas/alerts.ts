import { z } from 'zod'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import type { AlertMemory, AlertOccurrence, AlertRule } from '#shared/domain/alerts.ts'
import { key } from './bounds.ts'

export const alertRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hashprice-below'), usdPerPhDay: z.number().positive().max(100_000) }),
  z.strictObject({ kind: z.literal('breakeven-crossed') }),
  z.strictObject({ kind: z.literal('verdict-changed') }),
  z.strictObject({ kind: z.literal('strike-crossed') }),
  z.strictObject({
    kind: z.literal('adjustment-beyond'),
    change: z
      .number()
      .min(-0.75)
      .max(3)
      .refine((change) => change !== 0, 'must not be 0'),
  }),
  z.strictObject({ kind: z.literal('nvt-zone') }),
  z.strictObject({ kind: z.literal('data-stale') }),
]) satisfies z.ZodType<AlertRule>

const ids = z.array(z.string().max(100)).max(5).readonly()
const lots = z.number().int().positive()
const machines = z.number().int().nonnegative()
const fleetTold = z.strictObject({
  lots,
  machines,
  usdPerDay: z.number(),
  under: z.strictObject({ lots: z.number().int().nonnegative(), machines, usdPerDay: z.number() }),
})
const strikeSide = z.strictObject({ lots, machines, ids, usdPerDay: z.number() }).nullable()

export const alertOccurrenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hashprice-below'),
    usdPerPhDay: z.number(),
    thresholdUsdPerPhDay: z.number(),
    fleet: fleetTold.optional(),
  }),
  z.strictObject({
    kind: z.literal('breakeven-crossed'),
    under: z.boolean(),
    lots,
    machines,
    ids,
    usdPerPhDay: z.number(),
    usdPerDay: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal('verdict-changed'),
    lots,
    machines,
    gainUsd: z.number(),
    horizonDays: z.number().nullable(),
    changes: z
      .array(z.strictObject({ from: z.enum(VERDICTS), to: z.enum(VERDICTS), lots, machines, ids }))
      .max(6)
      .readonly(),
    usdPerPhDay: z.number(),
  }),
  z.strictObject({
    kind: z.literal('strike-crossed'),
    under: z.boolean(),
    stop: strikeSide,
    start: strikeSide,
    usdPerPhDay: z.number(),
  }),
  z.strictObject({
    kind: z.literal('adjustment-beyond'),
    change: z.number(),
    threshold: z.number(),
    after: z
      .strictObject({ usdPerPhDay: z.number(), fleet: fleetTold, changeUsdPerDay: z.number() })
      .optional(),
  }),
  z.strictObject({ kind: z.literal('nvt-zone'), entered: z.boolean(), date: z.string().max(10) }),
  z.strictObject({ kind: z.literal('data-stale'), values: z.array(z.string().max(60)).max(20).readonly() }),
]) satisfies z.ZodType<AlertOccurrence>

/** What an alert remembers between runs of the program. */
export const alertMemorySchema = z.record(
  z.string().max(100),
  z.union([z.number(), z.string().max(10_000), z.boolean(), z.null()]),
) satisfies z.ZodType<AlertMemory>

export const alertsStateSchema = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        key,
        rule: alertRuleSchema,
        /** the state it warns of lasts since then, unix ms; null: it does not */
        activeSinceMs: z.number().nullable(),
      }),
    )
    .max(100),
  /** newest first */
  events: z
    .array(z.strictObject({ key, atMs: z.number(), occurrence: alertOccurrenceSchema, read: z.boolean() }))
    .max(200),
  /** whether this desktop shows notifications; the list in the program works without */
  notifications: z.boolean(),
})
export type AlertsState = z.infer<typeof alertsStateSchema>
