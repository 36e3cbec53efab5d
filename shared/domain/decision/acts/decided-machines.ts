import type { DecidedMachines } from './decision-log.ts'
import type { Stake, StakeOfOne, StakePart, Stretch } from './stake.ts'
import { stakeParts } from './stake.ts'
import type { ForeseenHashprice } from './stake.ts'

/** A row of {@link DecidedMachines}. */
export type DecidedRow = Readonly<Record<'key' | 'advised' | 'done' | 'act' | 'before' | 'after', number>> & {
  readonly stake: StakeOfOne
}

/** Machines of a decision that is about to be recorded; what is at stake with one of them is kept once, however many share it. */
export function gatherMachines() {
  const columns = { key: [], advised: [], done: [], act: [], before: [], after: [] } as Record<
    Exclude<keyof DecidedRow, 'stake'>,
    number[]
  >
  const stakes: StakeOfOne[] = []
  const stake: number[] = []
  const places = new Map<string, number>()
  return {
    add({ stake: of, ...row }: DecidedRow): void {
      for (const name of Object.keys(columns) as (keyof typeof columns)[]) columns[name].push(row[name])
      const name = Object.values(of).join(' ')
      let place = places.get(name)
      if (place === undefined) {
        place = stakes.push(of) - 1
        places.set(name, place)
      }
      stake.push(place)
    },
    machinesDone: () => columns.done.reduce((sum, each) => sum + each, 0),
    /** @param keyAfter the key of the part of a lot that was switched, where only a part was */
    machines: (keyAfter: ReadonlyMap<number, number>): DecidedMachines => ({
      ...columns,
      keyAfter: columns.key.map((key) => keyAfter.get(key) ?? key),
      ...{ stakes, stake },
    }),
  }
}

type Kind = 'done' | 'not-now'

/** What was at stake, as it is known when it is recorded; null where a figure of it is missing. */
export function stakeOfMachines(
  machines: DecidedMachines,
  kind: Kind,
  foreseen: readonly ForeseenHashprice[],
): Stake | null {
  const counted = countedIn(machines, kind)
  const parts = stakeParts(machines, (place) => [{ machines: counted[place]!, againMs: null }])
  const isWhole = parts?.every((part) =>
    Object.values(part).every((value) => value === null || Number.isFinite(value)),
  )
  return parts !== null && parts.length > 0 && isWhole === true ? { parts, foreseen } : null
}

/** Machines of each place whose stake counts: those that were switched, or would have been. */
const countedIn = ({ done, advised }: DecidedMachines, kind: Kind) => (kind === 'done' ? done : advised)

/** A later decision that stands, with the machines by key that it ends an earlier one for. */
export type LaterDecision = { readonly atMs: number; readonly machines: ReadonlyMap<number, number> }

/** Machines by key that a decision ends earlier ones for. Of a "not now" these are all that it was about, else those that were switched. */
export function endedBy(machines: DecidedMachines, kind: Kind): ReadonlyMap<number, number> {
  const counted = countedIn(machines, kind)
  const byKey = new Map<number, number>()
  machines.key.forEach((key, place) => {
    if (counted[place]! > 0) byKey.set(key, counted[place]! + (byKey.get(key) ?? 0))
  })
  return byKey
}

/**
 * The parts of a stake once later decisions are known: what was done lasts until its machines are switched again; a "not now" until
 * something is decided about them again.
 * @param later in order of time, asked for only as long as machines are left; of a decision that was done only those that were done
 */
export function partsUntilAgain(
  machines: DecidedMachines,
  kind: Kind,
  later: Iterable<LaterDecision>,
): readonly StakePart[] | null {
  const keys = kind === 'done' ? (machines.keyAfter ?? machines.key) : machines.key
  const remaining = countedIn(machines, kind).slice()
  let left = remaining.reduce((sum, each) => sum + each, 0)
  const stretches = remaining.map((): Stretch[] => [])
  for (const { atMs, machines: ended } of later) {
    const has = new Map(ended)
    keys.forEach((key, place) => {
      const taken = Math.min(has.get(key) ?? 0, remaining[place]!)
      if (taken === 0) return
      has.set(key, has.get(key)! - taken)
      remaining[place]! -= taken
      left -= taken
      stretches[place]!.push({ machines: taken, againMs: atMs })
    })
    if (left === 0) break
  }
  return stakeParts(machines, (place) => [
    ...stretches[place]!,
    { machines: remaining[place]!, againMs: null },
  ])
}
