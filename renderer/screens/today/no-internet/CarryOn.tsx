import { marketOf } from '#shared/domain/decision/market.ts'
import { conditionsOf, usesSample, withTypedHashprice } from '#shared/ipc/conditions.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { age, longDay } from '#shared/format/times.ts'
import { passedWords } from '#shared/format/answer-words.ts'
import { useStore } from '../../../state/store.ts'
import { useNow } from '../../../ui/use-now.ts'

/** The last values, as old as they are: what has passed since, and that every answer says so. */
export function CarryOn({ network }: { readonly network: NetworkState }) {
  const nowMs = useNow()
  const { closeTyping, typeHashprice } = useStore.getState()
  const untyped = withTypedHashprice(network, null)
  const conditions = conditionsOf(untyped)
  const oldestMs = Math.min(...Object.values(untyped.values).flatMap((value) => value?.asOfMs ?? []))
  const passed =
    conditions === null
      ? null
      : passedWords(marketOf(conditions, { change: null, horizonDays: null }, network.readAtMs))
  const isSample = usesSample(untyped)
  return (
    <section className="panel way" aria-label="Carry the last values on">
      <div>
        <h2>3&ensp;Carry the last values on</h2>
        <p className="note">
          {conditions === null
            ? 'There are none: price, difficulty, height and fees were not all fetched here before.'
            : isSample
              ? 'Those of the sample, which are of no real day.'
              : `From ${longDay(oldestMs)}, ${age(oldestMs, nowMs)}. ${passed ?? 'No adjustment has passed since.'} Every answer says how old they are.`}
        </p>
      </div>
      <button
        type="button"
        className="button"
        disabled={conditions === null}
        onClick={() => {
          closeTyping()
          if (network.typed !== undefined) void typeHashprice(null)
        }}
      >
        Use them
      </button>
    </section>
  )
}
