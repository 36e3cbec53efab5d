import type { SiteTerms } from '#shared/domain/decision/trial.ts'
import { siteNameKey } from '#shared/domain/fleet/names.ts'
import type { TypedThing } from '#shared/ipc/schemas/remembered.ts'
import type { SiteInput } from '#shared/ipc/schemas/fleet.ts'
import { tariffWords } from '#shared/format/money.ts'
import { percent } from '#shared/format/numbers.ts'
import { questionBefore } from '../../parts/look-ahead.ts'
import type { ShownFleet } from '../../state/fleet-slice.ts'

export type SiteQuestion = {
  readonly words: string
  /** the new value */
  readonly shown: string
  /** what a yes agrees to */
  readonly thing: TypedThing
}

/** @param value a price in the currency of the site */
export const siteThing = (field: string, site: string, value: number): TypedThing => ({
  ...{ field, about: siteNameKey(site), value },
})

/**
 * What is asked before a site is stored as it was edited; null where nothing in it is surprising.
 * @param usdPerUnit of the currency in which the site is to pay
 */
export async function siteQuestion(
  { sites }: ShownFleet,
  row: number,
  site: SiteInput,
  usdPerUnit: number,
): Promise<SiteQuestion | null> {
  const tariff = site.tariff ?? null
  const inUsd = (perKwh: number | null) => (perKwh ?? Number.NaN) * usdPerUnit
  const terms: SiteTerms = {
    powerPriceUsdPerKwh:
      tariff === null ? (site.powerPriceUsdPerKwh ?? Number.NaN) : inUsd(tariff.powerPricePerKwh),
    otherUsdPerKwh: tariff === null ? site.otherUsdPerKwh : inUsd(tariff.otherPerKwh),
    overhead: site.overhead,
  }
  const price = (usdPerKwh: number) => tariffWords(tariff?.currency ?? 'USD', usdPerKwh / usdPerUnit)
  const fields = [
    ['powerPriceUsdPerKwh', 'Power price', price],
    ['otherUsdPerKwh', 'Other cost', price],
    ['overhead', 'Overhead', percent],
  ] as const
  for (const [field, name, show] of fields) {
    const [before, after] = [sites[field][row]!, terms[field]]
    // A price that is taken away leaves its machines without figures, which every screen says.
    if (Number.isNaN(after) || isSame(before, after)) continue
    const whose = sites.name[row]!
    const thing = siteThing(name, whose, field === 'overhead' ? after : after / usdPerUnit)
    const typed = {
      ...{ name: `${name} at ${whose}`, thing, after },
      before: Number.isNaN(before) ? null : before,
    }
    const tried = { sites: new Map([[sites.key[row]!, terms]]) }
    const words = await questionBefore({ ...typed, show, tried })
    if (words !== null) return { words, shown: show(after), thing }
  }
  return null
}

/** But for the rounding of what a rate multiplies. */
const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.abs(a)
