import type { SitesFile } from '#electron/files/sites/read-sites.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'

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
    priceFiles: [],
  }
}
