import { expect, it } from 'vitest'
import { createCoins } from '#shared/domain/money/ledger/coins.ts'

it.each(['fifo', 'average'] as const)(
  'never cost less than nothing, whatever is taken off them: %s',
  (costing) => {
    const coins = createCoins(costing)
    coins.add(1, '2026-10-01', 100, 50)
    expect(coins.revalue(1, -20)).toBe(-20)
    expect(coins.revalue(1, -80)).toBe(-30)
    expect([coins.sat(), coins.usdCents()]).toEqual([100, 0])
  },
)
