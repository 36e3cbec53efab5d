import { cashAt } from '../decision/cash-curve.ts'
import type { FleetCash } from '../decision/fleet-cash.ts'
import { cashOn } from '../decision/fleet-cash.ts'
import { atPrice } from '../chain/network.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { constantGrowth } from './growth-path.ts'
import type { NetworkEpoch } from './project.ts'
import { LEAST_CHANGE, MOST_CHANGE, projectNetwork } from './project.ts'
import type { AheadStart } from './start.ts'

/** Margin a day after the next adjustment, by the price of bitcoin and the change of difficulty. */
export type PriceDifficultyGrid = {
  /** rising; the price of the scenario is among them unless others were chosen */
  readonly pricesUsdPerBtc: readonly number[]
  /** rising, fractions; the expected change is among them unless others were chosen */
  readonly changes: readonly number[]
  /** row · changes + column; cash, every machine doing what earns most */
  readonly marginUsdPerDay: readonly number[]
  /** where today's price and the expected change stand; −1: they are not among the rows, the columns */
  readonly atPrice: number
  readonly atChange: number
}

/** What a grid is computed for; null: around today's price and the expected change. */
export type GridAxes = {
  readonly pricesUsdPerBtc: readonly number[] | null
  readonly changes: readonly number[] | null
}

const MOST_OF_AN_AXIS = 50
/** of today's price */
const PRICES = [0.7, 0.8, 0.9, 1.15, 1.3]
const CHANGES = [-0.1, -0.05, 0, 0.05, 0.1]
/** A usual change that is as near as this to the expected one is left out. */
const NEAR = 0.005

/**
 * Each cell is epoch 1 of a flat projection whose price of today and next change are those of the cell: hashprice (S + F) · 86 400 · 10¹⁵
 * / (D · (1 + δ) · 2³²) · P, the fleet's cash at its best at that hashprice, energy at the prices of the stage after the adjustment.
 * @throws RangeError that names prices or changes where one is out of bounds
 */
export function priceDifficultyGrid(
  { network, adjustment, cash }: Pick<AheadStart, 'network' | 'adjustment' | 'cash'>,
  axes: GridAxes,
): PriceDifficultyGrid {
  const price = network.priceUsdPerBtc
  const { change, secondsLeft } = adjustment
  const pricesUsdPerBtc = axes.pricesUsdPerBtc === null ? pricesAround(price) : rising(axes.pricesUsdPerBtc)
  const changes = axes.changes === null ? changesAround(change) : rising(axes.changes)
  checkAxis('prices', pricesUsdPerBtc, (each) => each > 0, 'above 0')
  checkAxis(
    'changes',
    changes,
    (each) => each >= LEAST_CHANGE && each <= MOST_CHANGE,
    'from −75 % to 300 %, as far as an adjustment goes',
  )
  return {
    pricesUsdPerBtc,
    changes,
    marginUsdPerDay: pricesUsdPerBtc.flatMap((each) =>
      changes.map((next) => marginAfter(cash, epochAfter(atPrice(network, each), next, secondsLeft))),
    ),
    atPrice: pricesUsdPerBtc.indexOf(price),
    atChange: changes.indexOf(change),
  }
}

const FLAT = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null }

/** The epoch after the next adjustment, where price and hashrate stay. */
export function epochAfter(network: NetworkConditions, change: number, secondsLeft: number): NetworkEpoch {
  return projectNetwork(network, { change, secondsLeft }, { ...FLAT, epochs: 2 })[1]!
}

/** Cash a day of an epoch with every machine doing what earns most, USD. */
export const marginAfter = (cash: FleetCash, epoch: NetworkEpoch): number =>
  cashAt(cashOn(cash, epoch.startsAtDay).best, epoch.hashpriceUsdPerPhDay)

/** Today's price, and from 70 to 130 % of it in round figures: a step is the largest of 1, 2, 5 · 10ⁿ within a tenth of it. */
function pricesAround(price: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(price / 10))
  const step = magnitude * [5, 2, 1].find((each) => each * magnitude <= price / 10)!
  return rising([price, ...PRICES.map((share) => Math.round((share * price) / step) * step)])
}

const changesAround = (change: number): number[] =>
  rising([change, ...CHANGES.filter((each) => Math.abs(each - change) >= NEAR)])

const rising = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b)

function checkAxis(
  name: string,
  values: readonly number[],
  isIn: (value: number) => boolean,
  bounds: string,
): void {
  if (values.length < 1 || values.length > MOST_OF_AN_AXIS)
    throw new RangeError(`${name}: from 1 to ${MOST_OF_AN_AXIS} of them; there are ${values.length}`)
  const wrong = values.find((value) => !(Number.isFinite(value) && isIn(value)))
  if (wrong !== undefined) throw new RangeError(`${name}: each must be ${bounds}; one is ${wrong}`)
}
