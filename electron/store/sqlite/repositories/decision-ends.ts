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
 * @param fromKey of the oldest decision that is asked about
 * @param machinesOf of a decision by its key
 */
export function createDecisionEnds(
  db: Database,
  fromKey: number,
  machinesOf: (key: number) => DecidedMachines | null,
): (decision: Omit<RecordedDecision, 'stake'>, parts: readonly StakePart[]) => readonly StakePart[] {
  const bySite = new Map<number, Head[]>()
  const standing = db.prepare<[number], Head>(
    `SELECT key, at_ms AS atMs, site_key AS siteKey, kind FROM decision WHERE key > ? AND taken_back = 0 ORDER BY key`,
  )
  for (const head of standing.all(fromKey)) {
    const heads = bySite.get(head.siteKey)
    if (heads === undefined) bySite.set(head.siteKey, [head])
    else heads.push(head)
  }
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
    const heads = bySite.get(decision.siteKey) ?? []
    const isLater = ({ key, atMs, kind }: Head) =>
      key > decision.key &&
      atMs < endMs &&
      // What is done lasts, whatever is decided not to be done about it.
      (decision.kind === 'not-now' || kind === 'done')
    const first = heads.findIndex(isLater)
    const machines = first < 0 ? null : machinesOf(decision.key)
    if (machines === null) return parts
    function* later() {
      for (let i = first; i < heads.length; i++) if (isLater(heads[i]!)) yield laterOf(heads[i]!)
    }
    return partsUntilAgain(machines, decision.kind, later()) ?? parts
  }
}
