import { StrikelineError } from '#shared/ipc/errors.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import { contractFault } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import type { StoredContracts } from '../port.ts'

/** Contracts as others hold them. */
export type SiteContracts = {
  readonly contracts: readonly {
    readonly siteKey: number
    readonly site: string
    readonly contract: SiteContract
  }[]
  /** machines that do not simply follow */
  readonly policies: readonly { readonly machineKey: number; readonly policy: MachinePolicy }[]
}

// The schemas are loaded when a contract is read or written, not when the program starts.
const schemas = () => import('#shared/ipc/schemas/stored-contract.ts')

/** @throws StrikelineError 'bad-input' that names the site and the field of a stored contract that is not acceptable */
export async function contractsFrom({ contracts, policies }: StoredContracts): Promise<SiteContracts> {
  if (contracts.length === 0) return { contracts: [], policies }
  const { readContractText } = await schemas()
  return {
    contracts: contracts.map(({ siteKey, site, text }) => {
      const read = readContractText(text)
      if ('contract' in read) return { siteKey, site, contract: read.contract }
      throw new StrikelineError(
        'bad-input',
        `The stored contract of ${site}, field ${read.field}: ${read.message}. Save the contract again.`,
        read.field,
      )
    }),
    policies,
  }
}

/** @throws StrikelineError 'bad-input' with the first field that is not acceptable */
export async function acceptedContract(contract: SiteContract): Promise<string> {
  const { contractText, readContractText } = await schemas()
  const text = contractText(contract)
  const read = readContractText(text)
  const fault = 'contract' in read ? contractFault(read.contract) : read
  if (fault !== null) throw new StrikelineError('bad-input', `${fault.field}: ${fault.message}`, fault.field)
  return text
}

/**
 * A contract that came as text from another place.
 * @throws StrikelineError 'bad-input' that names the site and the field that is not acceptable
 */
export async function contractOf(site: string, text: string): Promise<SiteContract> {
  const { readContractText } = await schemas()
  const read = readContractText(text)
  const fault = 'contract' in read ? contractFault(read.contract) : read
  if ('contract' in read && fault === null) return read.contract
  throw new StrikelineError(
    'bad-input',
    `site ${site}, field ${fault!.field}: ${fault!.message}`,
    fault!.field,
  )
}

/** Rewrites stored contracts in today's form; one that is not acceptable any more stays as it is. */
export async function contractRewriter(): Promise<(text: string) => string> {
  const { contractText, readContractText } = await schemas()
  return (text) => {
    const read = readContractText(text)
    return 'contract' in read ? contractText(read.contract) : text
  }
}
