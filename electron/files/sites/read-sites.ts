import { basename, dirname, resolve } from 'node:path'
import { z } from 'zod'
import { readJsonFile } from '#electron/files/json.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { adder, contractParts, fieldText, machinePolicySchema } from '#shared/ipc/schemas/site-contract.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { contractFault } from '#shared/domain/power/site-contract.ts'
import { isTimeZone } from '#shared/domain/power/zone-clock.ts'
import { readHourlyPrices } from './read-hourly-prices.ts'

const MAX_BYTES = 20_000_000

const name = z.string('must be a text').trim().min(1, 'must not be empty').max(100)

const siteEntry = z.strictObject({
  site: name,
  ...contractParts,
  market: z
    .strictObject({ file: z.string('must be the name of a file').min(1).max(1000), adderUsdPerKwh: adder })
    .nullable()
    .default(null),
})
type SiteEntry = z.infer<typeof siteEntry>

const sitesFile = z.strictObject(
  {
    sites: z.array(siteEntry, 'must be a list of sites').max(1000),
    machines: z
      .array(z.strictObject({ id: name, policy: machinePolicySchema }))
      .max(1_000_000)
      .default([]),
  },
  'must be an object with sites, and machines where some have a policy',
)

export type SitesFile = {
  /** name of a site → its contract */
  readonly contracts: ReadonlyMap<string, SiteContract>
  /** id of a machine → its policy, where it is not to follow */
  readonly policies: ReadonlyMap<string, MachinePolicy>
  /** what should be known about the price files, in sentences */
  readonly warnings: readonly string[]
}

/**
 * Reads a sites.json: what each site has agreed on, and machines with a policy of their own. Price files are named
 * relative to it.
 * @throws StrikelineError 'bad-input' or 'file-unreadable' that names file and field
 */
export async function readSites(file: string): Promise<SitesFile> {
  const fileName = basename(file)
  const { sites, machines } = parsed(await readJsonFile(file, MAX_BYTES), fileName)
  const contracts = new Map<string, SiteContract>()
  const warnings: string[] = []
  for (const [i, entry] of sites.entries()) {
    const { site } = entry
    const place = `${fileName}, site ${site}`
    if ([...contracts.keys()].some((other) => isSameSiteName(other, site)))
      throw new StrikelineError('bad-input', `${fileName}, field sites[${i}].site: ${site} is there twice`)
    if (!isTimeZone(entry.timeZone)) refuse(place, contractFault({ ...partsOf(entry), market: null }))
    const market = entry.market === null ? null : await marketOf(entry, entry.market, file, place, warnings)
    const contract = { ...partsOf(entry), market }
    refuse(place, contractFault(contract))
    contracts.set(site, contract)
  }
  return { contracts, policies: policiesOf(machines, fileName), warnings }
}

function partsOf(entry: SiteEntry): Omit<SiteContract, 'market'> {
  const { timeZone, tariffs, takeOrPay, demandResponse, demandCharge, coincidentPeak, hosting } = entry
  return { timeZone, tariffs, takeOrPay, demandResponse, demandCharge, coincidentPeak, hosting }
}

async function marketOf(
  { timeZone }: SiteEntry,
  market: NonNullable<SiteEntry['market']>,
  sitesFile: string,
  place: string,
  warnings: string[],
): Promise<SiteContract['market']> {
  const prices = await readHourlyPrices(resolve(dirname(sitesFile), market.file), timeZone)
  if (prices.missingHours > 0)
    warnings.push(
      `${place}: ${basename(market.file)} lacks ${prices.missingHours} of ${prices.usdPerKwh.length} hours, the first at ${new Date(prices.firstMissingMs!).toISOString()}; they are left out`,
    )
  if (prices.averagedHours > 0)
    warnings.push(
      `${place}: ${basename(market.file)} has several rows in ${prices.averagedHours} hours; their mean counts`,
    )
  const { firstHourMs, usdPerKwh } = prices
  return { firstHourMs, usdPerKwh, adderUsdPerKwh: market.adderUsdPerKwh }
}

function parsed(json: unknown, fileName: string): z.infer<typeof sitesFile> {
  const result = sitesFile.safeParse(json)
  if (result.success) return result.data
  const { path, message } = result.error.issues[0]!
  throw new StrikelineError(
    'bad-input',
    path.length === 0 ? `${fileName}: ${message}` : `${fileName}, field ${fieldText(path)}: ${message}`,
  )
}

function policiesOf(
  machines: readonly { readonly id: string; readonly policy: MachinePolicy }[],
  fileName: string,
): Map<string, MachinePolicy> {
  const policies = new Map<string, MachinePolicy>()
  machines.forEach(({ id, policy }, i) => {
    if (policies.has(id))
      throw new StrikelineError('bad-input', `${fileName}, field machines[${i}].id: ${id} is there twice`)
    policies.set(id, policy)
  })
  return policies
}

function refuse(place: string, fault: { readonly field: string; readonly message: string } | null): void {
  if (fault !== null)
    throw new StrikelineError('bad-input', `${place}, field ${fault.field}: ${fault.message}`, fault.field)
}
