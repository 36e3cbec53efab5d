import { basename } from 'node:path'
import type { SitesFile } from '#electron/files/sites/read-sites.ts'
import { siteNameKey } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import type { FleetContracts } from '#shared/domain/decision/decide-with-contracts.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import type { SiteResult } from '#shared/domain/decision/site-results.ts'
import { siteTerms } from '#shared/domain/power/site-terms.ts'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { existing, existingFields } from './json.ts'

/**
 * Contracts of a sites.json for the sites and machines of a fleet.
 * @param file path of the sites.json, for messages
 * @throws StrikelineError 'bad-input' where the file names a site or machine that is not in the fleet, or its prices do not
 * reach over the horizon
 */
export function contractsOfFleet(
  fleet: Fleet,
  sites: SitesFile,
  outlook: Outlook,
  atMs: number | null,
  file: string,
): FleetContracts {
  const fileName = basename(file)
  const contractOf = byFleetSite(fleet, sites.contracts, fileName)
  const policies = policyColumn(fleet, sites.policies, fileName)
  const terms = fleet.sites.name.map((site, i) => {
    const contract = contractOf[i]
    return contract === undefined
      ? null
      : explaining(fileName, () => siteTerms(site, contract, outlook, atMs))
  })
  return { terms, policies }
}

/** Contracts and policies of the stored fleet, in the form of a sites.json. */
export async function storedSites(store: Store, fleet: Fleet): Promise<SitesFile> {
  const { contracts, policies } = await store.readContracts()
  const policyOf = new Map(policies.map(({ machineKey, policy }) => [machineKey, policy]))
  const byId = new Map<string, MachinePolicy>()
  if (policyOf.size > 0) {
    fleet.machines.key.forEach((key, row) => {
      const policy = policyOf.get(key)
      if (policy !== undefined) byId.set(textAt(fleet.machines.id, row), policy)
    })
  }
  return {
    contracts: new Map(contracts.map(({ site, contract }) => [site, contract])),
    policies: byId,
    warnings: [],
  }
}

/** Runs a piece of the engine whose RangeErrors are about what a sites.json says. */
export function explaining<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError)
      throw new StrikelineError('bad-input', `${basename(file)}, ${error.message}`)
    throw error
  }
}

function byFleetSite(
  fleet: Fleet,
  contracts: ReadonlyMap<string, SiteContract>,
  fileName: string,
): readonly (SiteContract | undefined)[] {
  const known = new Map([...contracts].map(([name, contract]) => [siteNameKey(name), contract]))
  const names = new Set(fleet.sites.name.map(siteNameKey))
  for (const name of contracts.keys())
    if (!names.has(siteNameKey(name)))
      throw new StrikelineError(
        'bad-input',
        `${fileName}, field sites: there is no site ${name} in the fleet; it has ${fleet.sites.name.slice(0, 10).join(', ')}`,
      )
  return fleet.sites.name.map((name) => known.get(siteNameKey(name)))
}

function policyColumn(fleet: Fleet, policies: SitesFile['policies'], fileName: string): Uint8Array | null {
  if (policies.size === 0) return null
  const column = new Uint8Array(fleet.machines.length)
  const unseen = new Set(policies.keys())
  for (let i = 0; i < column.length; i++) {
    const id = textAt(fleet.machines.id, i)
    const policy = policies.get(id)
    if (policy === undefined) continue
    column[i] = MACHINE_POLICIES.indexOf(policy)
    unseen.delete(id)
  }
  const [missing] = unseen
  if (missing !== undefined)
    throw new StrikelineError(
      'bad-input',
      `${fileName}, field machines: there is no machine ${missing} in the fleet`,
    )
  return column
}

/** Power prices of the part of the horizon before the adjustment and after it, USD/kWh. */
function pricesOf(result: SiteResult) {
  const { curves, pricesFrom, missingHours } = result.terms!
  const part = (i: 0 | 1) => {
    const curve = curves?.[i]
    if (curve === undefined) return null
    const { hours, sorted, meanUsdPerKwh } = curve
    return existingFields({
      hours,
      meanUsdPerKwh,
      minUsdPerKwh: sorted[0] ?? NaN,
      maxUsdPerKwh: sorted.at(-1) ?? NaN,
    })
  }
  return { from: pricesFrom, now: part(0), after: part(1), missingHours }
}

/** What the command prints about a site. */
export function siteDocument(name: string, result: SiteResult, split: readonly SplitLot[]) {
  const { committed, demandResponse, demandCharge, coincidentPeak, terms } = result
  if (terms === null) throw new Error(`${name} has no contract to print`)
  return {
    site: name,
    timeZone: terms.contract.timeZone,
    prices: pricesOf(result),
    verdicts: result.machines,
    gainUsd: existing(result.gainUsd),
    valueUsd: existingFields(result.valueUsd),
    marginNowUsdPerDay: existingFields(result.marginNowUsdPerDay),
    marginAfterUsdPerDay: existingFields(result.marginAfterUsdPerDay),
    schedule: existingFields(result.schedule),
    takeOrPay:
      committed === null
        ? null
        : {
            committedKwhPerDay: committed.kwhPerDay,
            usedKwhPerDay: committed.usedKwhPerDay,
            handedBackKwhPerDay: committed.handedBackKwhPerDay,
            handBackUsdPerDay: committed.handBackUsdPerDay,
            paidUsdPerDay: existing(committed.paidUsdPerDay),
            upperBoundUsd: existing(committed.upperBoundUsd),
            gapUsd: existing(committed.gapUsd),
            proven: committed.isProven,
            split,
          },
    demandResponse: demandResponse === null ? null : existingFields(demandResponse),
    demandCharge: demandCharge === null ? null : existingFields(demandCharge),
    coincidentPeak: coincidentPeak === null ? null : existingFields(coincidentPeak),
    hosting:
      terms.contract.hosting === null
        ? null
        : {
            model: terms.contract.hosting.model,
            fixedUsdPerDay: existing(result.fixedHostingUsdPerDay),
          },
  }
}

/** A lot whose machines do not all do the same. */
export type SplitLot = {
  readonly id: string
  readonly run: number
  readonly pause: number
  readonly off: number
}
