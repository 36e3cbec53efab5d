import type { StaleValue } from '#shared/format/stale-values.ts'
import { sampleWords, staleWords } from '#shared/format/stale-values.ts'
import { TypedShape } from './TypedShape.tsx'
import { useNow } from './use-now.ts'

type Props = { readonly values: readonly StaleValue[] }

/** Stands beside figures that rest on a stale or typed value or on the sample: a word and a shape, which value it is and how old. */
export function StaleMark({ values, nowMs }: Props & { readonly nowMs: number }) {
  const sample = values.filter(({ isSample }) => isSample)
  const typed = values.filter(({ isTyped }) => isTyped)
  const stale = values.filter(({ isSample, isTyped }) => !isSample && !isTyped)
  return (
    <>
      {sample.length === 0 ? null : <span className="sample-badge">{sampleWords(sample)}</span>}
      {stale.length === 0 ? null : (
        <span className="stale-badge">
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <path d="M5 1l4.5 8h-9z" />
          </svg>
          stale: {staleWords(stale, nowMs)}
        </span>
      )}
      {typed.length === 0 ? null : (
        <span className="typed-badge">
          <TypedShape />
          typed: {staleWords(typed, nowMs)}
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
