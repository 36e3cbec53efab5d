import { MS_PER_DAY } from '../../units.ts'
import type { DecidedMachines } from './decision-log.ts'

/** What following an advice changes for as long as it lasts; of one machine, or of all that were switched. */
export type StakeOfOne = {
  /** how long it lasts: a pause until what it waits for, a start until its end, else until the end of the horizon; unix ms. null: no date was known */
  readonly untilMs: number | null
  /** accepted hashrate that stops, PH/s; below 0 where it starts */
  readonly acceptedPhs: number
  /** avoidable cost that stops, net of standby, USD/day; below 0 where it starts */
  readonly costUsdPerDay: number
  /** restarts that are paid at once */
  readonly restartUsd: number
  /** restarts that are paid at its end: what was paused runs again */
  readonly restartAtEndUsd: number
}

/** A sum of machines whose change lasts equally long. */
export type StakePart = StakeOfOne & {
  /** when a later decision switched them again, or was about them again where nothing was done, unix ms; null: none did */
  readonly againMs: number | null
}

/** A hashprice from a moment on, until the next one's. */
export type ForeseenHashprice = { readonly fromMs: number; readonly usdPerPhDay: number }

/** What was at stake when something was decided. */
export type Stake = {
  readonly parts: readonly StakePart[]
  /** the hashprices that the advice rested on, in order of time, one at least */
  readonly foreseen: readonly ForeseenHashprice[]
}

/** Foreseen revenue of 1 PH/s between two moments, USD: what was foreseen first holds before its moment too, and what was foreseen last for ever. */
export function foreseenUsdPerPh(
  foreseen: readonly ForeseenHashprice[],
  fromMs: number,
  toMs: number,
): number {
  return foreseen.reduce((sum, { fromMs: beginsMs, usdPerPhDay }, i) => {
    const begins = i === 0 ? -Infinity : beginsMs
    const ends = foreseen[i + 1]?.fromMs ?? Infinity
    return sum + (usdPerPhDay * Math.max(0, Math.min(ends, toMs) - Math.max(begins, fromMs))) / MS_PER_DAY
  }, 0)
}

/** Machines of a row, by when they were switched again. */
export type Stretch = { readonly machines: number; readonly againMs: number | null }

/**
 * The stakes of a decision's machines as sums of those that last equally long.
 * @param stretches of the place in the columns: how many machines count, and until when
 * @returns null where what was at stake was not kept
 */
export function stakeParts(
  { stakes, stake, key }: Pick<DecidedMachines, 'stakes' | 'stake' | 'key'>,
  stretches: (place: number) => readonly Stretch[],
): readonly StakePart[] | null {
  if (stakes === undefined || stake === undefined) return null
  const parts = new Map<string, { -readonly [K in keyof StakePart]: StakePart[K] }>()
  for (let place = 0; place < key.length; place++)
    for (const { machines, againMs } of stretches(place)) {
      if (machines === 0) continue
      const one = stakes[stake[place]!]!
      const name = `${one.untilMs} ${againMs}`
      let part = parts.get(name)
      if (part === undefined) {
        part = { untilMs: one.untilMs, againMs, ...NOTHING_AT_STAKE }
        parts.set(name, part)
      }
      for (const figure of FIGURES) part[figure] += machines * one[figure]
    }
  return [...parts.values()]
}

const NOTHING_AT_STAKE = { acceptedPhs: 0, costUsdPerDay: 0, restartUsd: 0, restartAtEndUsd: 0 }
const FIGURES = ['acceptedPhs', 'costUsdPerDay', 'restartUsd', 'restartAtEndUsd'] as const

/** What is at stake with all machines of a decision. */
export function stakeTotals({ parts }: Stake): typeof NOTHING_AT_STAKE {
  const totals = { ...NOTHING_AT_STAKE }
  for (const part of parts) for (const figure of FIGURES) totals[figure] += part[figure]
  return totals
}
