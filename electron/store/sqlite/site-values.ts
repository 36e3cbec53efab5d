import type { InheritedName } from '#shared/domain/fleet/fields.ts'
import { each, INHERITED_NAMES } from '#shared/domain/fleet/fields.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'

/** A site as the rows of a file speak of it. */
export type FileSite = {
  readonly name: string
  readonly rows: number
  /** the value that most of its rows give, the first of equals; NaN where none gives any */
  readonly common: Readonly<Record<InheritedName, number>>
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
    const known = names.findIndex((other) => isSameSiteName(other, name))
    return known === -1 ? names.push(name) - 1 : known
  })
  const rows = new Uint32Array(names.length)
  const counts = names.map(() => each(INHERITED_NAMES, () => new Map<number, number>()))
  for (let i = 0; i < machines.length; i++) {
    const site = siteOf[machines.site[i]!]!
    rows[site]!++
    for (const field of INHERITED_NAMES) {
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
      common: each(INHERITED_NAMES, (field) => commonest(counts[site]![field])),
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
