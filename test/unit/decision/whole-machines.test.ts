import { expect, it } from 'vitest'
import { relax } from '#shared/domain/decision/relaxation.ts'
import { chooseWholeMachines } from '#shared/domain/decision/whole-machines.ts'

it('machines of one unit of weight fill what is left without a search', () => {
  const lots = [
    {
      quantity: 10,
      options: [
        { weight: 0, value: 0 },
        { weight: 1, value: 5 },
      ],
    },
  ]
  const found = chooseWholeMachines(lots, relax(lots, 4)!, Infinity, 0)
  expect(found).toEqual({ counts: [[6, 4]], leastLoss: 0, complete: true })
})
