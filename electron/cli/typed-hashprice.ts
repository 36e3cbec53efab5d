import type { Store } from '#electron/store/sqlite/client.ts'
import type { Accepted } from '#electron/files/questions.ts'
import type { NetworkService } from '#electron/services/network-service.ts'
import type { TypedNetwork } from '#shared/domain/chain/network.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { conditionsOf, withoutSample, withTypedHashprice } from '#shared/ipc/conditions.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { usdPerPh } from '#shared/format/money.ts'
import { hashpriceDoubt, readAdjustment, readHashprice } from '#shared/format/typed-hashprice.ts'
import { UsageError } from './command.ts'
import { refuseSurprise, SURPRISE } from './surprise.ts'

/** What `network set` and `network unset` know beside the values of the sources. */
export const HAND_NAMES = ['hashprice', 'adjustment'] as const
export type HandName = (typeof HAND_NAMES)[number]

/** null takes it back. */
export type HandChange = { readonly name: HandName; readonly text: string | null }

/** Types today's hashprice or the next adjustment beside it, or takes them back. @throws UsageError */
export async function typeByHand(
  service: NetworkService,
  store: Store,
  change: HandChange,
  accepted: Accepted,
): Promise<NetworkState> {
  const known = await service.read()
  const typed =
    change.name === 'hashprice' ? hashpriceFrom(change.text, known) : besideHashprice(change.text, known)
  if (typed !== null && typed.hashpriceUsdPerPhDay !== known.typed?.hashpriceUsdPerPhDay)
    await refuseSlip(store, typed, known, accepted)
  return service.typeHashprice(typed)
}

function hashpriceFrom(text: string | null, known: NetworkState): TypedNetwork | null {
  if (text === null) return null
  const priceUsdPerBtc = withoutSample(known).values.priceUsdPerBtc?.value ?? null
  const { usdPerPhDay, fault, needsPrice } = readHashprice(text, 'USD', { priceUsdPerBtc, usdPerUnit: null })
  if (needsPrice)
    throw new UsageError(
      'network: hashprice: in sat it needs the price of a bitcoin, and none is known: network set priceUsdPerBtc 88.3k',
    )
  if (fault !== null) throw new UsageError(`network: hashprice: ${fault}`)
  if (usdPerPhDay === null)
    throw new UsageError(
      `network: hashprice: '${text}' is not a number: write it like 38.20 or "39.1 sat/TH/day"`,
    )
  const adjustment = known.typed?.adjustment ?? null
  const isAhead = adjustment !== null && adjustment.atMs > known.readAtMs
  return { hashpriceUsdPerPhDay: usdPerPhDay, adjustment: isAhead ? adjustment : null }
}

function besideHashprice(text: string | null, { typed, readAtMs }: NetworkState): TypedNetwork {
  if (typed === undefined)
    throw new UsageError(
      'network: adjustment: it stands beside a typed hashprice: network set hashprice 38.20 first',
    )
  const { hashpriceUsdPerPhDay } = typed
  if (text === null) return { hashpriceUsdPerPhDay, adjustment: null }
  const { adjustment, fault } = readAdjustment(text)
  if (fault !== null || adjustment === null)
    throw new UsageError(`network: adjustment: ${fault ?? 'write it like "-2 % in 2 days"'}`)
  const atMs = readAtMs + adjustment.secondsLeft * 1000
  return { hashpriceUsdPerPhDay, adjustment: { change: adjustment.change, atMs } }
}

/** Against what is known of today, else against what a hashprice has been for years. */
async function refuseSlip(
  store: Store,
  typed: TypedNetwork,
  known: NetworkState,
  accepted: Accepted,
): Promise<void> {
  const after = typed.hashpriceUsdPerPhDay
  const doubt = hashpriceDoubt(after)
  if (doubt !== null && !accepted.has(SURPRISE))
    throw new UsageError(`network: ${doubt} If this is right, --accept ${SURPRISE} takes it.`)
  const before = conditionsOf(withoutSample(known))
  await refuseSurprise(
    'network',
    store,
    {
      name: 'Hashprice',
      thing: { field: 'Hashprice', about: '' },
      before: before === null ? null : hashpriceUsdPerPhDay(before),
      after,
      show: (value) => usdPerPh(value),
      known,
      tried: withTypedHashprice(known, typed),
      terms: new Map(),
    },
    accepted,
  )
}
