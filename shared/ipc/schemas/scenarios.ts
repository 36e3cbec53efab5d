import { z } from 'zod'
import { pathThrough } from '#shared/domain/ahead/growth-path.ts'
import { checkSupplyCurve } from '#shared/domain/ahead/respond.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { MOST_NAME_LENGTH, nameFault, siteNameKey } from '#shared/domain/fleet/names.ts'
import { nothing } from './bounds.ts'

const [LEAST_USD_PER_KWH, MOST_USD_PER_KWH] = MACHINE_FIELDS.powerPriceUsdPerKwh.bounds

const scenarioName = z
  .string()
  .trim()
  .min(1)
  .max(MOST_NAME_LENGTH)
  .refine((value) => nameFault(value) === null, 'must not contain control characters')

/** What the domain refuses, as a fault of the schema. */
const checkedBy =
  <T>(check: (value: T) => void) =>
  (value: T, context: z.core.$RefinementCtx<T>) => {
    try {
      check(value)
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault
      context.addIssue({ code: 'custom', message: fault.message })
    }
  }

/** A supply curve as a document; {@link checkSupplyCurve} judges what it says. */
export const curveSchema = z.strictObject({
  tiers: z
    .array(z.strictObject({ share: z.number(), jPerTh: z.number(), usdPerKwh: z.number() }))
    .max(1000)
    .readonly(),
  leavingPerEpoch: z.number(),
  returningPerEpoch: z.number(),
  hysteresis: z.number(),
})

const pathSchema = z
  .strictObject({
    days: z.array(z.number()).max(40_000).readonly(),
    factors: z.array(z.number()).max(40_000).readonly(),
    ratePerYear: z.number(),
  })
  .superRefine(checkedBy(({ days, factors, ratePerYear }) => void pathThrough(days, factors, ratePerYear)))

export const assumptionsSchema = z.strictObject({
  price: pathSchema,
  hashrate: pathSchema,
  response: curveSchema.superRefine(checkedBy(checkSupplyCurve)).nullable(),
})

export const triedSchema = z.strictObject({
  priceUsdPerBtc: z.number().positive().max(1e9).nullable(),
  /** of the next adjustment: what consensus allows */
  change: z.number().min(-0.75).max(3).nullable(),
  sitePowerPrices: z
    .array(
      z.strictObject({
        site: z.string().trim().min(1).max(MOST_NAME_LENGTH),
        powerPriceUsdPerKwh: z.number().min(LEAST_USD_PER_KWH).max(MOST_USD_PER_KWH),
      }),
    )
    .max(10_000)
    .refine(
      (prices) => new Set(prices.map(({ site }) => siteNameKey(site))).size === prices.length,
      'must name a site once',
    )
    .readonly(),
})

export const scenarioSchema = z.strictObject({
  name: scenarioName,
  assumptions: assumptionsSchema,
  tried: triedSchema,
})

/** What is stored of scenarios; one that cannot be read is named with what is wrong, in a sentence. */
export const storedScenariosSchema = z.strictObject({
  scenarios: z.array(scenarioSchema).max(10_000),
  unreadable: z
    .array(z.strictObject({ name: z.string().max(1000), fault: z.string().max(2000) }))
    .max(10_000),
})

/** Calls about stored scenarios. Each that stores is followed by 'scenarios.changed'. */
export const scenarioChannels = {
  /** By name. */
  'scenarios.read': { input: nothing, output: storedScenariosSchema },
  /** 'conflict' where there is one of that name, case ignored, and it is not to be replaced. */
  'scenarios.put': {
    input: z.strictObject({ scenario: scenarioSchema, isReplacing: z.boolean() }),
    output: nothing,
  },
  /** 'conflict' where another one has that name; 'not-found' */
  'scenarios.rename': {
    input: z.strictObject({ from: z.string().max(1000), to: scenarioName }),
    output: nothing,
  },
  /** 'not-found' where there is none of that name. What is put again under its name is the same one. */
  'scenarios.remove': { input: z.strictObject({ name: z.string().max(1000) }), output: nothing },
} as const
