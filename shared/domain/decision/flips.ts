import { decideOver, settled } from './advise.ts'
import type { Flip } from './advice.ts'
import type { Decisions } from './decisions.ts'
import { emptyDecisions } from './decisions.ts'
import type { Horizon } from './horizon.ts'
import { groupAt } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import { VERDICTS } from './words.ts'

/** The first step away from today's hashprice, each next twice as far, as a fraction; the search ends at a tenth and at tenfold. */
const FIRST_STEP = 0.0025
const FURTHEST = 10
/** Halvings of the last step: a hashprice to a millionth of it. */
const BISECTIONS = 12

export type Flips = { readonly above: Flip | null; readonly below: Flip | null }

/**
 * The nearest hashprices above and below at which some verdict changes, found by asking for the advice at other hashprices and
 * no sooner believed than seen. All stages move in proportion. A step is one site, so that whoever has something better to do
 * meanwhile can leave.
 */
export function* flipSteps(
  prepared: Prepared,
  horizon: Horizon,
  now: Decisions,
): Generator<undefined, Flips> {
  const scratch = emptyDecisions(now.length)
  const verdicts = now.verdict.slice()
  /**
   * The first row whose verdict differs at a multiple of today's hashprice, −1: none does; and the groups in which one does.
   * @param among groups that are looked at, null: all; the rows that are in none always are
   */
  function* changed(factor: number, among: ReadonlySet<number> | null) {
    yield* decideOver(prepared, movedBy(horizon, factor), scratch, among)
    yield
    const groups = new Set<number>()
    let first = -1
    for (let row = 0; row < verdicts.length; row++) {
      const group = groupAt(prepared, row)
      if (scratch.verdict[row] === verdicts[row] || (group !== -1 && among?.has(group) === false)) continue
      if (first === -1) first = row
      if (group !== -1) groups.add(group)
    }
    return { first, groups }
  }
  function* search(direction: 1 | -1): Generator<undefined, Flip | null> {
    let near = 0
    for (let far = FIRST_STEP; far < Math.log(FURTHEST); near = far, far *= 2) {
      let found = yield* changed(Math.exp(direction * far), null)
      if (found.first === -1) continue
      // Sites do not hang on each other: those of which nothing has changed at the far end are not asked again.
      for (let round = 0; round < BISECTIONS; round++) {
        const middle = (near + far) / 2
        const there = yield* changed(Math.exp(direction * middle), found.groups)
        if (there.first === -1) near = middle
        else {
          far = middle
          found = there
        }
      }
      const factor = Math.exp(direction * far)
      const { first } = yield* changed(factor, found.groups)
      return {
        hashpriceUsdPerPhDay: horizon.stages[0]!.hashpriceUsdPerPhDay * factor,
        row: first,
        verdict: VERDICTS[scratch.verdict[first]!] ?? null,
      }
    }
    return null
  }
  return { above: yield* search(1), below: yield* search(-1) }
}

/** The same in one go. */
export function nearestFlips(prepared: Prepared, horizon: Horizon, now: Decisions): Flips {
  return settled(flipSteps(prepared, horizon, now))
}

/** The horizon with the hashprice of every stage times a factor. */
export function movedBy(horizon: Horizon, factor: number): Horizon {
  return {
    ...horizon,
    stages: horizon.stages.map((stage) => ({
      ...stage,
      hashpriceUsdPerPhDay: stage.hashpriceUsdPerPhDay * factor,
    })),
  }
}
