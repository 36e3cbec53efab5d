import type { SiteColumns } from '#shared/domain/fleet/fleet.ts'
import type { UndoLog } from './undo.ts'
import type { Sites } from './repositories/sites.ts'

export type RateChanges = ReturnType<typeof createRateChanges>

/**
 * Makes the writer of rates: one transaction, which raises the fleet's revision by one where figures of a site
 * follow. It is no step of undo: nobody wants to go back to an exchange rate of an hour ago.
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
