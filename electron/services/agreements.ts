import type { SiteAgreements } from '#shared/ipc/schemas/case.ts'
import { contractLines } from '#shared/format/contract-words.ts'
import type { ContractLine } from '#shared/format/contract-words.ts'
import { counted } from '#shared/format/numbers.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { SiteCounts } from '#electron/store/port.ts'

/** What is stored about each site beside its price, in words. Sites about which nothing is stored have no lines. */
export async function readAgreements(
  store: Pick<Store, 'readContracts' | 'readSiteCounts'>,
): Promise<SiteAgreements> {
  const [{ contracts }, counts] = await Promise.all([store.readContracts(), store.readSiteCounts()])
  const contractOf = new Map(contracts.map(({ siteKey, contract }) => [siteKey, contract]))
  return counts.map((at) => {
    const contract = contractOf.get(at.siteKey)
    return {
      siteKey: at.siteKey,
      lines: [...(contract === undefined ? [] : contractLines(contract)), ...countLines(at)]
        .slice(0, 50)
        .map(({ name, words }) => ({ name, words: words.slice(0, 1000) })),
    }
  })
}

function countLines(at: SiteCounts): readonly ContractLine[] {
  const policies = [
    ...(at.protected === 0 ? [] : [`${counted(at.protected, 'row')} protected`]),
    ...(at.exempt === 0 ? [] : [`${counted(at.exempt, 'row')} outside the contract`]),
  ]
  const ladders = [
    ...(at.ownLadders === 0 ? [] : [`${counted(at.ownLadders, 'row')} with measured points of their own`]),
    ...(at.countedLadders === 0 ? [] : [`${counted(at.countedLadders, 'row')} with those of the model`]),
    ...(at.possibleLadders === 0
      ? []
      : [`${counted(at.possibleLadders, 'row')} with possible ones, if they have that firmware`]),
  ]
  return [
    ...(policies.length === 0 ? [] : [{ name: 'Policies', words: policies.join(', ') }]),
    ...(ladders.length === 0 ? [] : [{ name: 'Operating points', words: ladders.join(', ') }]),
  ]
}
