import { basename, dirname, resolve } from 'node:path'
import { z } from 'zod'
import { fieldFault, readJsonFile } from '#electron/files/json.ts'
import { siteNameKey } from '#shared/domain/fleet/names.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import type { Fault } from '#shared/domain/power/fault.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { MarketPrices } from '#shared/domain/power/market-prices.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { contractFault } from '#shared/domain/power/site-contract.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { contractSchemas, machinePolicySchema, partsOf } from '#shared/ipc/schemas/site-contract.ts'
import type { WrittenSite } from '#shared/ipc/schemas/site-contract.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { MAX_PRICE_BYTES, readMarketPrices } from './read-market-prices.ts'
import type { MarketPriceFile, PriceField, PriceFile, PriceRoom } from './read-market-prices.ts'

const MAX_BYTES = 20_000_000

const sitesFile = z.strictObject(
  {
    currency: z.enum(CURRENCIES, { error: `must be one of ${CURRENCIES.join(', ')}` }).optional(),
    // Entries are checked one by one: a list of nothing but faults would be one of as many sentences.
    sites: z.array(z.unknown(), 'must be a list of sites').max(1000),
    machines: z.array(z.unknown(), 'must be a list of machines').default([]),
  },
  'must be an object with sites, and machines where some have a policy',
)
const machineSchema = z.strictObject({
  id: z.string('must be a text').trim().min(1, 'must not be empty').max(100),
  policy: machinePolicySchema,
})

export type SitesFile = {
  /** name of a site → its contract */
  readonly contracts: ReadonlyMap<string, SiteContract>
  /** id of a machine → its policy, where it is not to follow */
  readonly policies: ReadonlyMap<string, MachinePolicy>
  /** what should be known about the price files, in sentences */
  readonly warnings: readonly string[]
  readonly priceFiles: readonly SitePrices[]
}

/** Prices of a file, where they count, and why they are hardly right; null where they may well be. */
export type SitePrices = {
  readonly site: string
  readonly field: PriceField
  readonly file: PriceFile
  readonly currency: Currency
  readonly meanPerKwh: number
  readonly doubt: string | null
}

export const sitePrices = (
  site: string,
  field: PriceField,
  { file, currency, meanPerKwh, doubt }: MarketPriceFile & { readonly file: PriceFile },
): SitePrices => ({ site, field, file, currency, meanPerKwh, doubt })

/**
 * Reads a sites.json: what each site has agreed on, and machines with a policy of their own. Price files are named
 * relative to it. A currency beside `sites` is that of every site that names none.
 * @throws StrikelineError 'bad-input' or 'file-unreadable' that names file and field
 */
export async function readSites(file: string, decimalSign: DecimalSign | null = null): Promise<SitesFile> {
  const fileName = basename(file)
  const { currency, sites, machines } = parsed(sitesFile, await readJsonFile(file, MAX_BYTES), fileName, [])
  const contracts = new Map<string, SiteContract>()
  const names = new Set<string>()
  const warnings: string[] = []
  const priceFiles: SitePrices[] = []
  const room = {
    bytes: MAX_PRICE_BYTES,
    advice: `left of the ${MAX_PRICE_BYTES / 1e6} MB that the price files of one sites.json have together: leave out what is past`,
  }
  for (const [i, document] of sites.entries()) {
    const own = currency === undefined || typeof document !== 'object' ? document : { currency, ...document }
    const entry = parsed(contractSchemas(own).written, own, fileName, ['sites', i])
    const { site } = entry
    const place = `${fileName}, site ${site}`
    if (names.size === names.add(siteNameKey(site)).size)
      throw new StrikelineError('bad-input', `${fileName}, field sites[${i}].site: ${site} is there twice`)
    const parts = partsOf(entry)
    if ('field' in parts) throw refusal(place, parts)
    const prices = (field: PriceField, name: string) =>
      pricesOf(resolve(dirname(file), name), parts.timeZone, place, field, {
        ...{ site, warnings, priceFiles, decimalSign, room },
      })
    const contract = {
      ...parts,
      takeOrPay: await takeOrPayOf(entry.takeOrPay, prices),
      market: await marketOf(entry.market, place, prices),
    }
    const fault = contractFault(contract)
    if (fault !== null) throw refusal(place, fault)
    contracts.set(site, contract)
  }
  return { contracts, policies: policiesOf(machines, fileName), warnings, priceFiles }
}

type PriceReader = (field: PriceField, name: string) => Promise<MarketPrices>

async function takeOrPayOf(
  written: WrittenSite['takeOrPay'],
  prices: PriceReader,
): Promise<SiteContract['takeOrPay']> {
  if (written === null) return null
  const { handBackFile, ...takeOrPay } = written
  return {
    ...takeOrPay,
    handBack: handBackFile === null ? null : await prices('takeOrPay.handBackFile', handBackFile),
  }
}

async function marketOf(
  written: WrittenSite['market'],
  place: string,
  prices: PriceReader,
): Promise<SiteContract['market']> {
  if (written === null) return null
  const read = await prices('market.file', written.file)
  refuseOtherCurrency(written.currency, read.currency, place, written.file)
  return { ...read, adderUsdPerKwh: written.adderUsdPerKwh }
}

function refuseOtherCurrency(named: Currency | null, inFile: Currency, place: string, file: string): void {
  if (named !== null && named !== inFile)
    throw refusal(place, {
      field: 'market.currency',
      message: `is ${named}, but the prices of ${file} are in ${inFile}, as their heading says`,
    })
}

async function pricesOf(
  file: string,
  timeZone: string,
  place: string,
  field: PriceField,
  {
    site,
    warnings,
    priceFiles,
    decimalSign,
    room,
  }: {
    readonly site: string
    readonly warnings: string[]
    readonly priceFiles: SitePrices[]
    readonly decimalSign: DecimalSign | null
    /** left of what all price files may have together */
    readonly room: PriceRoom
  },
): Promise<MarketPrices> {
  const read = await readMarketPrices(file, timeZone, decimalSign, room).catch((error: unknown) => {
    if (error instanceof StrikelineError)
      throw new StrikelineError(error.code, `${place}, field ${field}: ${error.message}`, field)
    throw error
  })
  const { currency, fromMs, toMs, perKwh, doubt } = read
  const found = doubt === null ? null : `${place}, field ${field}: ${doubt}`
  priceFiles.push({ ...sitePrices(site, field, read), doubt: found })
  warnings.push(...read.warnings.map((warning) => `${place}: ${warning}`))
  return { currency, fromMs, toMs, perKwh }
}

function parsed<T>(schema: z.ZodType<T>, json: unknown, fileName: string, path: readonly PropertyKey[]): T {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  throw fieldFault(fileName, json, result.error.issues[0]!, path)
}

function policiesOf(machines: readonly unknown[], fileName: string): Map<string, MachinePolicy> {
  const policies = new Map<string, MachinePolicy>()
  machines.forEach((machine, i) => {
    const { id, policy } = parsed(machineSchema, machine, fileName, ['machines', i])
    if (policies.has(id))
      throw new StrikelineError('bad-input', `${fileName}, field machines[${i}].id: ${id} is there twice`)
    policies.set(id, policy)
  })
  return policies
}

function refusal(place: string, { field, message }: Fault): StrikelineError {
  return new StrikelineError('bad-input', `${place}, field ${field}: ${message}`, field)
}
