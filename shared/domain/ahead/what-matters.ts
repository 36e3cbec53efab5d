import { atPrice } from '../chain/network.ts'
import { bestCashUsdPerDay } from '../decision/best-cash.ts'
import { prepare } from '../decision/prepare.ts'
import type { Prepared } from '../decision/prepare.ts'
import { contractTimes } from '../power/contract-currency.ts'
import { epochAfter, marginAfter } from './price-difficulty.ts'
import type { AheadStart } from './start.ts'

export type Moved = 'price' | 'difficulty' | 'power' | 'uptime'

/** Margin a day after the next adjustment where one thing is moved and all else stays, USD. */
export type Sensitivity = {
  readonly moved: Moved
  /** a fraction; of uptime in points as a fraction (0.02) */
  readonly by: number
  /** where the thing is lower and where it is higher, whichever of the two earns more */
  readonly lowUsdPerDay: number
  readonly highUsdPerDay: number
}

export type WhatMatters = {
  /** where nothing is moved: the cell of the grid at today's price and the expected change, USD */
  readonly baseUsdPerDay: number
  /** widest first */
  readonly sensitivities: readonly Sensitivity[]
}

/** By how much each is moved, up and down. */
export type Moves = Readonly<Record<Moved, number>>

export const USUAL_MOVES: Moves = { price: 0.2, difficulty: 0.1, power: 0.1, uptime: 0.02 }

/**
 * One thing moved at a time, flat price and hashrate, every machine doing what earns most, as a cell of `priceDifficultyGrid`:
 *
 * - price: today's, USD/BTC × (1 ± m).
 * - difficulty: the one after the adjustment, D · (1 + δ) · (1 ± m).
 * - power: every price of energy × (1 ± m): of sites, of machines that have their own, and of contracts all money (tariffs, market and
 *   hand-back prices, adders, charges on power, credits, hosting). Other cost per kWh stays.
 * - uptime: of every machine ± m, within 0 and 1.
 * @throws RangeError where a move is below 0 or takes the thing itself below 0, and where a contract asks for what cannot be
 */
export function whatMatters(start: AheadStart, moves: Moves = USUAL_MOVES): WhatMatters {
  const { network, adjustment, cash, prepared, horizon } = start
  const { change, secondsLeft } = adjustment
  for (const [name, by] of Object.entries(moves))
    if (!(by >= 0 && by < 1)) throw new RangeError(`${name}: must be from 0 to below 1; it is ${by}`)
  const epoch = epochAfter(network, change, secondsLeft)
  const atPriceOf = (factor: number) =>
    marginAfter(cash, epochAfter(atPrice(network, network.priceUsdPerBtc * factor), change, secondsLeft))
  const atDifficulty = (factor: number) =>
    marginAfter(cash, epochAfter(network, (1 + change) * factor - 1, secondsLeft))
  const baseUsdPerDay = marginAfter(cash, epoch)
  const bestOf = (fleet: Prepared) =>
    bestCashUsdPerDay(fleet, horizon, epoch.startsAtDay, epoch.hashpriceUsdPerPhDay)
  const known = bestOf(prepared)
  // The curve may miss a little of what one clearing finds: what a move brings is the difference of two clearings.
  const ofFleet = (moved: Prepared) => baseUsdPerDay + bestOf(moved) - known
  const both = (moved: Moved, at: (factor: number) => number): Sensitivity => ({
    moved,
    by: moves[moved],
    lowUsdPerDay: at(1 - moves[moved]),
    highUsdPerDay: at(1 + moves[moved]),
  })
  const sensitivities = [
    both('price', atPriceOf),
    both('difficulty', atDifficulty),
    both('power', (factor) => ofFleet(atPowerPrice(prepared, factor))),
    both('uptime', (factor) => ofFleet(atUptime(prepared, factor - 1))),
  ]
  return {
    baseUsdPerDay,
    sensitivities: sensitivities.sort((a, b) => widthOf(b) - widthOf(a)),
  }
}

/** What a sensitivity moves the margin by, USD/day from end to end. */
export const widthOf = ({ lowUsdPerDay, highUsdPerDay }: Sensitivity): number =>
  Math.abs(highUsdPerDay - lowUsdPerDay)

function atPowerPrice({ basis, inputs }: Prepared, factor: number): Prepared {
  const { machines, sites } = basis.fleet
  const times = (prices: Float64Array) => prices.map((price) => price * factor)
  return prepare(
    {
      machines: { ...machines, powerPriceUsdPerKwh: times(machines.powerPriceUsdPerKwh) },
      sites: { ...sites, powerPriceUsdPerKwh: times(sites.powerPriceUsdPerKwh) },
    },
    {
      ...inputs,
      contracts: inputs.contracts.map((each) => ({
        ...each,
        contract: contractTimes(each.contract, factor),
      })),
    },
  )
}

function atUptime({ basis, inputs }: Prepared, points: number): Prepared {
  const { machines, sites } = basis.fleet
  const uptime = machines.uptime.map((share) => Math.min(Math.max(share + points, 0), 1))
  return prepare({ machines: { ...machines, uptime }, sites }, inputs)
}
