import { BOUNDS } from '#shared/contract/bounds.ts'
import type { MachineInput, SiteInput } from '#shared/contract/channels.ts'
import { StrikelineError } from '#shared/contract/errors.ts'

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
