import { display } from './display.ts'
import type { Rounding } from './numbers.ts'
import { MISSING, number, THIN_SPACE } from './numbers.ts'

const HASHRATE_UNITS = [
  ['ZH/s', 1e21],
  ['EH/s', 1e18],
  ['PH/s', 1e15],
  ['TH/s', 1e12],
] as const

/** Three significant digits, trailing zeros kept, as an instrument shows them. */
function threeDigits(value: number): string {
  const size = Math.abs(value)
  return number(value, size >= 99.95 || size === 0 ? 0 : size >= 9.995 ? 1 : 2)
}

/** A hashrate in H/s with the unit that suits its size: `1.16 ZH/s`, `462 PH/s`, `98.0 TH/s`. */
export function hashrate(hashrateHs: number): string {
  if (!Number.isFinite(hashrateHs)) return MISSING
  const size = Math.abs(hashrateHs)
  // 999.5 of a unit would read "1 000": take the next one.
  const [unit, scale] = HASHRATE_UNITS.find((entry) => size >= entry[1] * 0.9995) ?? HASHRATE_UNITS[3]
  return `${threeDigits(hashrateHs / scale)}${THIN_SPACE}${unit}`
}

/** A hashrate of a fleet, given in TH/s: in the reader's unit, else scaled like {@link hashrate}. */
export function hashrateOfThs(hashrateThs: number): string {
  const { hashrateUnit } = display()
  const unit = HASHRATE_UNITS.find(([name]) => name === `${hashrateUnit}/s`)
  const chosen = unit === undefined ? null : inUnit(hashrateThs * 1e12, unit[0], unit[1])
  return chosen ?? hashrate(hashrateThs * 1e12)
}

/** In a chosen unit with at least three significant digits; null where that would be a row of noughts. */
function inUnit(value: number, unit: string, scale: number): string | null {
  const size = Math.abs(value / scale)
  if (!Number.isFinite(size) || size >= 1e9 || (size > 0 && size < 0.0001)) return null
  const decimals = size >= 99.95 || size === 0 ? 0 : Math.min(6, 2 - Math.floor(Math.log10(size * 1.0005)))
  return `${number(value / scale, decimals)}${THIN_SPACE}${unit}`
}

/** The hashrate of one machine, without its unit: `234`, `98.5`. */
export function ths(hashrateThs: number): string {
  return Number.isFinite(hashrateThs) ? number(hashrateThs, Number.isInteger(hashrateThs) ? 0 : 1) : MISSING
}

/** Difficulty in units of 10¹²: `162.1 T`. A break-even difficulty is rounded down: the safe side. */
export function difficulty(value: number, rounding: Rounding = 'nearest'): string {
  if (!Number.isFinite(value)) return MISSING
  const [suffix, scale] =
    value >= 1e15 ? (['P', 1e15] as const) : value >= 1e11 ? (['T', 1e12] as const) : (['', 1] as const)
  if (suffix === '') return number(value, 0, rounding)
  return `${number(value / scale, suffix === 'P' ? 3 : 1, rounding)}${THIN_SPACE}${suffix}`
}

/** Efficiency without its unit: `29.5`. */
export function jPerTh(value: number): string {
  return number(value, 1)
}

const WATTS = { W: 1, kW: 1e3, MW: 1e6 } as const

/** Power at the wall, in the reader's unit or the one that suits its size: `3 510 W`, `812 kW`, `14.2 MW`. */
export function power(powerW: number): string {
  if (!Number.isFinite(powerW)) return MISSING
  const { powerUnit } = display()
  const chosen = powerUnit === 'auto' ? null : inUnit(powerW, powerUnit, WATTS[powerUnit])
  if (chosen !== null) return chosen
  const size = Math.abs(powerW)
  if (size >= 999_500) return `${threeDigits(powerW / 1e6)}${THIN_SPACE}MW`
  if (size >= 10_000) return `${threeDigits(powerW / 1e3)}${THIN_SPACE}kW`
  return `${number(powerW)}${THIN_SPACE}W`
}

/** Energy of a day: `84.2 kWh`, `312 MWh`. */
export function energy(energyKwh: number): string {
  if (!Number.isFinite(energyKwh)) return MISSING
  if (Math.abs(energyKwh) >= 10_000) return `${threeDigits(energyKwh / 1e3)}${THIN_SPACE}MWh`
  return `${number(energyKwh, Math.abs(energyKwh) >= 100 ? 0 : 1)}${THIN_SPACE}kWh`
}

const METER_DECIMALS = { W: 0, kW: 1, MW: 3 } as const

/** What the column of power at the meter is in: the same for every figure, so that they add up. */
export function meterUnit(): { readonly unit: string; readonly watts: number; readonly decimals: number } {
  const { powerUnit } = display()
  const unit = powerUnit === 'auto' ? 'kW' : powerUnit
  return { unit, watts: WATTS[unit], decimals: METER_DECIMALS[unit] }
}

/** Power at the meter in that column, without its unit: `511.2`. */
export function meterPower(powerW: number): string {
  const { watts, decimals } = meterUnit()
  return number(powerW / watts, decimals)
}
