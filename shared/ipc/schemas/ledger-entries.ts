import { z } from 'zod'
import { COST_CATEGORIES } from '#shared/domain/money/ledger/entry.ts'
import type { Amount, Fact, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import {
  LONGEST_NOTE,
  LONGEST_REFERENCE,
  LONGEST_SOURCE,
  MOST,
} from '#shared/domain/money/ledger/entry-bounds.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { MOST_NAME_LENGTH } from '#shared/domain/fleet/names.ts'
import { key, name, text } from './bounds.ts'

/**
 * What an entry of the ledger looks like. Whether it can be booked, and how much is too much, is for the books to say, at the field that
 * was typed (shared/domain/money/ledger).
 */

const isDay = (day: string) => {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}
const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-10-31')
  .refine(isDay, 'is no day of the calendar')
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-10')
const days = z.strictObject({ from: daySchema, to: daySchema })

const sat = z.int()
const wh = z.int()
const cents = z.int()
const share = z.number().min(0).max(1)
const source = text(LONGEST_SOURCE)
const phs = z.number().min(0).max(MOST.hashratePhs)
const kw = z.number().min(0).max(MOST.powerKw)
const usdPerKwh = z.number().min(-MOST.usdPerKwh).max(MOST.usdPerKwh)

const price = z.strictObject({ usdPerBtc: z.number().positive().max(MOST.usdPerBtc), source })
const amount: z.ZodType<Amount, Amount> = z
  .strictObject({
    currency: z.enum(CURRENCIES),
    hundredths: cents,
    usdCents: cents,
    rate: z
      .strictObject({ usdPerUnit: z.number().positive().max(MOST.usdPerUnit), day: daySchema, source })
      .nullable(),
  })
  .refine(({ currency, rate }) => (currency === 'USD') === (rate === null), {
    path: ['rate'],
    message: 'must say what one unit was worth in USD, of another currency than USD alone',
  })

/** Beside them there are voids, closings and reopenings, which have calls of their own. */
const booked = [
  z.strictObject({
    kind: z.literal('earning'),
    pool: name,
    day: daySchema,
    sat,
    feeSat: sat.nullable(),
    hashratePhs: z.number().min(-MOST.hashratePhs).max(MOST.hashratePhs).nullable(),
    price,
  }),
  z.strictObject({
    kind: z.literal('payout'),
    pool: name,
    day: daySchema,
    sat,
    feeSat: sat.nullable(),
    price,
  }),
  z.strictObject({
    kind: z.literal('bill'),
    payee: name,
    days,
    wh: wh.nullable(),
    amount,
    part: z.enum(['all', 'energy', 'demand', 'fixed']),
  }),
  z.strictObject({ kind: z.literal('meter'), meter: name, days, wh }),
  z.strictObject({ kind: z.literal('credit'), payer: name, days, amount, programme: text(MOST_NAME_LENGTH) }),
  z.strictObject({
    kind: z.literal('sale'),
    venue: name,
    day: daySchema,
    sat,
    proceeds: amount,
    fee: amount.nullable(),
  }),
  z.strictObject({
    kind: z.literal('cost'),
    payee: name,
    days,
    category: z.enum(COST_CATEGORIES),
    amount,
  }),
  z.strictObject({
    kind: z.literal('purchase'),
    payee: name,
    day: daySchema,
    what: name,
    amount,
    salvageUsdCents: cents,
    lifeDays: z.int().min(-MOST.lifeDays).max(MOST.lifeDays),
  }),
  z.strictObject({ kind: z.literal('opening'), day: daySchema, sat, costUsdCents: cents }),
  z.strictObject({
    kind: z.literal('plan'),
    month: monthSchema,
    hashratePhs: phs,
    powerKw: kw,
    uptime: share,
    poolFee: share,
    usdPerKwh,
  }),
  z.strictObject({
    kind: z.literal('budget'),
    month: monthSchema,
    priceUsdPerBtc: z.number().positive().max(MOST.usdPerBtc),
    difficulty: z.number().positive().max(MOST.difficulty),
    rewardBtcPerBlock: z.number().positive().max(MOST.rewardBtc),
    uptime: share,
    tariffUsdPerKwh: usdPerKwh,
    hashratePhs: phs,
    powerKw: kw,
  }),
] as const

const factSchema: z.ZodType<Fact, Fact> = z.discriminatedUnion('kind', booked)

const newEntrySchema: z.ZodType<NewEntry, NewEntry> = z.strictObject({
  fact: factSchema,
  site: z.union([z.literal(''), name]),
  zone: z.string().min(1).max(100),
  reference: text(LONGEST_REFERENCE),
  corrects: key.nullable(),
  note: text(LONGEST_NOTE),
  origin: z.strictObject({ file: text(300), line: key }).nullable(),
})

/** Entries that one file of them may hold. */
export const newEntriesSchema = z.array(newEntrySchema).min(1).max(100_000)
