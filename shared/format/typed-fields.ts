import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import type { NumberField } from '#shared/domain/fleet/fields.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { Currency, ForeignCurrency } from '#shared/domain/power/currency.ts'
import { rateLimits, TYPICAL_USD_PER_UNIT } from '#shared/domain/power/currency.ts'
import { SECONDS_PER_DAY } from '#shared/domain/units.ts'
import type { FinanceField } from '#shared/report/finance-bounds.ts'
import { FINANCE_BOUNDS } from '#shared/report/finance-bounds.ts'
import { THIN_SPACE } from './numbers.ts'
import type { TypedField } from './typed.ts'

/** What can be typed, and in which unit. Bounds stand where the value is kept. */

const PERCENT = { unit: '%', scale: 0.01, example: '1.2 or 1.2 %' } as const

/** Values of the network. */
export const TYPED_VALUES: Readonly<Record<NetworkValueName, TypedField>> = {
  priceUsdPerBtc: { unit: 'USD/BTC', usual: [1000, 10_000_000], example: `88${THIN_SPACE}300 or 88.3k` },
  difficulty: { unit: 'number', usual: [1e11, 1e18], example: '162.1 T or 1.62e14' },
  height: { unit: 'blocks', usual: [100_000, 10_000_000], whole: true, example: `925${THIN_SPACE}000` },
  feesBtcPerBlock: { unit: 'BTC', usual: [0, 100], example: `0.02 or 2${THIN_SPACE}000${THIN_SPACE}000 sat` },
  epochBlocks: { unit: 'blocks', usual: [0, 2015], whole: true, example: `1${THIN_SPACE}007` },
  epochSeconds: { unit: 'days', scale: SECONDS_PER_DAY, usual: [0, 60], example: '2.4 or 2d 9h' },
}

/** What one unit of a currency is worth in USD. */
export function rateField(currency: ForeignCurrency): TypedField {
  const typical = TYPICAL_USD_PER_UNIT[currency]
  return {
    unit: 'USD',
    usual: rateLimits(currency),
    example: `${typical} or $${typical}`,
  }
}

/** What a kWh costs a site in its currency. @param usdPerUnit null where no rate is known */
export function priceField(currency: Currency, usdPerUnit: number | null): TypedField {
  if (currency === 'USD') return machineField(MACHINE_FIELDS.powerPriceUsdPerKwh)
  const [leastUsd, mostUsd] = MACHINE_FIELDS.powerPriceUsdPerKwh.bounds
  const rate = usdPerUnit ?? TYPICAL_USD_PER_UNIT[currency]
  const price = Number((0.05 / rate).toPrecision(1))
  return {
    unit: `${currency}/kWh`,
    usual: [leastUsd / rate, mostUsd / rate],
    example: `${price} or ${price * 1000} ${currency}/MWh`,
  }
}

const EXAMPLES: Readonly<Record<NumberField['unit'], string>> = {
  '': '12',
  'TH/s': '104 or 0.104 PH/s',
  W: '3250 or 3.25 kW',
  USD: '180 or $180',
  'USD/kWh': '0.045 or 4.5 ¢',
  'USD/day': '4.50 or $4.50',
}

/** A number of a machine or site. */
export function machineField({ unit, bounds, usual = bounds, share, whole }: NumberField): TypedField {
  if (share === true) return { ...PERCENT, usual: [usual[0] * 100, usual[1] * 100] }
  return { unit, usual, example: EXAMPLES[unit], ...(whole === true ? { whole } : {}) }
}

/** A change of difficulty. */
export const CHANGE_FIELD: TypedField = { ...PERCENT, usual: [-75, 300], example: '−4.7 or −4.7 %' }
export const HASHPRICE_FIELD: TypedField = {
  unit: 'USD/PH/day',
  usual: [1, 1000],
  example: '38.20 or $38.20',
}
/** What a report is told of finance. */
export const FINANCE_FIELDS: Readonly<Record<FinanceField, TypedField>> = {
  generalUsdPerDay: {
    unit: 'USD/day',
    usual: FINANCE_BOUNDS.generalUsdPerDay,
    example: `1${THIN_SPACE}150 or $1150`,
  },
  demandResponseCreditsUsdPerDay: {
    unit: 'USD/day',
    usual: FINANCE_BOUNDS.demandResponseCreditsUsdPerDay,
    example: '420 or $420',
  },
  discountRatePerYear: { ...PERCENT, usual: [0, 100], example: '12 or 12 %' },
  treasuryBtc: { unit: 'BTC', usual: FINANCE_BOUNDS.treasuryBtc, example: '120.5 or 120.5 BTC' },
  treasuryShareHeld: { ...PERCENT, usual: [0, 100], example: '40 or 40 %' },
  treasuryMarkUsdPerBtc: TYPED_VALUES.priceUsdPerBtc,
}

export const HORIZON_FIELD: TypedField = { unit: 'days', usual: [1, 3660], example: '28 or 4 weeks' }
