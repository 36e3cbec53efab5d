import type { SiteSupply } from '../../power/supply.ts'
import type { IntervalTimes } from '../schedule/intervals.ts'
import type { Cells } from './site-cells.ts'
import type { Blocks } from './site-cost.ts'
import { perModes } from './same-modes.ts'
import type { Plan } from './site-plans.ts'

/** Blocks in order of time, and where they lie. */
export type TimeBlocks = {
  readonly blocks: Blocks
  /** per interval */
  readonly blockOf: Uint16Array
  readonly times: IntervalTimes
}

/** Every cell by itself: where nothing ties one interval to the next. */
export function blocksOfCells({ cells, pools }: Cells): Blocks {
  return {
    length: cells.length,
    cell: Uint16Array.from(cells, (_, c) => c),
    hours: Float64Array.from(cells, ({ hours }) => hours),
    pool: Uint16Array.from(cells, ({ pool }) => pool),
    kwhOfPool: Float64Array.from(pools, ({ kwh }) => kwh),
  }
}

/**
 * Runs of intervals of one cell, in which nobody has a reason to switch; every interval by itself where switching is limited or energy
 * belongs to a day.
 */
export function blocksOfTime(
  supply: SiteSupply,
  { cellOf, dayOf, kwhOfDay }: Cells,
  hours: Float64Array,
  isFree: boolean,
): TimeBlocks {
  const isByDay = supply.committedPerDay !== null
  const firsts: number[] = []
  const blockOf = new Uint16Array(hours.length)
  for (let i = 0; i < hours.length; i++) {
    // a day's energy may go to some of its hours alone
    const goesOn = isFree && !isByDay && i > 0 && cellOf[i] === cellOf[i - 1]
    if (!goesOn) firsts.push(i)
    blockOf[i] = firsts.length - 1
  }
  const blockHours = new Float64Array(firsts.length)
  for (let i = 0; i < hours.length; i++) blockHours[blockOf[i]!]! += hours[i]!
  return {
    blockOf,
    blocks: {
      length: firsts.length,
      cell: Uint16Array.from(firsts, (i) => cellOf[i]!),
      hours: blockHours,
      pool: Uint16Array.from(firsts, (i) => dayOf[i]!),
      kwhOfPool: kwhOfDay,
    },
    times: {
      atMs: Float64Array.from([...firsts, hours.length], (i) => supply.intervals.atMs[i]!),
      localDay: Uint16Array.from(firsts, (i) => supply.intervals.localDay[i]!),
      stage: Uint16Array.from(firsts, (i) => supply.groups[supply.intervals.group[i]!]!.stage),
    },
  }
}

/** The same plans with a mode per entry of a list of blocks. */
export function spreadOver(over: Uint16Array): (plans: readonly Plan[]) => readonly Plan[] {
  const spread = perModes((modes) => {
    // a loop: with a function per entry, `from` took ten times as long (measured)
    const each = new Uint8Array(over.length)
    for (let i = 0; i < each.length; i++) each[i] = modes[over[i]!]!
    return each
  })
  return (plans) => plans.map(({ count, modes }) => ({ count, modes: spread(modes) }))
}
