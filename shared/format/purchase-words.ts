import type { PurchasesReturns } from '../domain/money/purchase-returns.ts'
import { counted, percent } from './numbers.ts'

/** Which setting to fill where no present value can be. */
export const NO_DISCOUNT_RATE =
  'There is no net present value without a discount rate: fill in “Discount rate” under Reports, Costs (finance.discount-rate-per-year on the command line).'

/** What the figures of purchases mean, in one paragraph. @param rate null: not said */
export function purchaseMethodWords(rate: number | null): string {
  return `${rate === null ? NO_DISCOUNT_RATE : `Discounted at ${percent(rate)} a year.`} Each machine stops and starts with the hashprice of the epoch; the cash of an epoch counts on its last day, the salvage at the end of the life. What was paid is sunk: what was bought before is held against its book value, what is still to be bought against its cost. General cost and credits of the grid are in no purchase.`
}

/** What a reader must know of machines and figures that are left out; a sentence each. */
export function purchaseGapWords({
  purchases,
  unknown,
  machinesWithoutPurchase,
}: PurchasesReturns): readonly string[] {
  const sum = (of: (each: PurchasesReturns['purchases'][number]) => number) =>
    purchases.reduce((total, each) => total + of(each), 0)
  const named = (is: (each: PurchasesReturns['purchases'][number]) => boolean) =>
    purchases
      .filter(is)
      .map(({ purchase }) => purchase.name)
      .join(', ')
  const nextKwh = sum((each) => each.machinesAtNextKwh)
  const without = sum((each) => each.machinesWithoutFigures)
  const undated = named(({ purchase }) => purchase.boughtAtMs === null)
  const empty = named(({ machines }) => machines === 0)
  const over = named(({ lifeLeftDays }) => lifeLeftDays === 0)
  const isOne = machinesWithoutPurchase === 1
  return [
    ...(machinesWithoutPurchase > 0
      ? [`${counted(machinesWithoutPurchase, 'machine')} ${isOne ? 'names' : 'name'} no purchase.`]
      : []),
    ...unknown.map(
      ({ name, machines }) =>
        `${counted(machines, 'machine')} ${machines === 1 ? 'names' : 'name'} the purchase “${name}”, which is not in the list.`,
    ),
    ...(empty === '' ? [] : [`No machine names ${empty}.`]),
    ...(without > 0
      ? [
          `${counted(without, 'machine')} left out of the cash: a figure, the power price or the rate of its currency is missing.`,
        ]
      : []),
    ...(undated === ''
      ? []
      : [`Without the day of the purchase there is no book value, life left or value: ${undated}.`]),
    ...(over === '' ? [] : [`Life over, so that only the salvage counts: ${over}.`]),
    ...(nextKwh > 0
      ? [
          `${counted(nextKwh, 'machine')} at sites where what one takes changes what another pays: there energy counts at the price of the next kWh, and what the site keeps of that price is in no purchase.`,
        ]
      : []),
  ]
}
