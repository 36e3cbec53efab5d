import type { AdviceChanges } from '#shared/domain/decision/large-change.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { SiteTerms } from './protocol.ts'

/** The fleet with sites that pay on the terms that are tried. */
export function withTerms({ machines, sites }: Fleet, terms: ReadonlyMap<number, SiteTerms>): Fleet {
  const column = (name: keyof SiteTerms) =>
    sites[name].map((value, row) => terms.get(sites.key[row]!)?.[name] ?? value)
  return {
    machines,
    sites: {
      ...sites,
      powerPriceUsdPerKwh: column('powerPriceUsdPerKwh'),
      otherUsdPerKwh: column('otherUsdPerKwh'),
      overhead: column('overhead'),
    },
  }
}

/** Machines whose verdict differs between two pictures of the same rows; a verdict that is gone or new differs too. */
export function changesBetween(
  { machines: { quantity } }: Fleet,
  before: Picture | null,
  after: Picture | null,
): AdviceChanges {
  let machines = 0
  for (const lot of quantity) machines += lot
  const [from, to] = [before?.advice?.decisions.verdict, after?.advice?.decisions.verdict]
  if (from === undefined || to === undefined) return { changed: null, machines }
  let changed = 0
  for (let row = 0; row < quantity.length; row++) if (from[row] !== to[row]) changed += quantity[row]!
  return { changed, machines }
}
