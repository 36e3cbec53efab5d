import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'

export type DayValueRow = readonly [
  day: number,
  column: string,
  source: string,
  value: number,
  fetchedAtMs: number,
]

/** Source of what came from a file. */
export const IMPORTED = 'imported'

/** 0 for what came from a file, then the sources in order, then all others alike. */
export function rankOf(order: readonly string[]): (source: string) => number {
  const ranks = new Map(order.map((source, i) => [source, i + 1]))
  ranks.set(IMPORTED, 0)
  return (source) => ranks.get(source) ?? order.length + 1
}

/**
 * Takes rows one by one and keeps per day and column the one that counts: the lowest rank, of equal ones the youngest. Columns of
 * `length` days from day `first`; NaN where no row came.
 */
export function createChoice(first: number, length: number, rank: (source: string) => number) {
  const sources: string[] = []
  const codes = new Map<string, number>()
  const ranks: number[] = []
  const made = DAILY_COLUMN_NAMES.map((name) => ({
    name,
    value: new Float64Array(length).fill(NaN),
    fetchedAtMs: new Float64Array(length),
    /** of the source that counts, by its place in `sources`; -1 where there is none */
    source: new Int16Array(length).fill(-1),
  }))
  const byName = new Map<string, (typeof made)[number]>(made.map((column) => [column.name, column]))

  function codeOf(source: string): number {
    let code = codes.get(source)
    if (code === undefined) {
      code = sources.push(source) - 1
      codes.set(source, code)
      ranks.push(rank(source))
    }
    return code
  }

  return {
    /** Columns that this program does not know are left alone. */
    take([day, name, source, value, fetchedAtMs]: DayValueRow): void {
      const column = byName.get(name)
      if (column === undefined) return
      const row = day - first
      const code = codeOf(source)
      const before = column.source[row]!
      if (before !== -1) {
        const [mine, its] = [ranks[code]!, ranks[before]!]
        if (mine > its || (mine === its && fetchedAtMs <= column.fetchedAtMs[row]!)) return
      }
      column.value[row] = value
      column.source[row] = code
      column.fetchedAtMs[row] = fetchedAtMs
    },

    columns: Object.fromEntries(made.map(({ name, value }) => [name, value])) as Readonly<
      Record<DailyColumn, Float64Array>
    >,

    /** On how many days each source counts. */
    sourceDays(name: DailyColumn): { source: string; days: number }[] {
      const days = new Array<number>(sources.length).fill(0)
      for (const code of byName.get(name)!.source) if (code !== -1) days[code]!++
      return sources.map((source, code) => ({ source, days: days[code]! })).filter((one) => one.days > 0)
    },
  }
}
