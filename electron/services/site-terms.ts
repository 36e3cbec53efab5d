import { isDeepStrictEqual } from 'node:util'
import type { ChannelInput } from '#shared/ipc/schemas/channels.ts'
import { contractWith, termsOf } from '#shared/domain/power/contract-terms.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { PriceField } from '#electron/files/sites/read-market-prices.ts'
import { NO_PARTS } from '#electron/store/sqlite/client.ts'
import type { Changed, Store } from '#electron/store/sqlite/client.ts'

/**
 * Stores what was agreed for a site as a file's contract and policies are stored: checked whole, one step of undo.
 * @throws StrikelineError 'conflict' where the stored terms are no longer those that were shown, 'bad-input' with the field
 */
export async function storeTerms(
  store: Pick<Store, 'readContracts' | 'readFleetRevision' | 'takeParts'>,
  { site, terms, before, policies }: ChannelInput<'site.agree'>,
): Promise<Changed> {
  // Before the contracts: what comes between the two is found when they are stored.
  const madeFrom = await store.readFleetRevision()
  const { contracts } = await store.readContracts()
  const stored = contracts.find((each) => isSameSiteName(each.site, site))?.contract ?? null
  if (terms !== null && !isDeepStrictEqual(stored === null ? null : termsOf(stored), before))
    throw new StrikelineError(
      'conflict',
      `The contract of ${site} has been changed elsewhere since it was shown here. Nothing was stored; discard what you typed to see it as it is now.`,
    )
  const gone = (field: PriceField, isGone: boolean) => (isGone ? [{ site, field, file: null }] : [])
  return store.takeParts(
    {
      ...NO_PARTS,
      contracts: terms === null ? [] : [{ site, contract: contractWith(stored, terms) }],
      policies,
    },
    {
      ...{ fileName: `contract of ${site}`, replace: true, leaveUnknown: false, madeFrom },
      undoWords: terms === null ? `Policies at ${site}` : `Contract of ${site}`,
      watching:
        terms === null
          ? []
          : [
              ...gone('market.file', terms.marketAdderUsdPerKwh === null),
              ...gone('takeOrPay.handBackFile', terms.takeOrPay === null),
            ],
    },
  )
}
