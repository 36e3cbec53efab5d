import type { NetworkConditions } from '../chain/network.ts'
import type { Assumptions, NetworkEpoch, NextAdjustment } from '../ahead/project.ts'
import { epochsAhead } from '../ahead/project.ts'

/** A projection goes no further; at the pace of the target this is 38 years. */
const MOST_EPOCHS = 1000

/**
 * The projection from today to a day of life; the last epoch is cut there. At least one epoch, of no days where the life is over.
 * @throws RangeError where a projection does not reach that day
 */
export function epochsUntil(
  network: NetworkConditions,
  adjustment: NextAdjustment,
  assumptions: Assumptions,
  lastDay: number,
): NetworkEpoch[] {
  const rows: NetworkEpoch[] = []
  for (const { row } of epochsAhead(network, adjustment, assumptions)) {
    const isLast = !(row.startsAtDay + row.days < lastDay)
    rows.push(isLast ? { ...row, days: lastDay - row.startsAtDay } : row)
    if (isLast) return rows
  }
  throw new RangeError(
    `lifeDays: ${lastDay} days lie beyond ${MOST_EPOCHS} epochs of this projection; take a shorter life or less growth`,
  )
}

/** The part of some epochs between two days. */
export function epochsBetween<T extends { readonly startsAtDay: number; readonly days: number }>(
  epochs: readonly T[],
  fromDay: number,
  toDay: number,
): T[] {
  return epochs.flatMap((epoch) => {
    const from = Math.max(epoch.startsAtDay, fromDay)
    const to = Math.min(epoch.startsAtDay + epoch.days, toDay)
    if (!(to > from)) return []
    const isWhole = from === epoch.startsAtDay && to === epoch.startsAtDay + epoch.days
    return [isWhole ? epoch : { ...epoch, startsAtDay: from, days: to - from }]
  })
}
