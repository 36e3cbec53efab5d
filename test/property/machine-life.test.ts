import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lastEpochs, OUTLIVES } from '#shared/domain/ahead/machine-life.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import type { NetworkEpoch } from '#shared/domain/ahead/project.ts'

const price = fc.double({ min: 1, max: 200, noNaN: true })

it('a machine’s life ends with the last epoch in which the hashprice reaches its break-even', () => {
  fc.assert(
    fc.property(
      fc.array(price, { minLength: 1, maxLength: 30 }),
      fc.array(price, { minLength: 1, maxLength: 20 }),
      (hashprices, breakevens) => {
        const epochs = hashprices.map((hashpriceUsdPerPhDay) => ({
          hashpriceUsdPerPhDay,
        })) as unknown as NetworkEpoch[]
        const basis = {
          breakevenHashpriceUsdPerPhDay: Float64Array.from(breakevens),
        } as unknown as MarginBasis
        const expected = breakevens.map((breakeven) => {
          const last = hashprices.findLastIndex((hashprice) => hashprice >= breakeven)
          return last === hashprices.length - 1 ? OUTLIVES : last + 1
        })
        expect([...lastEpochs(basis, epochs)]).toEqual(expected)
      },
    ),
  )
})
