import type { PayCause } from '#shared/domain/money/ledger/month.ts'
import type { Against } from '#shared/format/ledger-month-words.ts'
import type { PayUnit } from './pay-rows.ts'
import { payCauses } from './pay-rows.ts'

/** Of a width of 100. */
type Bar = { readonly from: number; readonly width: number }

type PayBridgeBars = {
  /** where theory stands */
  readonly zero: number
  readonly bars: readonly (Bar & { readonly cause: PayCause; readonly sign: 'less' | 'more' | 'none' })[]
  /** from theory to what came in */
  readonly end: Bar
}

/** Narrower is not seen. */
const LEAST_WIDTH = 0.4

/** Each step begins where the last one ended; the drawing is as wide as they reach. */
export function bridgeBars({ steps }: Pick<Against, 'steps'>, unit: PayUnit): PayBridgeBars {
  const causes = payCauses(unit)
  const ends: number[] = []
  for (const cause of causes) ends.push((ends.at(-1) ?? 0) + steps[cause][unit])
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const x = (value: number) => (high === low ? 50 : ((value - low) / (high - low)) * 100)
  const bar = (one: number, other: number): Bar => {
    const width = Math.max(LEAST_WIDTH, Math.abs(x(other) - x(one)))
    return { from: Math.min(x(one), x(other), 100 - width), width }
  }
  return {
    zero: x(0),
    bars: causes.map((cause, i) => {
      const step = steps[cause][unit]
      const sign = step < 0 ? 'less' : step > 0 ? 'more' : 'none'
      return { cause, sign, ...bar(ends[i]! - step, ends[i]!) }
    }),
    end: bar(0, ends.at(-1)!),
  }
}
