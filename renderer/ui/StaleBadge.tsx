import type { StaleValue } from '../lib/stale-values.ts'
import { briefStaleWords, staleWords } from '../lib/stale-values.ts'
import { useNow } from './use-now.ts'

type Props = {
  readonly values: readonly StaleValue[]
  /** the ages stand elsewhere on the screen, and here on hover */
  readonly brief?: boolean
}

/** Stands beside figures that rest on a stale value: a word and a shape, which value it is and how old. */
export function StaleMark({ values, nowMs, brief = false }: Props & { readonly nowMs: number }) {
  const words = staleWords(values, nowMs)
  return (
    <span className="stale-badge" {...(brief ? { title: words } : {})}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d="M5 1l4.5 8h-9z" />
      </svg>
      stale: {brief ? briefStaleWords(values) : words}
    </span>
  )
}

function AgeingMark(props: Props) {
  return <StaleMark {...props} nowMs={useNow()} />
}

/** {@link StaleMark} that grows older by itself; nothing while nothing is stale. */
export function StaleBadge(props: Props) {
  return props.values.length === 0 ? null : <AgeingMark {...props} />
}
