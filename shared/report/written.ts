import { W_PER_KW } from '../domain/units.ts'
import { display } from '../format/display.ts'
import type { Money } from '../format/money.ts'
import { energyDecimals, energyUnit, energyUnits, moneyOfAnyDay } from '../format/money.ts'
import type { Rounding } from '../format/numbers.ts'
import { number } from '../format/numbers.ts'
import { printedSums } from '../format/printed-sums.ts'
import { dayMonth } from '../format/times.ts'
import type { Look, ReportColumn, ReportTable } from './document.ts'

/** A column as it is printed: its unit for the heading, '' where it has none, and its cells without it. */
export type WrittenColumn = {
  readonly unit: string
  readonly cells: readonly string[]
  /** of the last row; null where the column has none */
  readonly total: string | null
}

/** How the figures of one column are written: all alike, so that their decimals stand below each other. */
export type Scale = {
  readonly unit: string
  /** of what the figure stands for */
  readonly shown: (value: number) => number
  readonly decimals: number
  readonly rounding?: Rounding
  readonly signed?: true
}

/** Looks of which a total is the sum of the column, so that it adds up as printed. */
const ADDS: ReadonlySet<Look> = new Set<Look>([
  ...([
    'count',
    'usd',
    'usdPerDay',
    'bookedUsd',
    'bookedBtc',
    'bookedKwh',
    'btc',
    'phs',
    'ths',
    'kw',
    'watts',
    'kwh',
  ] as const),
])

/** Places beyond those that are printed by which it is found who is rounded up, so that any sum can be met. */
const FINER_DECIMALS = 4

/**
 * The text of a column for a reader, as it is written in a table of these columns: units and decimal sign by `display()`, money in the currency of `money`, rounded once. Every
 * figure has the same number of decimals. Sums add up as printed: what rounding leaves over is shared out by largest
 * remainder. Costs of a bitcoin and break-even hashprices are rounded up, break-even prices of power down: each to its safe side; what is missing is an en dash.
 */
export function writtenColumn(
  column: ReportColumn,
  money: Money,
  beside: readonly ReportColumn[] = [column],
): WrittenColumn {
  const { look, values, total } = column
  if (!(values instanceof Float64Array)) return { unit: '', cells: values, total: null }
  if (look === 'day') {
    const day = (ms: number) => dayMonth(ms, undefined, Number.NaN)
    return { unit: '', cells: Array.from(values, day), total: total === null ? null : day(total) }
  }
  const { unit, shown, decimals, rounding, signed } = scaleOf(column, values, money, beside)
  if (column.printed !== undefined) return { unit, cells: column.printed, total: null }
  const write = (figure: number) => number(figure, decimals, rounding, signed)
  const figures = Array.from(values, shown)
  if (total === null || !addsUp(column))
    return { unit, cells: figures.map(write), total: total === null ? null : write(shown(total)) }
  const sum = Number.isNaN(total) ? undefined : shown(total)
  const printed = printedSums(figures, decimals, decimals + FINER_DECIMALS, sum)
  return { unit, cells: printed.parts.map(write), total: write(printed.total) }
}

/** With the places that it needs, `most` of them at the most. */
export function digits(value: number, most: number): string {
  const text = number(value, most)
  return /[.,]/.test(text) ? text.replace(/0+$/, '').replace(/[.,]$/, '') : text
}

/** All columns of a table. */
export const writtenTable = ({ columns }: ReportTable, money: Money): readonly WrittenColumn[] =>
  columns.map((column) => writtenColumn(column, money, columns))

/** Whether the total of a column is the sum of its figures. */
export const addsUp = ({ look, total }: Pick<ReportColumn, 'look' | 'total'>): boolean =>
  total !== null && ADDS.has(look)

export function scaleOf(
  { look, total }: Pick<ReportColumn, 'look' | 'total'>,
  values: Float64Array,
  money: Money,
  beside: readonly ReportColumn[],
): Scale {
  const plain = (unit: string, decimals: number): Scale => ({ unit, shown: (value) => value, decimals })
  switch (look) {
    case 'text':
    case 'day':
    case 'count':
      return plain('', 0)
    case 'usd':
    case 'usdPerDay': {
      const decimals = hasCoins(beside, money) ? money.decimals : 0
      return { unit: money.currency + (look === 'usd' ? '' : '/day'), shown: money.units, decimals }
    }
    case 'bookedBtc':
      return plain('BTC', Math.min(8, mostDecimals(values, total)))
    case 'bookedUsd':
      return plain('USD', 2)
    case 'bookedKwh':
      return plain('kWh', 0)
    case 'usdPerBtc':
      return { unit: `${money.currency}/BTC`, shown: money.units, decimals: 0, rounding: 'up' }
    case 'usdPerPhDay': {
      const { hashprice, units: shown, decimals } = moneyOfAnyDay(money)
      return { unit: hashprice.signs, shown, decimals, rounding: 'nearest' }
    }
    case 'breakevenUsdPerPhDay': {
      const { hashprice, hashpriceUnits: shown } = money
      return { unit: hashprice.signs, shown, decimals: hashprice.inSats ? 2 : money.decimals, rounding: 'up' }
    }
    case 'usdPerKwh':
    case 'breakevenUsdPerKwh':
      return {
        unit: `${money.currency}/${energyUnit()}`,
        shown: (usd) => energyUnits(money.units(usd)),
        decimals: energyDecimals(money.currency),
        rounding: look === 'usdPerKwh' ? 'nearest' : 'down',
      }
    case 'btc':
      return plain('BTC', Math.min(btcDecimals(middleOf(values)), mostDecimals(values, total)))
    case 'phs': {
      const { hashrateUnit } = display()
      const [unit, perPh] = HASHRATES[hashrateUnit === 'auto' ? 'PH' : hashrateUnit]
      return { unit, shown: (phs) => phs * perPh, decimals: fewDecimals(middleOf(values) * perPh) }
    }
    case 'ths':
      return plain('TH/s', values.every((ths) => Number.isNaN(ths) || Number.isInteger(ths)) ? 0 : 1)
    case 'watts':
      return plain('W', 0)
    case 'kw':
      return powerScale(values, total)
    case 'kwh': {
      const isMwh = middleOf(values) >= 10_000
      return isMwh ? { unit: 'MWh', shown: (kwh) => kwh / 1000, decimals: 1 } : plain('kWh', 0)
    }
    case 'jPerTh':
      return plain('J/TH', 1)
    case 'share':
    case 'change':
      return {
        ...{ unit: '%', shown: (share: number) => share * 100, decimals: 1 },
        ...(look === 'change' ? { signed: true as const } : {}),
      }
    case 'days':
      return plain('days', values.every((days) => Number.isNaN(days) || Number.isInteger(days)) ? 0 : 1)
    case 'difficulty': {
      const isLarge = middleOf(values) >= 1e11
      return isLarge ? { unit: 'T', shown: (value) => value / 1e12, decimals: 2 } : plain('', 0)
    }
  }
}

/** Money of single machines needs its coins, that of lots and sites is told in whole units; alike in all columns, so that lines add up too. */
const hasCoins = (columns: readonly ReportColumn[], money: Money): boolean =>
  columns.some(
    ({ look, values }) =>
      (look === 'usd' || look === 'usdPerDay') &&
      values instanceof Float64Array &&
      isBetween(money.units(middleOf(values)), 0, 99.995),
  )

const isBetween = (value: number, above: number, below: number) => value > above && value < below

const HASHRATES = { TH: ['TH/s', 1000], PH: ['PH/s', 1], EH: ['EH/s', 0.001] } as const
const WATTS_PER = { W: 1, kW: 1e3, MW: 1e6 } as const

/** In the reader's unit; else MW where most lines are parts of one that can be seen. */
function powerScale(values: Float64Array, total: number | null): Scale {
  const { powerUnit } = display()
  const kw = middleOf(values)
  const isLarge = kw >= 100 || (Math.abs(total ?? 0) >= 1000 && kw >= 10)
  const unit = powerUnit === 'auto' ? (isLarge ? 'MW' : 'kW') : powerUnit
  const decimals = unit === 'W' ? 0 : unit === 'kW' ? 1 : kw >= 1000 ? 2 : 3
  return { unit, shown: (value) => (value * W_PER_KW) / WATTS_PER[unit], decimals }
}

/** About four digits of a figure in the middle of its column. */
const fewDecimals = (size: number) => (size >= 999.5 ? 0 : size >= 99.95 ? 1 : size >= 9.995 ? 2 : 3)
const btcDecimals = (size: number) => (size >= 100 || size === 0 ? 2 : size >= 1 ? 4 : size >= 0.001 ? 6 : 8)

/** `number` writes so many digits: a column with more would not add up as printed. */
const MOST_DIGITS = 12

function mostDecimals(values: Float64Array, total: number | null): number {
  let largest = Math.abs(total ?? 0)
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value)
  return largest < 1 ? MOST_DIGITS : MOST_DIGITS - 1 - Math.floor(Math.log10(largest))
}

/** The size in the middle of those that are there and not nought; 0 where there are none. */
function middleOf(values: Float64Array): number {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size))
  return sizes.sort()[Math.floor(sizes.length / 2)] ?? 0
}
