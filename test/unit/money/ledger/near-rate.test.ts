import { expect, it } from 'vitest'
import { isNearRate, nearestRate } from '#shared/domain/money/ledger/near-rate.ts'

const rate = (day: string, usdPerUnit: number) => ({ usdPerUnit, day, source: 'ecb' })

it('the nearest day counts, the earlier of two, and the first of one day; a week is near', () => {
  const rates = [rate('2026-10-20', 1.2), rate('2026-10-10', 1.1), rate('2026-10-10', 9)]
  expect(nearestRate(rates, '2026-10-31')).toEqual(rate('2026-10-20', 1.2))
  expect(nearestRate(rates, '2026-10-15')).toEqual(rate('2026-10-10', 1.1))
  expect(nearestRate([], '2026-10-15')).toBeNull()
  const days = ['2026-10-12', '2026-10-13', '2026-10-27', '2026-10-28']
  expect(days.map((day) => isNearRate(rates[0]!, day))).toEqual([false, true, true, false])
})
