import { basename } from 'node:path'
import { readLadderFile } from '#electron/files/ladders/read-ladders.ts'
import type { LadderDefaults } from '#electron/files/ladders/read-ladders.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { readMarketPrices } from '#electron/files/sites/read-market-prices.ts'
import { meanAsked, readSites } from '#electron/files/sites/read-sites.ts'
import type { Doubt } from '#electron/files/questions.ts'
import { NO_PARTS } from '#electron/store/sqlite/client.ts'
import type { FileParts, Store } from '#electron/store/sqlite/client.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { counted } from '#shared/format/numbers.ts'

/** A file of contracts or ladders that was read: what it brings, and what should be known about it, in sentences. */
export type PartFile = {
  readonly fileName: string
  readonly parts: FileParts
  readonly warnings: readonly string[]
  /** what is hardly right; asked before it is stored */
  readonly doubts: readonly Doubt[]
}

/** Reads a sites.json with its price files. @throws StrikelineError that names file and field */
export async function readContractFile(
  path: string,
  decimalSign: DecimalSign | null = null,
): Promise<PartFile> {
  const { contracts, policies, warnings, doubts } = await readSites(path, decimalSign)
  return {
    fileName: basename(path),
    parts: {
      ...NO_PARTS,
      contracts: [...contracts].map(([site, contract]) => ({ site, contract })),
      policies: [...policies].map(([id, policy]) => ({ id, policy })),
    },
    warnings,
    doubts,
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
): Promise<PartFile> {
  const { contracts } = await store.readContracts()
  const stored = contracts.find((each) => isSameSiteName(each.site, site))?.contract ?? NO_CONTRACT
  const fileName = basename(path)
  const { missing, repeatedRows, doubt, ...prices } = await readMarketPrices(
    path,
    stored.timeZone,
    decimalSign,
  )
  const adderUsdPerKwh = stored.market?.adderUsdPerKwh ?? 0
  return {
    fileName,
    parts: {
      ...NO_PARTS,
      contracts: [{ site, contract: { ...stored, market: { ...prices, adderUsdPerKwh } } }],
    },
    doubts:
      doubt === null
        ? []
        : [{ message: doubt.message, asked: meanAsked(site, 'market.file', doubt.meanPerKwh) }],
    warnings: [
      ...(missing.firstMs === null
        ? []
        : [
            `${fileName} lacks ${counted(missing.intervals, 'interval')}, the first at ${new Date(missing.firstMs).toISOString()}; where the horizon needs one, the same time of another day stands in`,
          ]),
      ...(repeatedRows === 0
        ? []
        : [`${fileName} says the same in ${counted(repeatedRows, 'row')} more than once; they count once`]),
    ],
  }
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
  return { fileName, parts, warnings: await uselessLadders(store, parts, fileName), doubts: [] }
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
