import { hardPressedWords, standDetails } from '#shared/format/market-place-words.ts'
import type { MarketView } from '../../engine/market-view.ts'
import {
  selectHasMachines,
  selectRealMarket,
  selectRealMoney,
  selectRealStaleMargins,
  selectWhatIfActive,
} from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { staleSinceMs } from './signals/basis-words.ts'
import { selectSignals } from './signals/select-signals.ts'

/** The one sentence of the place, and what stands behind it. */
export function HardPressed({ view }: { readonly view: MarketView | undefined }) {
  const market = useStore(selectRealMarket)
  const hasMachines = useStore(selectHasMachines)
  const signals = useStore(selectSignals)
  const money = useStore(selectRealMoney)
  const stale = useStore(selectRealStaleMargins)
  const isTrying = useStore(selectWhatIfActive)
  const nowMs = useNow()
  const refusal = view && 'refusal' in view ? view.refusal : null
  const fleet = view && !('refusal' in view) ? view : null
  const hashprice = market?.hashpriceUsdPerPhDay ?? Number.NaN
  const last = signals?.series.dates.at(-1) ?? null
  const sentence = hardPressedWords(
    {
      hashpriceUsdPerPhDay: hashprice,
      stand: view === undefined ? undefined : (fleet?.now ?? null),
      hasMachines,
      signs: signals === null ? undefined : last === null ? null : signals.combination.stress.signs,
      signsOf: last === null || staleSinceMs(last, nowMs) === null ? null : last,
    },
    money,
  )
  const standAfter = fleet?.after ?? null
  const after =
    fleet === null || standAfter === null || market === null
      ? null
      : {
          ...{ change: market.change, atMs: market.adjustmentAtMs, stand: standAfter },
          hashpriceUsdPerPhDay: fleet.hashpriceAfterUsdPerPhDay,
        }
  return (
    <header className="screen-head">
      <h1>{sentence}</h1>
      <p className="muted">
        {market === null ? (
          'Type a hashprice on Today, or fill in what is missing under Data.'
        ) : (
          <>
            <StaleBadge values={stale} />{' '}
            {fleet === null ? '' : standDetails(fleet.now, after, money).join(' ')}
            {isTrying ? ' What is tried on Today does not count here.' : ''}
          </>
        )}
      </p>
      {refusal === null ? null : (
        <p className="note" role="alert">
          A stored contract cannot be weighed, so where the fleet stands is not known: {refusal}.
        </p>
      )}
    </header>
  )
}
