import { SAMPLE, TYPED } from '#shared/ipc/conditions.ts'
import type { DatedValue } from '#shared/ipc/schemas/network.ts'
import { age } from '#shared/format/times.ts'
import { creditWord } from '#shared/format/words.ts'

/** null of none */
export const oldestOf = (values: readonly DatedValue[]): DatedValue | null =>
  values.reduce<DatedValue | null>(
    (oldest, value) => (oldest === null || value.asOfMs < oldest.asOfMs ? value : oldest),
    null,
  )

/** What is said of a value beside its source: two values that say the same need it said once. */
function saidOf(value: DatedValue, nowMs: number): string {
  if (value.source === SAMPLE) return 'sample'
  const state = value.source === TYPED ? 'typed' : value.stale ? 'stale' : 'fresh'
  return `${state} ${age(value.asOfMs, nowMs)}`
}

/** What most values of the network have in common, to be told once for all of them. */
export type SharedAge = {
  /** the oldest of those that have it */
  readonly value: DatedValue
  /** their sources, each once: `mempool, Kraken` */
  readonly credit: string
  /** whether a value says something else, so that it is told beside it */
  readonly differs: (value: DatedValue) => boolean
}

/** null where none of the values is known. Of two that are as frequent the older one is told. */
export function sharedAge(values: readonly (DatedValue | null)[], nowMs: number): SharedAge | null {
  const bySaid = new Map<string, DatedValue[]>()
  for (const value of values) {
    if (value === null) continue
    const said = saidOf(value, nowMs)
    bySaid.set(said, [...(bySaid.get(said) ?? []), value])
  }
  const ageOf = (group: readonly DatedValue[]) => oldestOf(group)!.asOfMs
  const [most] = [...bySaid.values()].sort((a, b) => b.length - a.length || ageOf(a) - ageOf(b))
  const value = oldestOf(most ?? [])
  if (most === undefined || value === null) return null
  const said = saidOf(value, nowMs)
  return {
    value,
    credit: [...new Set(most.map(({ source }) => creditWord(source)))].join(', '),
    differs: (other) => saidOf(other, nowMs) !== said,
  }
}
