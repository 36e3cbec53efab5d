import { useOffline } from '../../lib/offline.ts'
import { selectStale } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { tell } from '../../ui/toasts.ts'

/** One press from an answer on old values to one on a typed hashprice, and back. */
export function HashpriceByHand() {
  const isTyped = useStore((state) => state.network?.typed !== undefined)
  const offline = useOffline()
  const isStale = useStore((state) =>
    selectStale(state).some(({ isSample, isTyped: isByHand }) => !isSample && !isByHand),
  )
  const { openTyping, typeHashprice } = useStore.getState()
  const takeBack = async () => {
    const failure = await typeHashprice(null)
    if (failure !== null) tell(failure.message)
  }
  if (!isTyped && !isStale && !offline) return null
  return (
    <span className="by-hand">
      <button type="button" className="button quiet" onClick={openTyping}>
        {isTyped ? 'Type another hashprice' : 'Type a hashprice'}
      </button>
      {isTyped ? (
        <button
          type="button"
          className="button quiet"
          aria-label="Take back the typed hashprice"
          onClick={() => void takeBack()}
        >
          Take back
        </button>
      ) : null}
    </span>
  )
}
