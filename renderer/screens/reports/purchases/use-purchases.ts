import { useEffect, useState } from 'react'
import type { Purchase } from '#shared/domain/money/purchase.ts'
import type { PurchasesReturns } from '#shared/domain/money/purchase-returns.ts'
import { api, settle } from '../../../lib/api.ts'
import { changed, done } from '../../../state/actions.ts'
import { engine } from '../../../state/engine.ts'
import { realMarketInputsOf } from '../../../state/question.ts'
import { useStore } from '../../../state/store.ts'

export type StoredPurchase = Purchase & { readonly key: number }

/** What is assumed of the years ahead; growths are fractions a year. */
export type Growths = { readonly priceGrowthPerYear: number; readonly hashrateGrowthPerYear: number }

/** What the engine is told of today and of the years ahead. */
export function investingNow(growths: Growths) {
  const state = useStore.getState()
  return {
    ...growths,
    real: realMarketInputsOf(state, state.network),
    asOfMs: Date.now(),
    discountRatePerYear: state.settings?.discountRatePerYear ?? null,
  }
}

export type KnownPurchases = {
  readonly purchases: readonly StoredPurchase[]
  readonly returns: PurchasesReturns | null
  /** why there are none */
  readonly refusal: string | null
}

/** The stored purchases with their returns, read again with every change of fleet and settings; null until they are known. */
export function usePurchases(growths: Growths): KnownPurchases | null {
  const { priceGrowthPerYear, hashrateGrowthPerYear } = growths
  const revision = useStore((state) => state.fleet?.revision ?? 0)
  const rate = useStore((state) => state.settings?.discountRatePerYear ?? null)
  const network = useStore((state) => state.network)
  const [known, setKnown] = useState<KnownPurchases | null>(null)
  useEffect(() => {
    let ended = false
    const isLate = () => ended
    const read = async () => {
      const answer = await settle(api.purchases.read({}))
      if (isLate()) return
      if (!answer.ok) {
        setKnown({ purchases: [], returns: null, refusal: answer.error.message })
        return
      }
      const { purchases } = answer.value
      const found = await engine().purchases({
        ...investingNow({ priceGrowthPerYear, hashrateGrowthPerYear }),
        purchases,
      })
      if (isLate()) return
      setKnown(
        'refusal' in found
          ? { purchases, returns: null, refusal: found.refusal }
          : { purchases, returns: found.returns, refusal: null },
      )
    }
    read().catch(engine().tellFault)
    return () => void (ended = true)
  }, [revision, rate, network, priceGrowthPerYear, hashrateGrowthPerYear])
  return known
}

export async function removePurchase({ key, name }: StoredPurchase): Promise<void> {
  if ((await done(api.purchases.remove({ key }))) !== null) await changed(`Purchase ${name} removed.`)
}
