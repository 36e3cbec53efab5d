import type { Fleet, MachineColumns } from '#shared/domain/fleet/fleet.ts'

/** Whether a row has a power price of its own and so does not follow its site's. */
export const hasOwnPrice = (machines: Pick<MachineColumns, 'powerPriceUsdPerKwh'>, row: number): boolean =>
  !Number.isNaN(machines.powerPriceUsdPerKwh[row]!)

/** Rows of a site that have a power price of their own. */
export function machinesWithOwnPrice({ machines }: Pick<Fleet, 'machines'>, siteRow: number): number {
  let rows = 0
  for (let row = 0; row < machines.length; row++) {
    if (machines.site[row] === siteRow && hasOwnPrice(machines, row)) rows++
  }
  return rows
}
