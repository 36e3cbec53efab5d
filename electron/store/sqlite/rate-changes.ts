import type { SiteColumns } from '#shared/domain/fleet/fleet.ts'
import type { UndoLog } from './undo.ts'
import type { Sites } from './repositories/sites.ts'

export type RateChanges = ReturnType<typeof createRateChanges>

/**
 * Gives what writes rates: one transaction, after which the fleet's revision has grown by one where the figures of a site follow.
 * That is no step of undo: going back to the price of power of an hour ago is nothing that an operator does.
 */
export function createRateChanges(undoLog: UndoLog, sites: Sites) {
  return (write: () => void): { readonly fleetChanged: boolean } => {
    const fleetChanged = undoLog.aside(() => {
      const before = sites.columns()
      write()
      return !isSamePrice(before, sites.columns())
    })
    return { fleetChanged }
  }
}

/** NaN is the same as NaN: a price that stays unknown has not changed. */
function isSamePrice(a: SiteColumns, b: SiteColumns): boolean {
  return a.key.every(
    (_, row) =>
      Object.is(a.powerPriceUsdPerKwh[row], b.powerPriceUsdPerKwh[row]) &&
      Object.is(a.otherUsdPerKwh[row], b.otherUsdPerKwh[row]),
  )
}
