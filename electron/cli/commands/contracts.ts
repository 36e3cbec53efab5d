import { basename } from 'node:path'
import { readSites } from '#electron/files/sites/read-sites.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { storedSites } from '../site-contracts.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'contracts',
  operands: 'list | import SITES.JSON | remove SITE',
  minOperands: 1,
  maxOperands: 2,
  summary: 'the stored contracts of the sites, which decide --contracts weighs',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host, path }) {
    const [verb, operand] = operands
    if (verb === 'list' && operand === undefined) {
      const stored = await withStore(host, options.data, async (store) =>
        storedSites(store, await store.readFleet()),
      )
      const sites = [...stored.contracts].map(([site, contract]) => ({ site, ...contract }))
      const machines = [...stored.policies].map(([id, policy]) => ({ id, policy }))
      if (options.json) await writeLine(host.stdout, JSON.stringify({ sites, machines }))
      else
        for (const { site, ...contract } of sites)
          await writeLine(host.stdout, `${site}: ${partsOf(contract)}`)
    } else if (verb === 'import' && operand !== undefined) {
      const count = await withStore(host, options.data, (store) => importSites(store, path(operand)))
      await writeLine(host.stderr, `${count.sites} contracts and ${count.policies} policies stored`)
    } else if (verb === 'remove' && operand !== undefined) {
      await withStore(host, options.data, async (store) => {
        const { contracts } = await store.readContracts()
        const found = contracts.find(({ site }) => isSameSiteName(site, operand))
        if (found === undefined) throw new StrikelineError('bad-input', `${operand} has no stored contract`)
        await store.putContract(found.siteKey, null)
      })
    } else
      throw new UsageError(
        'contracts: use `contracts list`, `contracts import SITES.JSON` or `contracts remove SITE`',
      )
    return EXIT.done
  },
})

/** Puts the contracts of a file onto the stored sites; all names are looked up before anything is stored. */
async function importSites(store: Store, file: string): Promise<{ sites: number; policies: number }> {
  const name = basename(file)
  const { contracts, policies } = await readSites(file)
  const { sites, machines } = await store.readFleet()
  const siteKeys = [...contracts].map(([site, contract]) => {
    const row = sites.name.findIndex((known) => isSameSiteName(known, site))
    if (row === -1)
      throw new StrikelineError(
        'bad-input',
        `${name}, field sites: there is no site ${site} in the stored fleet`,
      )
    return { key: sites.key[row]!, contract }
  })
  const keyOf = new Map<string, number>()
  if (policies.size > 0)
    for (let i = 0; i < machines.length; i++) keyOf.set(textAt(machines.id, i), machines.key[i]!)
  for (const id of policies.keys()) {
    if (!keyOf.has(id))
      throw new StrikelineError(
        'bad-input',
        `${name}, field machines: there is no machine ${id} in the stored fleet`,
      )
  }
  for (const { key, contract } of siteKeys) await store.putContract(key, contract)
  for (const policy of MACHINE_POLICIES) {
    const keys = [...policies].flatMap(([id, own]) => (own === policy ? [keyOf.get(id)!] : []))
    if (keys.length > 0) await store.setMachinePolicy(keys, policy)
  }
  return { sites: siteKeys.length, policies: policies.size }
}

/** Which parts a contract has, in the field names of a sites.json. */
function partsOf(contract: Readonly<Record<string, unknown>>): string {
  const present = Object.entries(contract).filter(
    ([name, part]) => name !== 'timeZone' && part !== null && !(Array.isArray(part) && part.length === 0),
  )
  return present.map(([name]) => name).join(', ')
}
