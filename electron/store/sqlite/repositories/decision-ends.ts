import type { Database } from 'better-sqlite3'
import type { LaterDecision } from '#shared/domain/decision/acts/decided-machines.ts'
import { endedBy, partsUntilAgain } from '#shared/domain/decision/acts/decided-machines.ts'
import type { DecidedMachines, RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import type { StakePart } from '#shared/domain/decision/acts/stake.ts'
import { UNDATED_DAYS } from '#shared/domain/decision/acts/outcome.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'

type Head = Pick<RecordedDecision, 'key' | 'atMs' | 'siteKey' | 'kind'>

/** How long after its end a pause may be ended by the decision that starts its machines again, and pays for it. */
const STARTED_WITHIN_MS = 60 * MS_PER_DAY

/**
 * Finds when later decisions ended earlier ones. The machines of a decision, which may be many, are read only where one follows at the same
 * site while it lasts, and once.
 * @param machinesOf of a decision by its key
 */
export function createDecisionEnds(
  db: Database,
  machinesOf: (key: number) => DecidedMachines | null,
): (decision: Omit<RecordedDecision, 'stake'>, parts: readonly StakePart[]) => readonly StakePart[] {
  const after = db.prepare<[siteKey: number, key: number, beforeMs: number], Head>(
    `SELECT key, at_ms AS atMs, site_key AS siteKey, kind FROM decision
     WHERE site_key = ? AND key > ? AND at_ms < ? AND taken_back = 0 ORDER BY key`,
  )
  const known = new Map<number, LaterDecision>()
  function laterOf({ key, kind, atMs }: Head): LaterDecision {
    let later = known.get(key)
    if (later === undefined) {
      const machines = machinesOf(key)
      later = { atMs, machines: machines === null ? new Map() : endedBy(machines, kind) }
      known.set(key, later)
    }
    return later
  }

  return (decision, parts) => {
    if (decision.isTakenBack) return parts
    const waitsForStart = ({ restartAtEndUsd }: StakePart) => decision.kind === 'done' && restartAtEndUsd > 0
    const endMs = Math.max(
      ...parts.map(
        (part) =>
          (part.untilMs ?? decision.atMs + UNDATED_DAYS * MS_PER_DAY) +
          (waitsForStart(part) ? STARTED_WITHIN_MS : 0),
      ),
    )
    const heads = after
      .all(decision.siteKey, decision.key, endMs)
      // What is done lasts, whatever is decided not to be done about it.
      .filter(({ kind }) => decision.kind === 'not-now' || kind === 'done')
    const machines = heads.length === 0 ? null : machinesOf(decision.key)
    if (machines === null) return parts
    return partsUntilAgain(machines, decision.kind, heads.map(laterOf)) ?? parts
  }
}
