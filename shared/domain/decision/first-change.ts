import type { Decisions } from './decisions.ts'
import { firstChange } from './decisions.ts'
import { NEVER } from './choice.ts'
import type { Market } from './market.ts'

/** When the advice of a row changes first, unix ms (NaN: never, or no date is known), and what the change comes with. */
export function changeAhead({ stages }: Market, decisions: Decisions, row: number) {
  const at = firstChange(decisions, stages.length, row)
  const stage = at === NEVER ? undefined : stages[at]
  return {
    untilMs: stage?.fromMs ?? Number.NaN,
    changesWith: stage?.opensWith === 'halving' ? ('halving' as const) : ('adjustment' as const),
  }
}
