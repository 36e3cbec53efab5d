import { sampleWords, staleWords } from '../format/stale-values.ts'
import { calendarDayOf } from '../format/times.ts'
import type { ReportFacts } from './facts.ts'

/** What a reader must know of the values that all figures rest on. */
export function freshnessWarnings({ stale, asOfMs, case: of }: ReportFacts): readonly string[] {
  const day = calendarDayOf(asOfMs)
  const sample = stale.filter(({ isSample }) => isSample)
  const typed = stale.filter(({ isTyped }) => isTyped)
  const others = of.ledger ? 'machines, contracts, settings and books' : 'machines, contracts and settings'
  const old = stale.filter(({ isSample, isTyped }) => !(isSample ?? isTyped))
  return [
    ...(day === calendarDayOf(of.madeAtMs)
      ? []
      : [
          `Price, difficulty and fees are those of ${day}; ${others} are those of ${calendarDayOf(of.madeAtMs)}.`,
        ]),
    ...(sample.length === 0 ? [] : [`Values of the ${sampleWords(sample)}. They are not today's.`]),
    ...(old.length === 0 ? [] : [`Older than they should be: ${staleWords(old, asOfMs)}.`]),
    ...(typed.length === 0 ? [] : [`Typed by hand: ${staleWords(typed, asOfMs)}.`]),
  ]
}
