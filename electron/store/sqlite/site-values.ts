import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { isSameName } from './check-input.ts'

/** What a site has and a machine may have of its own. */
export const SITE_FIELDS = ['powerPriceUsdPerKwh', 'otherUsdPerKwh', 'overhead'] as const
export type SiteField = (typeof SITE_FIELDS)[number]

/** A site as the rows of a file speak of it. */
export type FileSite = {
  readonly name: string
  readonly rows: number
  /** the value that most of its rows give, the first of equals; NaN where none gives any */
  readonly common: Readonly<Record<SiteField, number>>
}

export type FileSites = {
  readonly sites: readonly FileSite[]
  /** site of the file's fleet → position in `sites`: names that differ in case alone are one */
  readonly siteOf: readonly number[]
}

/** The sites of a file with their commonest values. */
export function sitesOfFile({ machines, sites }: Fleet): FileSites {
  const names: string[] = []
  const siteOf = sites.name.map((name) => {
    const known = names.findIndex((each) => isSameName(each, name))
    return known === -1 ? names.push(name) - 1 : known
  })
  const rows = new Uint32Array(names.length)
  const counts = names.map(() => ({
    powerPriceUsdPerKwh: new Map<number, number>(),
    otherUsdPerKwh: new Map<number, number>(),
    overhead: new Map<number, number>(),
  }))
  for (let i = 0; i < machines.length; i++) {
    const site = siteOf[machines.site[i]!]!
    rows[site]!++
    for (const field of SITE_FIELDS) {
      const value = machines[field][i]!
      const seen = counts[site]![field]
      if (!Number.isNaN(value)) seen.set(value, (seen.get(value) ?? 0) + 1)
    }
  }
  return {
    siteOf,
    sites: names.map((name, site) => ({
      name,
      rows: rows[site]!,
      common: {
        powerPriceUsdPerKwh: commonest(counts[site]!.powerPriceUsdPerKwh),
        otherUsdPerKwh: commonest(counts[site]!.otherUsdPerKwh),
        overhead: commonest(counts[site]!.overhead),
      },
    })),
  }
}

function commonest(counts: ReadonlyMap<number, number>): number {
  let best = NaN
  let most = 0
  for (const [value, count] of counts) {
    if (count > most) {
      best = value
      most = count
    }
  }
  return best
}
