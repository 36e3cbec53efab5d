import { DAYS_PER_YEAR } from '#shared/domain/units.ts'
import { z } from 'zod'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { fieldFault, jsonFrom } from './json.ts'
import type { PeriodFigures } from '#shared/domain/money/budget.ts'
import type { ReturnPlan } from '#shared/domain/money/returns.ts'
import type { TreasuryPolicy } from '#shared/domain/money/treasury.ts'

/** What a returns.json says, checked: money in USD, rates and shares as fractions. */
export type ReturnsCase = Pick<ReturnPlan, 'asset' | 'discountRatePerYear' | 'costs'> & {
  readonly treasury: TreasuryPolicy | null
  readonly budget: {
    readonly days: number
    readonly plan: PeriodFigures
    readonly actual: PeriodFigures
  } | null
}

const MOST_USD = 1e12

const number = (min: number, max: number, unit: string) => {
  const message = `must be a number from ${min} to ${max}${unit}`
  return z.number(message).min(min, message).max(max, message)
}
const usd = number(0, MOST_USD, ' USD')

const figuresSchema = z.strictObject({
  priceUsdPerBtc: number(0, 1e9, ' USD per BTC'),
  difficulty: number(1, 1e30, ''),
  rewardBtcPerBlock: number(0, 1000, ' BTC per block'),
  uptime: number(0, 1, ''),
  tariffUsdPerKwh: number(-10, 10, ' USD per kWh'),
  hashratePhs: number(0, 1e9, ' PH/s'),
  powerKw: number(0, 1e9, ' kW'),
})

const caseSchema = z.strictObject({
  asset: z.strictObject({
    costUsd: usd,
    salvageUsd: usd.default(0),
    lifeYears: number(0.05, 30, ' years'),
  }),
  discountRatePerYear: number(-0.99, 100, ' (12 % is 0.12)'),
  costs: z
    .strictObject({
      demandResponseCreditsUsdPerDay: usd.default(0),
      poolAndHostingUsdPerDay: usd.default(0),
      siteUsdPerDay: usd.default(0),
      generalUsdPerDay: usd.default(0),
    })
    .prefault({}),
  treasury: z
    .strictObject({
      openingBtc: number(0, 21_000_000, ' BTC').default(0),
      shareHeld: number(0, 1, ' (a half is 0.5)'),
      markPriceUsdPerBtc: number(0.01, 1e9, ' USD per BTC'),
    })
    .optional(),
  budget: z
    .strictObject({ days: number(0.01, 36_525, ' days'), plan: figuresSchema, actual: figuresSchema })
    .optional(),
})

/**
 * Reads a returns.json.
 * @param fileName for messages
 * @throws StrikelineError 'bad-input' that names the field
 */
export function readReturnsCase(text: string, fileName: string): ReturnsCase {
  const json = jsonFrom(text, fileName)
  const parsed = caseSchema.safeParse(json)
  if (!parsed.success) throw fieldFault(fileName, json, parsed.error.issues[0]!)
  const { asset, treasury, budget, ...rest } = parsed.data
  if (asset.salvageUsd > asset.costUsd)
    throw new StrikelineError(
      'bad-input',
      `${fileName}, field asset.salvageUsd: ${asset.salvageUsd} is more than the cost; it must be from 0 to ${asset.costUsd}`,
    )
  const { lifeYears, ...money } = asset
  return {
    ...rest,
    asset: { ...money, lifeDays: lifeYears * DAYS_PER_YEAR },
    treasury: treasury ?? null,
    budget: budget ?? null,
  }
}
