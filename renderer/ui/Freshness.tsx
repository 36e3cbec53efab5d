import type { DatedValue } from '#shared/ipc/schemas/network.ts'
import { SAMPLE, TYPED } from '#shared/ipc/conditions.ts'
import { age, calendarDayOf } from '#shared/format/times.ts'
import { creditWord } from '#shared/format/words.ts'
import { TypedShape } from './TypedShape.tsx'

type Props = {
  readonly value: DatedValue
  readonly nowMs: number
  /** in place of its source, where several are told together */
  readonly credit?: string
}

/** Age and source of a value. Sample, stale and typed are told by a word and a shape, never by colour alone. */
export function Freshness({ value, nowMs, credit = creditWord(value.source) }: Props) {
  if (value.source === TYPED) {
    return (
      <span className="freshness typed">
        <TypedShape />
        typed, {age(value.asOfMs, nowMs)}
      </span>
    )
  }
  if (value.source === SAMPLE)
    return <span className="freshness from-sample">sample, {calendarDayOf(value.asOfMs)}</span>
  return (
    <span className={value.stale ? 'freshness stale' : 'freshness'}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {value.stale ? <path d="M5 1l4.5 8h-9z" /> : <circle cx="5" cy="5" r="3.2" />}
      </svg>
      {value.stale ? 'stale, ' : ''}
      {age(value.asOfMs, nowMs)} · {credit}
    </span>
  )
}
