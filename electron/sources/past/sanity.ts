import { GENESIS_DAY, MS_PER_DAY, SECONDS_PER_DAY } from '#shared/domain/units.ts'
import { dailyRange, isWithinDailyBounds } from '#shared/domain/signals/daily-bounds.ts'
import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'
import { networkHashrateHs, subsidyBtc } from '#shared/domain/chain/network.ts'
import { write as plain } from '../sanity.ts'
import { epochsFault } from './epoch-sanity.ts'
import type { PastEpoch, PastPiece, PastValues } from './part.ts'
import { dateOfDay } from './part.ts'

/**
 * Checks of a piece of the past before it is stored, whole or not at all. The limits catch a wrong unit, a wrong
 * chain and a broken server. They hold since 2009, so they are wide; comparing medians is what finds a wrong unit.
 */

type Rule = {
  readonly called: string
  readonly unit: string
  /** from this year on it does not change by more than {@link JUMP_FACTOR} in a day; null: it may */
  readonly steadySince: number | null
  /** how far the median may be from what is stored of the same days, as a factor; null: sources define it differently */
  readonly knownWithin: number | null
}

const RULES: Readonly<Record<DailyColumn, Rule>> = {
  priceUsd: { called: 'price', unit: ' USD', steadySince: 2009, knownWithin: 1.15 },
  // In the first two years a day had a few blocks by chance, or a hundred.
  hashrateEhs: { called: 'hashrate', unit: ' EH/s', steadySince: 2011, knownWithin: 4 },
  difficulty: { called: 'difficulty', unit: '', steadySince: 2009, knownWithin: 4 },
  issuanceBtc: { called: 'issuance', unit: ' BTC', steadySince: null, knownWithin: 4 },
  feesBtc: { called: 'sum of fees', unit: ' BTC', steadySince: null, knownWithin: 4 },
  marketCapUsd: { called: 'market capitalisation', unit: ' USD', steadySince: 2009, knownWithin: 4 },
  transferValueUsd: { called: 'value of transfers', unit: ' USD', steadySince: null, knownWithin: null },
  minerNetFlowBtc: { called: 'miner net flow', unit: ' BTC', steadySince: null, knownWithin: null },
}
const JUMP_FACTOR = 10
/** the same for neighbouring days only */
const NEIGHBOUR_DAYS = 3
/** hashrate against difficulty, issuance against the schedule */
const UNIT_FACTOR = 4
/** Coins there can be: a price and a market capitalisation of the same day must imply so many. */
const SUPPLY_BTC = [1e6, 21.1e6] as const
/** Blocks have come a little faster than promised while the network grew. */
const USUAL_BLOCK_S = 578
const BLOCKS_PER_DAY = 144

const write = (value: number) =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e12)
    ? value.toLocaleString('en-US', { notation: 'scientific', maximumSignificantDigits: 4 })
    : plain(value)

/** Of an even number the upper one of the two in the middle; NaN of none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
}

type ValueOfDay = (day: number) => number

const lookUp = ({ day, value }: PastValues): ValueOfDay => {
  const byDay = new Map(Array.from(day, (at, i) => [at, value[i]!]))
  return (at) => byDay.get(at) ?? NaN
}

/** Value of a column on a day as it is stored; NaN where it is not. */
function stored(known: DailySeries, column: DailyColumn): ValueOfDay {
  const first = known.dates[0] === undefined ? 0 : Date.parse(known.dates[0]) / MS_PER_DAY
  return (day) => known[column][day - first] ?? NaN
}

/** Difficulty at the end of a day by the epochs in the order of their heights; NaN before the first of them. */
function byEpochs(epochs: readonly PastEpoch[]): ValueOfDay {
  return (day) =>
    epochs.findLast(({ startedAtMs }) => startedAtMs < (day + 1) * MS_PER_DAY)?.difficulty ?? NaN
}

/** The median of the values over what they are measured by, on the days that have both; NaN where there is none. */
function medianRatio({ day, value }: PastValues, measure: ValueOfDay): number {
  const ratios: number[] = []
  for (let i = 0; i < day.length; i++) {
    const ratio = value[i]! / measure(day[i]!)
    if (Number.isFinite(ratio) && ratio > 0) ratios.push(ratio)
  }
  return median(ratios)
}

/** false for NaN: nothing to compare with is no fault */
const isBeyond = (ratio: number, factor: number) => ratio > factor || ratio < 1 / factor

function faultOfDays({ column, day, value }: PastValues, known: ValueOfDay): string | null {
  const { called, unit, steadySince } = RULES[column]
  const steadyFrom = steadySince === null ? Infinity : Date.UTC(steadySince, 0, 1) / MS_PER_DAY
  for (let i = 0; i < day.length; i++) {
    const is = `its ${called} of ${dateOfDay(day[i]!)}, ${write(value[i]!)}${unit}, is`
    if (!isWithinDailyBounds(column, day[i]!, value[i]!)) {
      const [least, most] = dailyRange(column, day[i]!)
      return `${is} not between ${write(least)} and ${write(most)}`
    }
    const isNeighbour = i > 0 && day[i]! - day[i - 1]! <= NEIGHBOUR_DAYS
    const before = isNeighbour ? value[i - 1]! : known(day[i]! - 1)
    if (day[i]! >= steadyFrom && isBeyond(value[i]! / before, JUMP_FACTOR))
      return `${is} more than a factor of ${JUMP_FACTOR} from the day before, ${write(before)}${unit}`
  }
  return null
}

function faultOfUnit(
  values: PastValues,
  piece: PastPiece,
  known: DailySeries,
  epochs: readonly PastEpoch[],
): string | null {
  const { column } = values
  const { called, knownWithin } = RULES[column]
  const own = piece.values.filter((other) => other.column !== column)
  const valueOf = (other: DailyColumn): ValueOfDay => {
    const mine = own.find((candidate) => candidate.column === other)
    return mine === undefined ? stored(known, other) : lookUp(mine)
  }

  const ofKnown = medianRatio(values, stored(known, column))
  if (knownWithin !== null && isBeyond(ofKnown, knownWithin))
    return `its ${called} is ${write(ofKnown)} times what is stored of the same days`
  if (column === 'hashrateEhs') {
    const [difficulty, ofEpochs] = [valueOf('difficulty'), byEpochs(epochs)]
    const hashrateEhs = (day: number) => networkHashrateHs(difficulty(day) || ofEpochs(day)) / 1e18
    const ratio = medianRatio(values, hashrateEhs)
    if (isBeyond(ratio, UNIT_FACTOR))
      return `its hashrate is ${write(ratio)} times what the difficulty of those days stands for`
  }
  if (column === 'issuanceBtc') {
    const ratio = medianRatio(
      values,
      (day) =>
        subsidyBtc(Math.floor(((day + 1 - GENESIS_DAY) * SECONDS_PER_DAY) / USUAL_BLOCK_S)) * BLOCKS_PER_DAY,
    )
    if (isBeyond(ratio, UNIT_FACTOR)) return `its issuance is ${write(ratio)} times what Bitcoin pays out`
  }
  if (column === 'marketCapUsd') {
    const coins = medianRatio(values, valueOf('priceUsd'))
    if (coins < SUPPLY_BTC[0] || coins > SUPPLY_BTC[1])
      return `its market capitalisation over the price makes ${write(coins)} coins`
  }
  return null
}

/**
 * Why a piece is not to be stored, as a clause about its source; null where it may be.
 * @param known what is stored already, of all sources
 * @param epochs difficulty epochs that came in a moment ago, in the order of their heights: where no day is stored yet, they are
 * not in `known`
 */
export function faultOfPiece(
  piece: PastPiece,
  known: DailySeries,
  epochs: readonly PastEpoch[],
): string | null {
  for (const values of piece.values) {
    const fault =
      faultOfDays(values, stored(known, values.column)) ?? faultOfUnit(values, piece, known, epochs)
    if (fault !== null) return fault
  }
  return epochsFault(piece.epochs, stored(known, 'difficulty'))
}
