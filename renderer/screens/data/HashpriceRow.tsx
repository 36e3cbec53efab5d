import { useCallback } from 'react'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { conditionsOf, TYPED, withTypedHashprice } from '#shared/ipc/conditions.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { MISSING } from '#shared/format/numbers.ts'
import { usdPerPh } from '#shared/format/money.ts'
import { dateTime } from '#shared/format/times.ts'
import { HASHPRICE_FIELD } from '#shared/format/typed-fields.ts'
import { hashpriceDoubt } from '#shared/format/typed-hashprice.ts'
import { useStore } from '../../state/store.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { TypeByHand } from './TypeByHand.tsx'

type Props = {
  readonly network: NetworkState
  readonly nowMs: number
  readonly say: (sentence: string) => void
}

/** What the values come to, and the one figure that stands for all of them where it is typed. */
export function HashpriceRow({ network, nowMs, say }: Props) {
  const typeHashprice = useStore((state) => state.typeHashprice)
  const { typed } = network
  const conditions = conditionsOf(network)
  const value = conditions === null ? null : hashpriceUsdPerPhDay(conditions)
  const adjustment = typed?.adjustment ?? null
  const besideOf = useCallback(
    (usdPerPhDay: number) => ({ hashpriceUsdPerPhDay: usdPerPhDay, adjustment }),
    [adjustment],
  )
  const tryValue = useCallback(
    (next: number) => ({ network: withTypedHashprice(network, besideOf(next)) }),
    [network, besideOf],
  )
  return (
    <tr>
      <th scope="row">Hashprice, per PH/s a day</th>
      <td className="figure strong">{value === null ? MISSING : usdPerPh(value)}</td>
      <td>
        {typed === undefined ? (
          <span className="faint">follows from the values below</span>
        ) : (
          <Freshness
            value={{
              value: typed.hashpriceUsdPerPhDay,
              source: TYPED,
              asOfMs: typed.typedAtMs,
              fetchedAtMs: typed.typedAtMs,
              stale: false,
            }}
            nowMs={nowMs}
          />
        )}
      </td>
      <td className="muted when">{typed === undefined ? MISSING : dateTime(typed.typedAtMs)}</td>
      <td>
        <TypeByHand
          name="Hashprice"
          field={HASHPRICE_FIELD}
          unit="USD/PH/s/day"
          value={value}
          show={(usdPerPhDay) => usdPerPh(usdPerPhDay)}
          faultOf={(usdPerPhDay) => (usdPerPhDay > 0 ? null : 'It must be above 0.')}
          doubtOf={hashpriceDoubt}
          tryValue={tryValue}
          isTyped={typed !== undefined}
          onStore={(next) => typeHashprice(next === null ? null : besideOf(next))}
          say={say}
        />
      </td>
    </tr>
  )
}
