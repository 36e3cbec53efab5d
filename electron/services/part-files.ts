import { basename } from 'node:path'
import { readLadderFile } from '#electron/files/ladders/read-ladders.ts'
import type { LadderDefaults } from '#electron/files/ladders/read-ladders.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { meanSize, readMarketPrices, roomOfOne } from '#electron/files/sites/read-market-prices.ts'
import type { PriceField } from '#electron/files/sites/read-market-prices.ts'
import { readSites, sitePrices } from '#electron/files/sites/read-sites.ts'
import type { SitePrices } from '#electron/files/sites/read-sites.ts'
import { TIMES_USUAL } from '#electron/files/questions.ts'
import type { Doubt } from '#electron/files/questions.ts'
import type { Watching } from '#electron/store/port.ts'
import { NO_PARTS } from '#electron/store/sqlite/client.ts'
import type { FileParts, SiteContracts, Store } from '#electron/store/sqlite/client.ts'
import { isSameSiteName, siteNameKey } from '#shared/domain/fleet/names.ts'
import type { MarketPrices } from '#shared/domain/power/market-prices.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { counted } from '#shared/format/numbers.ts'

/** A file of contracts or ladders that was read: what it brings, and what should be known about it, in sentences. */
export type PartFile = {
  readonly fileName: string
  readonly parts: FileParts
  readonly warnings: readonly string[]
  /** what is hardly right; asked before it is stored */
  readonly doubts: readonly Doubt[]
  /** where its prices come from, as it is where they are watched; file null: what the file replaces has no price file */
  readonly watching: readonly Watching[]
}

/** What is watched once a file is stored. */
export const watchingOf = ({ watching }: PartFile, isWatched: boolean): readonly Watching[] =>
  isWatched ? watching : watching.map((each) => ({ ...each, file: null }))

const PRICE_FIELDS: readonly PriceField[] = ['market.file', 'takeOrPay.handBackFile']

/** Reads a sites.json with its price files. @throws StrikelineError that names file and field */
export async function readContractFile(
  store: Pick<Store, 'readContracts'>,
  path: string,
  decimalSign: DecimalSign | null = null,
): Promise<PartFile> {
  const { contracts, policies, warnings, priceFiles } = await readSites(path, decimalSign)
  return {
    fileName: basename(path),
    parts: {
      ...NO_PARTS,
      contracts: [...contracts].map(([site, contract]) => ({ site, contract })),
      policies: [...policies].map(([id, policy]) => ({ id, policy })),
    },
    warnings,
    doubts: doubtsOf(priceFiles, await store.readContracts()),
    watching: [...contracts.keys()].flatMap((site) =>
      PRICE_FIELDS.map((field) => ({
        site,
        field,
        file: priceFiles.find((each) => each.site === site && each.field === field)?.file ?? null,
      })),
    ),
  }
}

/**
 * Reads market prices of one site, which take the place of those in its contract; the rest of the contract stays, what comes on
 * top of each kWh too. Times without a zone are meant in the contract's.
 * @throws StrikelineError that names file, row and column
 */
export async function readPrices(
  store: Pick<Store, 'readContracts'>,
  site: string,
  path: string,
  decimalSign: DecimalSign | null = null,
  field: PriceField = 'market.file',
): Promise<PartFile> {
  const known = await store.readContracts()
  const stored = known.contracts.find((each) => isSameSiteName(each.site, site))?.contract ?? NO_CONTRACT
  const fileName = basename(path)
  const read = await readMarketPrices(path, stored.timeZone, decimalSign, roomOfOne())
  const { currency, fromMs, toMs, perKwh, file, warnings } = read
  return {
    fileName,
    parts: {
      ...NO_PARTS,
      contracts: [{ site, contract: withPrices(stored, site, field, { currency, fromMs, toMs, perKwh }) }],
    },
    doubts: doubtsOf([sitePrices(site, field, read)], known),
    watching: [{ site, field, file }],
    warnings,
  }
}

/** The prices of a field of a contract; null where it has none. */
export const pricesAt = ({ market, takeOrPay }: SiteContract, field: PriceField): MarketPrices | null =>
  field === 'market.file' ? market : (takeOrPay?.handBack ?? null)

function withPrices(
  contract: SiteContract,
  site: string,
  field: PriceField,
  prices: MarketPrices,
): SiteContract {
  const { market, takeOrPay } = contract
  if (field === 'market.file')
    return { ...contract, market: { ...prices, adderUsdPerKwh: market?.adderUsdPerKwh ?? 0 } }
  if (takeOrPay === null)
    throw new StrikelineError(
      'bad-input',
      `${site} has no take-or-pay any more, so hand-back prices count nowhere; stop watching the file, or import the contract again`,
    )
  return { ...contract, takeOrPay: { ...takeOrPay, handBack: prices } }
}

/** Means that no site pays, and those far from the prices until now: of the same site, else of another one. */
function doubtsOf(files: readonly SitePrices[], { contracts }: SiteContracts): readonly Doubt[] {
  return files.flatMap(({ site, field, file, currency, meanPerKwh, doubt }) => {
    const means = contracts.flatMap(({ site: whose, contract }) => {
      const prices = pricesAt(contract, field)
      return prices?.currency === currency ? [{ whose, mean: meanSize(prices.perKwh) }] : []
    })
    const other = means.find(({ whose }) => isSameSiteName(whose, site)) ?? means[0]
    const message =
      doubt ?? (other === undefined ? null : farWords(basename(file.path), currency, meanPerKwh, other))
    if (message === null) return []
    const asked = {
      name: 'mean',
      field,
      about: siteNameKey(site),
      least: meanPerKwh,
      most: meanPerKwh,
    } as const
    return [{ message, asked }]
  })
}

function farWords(
  fileName: string,
  currency: string,
  mean: number,
  other: { readonly whose: string; readonly mean: number },
): string | null {
  const [low, high] = [Math.min(mean, other.mean), Math.max(mean, other.mean)]
  if (high < low * TIMES_USUAL * 0.999 || low === 0) return null
  const short = (value: number) => `${Number(value.toPrecision(3))} ${currency}/kWh`
  return `${fileName}: the mean of the file is ${short(mean)}, where the stored prices of ${other.whose} have ${short(other.mean)}; is the unit of the column right?`
}

/**
 * Reads a profiles.csv, and says where a ladder would never be used in the stored fleet.
 * @throws StrikelineError that names file, row and column
 */
export async function readLadders(
  store: Store,
  path: string,
  defaults: LadderDefaults = {},
): Promise<PartFile> {
  const read = await readLadderFile(path, defaults)
  const fileName = basename(path)
  const parts: FileParts = { ...NO_PARTS, ...read }
  return { fileName, parts, warnings: await uselessLadders(store, parts, fileName), doubts: [], watching: [] }
}

/** A sentence for each ladder whose every point is worse than a machine's own, at any price. */
async function uselessLadders(store: Store, parts: FileParts, fileName: string): Promise<readonly string[]> {
  const found = await store.findUselessLadders(parts)
  return found.map(({ model, firmware, rows, useless, first }) => {
    const whose = firmware === '' ? model || first.id : `${model || first.id} with ${firmware}`
    const of = first.model === '' ? first.id : `${first.id} (${first.model})`
    const measured = `${of} runs at ${first.hashrateThs} TH/s and ${first.powerW} W`
    const likewise = useless === 1 ? '' : `; ${useless} of ${counted(rows, 'row')} are like it`
    return `${fileName}: no profile of ${whose} is ever better than what is measured: ${measured}${likewise}. It is stored, and that point stays the better one at any price.`
  })
}
