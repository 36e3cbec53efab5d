import type { Fleet } from '#shared/domain/fleet.ts'

/** Rows of a site that have a power price of their own and so do not follow the site's. */
export function machinesWithOwnPrice({ machines }: Pick<Fleet, 'machines'>, siteRow: number): number {
  let rows = 0
  for (let row = 0; row < machines.length; row++) {
    if (machines.site[row] === siteRow && !Number.isNaN(machines.powerPriceUsdPerKwh[row]!)) rows++
  }
  return rows
}
