import type { LabelName, NumberField, NumberName, TextName } from '#shared/domain/fleet/fields.ts'
import {
  isNumberName,
  LABEL_NAMES,
  MACHINE_FIELDS,
  numberField,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { MachinePatch } from '#shared/domain/fleet/fleet.ts'
import { textFault } from '#shared/domain/fleet/names.ts'
import type { SiteInput, Tariff } from '#shared/ipc/schemas/fleet.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { FOREIGN_CURRENCIES, isForeignCurrency } from '#shared/domain/power/currency.ts'

const TEXTS: ReadonlySet<string> = new Set([...LABEL_NAMES, ...TEXT_NAMES])

/**
 * Refuses what cannot be meant: a number outside its bounds or not whole where it must be, a text that would break a table.
 * @throws StrikelineError 'bad-input' with the field, and a guess at the slip of unit
 */
export function checkFields(input: MachinePatch | SiteInput): void {
  for (const [name, value] of Object.entries(input)) {
    if (isNumberName(name) && typeof value === 'number') checkNumber(name, value)
    else if (TEXTS.has(name) && typeof value === 'string') checkText(name as TextName, value)
  }
}

function checkNumber(name: NumberName, value: number): void {
  const field = numberField(name)
  const [least, most] = field.bounds
  if (!(value >= least && value <= most)) {
    throw new StrikelineError(
      'bad-input',
      `${field.subject} is ${value}; it must be from ${least} to ${most}.${guess(field, value)}`,
      name,
    )
  }
  if (field.whole === true && !Number.isInteger(value)) {
    throw new StrikelineError('bad-input', `${field.subject} is ${value}; it must be a whole number.`, name)
  }
}

function checkText(name: TextName | LabelName, value: string): void {
  const fault = textFault(name, value)
  if (fault !== null) throw new StrikelineError('bad-input', `${MACHINE_FIELDS[name].label} ${fault}.`, name)
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
    const [leastUsd, mostUsd] =
      usdPerUnit === null ? [-MOST_PER_KWH, MOST_PER_KWH] : MACHINE_FIELDS[bound].bounds
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

function guess({ bounds: [least, most], unit, share }: NumberField, value: number): string {
  const hundredth = Number((value / 100).toPrecision(12))
  if (hundredth < least || hundredth > most) return ''
  if (unit === 'USD/kWh') return ` Is it in cents? Then write ${hundredth}.`
  if (share === true) return ` Is it in percent? Then write ${hundredth}.`
  return ''
}
