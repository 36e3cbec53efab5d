/**
 * In which units and with which marks figures are written for the reader of this process. One value for all formatters, set
 * where the process learns the settings; formulas, files and JSON know nothing of it.
 */
export const HASHRATE_UNITS = ['auto', 'TH', 'PH', 'EH'] as const
export const HASHPRICE_UNITS = ['usd-ph', 'sat-th'] as const
export const ENERGY_UNITS = ['kWh', 'MWh'] as const
export const POWER_UNITS = ['auto', 'W', 'kW', 'MW'] as const
/** 'house': English dates, a decimal point; 'system': as the computer is set */
export const NUMBER_LANGUAGES = [
  'house',
  'system',
  'en-US',
  'de',
  'es',
  'fi',
  'fr',
  'it',
  'kk',
  'nb',
  'nl',
  'pl',
  'pt-BR',
  'ru',
  'sv',
] as const

export type NumberLanguage = (typeof NUMBER_LANGUAGES)[number]

export type Display = {
  /** of a fleet: TH/s, PH/s, EH/s, or what suits the size */
  readonly hashrateUnit: (typeof HASHRATE_UNITS)[number]
  /** money per PH/s and day, or satoshi per TH/s and day */
  readonly hashpriceUnit: (typeof HASHPRICE_UNITS)[number]
  /** what a price of energy is of */
  readonly energyUnit: (typeof ENERGY_UNITS)[number]
  readonly powerUnit: (typeof POWER_UNITS)[number]
  readonly numberLanguage: NumberLanguage
}

export const DEFAULT_DISPLAY: Display = {
  hashrateUnit: 'auto',
  hashpriceUnit: 'usd-ph',
  energyUnit: 'kWh',
  powerUnit: 'auto',
  numberLanguage: 'house',
}

/** The part of settings that says how figures are written. */
export const displayOf = ({
  hashrateUnit,
  hashpriceUnit,
  energyUnit,
  powerUnit,
  numberLanguage,
}: Display): Display => ({ hashrateUnit, hashpriceUnit, energyUnit, powerUnit, numberLanguage })

let current = DEFAULT_DISPLAY
let mark: '.' | ',' = '.'

/** @param next taken whole; further fields are left alone */
export function setDisplay(next: Display): void {
  current = displayOf(next)
  mark = markOf(current.numberLanguage)
}

export const display = (): Display => current

/** The decimal sign that figures are written with. */
export const decimalMark = (): '.' | ',' => mark

/** For `Intl`; undefined: as the computer is set. */
export function intlLocale(): string | undefined {
  const { numberLanguage } = current
  if (numberLanguage === 'system') return undefined
  return numberLanguage === 'house' ? 'en-GB' : numberLanguage
}

/** Thousands are grouped with a narrow space in every language: no reader can take it for a decimal sign. */
function markOf(language: NumberLanguage): '.' | ',' {
  if (language === 'house' || language === 'en-US') return '.'
  if (language !== 'system') return ','
  const parts = new Intl.NumberFormat(undefined, { numberingSystem: 'latn' }).formatToParts(1.5)
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.'
}
