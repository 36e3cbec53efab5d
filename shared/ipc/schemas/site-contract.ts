import { z } from 'zod'
import { COINCIDENT_PEAK_RULE_NAMES } from '#shared/domain/power/coincident-peak.ts'
import type { ContractTerms } from '#shared/domain/power/contract-terms.ts'
import { CURRENCIES, unitsPerUsdAtMost } from '#shared/domain/power/currency.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { PLAIN_CHARGE } from '#shared/domain/power/demand-charge.ts'
import type { Fault } from '#shared/domain/power/fault.ts'
import { LOSS_BEARERS } from '#shared/domain/power/hosting.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { WEEKDAYS } from '#shared/domain/power/tariff.ts'
import { writtenInstant } from '#shared/domain/power/written-time.ts'
import { isTimeZone, zoneClock } from '#shared/domain/power/zone-clock.ts'
import { issueWords } from './issue.ts'

/*
 * The written form of a site's contract: what a sites.json holds and what is stored. Bounds catch slips of unit (cents
 * for dollars, percent for a fraction), as those of the fleet do; in another currency they are as much wider as its unit is
 * smaller. Parts may be absent.
 */

const between = (least: number, most: number, unit: string) => {
  const message = `must be a number from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}`
  return z.number(message).min(least, message).max(most, message)
}
/** Market prices reach the caps of the exchanges, 5 and 9 USD/kWh. */
export const MARKET_PRICE_BOUNDS = [-10, 10] as const
const share = between(0, 1, '(a fraction: 30 % is 0.3)')
const kilowatts = between(0, 1e7, 'kW')
const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  return z.number(message).int(message).min(least, message).max(most, message)
}
const dateMessage = 'must be a date such as "2026-03-31"'
const date = z.iso.date({ error: dateMessage })
const time = z.string('must be a time such as "2026-07-15T20:00Z"').max(100)
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })
const flag = z.boolean('must be true or false')
const currency = oneOf(CURRENCIES).default('USD')

const MAX_VERSIONS = 100
const MAX_PERIODS = 168
const MAX_LISTED = 10_000
/** Twenty years of quarters of an hour. */
export const MAX_MARKET_INTERVALS = 701_280

const hourMessage = (least: string, most: string) =>
  `must be an hour from ${least} to ${most} to the minute, such as 23.5 or "23:30"`
const hour = (least: number, most: number, message: string) =>
  z
    .union([z.number(), z.string().regex(/^([01]?\d|2[0-4]):[0-5]\d$/)], { error: message })
    .transform((written) => {
      if (typeof written === 'number') return written
      const [hours, minutes] = written.split(':').map(Number)
      return hours! + minutes! / 60
    })
    .refine((hours) => hours >= least && hours <= most && isWholeMinute(hours), { error: message })

function isWholeMinute(hours: number): boolean {
  return Math.abs(hours * 60 - Math.round(hours * 60)) < 1e-6
}

/** Amounts of a currency, with their bounds. */
function moneyIn(of: Currency) {
  const scale = unitsPerUsdAtMost(of)
  return {
    price: between(-scale, scale, `${of} per kWh`),
    upTo: (most: number, unit: string) => between(0, most * scale, `${of} ${unit}`),
  }
}

function partsIn(of: Currency) {
  const { price, upTo } = moneyIn(of)
  const periods = z
    .array(
      z.strictObject({
        days: z.array(oneOf(WEEKDAYS)).min(1, 'must name at least one day').max(7),
        fromHour: hour(0, 24 - 1 / 60, hourMessage('0', '23:59')),
        toHour: hour(1 / 60, 24, hourMessage('0:01', '24')),
        usdPerKwh: price,
      }),
    )
    .max(MAX_PERIODS)
    .default([])
  const week = { baseUsdPerKwh: price, periods }
  const tariffVersion = z.strictObject({
    from: date,
    to: date.nullable().default(null),
    ...week,
    seasons: z
      .array(
        z.strictObject({
          name: z.string().trim().min(1).max(100),
          months: z.array(whole(1, 12)).min(1, 'must name at least one month').max(12),
          ...week,
        }),
      )
      .max(12)
      .default([]),
    tiers: z
      .array(z.strictObject({ upToKwhPerMonth: between(0, 1e10, 'kWh per month'), usdPerKwh: price }))
      .max(20)
      .default([]),
    meteredKwhThisMonth: between(0, 1e10, 'kWh').default(0),
  })
  const hosting = z.discriminatedUnion(
    'model',
    [
      z.strictObject({
        model: z.literal('flat'),
        usdPerMonth: upTo(100_000, 'per month'),
        per: oneOf(['machine', 'kw']),
      }),
      z.strictObject({
        model: z.literal('per-kwh'),
        usdPerKwh: price,
        basis: oneOf(['nameplate', 'metered']),
      }),
      z.strictObject({
        model: z.literal('revenue-share'),
        hostShare: share,
        energyPaidBy: oneOf(['host', 'tenant']),
      }),
      z.strictObject({
        model: z.literal('profit-share'),
        hostShare: share,
        lossesBorneBy: oneOf(LOSS_BEARERS),
      }),
    ],
    { error: 'must have a model: flat, per-kwh, revenue-share or profit-share' },
  )
  const demandResponse = {
    creditUsdPerKwMonth: upTo(1000, 'per kW and month').default(0),
    hoursPerMonth: between(0, 744, 'hours').default(0),
    capacityKw: kilowatts.nullable().default(null),
  }
  const contract = {
    timeZone: z.string('must be a time zone such as "America/Chicago"').max(100).default('UTC'),
    currency,
    tariffs: z.array(tariffVersion).max(MAX_VERSIONS).default([]),
    capKw: kilowatts.nullable().default(null),
    floorKw: kilowatts.nullable().default(null),
    demandResponse: z
      .strictObject({
        ...demandResponse,
        events: z
          .array(z.strictObject({ from: time, to: time, usdPerKwh: price.nullable().default(null) }))
          .max(MAX_LISTED)
          .default([]),
      })
      .nullable()
      .default(null),
    demandCharge: z
      .strictObject({
        usdPerKwMonth: upTo(1000, 'per kW and month'),
        isAlreadySet: flag.default(PLAIN_CHARGE.isAlreadySet),
        meteredKwThisMonth: kilowatts.default(PLAIN_CHARGE.meteredKwThisMonth),
        ratchetShare: share.default(PLAIN_CHARGE.ratchetShare),
        lookbackMonths: whole(1, 60).default(PLAIN_CHARGE.lookbackMonths),
        pastPeaksKw: z.array(kilowatts).max(60).default([]),
      })
      .nullable()
      .default(null),
    coincidentPeak: z
      .strictObject({
        rule: z.enum(COINCIDENT_PEAK_RULE_NAMES, {
          error: `must be one of ${COINCIDENT_PEAK_RULE_NAMES.join(', ')}`,
        }),
        usdPerKwYear: upTo(10_000, 'per kW and year'),
        shedIn: z.array(flag).max(100).default([]),
        peaks: whole(1, 1000).nullable().default(null),
        hours: z
          .array(z.strictObject({ from: time, to: time, probability: share }))
          .max(MAX_LISTED)
          .default([]),
      })
      .nullable()
      .default(null),
    hosting: hosting.nullable().default(null),
  }
  const takeOrPay = {
    committedKwhPerDay: between(0, 1e9, 'kWh per day'),
    per: oneOf(['hour', 'day']).default('hour'),
    handBackUsdPerKwh: price.default(0),
    committedUsdPerKwh: price.nullable().default(null),
  }
  const adder = price.default(0)
  const file = z.string('must be the name of a file').min(1).max(1000)
  const { timeZone, tariffs, capKw, floorKw, demandCharge } = contract
  return {
    /** of what is changed by hand, see contract-terms.ts */
    terms: z.strictObject({
      ...{ timeZone, currency, tariffs, capKw, floorKw, demandCharge, hosting: contract.hosting },
      marketAdderUsdPerKwh: price.nullable(),
      takeOrPay: z.strictObject(takeOrPay).nullable(),
      demandResponse: z.strictObject(demandResponse).nullable(),
    }),
    /** of an entry of a sites.json, whose prices are in other files */
    written: z.strictObject({
      site: z.string('must be a text').trim().min(1, 'must not be empty').max(100),
      ...contract,
      takeOrPay: z
        .strictObject({ ...takeOrPay, handBackFile: file.nullable().default(null) })
        .nullable()
        .default(null),
      market: z
        .strictObject({ file, currency: oneOf(CURRENCIES).nullable().default(null), adderUsdPerKwh: adder })
        .nullable()
        .default(null),
    }),
    stored: z.strictObject({
      ...contract,
      takeOrPay: z
        .strictObject({ ...takeOrPay, handBack: z.strictObject(storedPrices).nullable().default(null) })
        .nullable()
        .default(null),
      market: z
        .union([
          z.strictObject({ ...storedPrices, adderUsdPerKwh: adder }),
          z
            .strictObject({
              firstHourMs: z.number().int(),
              usdPerKwh: z.array(z.number().nullable()).min(1).max(MAX_MARKET_INTERVALS),
              adderUsdPerKwh: adder,
            })
            .transform(ofWholeHours),
        ])
        .nullable()
        .default(null),
    }),
  }
}

const storedPrices = {
  currency,
  runs: z
    .array(
      z.strictObject({
        fromMs: z.number().int(),
        minutes: z.number().positive(),
        perKwh: z.array(z.number().nullable()).min(1).max(MAX_MARKET_INTERVALS),
      }),
    )
    .max(MAX_MARKET_INTERVALS),
}

/** Prices as they were stored when every interval was an hour. */
function ofWholeHours(old: {
  readonly firstHourMs: number
  readonly usdPerKwh: readonly (number | null)[]
  readonly adderUsdPerKwh: number
}) {
  return {
    currency: 'USD' as const,
    runs: [{ fromMs: old.firstHourMs, minutes: 60, perKwh: [...old.usdPerKwh] }],
    adderUsdPerKwh: old.adderUsdPerKwh,
  }
}

const schemas = new Map<Currency, ReturnType<typeof partsIn>>()

/** The schemas of a document whose money is in the currency that it names; those of USD where it names none or no known one. */
export function contractSchemas(document: unknown): ReturnType<typeof partsIn> {
  const named = z.looseObject({ currency }).safeParse(document)
  const of = named.success ? named.data.currency : 'USD'
  const found = schemas.get(of) ?? partsIn(of)
  schemas.set(of, found)
  return found
}

/** Terms as the window sends them; faults name the field. */
export const contractTermsSchema = z
  .custom<ContractTerms>((value) => typeof value === 'object' && value !== null)
  .transform((document, context): ContractTerms => {
    const parsed = contractSchemas(document).terms.safeParse(document)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues)
      context.addIssue({ code: 'custom', path: issue.path, message: issueWords(issue) })
    return z.NEVER
  })

export type WrittenSite = z.infer<ReturnType<typeof partsIn>['written']>
type Parts = Omit<WrittenSite, 'site' | 'takeOrPay' | 'market'>

/**
 * The parts of a contract that are written alike in a sites.json and in the store; times without a zone are local.
 * @returns the parts, or the first time that cannot be meant
 */
export function partsOf(written: Parts): Omit<SiteContract, 'takeOrPay' | 'market'> | Fault {
  const { timeZone, tariffs, capKw, floorKw, demandCharge, hosting } = written
  if (!isTimeZone(timeZone))
    return {
      field: 'timeZone',
      message: `'${timeZone}' is not a time zone; write e.g. America/Chicago or UTC`,
    }
  const clock = zoneClock(timeZone)
  const faults: Fault[] = []
  const timed = <T extends { readonly from: string; readonly to: string }>(
    list: readonly T[],
    field: string,
  ) =>
    list.map(({ from, to, ...rest }, i) => {
      const instant = (text: string, end: 'from' | 'to'): number => {
        const found = writtenInstant(text, clock)
        if (typeof found === 'number') return found
        faults.push({ field: `${field}[${i}].${end}`, message: found.fault })
        return NaN
      }
      return { fromMs: instant(from, 'from'), toMs: instant(to, 'to'), ...rest }
    })
  const demandResponse =
    written.demandResponse === null
      ? null
      : {
          ...written.demandResponse,
          events: timed(written.demandResponse.events, 'demandResponse.events'),
        }
  const coincidentPeak =
    written.coincidentPeak === null
      ? null
      : { ...written.coincidentPeak, hours: timed(written.coincidentPeak.hours, 'coincidentPeak.hours') }
  return (
    faults[0] ?? {
      timeZone,
      currency: written.currency,
      tariffs,
      capKw,
      floorKw,
      demandResponse,
      demandCharge,
      coincidentPeak,
      hosting,
    }
  )
}

export const machinePolicySchema = z.enum(MACHINE_POLICIES, {
  error: `must be one of ${MACHINE_POLICIES.join(', ')}`,
})
