import { BOUNDS } from '#shared/domain/fleet/bounds.ts'
import type { MachineInput, SiteInput, Tariff } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { FOREIGN_CURRENCIES, isForeignCurrency } from '#shared/domain/power/currency.ts'

type Bounded = keyof typeof BOUNDS

const WORDS: Readonly<Record<Bounded, string>> = {
  powerPriceUsdPerKwh: 'The power price in USD per kWh',
  otherUsdPerKwh: 'The other cost in USD per kWh',
  overhead: 'The overhead (PUE − 1)',
  quantity: 'The quantity',
  hashrateThs: 'The hashrate in TH/s',
  powerW: 'The power in W',
  uptime: 'The uptime, a share of the day,',
  poolFee: 'The pool fee, a share of revenue,',
  hostShare: 'The host’s share, a share of revenue,',
  standbyW: 'The standby power in W',
  fixedUsdPerDay: 'The fixed cost in USD per day',
  restartUsd: 'The restart cost in USD',
}
const IN_CENTS: ReadonlySet<string> = new Set(['powerPriceUsdPerKwh', 'otherUsdPerKwh'])
const SHARES: ReadonlySet<string> = new Set(['uptime', 'poolFee', 'hostShare', 'overhead'])

/**
 * Refuses what cannot be meant: outside its bounds, or a quantity that is not whole.
 * @throws StrikelineError 'bad-input' with the field, and a guess at the slip of unit
 */
export function checkFields(input: Partial<MachineInput> | SiteInput): void {
  for (const [field, value] of Object.entries(input)) {
    if (!isBounded(field) || typeof value !== 'number') continue
    const [least, most] = BOUNDS[field]
    if (!(value >= least && value <= most)) {
      throw new StrikelineError(
        'bad-input',
        `${WORDS[field]} is ${value}; it must be from ${least} to ${most}.${guess(field, value)}`,
        field,
      )
    }
    if (field === 'quantity' && !Number.isInteger(value)) {
      throw new StrikelineError('bad-input', `The quantity is ${value}; it must be a whole number.`, field)
    }
  }
}

/** Where no rate says what a tariff is worth: as far as the contract lets a figure go. */
const MOST_PER_KWH = 1_000_000
const TARIFF_FIGURES = [
  ['powerPricePerKwh', 'powerPriceUsdPerKwh', 'The power price'],
  ['otherPerKwh', 'otherUsdPerKwh', 'The other cost'],
] as const

/**
 * Refuses a tariff that cannot be meant: its figures, in USD, must keep the bounds of a site's.
 * @param usdPerUnit rate of its currency; null: not known
 * @throws StrikelineError 'bad-input' with the field, in the tariff's own currency
 */
export function checkTariff(tariff: Tariff, usdPerUnit: number | null): void {
  const { currency } = tariff
  if (!isForeignCurrency(currency)) {
    throw new StrikelineError(
      'bad-input',
      `The tariff is in ${String(currency)}; it must be in one of ${FOREIGN_CURRENCIES.join(', ')}.`,
      'tariff.currency',
    )
  }
  for (const [field, bound, words] of TARIFF_FIGURES) {
    const value = tariff[field]
    const [leastUsd, mostUsd] = usdPerUnit === null ? [-MOST_PER_KWH, MOST_PER_KWH] : BOUNDS[bound]
    const [least, most] = [leastUsd / (usdPerUnit ?? 1), mostUsd / (usdPerUnit ?? 1)]
    const isMeant = (perKwh: number) => perKwh >= least && perKwh <= most
    if (value === null || isMeant(value)) continue
    const rate = usdPerUnit === null ? '' : ` (1 ${currency} = ${usdPerUnit} USD)`
    const hundredth = Number((value / 100).toPrecision(12))
    const slip = isMeant(hundredth) ? ` Is it in hundredths of ${currency}? Then write ${hundredth}.` : ''
    throw new StrikelineError(
      'bad-input',
      `${words} in ${currency} per kWh is ${value}; it must be from ${rounded(least)} to ${rounded(most)}${rate}.${slip}`,
      `tariff.${field}`,
    )
  }
}

/** Four figures, for a sentence. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

function isBounded(field: string): field is Bounded {
  return Object.hasOwn(BOUNDS, field)
}

function guess(field: Bounded, value: number): string {
  const hundredth = Number((value / 100).toPrecision(12))
  const [least, most] = BOUNDS[field]
  if (hundredth < least || hundredth > most) return ''
  if (IN_CENTS.has(field)) return ` Is it in cents? Then write ${hundredth}.`
  if (SHARES.has(field)) return ` Is it in percent? Then write ${hundredth}.`
  return ''
}

/** The same name for a person, whatever its case. */
export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
