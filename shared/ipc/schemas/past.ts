import { z } from 'zod'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import { count, text } from './bounds.ts'

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** What a column of the history rests on. Sources: 'imported' (a file), names of sources, 'computed' (from other columns). */
const coverageSchema = z.strictObject({
  column: z.enum(DAILY_COLUMN_NAMES),
  /** days that have a value */
  days: count,
  from: date.nullable(),
  through: date.nullable(),
  sources: z.array(z.strictObject({ source: z.string().max(60), days: count })).max(20),
})
export type Coverage = z.infer<typeof coverageSchema>

export const pastSchema = z.strictObject({
  /** grows with every change of the history */
  revision: count,
  /** days that are over, oldest first; per day and column the one value that counts */
  series: z.custom<DailySeries>(
    (value) => typeof value === 'object' && value !== null && 'dates' in value && 'priceUsd' in value,
  ),
  coverage: z.array(coverageSchema).max(20),
  /** difficulty epochs known */
  epochs: count,
})
export type Past = z.infer<typeof pastSchema>

export const pastStatusSchema = z.strictObject({
  revision: count,
  running: z.boolean(),
  /** while it runs: which source and part is asked, in words, and how far the whole is; total 0: not known yet */
  progress: z.strictObject({ words: z.string().max(200), done: count, total: count }).nullable(),
  /** end of the last run that went through, unix ms */
  finishedMs: z.number().nullable(),
  /** was stopped or failed before its end: the next run goes on from there */
  unfinished: z.boolean(),
  /** per source what went wrong in the last run, in words */
  faults: z.array(z.strictObject({ source: z.string().max(60), words: z.string().max(600) })).max(20),
})
export type PastStatus = z.infer<typeof pastStatusSchema>

/** What a file brought. */
export const importedPastSchema = z.strictObject({
  fileName: z.string().max(300),
  days: count,
  from: date,
  through: date,
  columns: z.array(z.enum(DAILY_COLUMN_NAMES)),
})
export type ImportedPast = z.infer<typeof importedPastSchema>

/** What a network file brought, or holds. */
export const networkFileSummarySchema = z.strictObject({
  fileName: z.string().max(300),
  /** when it was made, unix ms */
  madeAtMs: z.number(),
  /** network values and rates that are newer than the stored ones, and those that are not and were left */
  taken: count,
  olderThanStored: count,
  days: count,
  epochs: count,
})
export type NetworkFileSummary = z.infer<typeof networkFileSummarySchema>

const datedValue = z.strictObject({ value: z.number(), asOfMs: z.number() })

/** What taking a network file would bring, against what is stored. */
export const networkFileLookSchema = networkFileSummarySchema.extend({
  /** newest moment of the stored values; null: there are none */
  storedAsOfMs: z.number().nullable(),
  values: z
    .array(
      datedValue.extend({
        name: z.enum(NETWORK_VALUE_NAMES),
        source: text(60),
        stored: datedValue.nullable(),
        isTaken: z.boolean(),
      }),
    )
    .max(200),
  /** of currencies: all in the file, those that are taken, and the newest moment of one; null: it holds none */
  rates: z.strictObject({ all: count, taken: count, asOfMs: z.number().nullable() }),
})
export type NetworkFileLook = z.infer<typeof networkFileLookSchema>

/** A network file that waits to be taken. */
export const networkFilePreviewSchema = networkFileLookSchema.extend({
  token: text(60),
  /** what it holds beside the network, as it stands to what is stored; null: nothing */
  parts: z.strictObject({ new: count, differs: count, same: count, unknown: count }).nullable(),
})
export type NetworkFilePreview = z.infer<typeof networkFilePreviewSchema>
