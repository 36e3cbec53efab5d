import { z } from 'zod'
import { BACKTEST_VALUES } from '#shared/domain/backtest/result.ts'
import { count } from './bounds.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const waySchema = z.strictObject({
  cashUsd: z.number(),
  restartsUsd: z.number(),
  starts: z.number(),
  machineDaysOff: z.number(),
})
const waysSchema = z.strictObject({
  advice: waySchema,
  alwaysOn: waySchema,
  averageRule: waySchema,
  hindsight: waySchema,
})
const spanSchema = waysSchema.extend({
  days: count,
  missingDays: count,
  /** null: none of the days has one */
  meanHashpriceUsdPerPhDay: z.number().nullable(),
})

export const backtestChoicesSchema = z.strictObject({
  /** first and last day, both included; null: a year up to the last stored day */
  fromDay: day.nullable(),
  toDay: day.nullable(),
  /** days from one review to the next; null: as the settings say */
  reviewDays: z.number().positive().max(365).nullable(),
})
export type BacktestChoices = z.infer<typeof backtestChoicesSchema>

/** `Backtest` of shared/domain/backtest/result.ts; null where it has NaN. */
export const backtestSchema = z.strictObject({
  fromDay: day,
  toDay: day,
  reviewDays: z.number(),
  volatilityPerYear: z.number(),
  months: z.array(spanSchema.extend({ month: z.string().regex(/^\d{4}-\d{2}$/) })).max(3000),
  total: spanSchema,
  reachedShare: z.number().nullable(),
  gaps: z
    .array(
      z.strictObject({ fromDay: day, toDay: day, days: count, missing: z.array(z.enum(BACKTEST_VALUES)) }),
    )
    .max(10_000),
  machines: z.number(),
  machinesLeftOut: z.number(),
  boundedSites: z.array(z.string().max(400)).max(10_000),
})
export type ShownBacktest = z.infer<typeof backtestSchema>

/** Calls about what the advice would have earned on stored days. */
export const backtestChannels = {
  /**
   * The stored fleet on the stored history. `task.progress` tells of the task BACKTEST_TASK how many days are done, 'backtest.cancel' stops
   * it ('cancelled'), and nothing else does. One at a time. null: no stored day has all values, and no whole period was chosen
   */
  'backtest.run': { input: backtestChoicesSchema, output: backtestSchema.nullable() },
  'backtest.cancel': { input: z.strictObject({}), output: z.strictObject({}) },
} as const
