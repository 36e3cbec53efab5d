import type { StaleValue } from '../lib/stale-values.ts'
import { briefStaleWords, sampleWords, staleWords } from '../lib/stale-values.ts'
import { TypedShape } from './TypedShape.tsx'
import { useNow } from './use-now.ts'

type Props = {
  readonly values: readonly StaleValue[]
  /** the ages stand elsewhere on the screen, and here on hover */
  readonly brief?: boolean
}

/** Stands beside figures that rest on a stale or typed value or on the sample: a word and a shape, which value it is and how old. */
export function StaleMark({ values, nowMs, brief = false }: Props & { readonly nowMs: number }) {
  const sample = values.filter(({ isSample }) => isSample)
  const typed = values.filter(({ isTyped }) => isTyped)
  const stale = values.filter(({ isSample, isTyped }) => !isSample && !isTyped)
  const words = staleWords(stale, nowMs)
  const typedWords = staleWords(typed, nowMs)
  return (
    <>
      {sample.length === 0 ? null : (
        <span className="sample-badge" {...(brief ? { title: sampleWords(sample) } : {})}>
          {brief ? 'sample' : sampleWords(sample)}
        </span>
      )}
      {stale.length === 0 ? null : (
        <span className="stale-badge" {...(brief ? { title: words } : {})}>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <path d="M5 1l4.5 8h-9z" />
          </svg>
          stale: {brief ? briefStaleWords(stale) : words}
        </span>
      )}
      {typed.length === 0 ? null : (
        <span className="typed-badge" {...(brief ? { title: typedWords } : {})}>
          <TypedShape />
          typed: {brief ? briefStaleWords(typed) : typedWords}
        </span>
      )}
    </>
  )
}

function AgeingMark(props: Props) {
  return <StaleMark {...props} nowMs={useNow()} />
}

/** {@link StaleMark} that grows older by itself; nothing while nothing is stale, typed or the sample's. */
export function StaleBadge(props: Props) {
  return props.values.length === 0 ? null : <AgeingMark {...props} />
}
