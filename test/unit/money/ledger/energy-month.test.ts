import { describe, expect, it } from 'vitest'
import type { CountedMonth } from '#shared/domain/money/ledger/counted.ts'
import { energyMonths } from '#shared/domain/money/ledger/energy-month.ts'
import { usd } from './books.ts'
import { bill, countedMonth, counts, DAYS, meter, planOf, WHOLE } from './reconciled.ts'

const monthOf = (counted: Partial<CountedMonth>, plans = [planOf()]) =>
  energyMonths(countedMonth(counted), plans)[0]!
const MACHINES_WH = 120_156_000
const half = { from: DAYS[0]!, to: DAYS[14]! }
const rest = { from: DAYS[15]!, to: DAYS.at(-1)! }

describe('a month that is not over', () => {
  const soFar = (counted: Partial<CountedMonth>) => energyMonths(countedMonth(counted), [planOf()], false)[0]!
  const until = (day: number) => ({ from: DAYS[0]!, to: DAYS[day - 1]! })

  it('is compared through the day that bills and meters reach, each with its share', () => {
    const month = soFar({
      bills: [
        bill({ wh: 60_000_000, amount: usd(300_000), days: until(15) }),
        bill({ amount: usd(31_000), part: 'fixed', payee: 'Host' }),
      ],
      meters: [meter(80_000_000, 'Dallas', until(20))],
    })
    expect(month).toMatchObject({
      ...{ through: DAYS[14], machinesWh: 15 * 24 * 170_000 * 0.95, meterWh: 60_000_000 },
      ...{ invoiceWh: 60_000_000, invoiceUsdCents: 315_000, missing: [] },
      // 15 · 24 · 161.5 kW = 58 140 kWh at 5 cents = 2 907.00
      stepsUsdCents: { metered: 300_000 - 290_700, invoiced: 0, price: 0, 'other charges': 15_000 },
    })
  })

  it('is compared as a whole where bills reach its end, and not at all where nothing is billed from its first day', () => {
    expect(soFar({ bills: [bill({ wh: 1, amount: usd(1) })] })).toMatchObject({
      through: null,
      missing: [{}],
    })
    const late = soFar({ bills: [bill({ wh: 1, amount: usd(1), days: rest })] })
    expect(late).toMatchObject({ through: null, stepsUsdCents: null })
  })
})

describe('machines, meter and invoice', () => {
  it('takes all of the kWh for invoiced without a meter', () => {
    const month = monthOf({ bills: [bill({ wh: MACHINES_WH + 1_000_000, amount: usd(700_000) })] })
    expect(month.stepsUsdCents).toEqual({ metered: 0, invoiced: 5000, price: 94_220, 'other charges': 0 })
    expect(month.missing).toEqual([{ what: 'meter' }])
  })

  it('shows a meter that does not cover the month, and splits without it', () => {
    const month = monthOf({
      bills: [bill({ wh: MACHINES_WH, amount: usd(600_780) })],
      meters: [meter(50_000_000, 'Dallas', half)],
    })
    expect(month.meterWh).toBe(50_000_000)
    expect(month.stepsUsdCents).toEqual({ metered: 0, invoiced: 0, price: 0, 'other charges': 0 })
    expect(month.missing).toEqual([{ what: 'days', of: 'meter', days: DAYS.slice(15) }])
  })

  it('splits nothing where bills do not cover the month, and names the days', () => {
    const month = monthOf({ bills: [bill({ wh: 1, amount: usd(1), days: half })] })
    expect(month.stepsUsdCents).toBeNull()
    expect(month.missing).toContainEqual({ what: 'days', of: 'bill', days: DAYS.slice(15) })
    const two = monthOf({
      bills: [
        bill({ wh: 1000, amount: usd(1), days: half }),
        bill({ wh: 2000, amount: usd(1), days: rest, payee: 'Other' }),
      ],
    })
    expect(two.invoiceWh).toBe(3000)
    expect(two.stepsUsdCents).not.toBeNull()
  })

  it('counts kWh of a demand charge no second time', () => {
    const month = monthOf({
      bills: [
        bill({ wh: MACHINES_WH, amount: usd(600_780), part: 'energy' }),
        bill({ wh: MACHINES_WH, amount: usd(1000), part: 'demand' }),
      ],
    })
    expect(month.invoiceWh).toBe(MACHINES_WH)
    expect(month.stepsUsdCents).toMatchObject({ price: 0, 'other charges': 1000 })
    expect(monthOf({ bills: [bill({ amount: usd(1000), part: 'demand' })] }).missing).toContainEqual({
      what: 'bill',
    })
  })

  it('adds a correction, which covers no day by itself', () => {
    const correction = counts(
      { ...bill({ wh: -1_000_000, amount: usd(-5000) }).fact, days: WHOLE },
      'Dallas',
      1,
    )
    const month = monthOf({ bills: [bill({ wh: MACHINES_WH, amount: usd(600_780) }), correction] })
    expect(month.invoiceUsdCents).toBe(595_780)
    expect(month.stepsUsdCents).toEqual({ metered: 0, invoiced: -5000, price: 0, 'other charges': 0 })
    expect(monthOf({ bills: [correction] }).stepsUsdCents).toBeNull()
  })

  it('lists every site once, with a plan or without', () => {
    const counted = countedMonth({
      bills: [bill({ amount: usd(5) }, 'dallas'), bill({ amount: usd(7) }, '')],
      meters: [meter(9, 'Oslo')],
    })
    const all = energyMonths(counted, [planOf()])
    expect(all.map(({ site }) => site)).toEqual(['', 'Dallas', 'Oslo'])
    expect(all[1]!.invoiceUsdCents).toBe(5)
    expect(all[2]).toMatchObject({ machinesWh: null, expectedUsdCents: null, stepsUsdCents: null })
    expect(all[2]!.missing).toEqual([{ what: 'plan' }, { what: 'bill' }])
  })

  it('takes a negative price as it is', () => {
    const month = monthOf({ bills: [bill({ wh: MACHINES_WH, amount: usd(-1) })] }, [
      planOf('Dallas', { usdPerKwh: -0.01 }),
    ])
    expect(month.expectedUsdCents).toBe(-120_156)
    expect(month.stepsUsdCents!.price).toBe(120_155)
  })
})
