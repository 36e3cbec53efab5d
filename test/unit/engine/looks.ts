import type { GroupHead, Look, Question, ShownRow } from '#renderer/engine/protocol.ts'
import { NO_FILTER, NO_GROUPS } from '#renderer/engine/view.ts'

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
