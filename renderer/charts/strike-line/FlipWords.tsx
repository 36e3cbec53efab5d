import type { Money } from '#shared/format/money.ts'
import { flipWords } from '#shared/format/answer-words.ts'
import { selectFlips } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import type { StrikePlan } from './plan.ts'
import { flipMarks } from './plan.ts'

/** Where a verdict changes next: apart from all else, because it is known when everything rests. */

/** Marks in the drawing, at its right edge. */
export function FlipMarks({ plan, money }: { readonly plan: StrikePlan; readonly money: Money }) {
  const flips = useStore(selectFlips)
  const at = [flips?.above, flips?.below].flatMap((flip) => flip?.hashpriceUsdPerPhDay ?? [])
  return <path className="flip" d={flipMarks(plan, at, money)} />
}

/** What changes there, below the drawing. */
export function FlipWords({ money }: { readonly money: Money }) {
  const { above = null, below = null } = useStore(selectFlips) ?? {}
  if (above === null && below === null)
    return (
      <span className="faint">Point at a bar to read it; click it to see its machines in the table.</span>
    )
  return (
    <span className="faint">
      <span className="flip-mark" aria-hidden>
        ◆
      </span>{' '}
      {[
        ...(above === null
          ? []
          : [`above ${money.perPh(above.hashpriceUsdPerPhDay, 'up')} ${flipWords(above)}`]),
        ...(below === null
          ? []
          : [`below ${money.perPh(below.hashpriceUsdPerPhDay, 'down')} ${flipWords(below)}`]),
      ].join('; ')}
    </span>
  )
}
