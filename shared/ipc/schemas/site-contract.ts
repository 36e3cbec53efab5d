import { z } from 'zod'
import { COINCIDENT_PEAK_RULE_NAMES } from '#shared/domain/power/coincident-peak.ts'
import { LOSS_BEARERS } from '#shared/domain/power/hosting.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { WEEKDAYS } from '#shared/domain/power/tariff.ts'

/*
 * The written form of a site's contract: what a sites.json holds and what is stored. Bounds catch slips of unit (cents
 * for dollars, percent for a fraction), as those of the fleet do. Parts may be absent.
 */

const between = (least: number, most: number, unit: string) => {
  const message = `must be a number from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}`
  return z.number(message).min(least, message).max(most, message)
}
const tariffPrice = between(-1, 1, 'USD per kWh')
/** Market prices reach the caps of the exchanges, 5 and 9 USD/kWh. */
export const MARKET_PRICE_BOUNDS = [-10, 10] as const
const share = between(0, 1, '(a fraction: 30 % is 0.3)')
const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  return z.number(message).int(message).min(least, message).max(most, message)
}
const dateMessage = 'must be a date such as "2026-03-31"'
const date = z.iso.date({ error: dateMessage })
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })

const MAX_VERSIONS = 100
const MAX_PERIODS = 168
/** Twenty years. */
export const MAX_MARKET_HOURS = 175_320

const periods = z
  .array(
    z.strictObject({
      days: z.array(oneOf(WEEKDAYS)).min(1, 'must name at least one day').max(7),
      fromHour: whole(0, 23),
      toHour: whole(1, 24),
      usdPerKwh: tariffPrice,
    }),
  )
  .max(MAX_PERIODS)
  .default([])

const week = { baseUsdPerKwh: tariffPrice, periods }

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
})

const hosting = z.discriminatedUnion(
  'model',
  [
    z.strictObject({
      model: z.literal('flat'),
      usdPerMonth: between(0, 100_000, 'USD per month'),
      per: oneOf(['machine', 'kw']),
    }),
    z.strictObject({
      model: z.literal('per-kwh'),
      usdPerKwh: tariffPrice,
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

/** Everything but the market prices, which a file gives as another file and the store as numbers. */
export const contractParts = {
  timeZone: z.string('must be a time zone such as "America/Chicago"').max(100).default('UTC'),
  tariffs: z.array(tariffVersion).max(MAX_VERSIONS).default([]),
  takeOrPay: z
    .strictObject({
      committedKwhPerDay: between(0, 1e9, 'kWh per day'),
      handBackUsdPerKwh: tariffPrice.default(0),
      committedUsdPerKwh: tariffPrice.nullable().default(null),
    })
    .nullable()
    .default(null),
  demandResponse: z
    .strictObject({
      creditUsdPerKwMonth: between(0, 1000, 'USD per kW and month'),
      hoursPerMonth: between(0, 744, 'hours'),
      capacityKw: between(0, 1e7, 'kW').nullable().default(null),
    })
    .nullable()
    .default(null),
  demandCharge: z
    .strictObject({
      usdPerKwMonth: between(0, 1000, 'USD per kW and month'),
      isAlreadySet: z.boolean('must be true or false').default(false),
    })
    .nullable()
    .default(null),
  coincidentPeak: z
    .strictObject({
      rule: z.enum(COINCIDENT_PEAK_RULE_NAMES, {
        error: `must be one of ${COINCIDENT_PEAK_RULE_NAMES.join(', ')}`,
      }),
      usdPerKwYear: between(0, 10_000, 'USD per kW and year'),
      shedIn: z.array(z.boolean('must be true or false')).max(100),
    })
    .nullable()
    .default(null),
  hosting: hosting.nullable().default(null),
}

export const adder = tariffPrice.default(0)

const storedContract = z.strictObject({
  ...contractParts,
  market: z
    .strictObject({
      firstHourMs: z.number().int(),
      usdPerKwh: z
        .array(z.number().min(MARKET_PRICE_BOUNDS[0]).max(MARKET_PRICE_BOUNDS[1]).nullable())
        .min(1)
        .max(MAX_MARKET_HOURS),
      adderUsdPerKwh: adder,
    })
    .nullable()
    .default(null),
})

export const machinePolicySchema = z.enum(MACHINE_POLICIES, {
  error: `must be one of ${MACHINE_POLICIES.join(', ')}`,
})

/** A contract as text: JSON, a missing hour is null. */
export function contractText(contract: SiteContract): string {
  const { market } = contract
  return JSON.stringify({
    ...contract,
    market:
      market === null
        ? null
        : {
            ...market,
            usdPerKwh: Array.from(market.usdPerKwh, (price) => (Number.isNaN(price) ? null : price)),
          },
  })
}

/**
 * The contract that {@link contractText} wrote, or the first fault of its form with the field. Whether its parts
 * contradict each other is another question (contractFault).
 */
export function readContractText(
  text: string,
): { readonly contract: SiteContract } | { readonly field: string; readonly message: string } {
  const parsed = storedContract.safeParse(JSON.parse(text))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    return { field: fieldText(issue.path), message: issue.message }
  }
  const { market } = parsed.data
  return {
    contract: {
      ...parsed.data,
      market:
        market === null
          ? null
          : { ...market, usdPerKwh: Float64Array.from(market.usdPerKwh, (price) => price ?? NaN) },
    },
  }
}

/** A path into a document as a person writes it: tariffs[0].periods[1].toHour. */
export function fieldText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (field, step) =>
      typeof step === 'number' ? `${field}[${step}]` : `${field}${field === '' ? '' : '.'}${String(step)}`,
    '',
  )
}
