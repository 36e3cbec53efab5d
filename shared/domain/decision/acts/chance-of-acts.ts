import type { Advice } from '../advice.ts'
import type { Prepared } from '../prepare.ts'
import { forEachAct } from './acts.ts'

/** Each row's chance takes thousands of drawn paths: of more rows it is told in the table alone. */
const MOST_ROWS = 200
const ROWS_PER_STEP = 10

/** Least and greatest chance that the advice of a row proves right, of the rows where something is to be done now. */
export type ChanceRange = readonly [least: number, most: number]

/** In steps; null where nothing is to be done, nothing is known, or where there are too many rows. */
export function* chanceOfActs(prepared: Prepared, advice: Advice): Generator<undefined, ChanceRange | null> {
  const rows = new Set<number>()
  forEachAct(prepared, advice, (row) => {
    if (rows.size <= MOST_ROWS) rows.add(row)
  })
  if (rows.size > MOST_ROWS) return null
  let [least, most] = [Infinity, -Infinity]
  let n = 0
  for (const row of rows) {
    const chance = advice.probability(row)
    if (Number.isNaN(chance)) return null
    least = Math.min(least, chance)
    most = Math.max(most, chance)
    if (++n % ROWS_PER_STEP === 0) yield undefined
  }
  return rows.size === 0 ? null : [least, most]
}
