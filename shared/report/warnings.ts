import { sampleWords, staleWords } from '../format/stale-values.ts'
import type { ReportFacts } from './facts.ts'

/** What a reader must know of the values that all figures rest on. */
export function freshnessWarnings({ stale, asOfMs }: ReportFacts): readonly string[] {
  const sample = stale.filter(({ isSample }) => isSample)
  const typed = stale.filter(({ isTyped }) => isTyped)
  const old = stale.filter(({ isSample, isTyped }) => !(isSample ?? isTyped))
  return [
    ...(sample.length === 0 ? [] : [`Values of the ${sampleWords(sample)}. They are not today's.`]),
    ...(old.length === 0 ? [] : [`Older than they should be: ${staleWords(old, asOfMs)}.`]),
    ...(typed.length === 0 ? [] : [`Typed by hand: ${staleWords(typed, asOfMs)}.`]),
  ]
}
