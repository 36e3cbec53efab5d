import { create } from 'zustand'
import type { LogKind } from '#shared/domain/decision/acts/log-kinds.ts'
import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import type { DecisionLog } from '#shared/ipc/schemas/decisions.ts'
import { api, settle } from '../lib/api.ts'
import { keepRead } from './keep-read.ts'
import { useStore } from './store.ts'
import type { WindowState } from './store.ts'

export const LOG_COLUMNS = [
  'at',
  'site',
  'advised',
  'decision',
  'by',
  'machines',
  'then',
  'since',
  'expected',
  'saved',
] as const
export type LogColumn = (typeof LOG_COLUMNS)[number]

export type LogView = {
  /** null: every site */
  readonly site: string | null
  /** of the last so many days; null: of all */
  readonly days: number | null
  readonly kind: LogKind
  readonly sort: { readonly by: LogColumn; readonly isUp: boolean }
  /** counted from 0 */
  readonly page: number
}
const USUAL_VIEW: LogView = {
  ...{ site: null, days: null, kind: 'standing', page: 0 },
  sort: { by: 'at', isUp: false },
}

/** What the place Decisions knows of the log. It is a store of its own, because the window starts without it. */
export type DecisionLogState = {
  /** null until it is read */
  readonly log: DecisionLog | null
  /** why it could not be read, in words */
  readonly fault: string | null
  readonly view: LogView
}

export const useDecisionLog = create<DecisionLogState>()(() => ({ log: null, fault: null, view: USUAL_VIEW }))

/** Looks at the log otherwise, from its first page on unless one is named. */
export const lookAtLog = (change: Partial<LogView>): void =>
  useDecisionLog.setState(({ view }) => ({ view: { ...view, page: 0, ...change } }))

const MOST_ROWS = 10_000

async function readLog(): Promise<void> {
  const answer = await settle(api.decisions.read({ fromMs: null, toMs: null, atMost: MOST_ROWS }))
  useDecisionLog.setState(answer.ok ? { log: answer.value, fault: null } : { fault: answer.error.message })
}

/** What the log rests on: decisions, and the days that say how they came out. */
const beneath = ({ decisions, pastStatus, settings, backupsSeen }: WindowState) =>
  [decisions, pastStatus?.revision, settings?.networkOrder, backupsSeen] as const

/**
 * Keeps the log as what is stored is, whoever has changed it.
 * @returns ends it
 */
export function followLog(): () => void {
  void useStore.getState().readPastStatus()
  return keepRead(
    () => beneath(useStore.getState()),
    async (now) => {
      await readLog()
      return now
    },
    (look) => [useStore.subscribe(look)],
  )
}

/** A row by the key of its decision; null where it is not in the log. */
export const rowWithKey = ({ log }: DecisionLogState, key: number): LoggedDecision | null =>
  log?.rows.find(({ decision }) => decision.key === key) ?? null
