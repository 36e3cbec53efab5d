import { useEffect, useState } from 'react'
import type { MarketView } from '../../engine/market-view.ts'
import { askEngine } from '../../state/engine.ts'
import { realMarketInputsOf } from '../../state/question.ts'
import { useStore } from '../../state/store.ts'

/** The stored fleet on the axis of the hashprice, asked again with each look at the fleet; undefined until the engine has answered. */
export function useMarketView(): MarketView | undefined {
  const picture = useStore((state) => state.picture)
  const hasFleet = useStore((state) => state.fleet !== null)
  const [view, setView] = useState<MarketView>()
  useEffect(() => {
    // Before it has a fleet the engine answers nothing.
    if (!hasFleet) return
    let isMeant = true
    const state = useStore.getState()
    askEngine(
      (engine) => engine.market(realMarketInputsOf(state, state.network)),
      (found) => {
        if (isMeant) setView(found)
      },
    )
    return () => {
      isMeant = false
    }
  }, [hasFleet, picture])
  return view
}
