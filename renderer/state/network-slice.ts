import type { StateCreator } from 'zustand'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { TypedNetwork } from '#shared/domain/chain/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import type { Failure } from '#shared/ipc/errors.ts'
import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import { api, settle } from '../lib/api.ts'
import type { WindowState } from './store.ts'

export type NetworkSlice = {
  /** null until the first read */
  readonly network: NetworkState | null
  readonly networkFault: string | null
  readNetwork: () => Promise<void>
  takeNetwork: (network: NetworkState) => void
  refreshNetwork: () => Promise<void>
  /** null takes a typed value back; gives the failure for the field it is about */
  typeValue: (name: NetworkValueName, value: number | null) => Promise<Failure | null>
  /** as {@link NetworkSlice.typeValue}, for today's hashprice as a whole */
  typeHashprice: (typed: TypedNetwork | null) => Promise<Failure | null>
  /** as {@link NetworkSlice.typeValue}, for what one unit of a currency is worth in USD */
  typeRate: (currency: ForeignCurrency, usdPerUnit: number | null) => Promise<Failure | null>
}

export const networkSlice: StateCreator<WindowState, [], [], NetworkSlice> = (set) => ({
  network: null,
  networkFault: null,
  readNetwork: async () => {
    const answer = await settle(api.network.read({}))
    set(answer.ok ? { network: answer.value, networkFault: null } : { networkFault: answer.error.message })
  },
  takeNetwork: (network) => set({ network, networkFault: null }),
  refreshNetwork: async () => {
    set((state) => (state.network === null ? {} : { network: { ...state.network, refreshing: true } }))
    const answer = await settle(api.network.refresh({}))
    set((state) =>
      answer.ok
        ? { network: answer.value, networkFault: null }
        : {
            network: state.network === null ? null : { ...state.network, refreshing: false },
            networkFault: answer.error.message,
          },
    )
  },
  typeValue: async (name, value) => {
    const answer = await settle(api.network.type({ name, value }))
    if (!answer.ok) return answer.error
    set({ network: answer.value, networkFault: null })
    return null
  },
  typeHashprice: async (typed) => {
    const answer = await settle(api.network.typeHashprice({ typed }))
    if (!answer.ok) return answer.error
    set({ network: answer.value, networkFault: null })
    return null
  },
  typeRate: async (currency, usdPerUnit) => {
    const answer = await settle(api.rates.type({ currency, usdPerUnit }))
    if (!answer.ok) return answer.error
    set({ network: answer.value, networkFault: null })
    return null
  },
})
