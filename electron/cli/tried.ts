import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import type { Tried } from '#shared/domain/ahead/scenario.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import type { Fleet, SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { counted } from '#shared/format/numbers.ts'
import { sitesOfFile } from '#electron/store/sqlite/site-values.ts'
import { numberOption, UsageError } from './command.ts'
import type { Options, OptionSpecs } from './command.ts'

/** Values of today that others are tried in the place of. */
export const triedOptions = {
  price: { type: 'string', value: 'USD', help: 'of a bitcoin today, instead of the one that is known' },
  change: {
    type: 'string',
    value: 'δ',
    help: 'the next adjustment to assume, e.g. -0.05, instead of the estimate',
  },
  'site-price': {
    type: 'string',
    value: 'NAME=USD/KWH',
    repeated: true,
    help: 'what a site pays, e.g. "North=0.042"; several times for several sites',
  },
} as const satisfies OptionSpecs

const [LEAST_USD_PER_KWH, MOST_USD_PER_KWH] = MACHINE_FIELDS.powerPriceUsdPerKwh.bounds

/** @throws UsageError that names the option, or a site that the fleet has not got */
export function triedGiven(
  command: string,
  options: Options<typeof triedOptions>,
  sites: Pick<SiteColumns, 'name'>,
): Tried {
  const { price, change, 'site-price': sitePrices } = options
  return {
    priceUsdPerBtc:
      numberOption(command, 'price', price, { min: 1, max: 1e9, unit: 'USD', typed: 'USD/BTC' }) ??
      NOTHING_TRIED.priceUsdPerBtc,
    change:
      numberOption(command, 'change', change, {
        ...{ min: -0.75, max: 3, unit: '(a fraction: -0.05 is −5 %)', typed: 'share' },
      }) ?? NOTHING_TRIED.change,
    sitePowerPrices: (sitePrices ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => sitePrice(command, line, sites))
      .map((each, i, all) => {
        if (all.findIndex(({ site }) => site === each.site) < i)
          throw new UsageError(`${command}: --site-price names ${each.site} twice`)
        return each
      }),
  }
}

function sitePrice(command: string, text: string, { name }: Pick<SiteColumns, 'name'>) {
  const at = text.lastIndexOf('=')
  if (at < 1)
    throw new UsageError(`${command}: --site-price is '${text}'; write NAME=USD/kWh, e.g. "North=0.042"`)
  const meant = text.slice(0, at).trim()
  const site = name.find((each) => isSameSiteName(each, meant))
  if (site === undefined)
    throw new UsageError(
      `${command}: --site-price, there is no site ${meant} in the fleet; it has ${name.slice(0, 10).join(', ')}`,
    )
  const powerPriceUsdPerKwh = numberOption(command, 'site-price', text.slice(at + 1).trim(), {
    ...{ min: LEAST_USD_PER_KWH, max: MOST_USD_PER_KWH, unit: 'USD/kWh', typed: 'USD/kWh' },
  })
  return { site, powerPriceUsdPerKwh: powerPriceUsdPerKwh! }
}

/**
 * A file names the price of a site in its rows: where it is tried, rows at the price that most of them have take the tried one, as they
 * would once the file is imported.
 */
export function atSitePrices({ machines, sites }: Fleet, { sitePowerPrices }: Tried): Fleet {
  if (sitePowerPrices.length === 0) return { machines, sites }
  const { siteOf, sites: inFile } = sitesOfFile({ machines, sites })
  const usual = siteOf.map((site) => {
    const { name, common } = inFile[site]!
    return sitePowerPrices.some((tried) => isSameSiteName(tried.site, name))
      ? common.powerPriceUsdPerKwh
      : NaN
  })
  const powerPriceUsdPerKwh = machines.powerPriceUsdPerKwh.map((price, row) =>
    price === usual[machines.site[row]!]! ? NaN : price,
  )
  return { sites, machines: { ...machines, powerPriceUsdPerKwh } }
}

/** Machines that pay prices of their own at sites whose price is tried, in a sentence; null where there are none. */
export function ownPriceWords({ machines, sites }: Fleet, { sitePowerPrices }: Tried): string | null {
  const isTried = sites.name.map((name) => sitePowerPrices.some(({ site }) => isSameSiteName(site, name)))
  let own = 0
  for (let row = 0; row < machines.length; row++)
    if (isTried[machines.site[row]!] === true && !Number.isNaN(machines.powerPriceUsdPerKwh[row]!))
      own += machines.quantity[row]!
  if (own === 0) return null
  return `${counted(own, 'machine')} at sites whose power price is tried ${own === 1 ? 'pays a price of its own and keeps it.' : 'pay prices of their own and keep them.'}`
}
