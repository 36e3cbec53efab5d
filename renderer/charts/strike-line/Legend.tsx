import { memo } from 'react'
import type { Verdict } from '#shared/domain/decision/words.ts'
import type { BarState } from '#shared/domain/margins/strike-line.ts'
import { VERDICT_WORDS } from '#shared/format/advice-words.ts'
import { areaPath, lookOf, MARKED_VERDICTS, markOf, signPath } from './marks.ts'

const BOX = { left: 1, top: 1, width: 18, height: 11 }
/** Verdicts of machines that are off now; the others run, or may be either. */
const IDLE: readonly Verdict[] = ['stay-off', 'start-later', 'start-until', 'start']
/** Those that stand above the line as a rule. */
const ABOVE: readonly Verdict[] = ['off', 'pause', 'stay-off']
const STATES: Partial<Record<Verdict, BarState>> = { off: 'under water', pause: 'waits' }

/** What the marks mean: of the verdicts that occur, in a fixed order. */
export const Legend = memo(function Legend({ occurring }: { readonly occurring: string }) {
  const verdicts = MARKED_VERDICTS.filter((verdict) => occurring.split(' ').includes(verdict))
  return (
    <ul className="strike-legend" aria-label="Marks">
      {verdicts.map((verdict) => {
        const mark = markOf(verdict, STATES[verdict] ?? 'earns', IDLE.includes(verdict))
        // As in the picture, what is powered down is told by its place above the line.
        const isAbove = ABOVE.includes(verdict)
        const sign = isAbove ? '' : signPath(BOX, mark.sign)
        return (
          <li key={verdict}>
            <svg className="strike-drawing" viewBox="0 0 20 13" aria-hidden>
              <path className={lookOf(mark)} d={areaPath(BOX, mark.isCut)} />
              <path className="now" d={`M0 ${isAbove ? BOX.top + BOX.height : BOX.top}h20`} />
              {sign === '' ? null : <path className={`sign ${mark.tone}`} d={sign} />}
            </svg>
            {VERDICT_WORDS[verdict]}
          </li>
        )
      })}
    </ul>
  )
})

/** The verdicts of bars, as {@link Legend} takes them: a text, which stays the same one while they do. */
export const occurringIn = (bars: readonly { readonly verdict: Verdict | null }[]): string =>
  [...new Set(bars.map(({ verdict }) => verdict))].sort().join(' ')
