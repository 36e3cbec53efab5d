import { describe, expect, it } from 'vitest'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { checkPurchase } from '#shared/domain/money/purchase.ts'
import { purchaseReturns } from '#shared/domain/money/purchase-returns.ts'
import { machine, network, site } from '../machines.ts'
import { takeOrPay, tariff } from '../power/plain-contracts.ts'
import { AS_OF_MS, caseOf, DAY_MS, estimate, planOf, purchase } from './purchases.ts'

const mine = (given: Parameters<typeof machine>[0] = {}) =>
  machine({ hashrateThs: 200, purchase: 'First', ...given })
const one = (machines = [mine()], bought = purchase(), change = {}) =>
  purchaseReturns(caseOf(machines), planOf([bought], change)).purchases[0]!

describe('the returns of a purchase', () => {
  it('are the sums of a textbook, by hand', () => {
    // Net present value: R. Brealey, S. Myers, F. Allen, "Principles of Corporate Finance", ch. 2 and 5. 200 TH/s at the hashprice,
    // less 24 h · 3 kW · 0.06; bought today, ten days of life: what is left of this epoch, and the rest after its adjustment.
    const hashprice = hashpriceUsdPerPhDay(network())
    const cash = 0.2 * hashprice - 4.32
    const after = (0.2 * hashprice) / (1 + estimate.change) - 4.32
    const left = estimate.secondsLeft / 86_400
    const year = 365.25
    const value =
      (cash * left) / 1.1 ** (left / year) +
      (after * (10 - left)) / 1.1 ** (10 / year) +
      20 / 1.1 ** (10 / year)
    const found = one([mine()], purchase({ costUsd: 40, salvageUsd: 20, lifeDays: 10 }))
    expect(cash).toBeCloseTo(2.5, 0)
    expect(found.cashUsdPerDay).toBeCloseTo(cash, 10)
    expect(found.valueUsd).toBeCloseTo(value, 8)
    expect(found.npvUsd).toBeCloseTo(value - 40, 8)
    expect(found.staticPaybackDays).toBeCloseTo(40 / cash, 10)
    expect(found).toMatchObject({ bookUsd: 40, outlayUsd: 40, lifeLeftDays: 10, startsAtDay: 0, machines: 1 })
  })

  it('of what was bought before are held against what the books still carry, over the life that is left', () => {
    const before = one(
      [mine()],
      purchase({ boughtAtMs: AS_OF_MS - 461 * DAY_MS, costUsd: 2000, salvageUsd: 200 }),
    )
    const book = 2000 - (1800 * 461) / 1461
    expect(before.bookUsd).toBeCloseTo(book, 9)
    expect(before.lifeLeftDays).toBe(1000)
    expect(before.npvUsd).toBeCloseTo(before.valueUsd - book, 9)
    expect(before.staticPaybackDays).toBeCloseTo(book / before.cashUsdPerDay, 9)
    // What was paid is sunk: of the same machines, twice as dear, going on is worth the same.
    const dear = one(
      [mine()],
      purchase({ boughtAtMs: AS_OF_MS - 461 * DAY_MS, costUsd: 4000, salvageUsd: 200 }),
    )
    expect(dear.valueUsd).toBe(before.valueUsd)
    expect(dear.npvUsd).toBeLessThan(before.npvUsd)
  })

  it('of what is still to be bought are those of the investment: nothing before its day, its cost on it', () => {
    const later = one([mine()], purchase({ boughtAtMs: Date.UTC(2026, 1, 28), lifeDays: 100 }))
    expect(later).toMatchObject({ startsAtDay: 100, lifeLeftDays: 100, outlayUsd: 3000, bookUsd: 0 })
    const now = one([mine()], purchase({ lifeDays: 100 }))
    expect(later.npvUsd).toBeCloseTo(now.npvUsd / 1.1 ** (100 / 365.25), 1)
    expect(later.internalRatePerYear).toBeCloseTo(now.internalRatePerYear, 2)
    expect(later.paybackAlongDays).toBeNaN()
  })

  it('whose life is over are the salvage, and nothing pays any more', () => {
    const over = one([mine()], purchase({ boughtAtMs: AS_OF_MS - 3000 * DAY_MS }))
    expect(over).toMatchObject({ lifeLeftDays: 0, bookUsd: 300, valueUsd: 300, npvUsd: 0 })
    expect(over.internalRatePerYear).toBeNaN()
    expect(over.paybackAlongDays).toBeNaN()
  })

  it('without a day have a cash of today and no value; without a rate no present value but a rate of their own', () => {
    const undated = one([mine()], purchase({ boughtAtMs: null }))
    expect(undated.cashUsdPerDay).toBeGreaterThan(0)
    for (const figure of ['bookUsd', 'lifeLeftDays', 'valueUsd', 'npvUsd', 'staticPaybackDays'] as const)
      expect(undated[figure], figure).toBeNaN()
    const unrated = one([mine()], purchase({ costUsd: 1500 }), { discountRatePerYear: null })
    expect(unrated.npvUsd).toBeNaN()
    expect(unrated.internalRatePerYear).toBeGreaterThan(0)
  })

  it('count fixed cost and flat hosting fees whether machines run or not', () => {
    const paid = one([mine({ fixedUsdPerDay: 0.5 })])
    expect(paid.cashUsdPerDay).toBeCloseTo(one().cashUsdPerDay - 0.5, 10)
    const hosted = caseOf([mine()], {
      inputs: {
        contracts: [
          {
            ...{ siteKey: 0, site: 'North' },
            contract: { ...NO_CONTRACT, hosting: { model: 'flat', usdPerMonth: 80, per: 'machine' } },
          },
        ],
      },
    })
    const [found] = purchaseReturns(hosted, planOf([purchase()])).purchases
    expect(found!.cashUsdPerDay).toBeCloseTo(0.2 * hashpriceUsdPerPhDay(network()) - (80 * 12) / 365.25, 9)
  })

  it('fall with the tariff, and stopping is never worth less than running on', () => {
    const at = (price: number, underWater: 'run' | 'stop') =>
      purchaseReturns(
        caseOf([mine(), mine({ id: 'b', hashrateThs: 90 })], {
          sites: [site({ powerPriceUsdPerKwh: price })],
        }),
        planOf([purchase()], {
          underWater,
          assumptions: { price: constantGrowth(-0.2), hashrate: constantGrowth(0.2), response: null },
        }),
      ).purchases[0]!.npvUsd
    const prices = [0.03, 0.05, 0.07, 0.09]
    prices.slice(1).forEach((price, i) => expect(at(price, 'stop')).toBeLessThan(at(prices[i]!, 'stop')))
    for (const price of prices) expect(at(price, 'stop')).toBeGreaterThanOrEqual(at(price, 'run') - 1e-9)
    expect(at(0.09, 'stop')).toBeGreaterThan(at(0.09, 'run') + 100)
  })

  it('find their machines by name as people write it, and count those that name none or another', () => {
    const { purchases, total, unknown, machinesWithoutPurchase } = purchaseReturns(
      caseOf([
        mine({ quantity: 3 }),
        mine({ id: 'b', purchase: ' FIRST ' }),
        mine({ id: 'c', purchase: 'Gone', quantity: 2 }),
        mine({ id: 'd', purchase: '', quantity: 7 }),
        mine({ id: 'e', powerW: NaN }),
      ]),
      planOf([purchase(), purchase({ name: 'Second' })]),
    )
    expect(purchases.map(({ machines }) => machines)).toEqual([5, 0])
    expect(purchases[0]!.machinesWithoutFigures).toBe(1)
    expect(purchases[1]!.npvUsd).toBeNaN()
    expect(total).toMatchObject({ machines: 5, costUsd: 6000, npvUsd: NaN })
    expect({ unknown, machinesWithoutPurchase }).toEqual({
      unknown: [{ name: 'Gone', machines: 2 }],
      machinesWithoutPurchase: 7,
    })
  })

  it('at a site that is cleared as a whole pay what the next kWh costs it', () => {
    const contract = {
      ...NO_CONTRACT,
      tariffs: [tariff({ baseUsdPerKwh: 0.04 })],
      capKw: 100,
      takeOrPay: takeOrPay({ committedKwhPerDay: 24 * 4, handBackUsdPerKwh: 0.02 }),
    }
    const of = caseOf([mine(), mine({ id: 'b', purchase: 'Second' })], {
      inputs: { contracts: [{ siteKey: 0, site: 'North', contract }] },
    })
    const { purchases } = purchaseReturns(of, planOf([purchase(), purchase({ name: 'Second' })]))
    // 6 kW are drawn, 4 of them committed: the next kWh is bought at 0.04.
    const cash = 0.2 * hashpriceUsdPerPhDay(network()) - 24 * 3 * 0.04
    for (const each of purchases) {
      expect(each.cashUsdPerDay).toBeCloseTo(cash, 9)
      expect(each.machinesAtNextKwh).toBe(1)
    }
  })

  it.each([
    [{ name: ' ' }, /^name: must not be empty/],
    [{ salvageUsd: 4000 }, /^salvageUsd:/],
    [{ costUsd: NaN }, /^costUsd:/],
    [{ lifeDays: 1.5 }, /^lifeDays:/],
    [{ costUsd: 2e9 }, /^costUsd: must be at most/],
  ])('refuse %o', (change, words) => {
    expect(() => {
      checkPurchase(purchase(change))
    }).toThrow(words)
    expect(() => one([mine()], purchase(change))).toThrow(/^purchase /)
  })
})
