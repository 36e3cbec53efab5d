import type { Fleet, SiteColumns } from '../fleet/fleet.ts'
import type { Currency, CurrencyTariff } from '../power/currency.ts'
import { tariffInUsd } from '../power/currency.ts'
import type { AdviceChanges } from './large-change.ts'
import type { Picture } from './picture.ts'

/** A value before it is stored: what would be other with it. */

/** What a site pays, NaN where it is not given. */
export type SiteTerms = {
  readonly powerPriceUsdPerKwh: number
  readonly otherUsdPerKwh: number
  readonly overhead: number
}

/** What sites that pay in a currency would pay at a rate, by key of the site. */
export function termsAtRate(
  sites: SiteColumns,
  tariffs: readonly (CurrencyTariff & { readonly siteKey: number })[],
  currency: Currency,
  usdPerUnit: number,
): ReadonlyMap<number, SiteTerms> {
  return new Map(
    tariffs
      .filter((tariff) => tariff.currency === currency)
      .map((tariff) => {
        const overhead = sites.overhead[sites.key.indexOf(tariff.siteKey)]!
        return [tariff.siteKey, { ...tariffInUsd(tariff, usdPerUnit), overhead }]
      }),
  )
}

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
