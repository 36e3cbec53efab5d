import { z } from 'zod'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { LIMIT_NAMES } from '#shared/domain/decision/case-inputs.ts'
import { each } from '#shared/domain/fleet/fields.ts'
import { MOST_NAME_LENGTH } from '#shared/domain/fleet/names.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { siteInputSchema } from '#shared/ipc/schemas/fleet.ts'
import { settingsSchema } from '#shared/ipc/schemas/settings.ts'
import { SOURCE_NAMES } from '#shared/ipc/sources.ts'
import type { SourceName } from '#shared/ipc/sources.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'

/** What one machine knows of the network, for another one that is offline: the content of a network file. */

export const FORMAT = 'strikeline-network'
/** Of a file that holds the network alone. */
export const VERSION = 1
/** Of a file with the case: contracts, policies, ladders, prices of sites, limits. Programs that knew version 1 refuse it by name. */
export const CASE_VERSION = 2

/** Sources whose values a network file may hold. A typed value is one person's assumption and stays out. */
const source = z.enum(SOURCE_NAMES)
/** 'imported': the operator's own daily.csv */
const pastSource = z.enum([...SOURCE_NAMES, 'imported'])

const ms = z.number().int()
const dated = { asOfMs: ms, fetchedAtMs: ms }

const name = z.string().min(1).max(MOST_NAME_LENGTH)
const ladder = z.strictObject({
  model: z.string().max(MOST_NAME_LENGTH),
  firmware: z.string().max(MOST_NAME_LENGTH),
  source: z.string().max(10_000),
  points: z
    .array(z.strictObject({ name, hashrateThs: z.number(), powerW: z.number() }))
    .min(1)
    .max(1000),
})

/** What verdicts rest on beside fleet and market, by the names of sites and the ids of machines. */
const caseSchema = z.strictObject({
  /** in the form in which they are stored, which has its own check */
  contracts: z
    .array(z.strictObject({ site: name, contract: z.record(z.string().max(100), z.unknown()) }))
    .max(10_000),
  policies: z.array(z.strictObject({ id: name, policy: z.enum(MACHINE_POLICIES) })).max(200_000),
  ladders: z.array(ladder).max(10_000),
  lotLadders: z.array(z.strictObject({ id: name, ladder })).max(100_000),
  prices: z.array(siteInputSchema).max(10_000),
  limits: settingsSchema.pick(each(LIMIT_NAMES, () => true as const)).partial(),
})

/** The shape alone; what a value may be is checked in check-network-file.ts, in words that a person understands. */
export const networkFileSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal([VERSION, CASE_VERSION]),
  case: caseSchema.optional(),
  madeAtMs: ms,
  /** version of the program that wrote it */
  program: z.string().max(60),
  values: z
    .array(z.strictObject({ name: z.enum(NETWORK_VALUE_NAMES), source, value: z.number(), ...dated }))
    .max(200),
  rates: z
    .array(z.strictObject({ currency: z.enum(FOREIGN_CURRENCIES), source, usdPerUnit: z.number(), ...dated }))
    .max(500),
  adjustments: z.array(z.strictObject({ height: z.number().int(), change: z.number() })).max(12),
  epochs: z
    .array(
      z.strictObject({
        height: z.number().int(),
        source,
        startedAtMs: ms,
        difficulty: z.number(),
        fetchedAtMs: ms,
      }),
    )
    .max(20_000),
  /** one entry per column and source; row i of the three lists is day[i], days since 1970-01-01 UTC, ascending */
  history: z
    .array(
      z.strictObject({
        column: z.enum(DAILY_COLUMN_NAMES),
        source: pastSource,
        day: z.array(z.number().int()).max(40_000),
        value: z.array(z.number()).max(40_000),
        fetchedAtMs: z.array(ms).max(40_000),
      }),
    )
    .max(100),
})

export type NetworkFile = z.infer<typeof networkFileSchema>

/** Whether a network file may hold values of a source: its reader must know the source's terms. */
export function isNetworkFileSource(name: string): name is SourceName {
  return (SOURCE_NAMES as readonly string[]).includes(name)
}
export function isNetworkFilePastSource(name: string): name is SourceName | 'imported' {
  return name === 'imported' || isNetworkFileSource(name)
}
export function isDailyColumn(name: string): name is DailyColumn {
  return (DAILY_COLUMN_NAMES as readonly string[]).includes(name)
}
