import type { Picture } from '../domain/decision/picture.ts'
import type { Prepared } from '../domain/decision/prepare.ts'
import { groupAt } from '../domain/decision/prepare.ts'
import { paidUsdPerKwhAt } from '../domain/decision/sites/offers.ts'
import { isOnAtOnce } from '../domain/decision/words.ts'
import { subsidyBtc } from '../domain/chain/network.ts'
import {
  energyKwhPerDayAt,
  machineFigures,
  otherUsdPerKwhAt,
  overheadAt,
} from '../domain/margins/fleet-margins.ts'
import { acceptedPhs, energyCostUsdPerDay } from '../domain/margins/margin.ts'
import type { Money } from '../format/money.ts'
import { counted, number, THIN_SPACE } from '../format/numbers.ts'
import type { Block, Fact } from './document.ts'
import type { ReportFacts } from './facts.ts'
import { heading, note, sentence } from './table.ts'
import { digits } from './written.ts'

/** One lot, step by step, from the values of the network to the margin and the break-even that the tables print. */
export function workedExample(facts: ReportFacts, picture: Picture): readonly Block[] {
  const row = exampleRow(picture)
  if (row === null) return []
  const { lotOf, modelOf, siteOf } = facts
  const { isAdvised, at } = row
  return [
    heading('One lot, step by step', `${lotOf(at)}, ${modelOf(at)}, ${siteOf(at)}`),
    sentence(
      `${isAdvised ? 'Of the lots to power down the one that this is worth most for.' : 'The largest lot that runs.'} Each line is computed from those above it; its last figures are those of the tables.`,
    ),
    { kind: 'facts', facts: stepsOf(facts, picture, at) },
    note('The digits here are enough to come to the same cents; the program computes with all of them.'),
  ]
}

/**
 * Of the lots that pay one price and run: that whose powering down is worth most; else the largest lot whose figures the steps come to,
 * which under a contract they do but for hours that are shed and some hosts. null: there is none.
 */
function exampleRow({ basis, prepared, advice }: Picture): { at: number; isAdvised: boolean } | null {
  const { quantity } = basis.fleet.machines
  let largest = -1
  let dearest = -1
  let gain = 0
  for (let row = 0; row < basis.length; row++) {
    if (basis.counted[row] === 0) continue
    if ((largest < 0 || quantity[row]! > quantity[largest]!) && comesTo(prepared, row)) largest = row
    if (groupAt(prepared, row) !== -1 || advice === null) continue
    if (isOnAtOnce(advice.decisions.verdict[row]!, true)) continue
    const worth = advice.decisions.gainUsd[row]!
    if (worth > gain) [dearest, gain] = [row, worth]
  }
  if (dearest >= 0) return { at: dearest, isAdvised: true }
  return largest < 0 ? null : { at: largest, isAdvised: false }
}

/** Whether fields and price of a row give its hashrate and its cost. */
function comesTo(prepared: Prepared, row: number): boolean {
  const { basis } = prepared
  const { machines } = basis.fleet
  const paid = acceptedPhs(
    machines.quantity[row]!,
    machines.hashrateThs[row]!,
    machines.uptime[row]!,
    machines.poolFee[row]!,
    machines.hostShare[row]!,
  )
  const cost = energyCostUsdPerDay(
    energyKwhPerDayAt(basis.fleet, row),
    paidUsdPerKwhAt(prepared, row),
    otherUsdPerKwhAt(basis.fleet, row),
  )
  const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.abs(b)
  return isSame(paid, basis.acceptedPhs[row]!) && isSame(cost, basis.avoidableCostUsdPerDay[row]!)
}

/** An amount with the places that the next line needs. */
const precise = (money: Money, usd: number, decimals: number) => money.written(money.units(usd), decimals)

function stepsOf({ money }: ReportFacts, { basis, prepared, market }: Picture, row: number): readonly Fact[] {
  const { machines } = basis.fleet
  const { conditions } = market
  const figures = machineFigures(basis, row, conditions)
  const paid = basis.acceptedPhs[row]!
  const overhead = overheadAt(basis.fleet, row)
  const other = otherUsdPerKwhAt(basis.fleet, row)
  const price = paidUsdPerKwhAt(prepared, row)
  const uptime = machines.uptime[row]!
  const usdPerKwh = (usd: number) => precise(money, usd, 6)
  const fact = (label: string, text: string, origin: string): Fact => ({ label, text, origin })
  const unit = (value: number, most: number, of: string) => `${digits(value, most)}${THIN_SPACE}${of}`
  const hashprice = precise(money, market.hashpriceUsdPerPhDay, 6)
  const cost = precise(money, figures.avoidableCostUsdPerDay, 4)
  return [
    fact(
      'Hashprice, per PH/s and day',
      hashprice,
      market.hashpriceIsTyped
        ? 'typed by hand'
        : `(${digits(subsidyBtc(conditions.height), 8)} + ${digits(conditions.feesBtcPerBlock, 8)}) × 86 400 × 10¹⁵ / (${number(conditions.difficulty)} × 2³²) × ${precise(money, conditions.priceUsdPerBtc, 2)}`,
    ),
    fact(
      'Paid hashrate',
      unit(paid, 8, 'PH/s'),
      `${counted(figures.quantity, 'machine')} × ${unit(figures.hashrateThs, 4, 'TH/s')} / 1 000 × uptime ${digits(uptime, 6)} × (1 − ${digits(machines.poolFee[row]!, 6)}) × (1 − ${digits(machines.hostShare[row]!, 6)})`,
    ),
    fact('Revenue a day', precise(money, figures.revenueUsdPerDay, 4), 'paid hashrate × hashprice'),
    fact(
      'Energy used a day',
      unit(figures.energyKwhPerDay, 4, 'kWh'),
      `${counted(figures.quantity, 'machine')} × 24 / 1 000 × (1 + ${digits(overhead, 6)}) × (${unit(figures.powerW, 2, 'W')} × ${digits(uptime, 6)} + ${unit(machines.standbyW[row]!, 2, 'W')} × ${digits(1 - uptime, 6)})`,
    ),
    fact(
      'Energy, hosting a day',
      cost,
      `energy used × (${usdPerKwh(price)} + ${usdPerKwh(other)} per kWh${groupAt(prepared, row) === -1 ? '' : ', what one costs its site on average'})`,
    ),
    fact('Cash margin a day', money.cents(figures.marginUsdPerDay), 'revenue − energy, hosting'),
    fact(
      'Break-even hashprice',
      precise(money, figures.breakevenHashpriceUsdPerPhDay, 4),
      'energy, hosting / paid hashrate; rounded up in the tables',
    ),
    fact(
      'Break-even power price',
      `${usdPerKwh(figures.breakevenPowerPriceUsdPerKwh)} per kWh`,
      'revenue / energy used − other cost; rounded down in the tables',
    ),
  ]
}
