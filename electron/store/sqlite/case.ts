import type { CaseInputs, OperatorLimits } from '#shared/domain/decision/case-inputs.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { LIMIT_NAMES } from '#shared/domain/decision/case-inputs.ts'
import { each } from '#shared/domain/fleet/fields.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { acceptedContract, contractOf, contractsFrom } from './contracts.ts'
import type { StoredCase, StoredParts } from '../port.ts'

/** What files bring beside machines, as others hold it: {@link StoredParts} with contracts read. */
export type FileParts = Omit<StoredParts, 'contracts' | 'limits'> & {
  readonly contracts: readonly { readonly site: string; readonly contract: SiteContract }[]
  readonly limits: Partial<OperatorLimits>
}

export const NO_PARTS: FileParts = {
  contracts: [],
  policies: [],
  ladders: [],
  lotLadders: [],
  prices: [],
  limits: {},
}

/** The limits among the settings. */
export function limitsOf(settings: Settings): OperatorLimits {
  return each(LIMIT_NAMES, (name) => settings[name]) as OperatorLimits
}

/** @throws StrikelineError 'bad-input' that names the site and the field of a stored contract that is not acceptable */
export async function caseFrom({ contracts, settings, ...rest }: StoredCase): Promise<CaseInputs> {
  const [read, { settingsFrom }] = await Promise.all([
    contractsFrom({ contracts, policies: [] }),
    import('./settings.ts'),
  ])
  return { ...rest, contracts: read.contracts, limits: limitsOf(settingsFrom(settings)) }
}

/** @throws StrikelineError 'bad-input' with the first field that is not acceptable */
export async function acceptedParts({ contracts, limits, ...rest }: FileParts): Promise<StoredParts> {
  const texts: { readonly site: string; readonly text: string }[] = []
  for (const { site, contract } of contracts) {
    const text = await acceptedContract(contract).catch((error: unknown) => {
      if (!(error instanceof StrikelineError)) throw error
      throw new StrikelineError(error.code, `site ${site}, field ${error.message}`, error.field)
    })
    texts.push({ site, text })
  }
  const { acceptedChange } = await import('./settings.ts')
  return { ...rest, contracts: texts, limits: acceptedChange(limits) }
}

/** @throws StrikelineError 'bad-input' that names the site and the field of a contract that is not acceptable */
export async function partsFrom({ contracts, limits, ...rest }: StoredParts): Promise<FileParts> {
  const read: FileParts['contracts'][number][] = []
  for (const { site, text } of contracts) read.push({ site, contract: await contractOf(site, text) })
  return { ...rest, contracts: read, limits: limits }
}
