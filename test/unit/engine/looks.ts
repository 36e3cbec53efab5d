import type { GroupHead, Look, Question, ShownRow } from '#renderer/engine/protocol.ts'
import { NO_FILTER, NO_GROUPS } from '#renderer/engine/view.ts'
import { NETWORK } from '../renderer/small-fleet.ts'

/** The table without filter and groups, in cents of a dollar. */
export const PLAIN_TABLE = {
  sort: { column: 'id', descending: false },
  filter: NO_FILTER,
  group: NO_GROUPS,
  money: { usdPerUnit: 1, decimals: 2 },
  turn: 0,
} as const satisfies Partial<Question>

export const rowsOf = ({ entries }: Look): readonly ShownRow[] =>
  entries.filter((entry) => entry.kind === 'row')

export const headsOf = ({ entries }: Look): readonly GroupHead[] =>
  entries.filter((entry) => entry.kind === 'group')

export const MARKET = { conditions: NETWORK, choices: { change: null, horizonDays: null }, nowMs: null }

/** What a window with a plain table asks at first, in the order of advice. */
export const question = (given: Partial<Question> = {}): Question => ({
  market: MARKET,
  realMarket: MARKET,
  sitePowerPrices: new Map(),
  ...PLAIN_TABLE,
  sort: { column: 'advice', descending: true },
  keepOrder: false,
  window: { from: 0, to: 40 },
  explained: null,
  wantsSites: false,
  ...given,
})
