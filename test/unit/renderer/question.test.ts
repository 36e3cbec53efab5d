import { expect, it } from 'vitest'
import type { Question } from '#renderer/engine/protocol.ts'
import { isMarketMoved } from '#renderer/state/question.ts'
import { NETWORK } from './small-fleet.ts'
import { PLAIN_TABLE } from '../engine/looks.ts'

const QUESTION: Question = {
  market: { conditions: NETWORK, choices: { change: null, horizonDays: null }, nowMs: 0 },
  realMarket: null,
  sitePowerPrices: new Map(),
  ...PLAIN_TABLE,
  sort: { column: 'id', descending: false },
  keepOrder: false,
  window: { from: 0, to: 10 },
  explained: null,
  wantsSites: false,
}

it('the market has moved where the network or a price of power is another one, not where the table is', () => {
  const moved = (change: Partial<Question>) => isMarketMoved(QUESTION, { ...QUESTION, ...change })
  expect(moved({})).toBe(false)
  expect(moved({ window: { from: 10, to: 20 }, explained: { kind: 'machine', key: 3 } })).toBe(false)
  expect(moved({ market: { ...QUESTION.market! } })).toBe(true)
  expect(moved({ sitePowerPrices: new Map([[1, 0.05]]) })).toBe(true)
})
