import type { StateCreator } from 'zustand'
import type { WindowState } from './store.ts'

/** Values that stand in for the real ones while someone tries something; null = the real one. Never stored. */
export type WhatIf = {
  readonly priceUsdPerBtc: number | null
  /**
   * Stands for the bitcoin price that makes it, at the difficulty and fees of the moment: so the two exclude each other, and the one that was
   * tried last counts. It stays what it is while difficulty and fees come anew.
   */
  readonly hashpriceUsdPerPhDay: number | null
  /** change at the next adjustment, a fraction */
  readonly change: number | null
  /** site key → USD/kWh */
  readonly sitePowerPrices: ReadonlyMap<number, number>
}

export type WhatIfSlice = {
  readonly whatIf: WhatIf
  tryPrice: (priceUsdPerBtc: number | null) => void
  tryHashprice: (hashpriceUsdPerPhDay: number | null) => void
  tryChange: (change: number | null) => void
  trySitePower: (siteKey: number, powerPriceUsdPerKwh: number | null) => void
  resetWhatIf: () => void
}

const AS_IT_IS: WhatIf = {
  priceUsdPerBtc: null,
  hashpriceUsdPerPhDay: null,
  change: null,
  sitePowerPrices: new Map(),
}

export const whatIfSlice: StateCreator<WindowState, [], [], WhatIfSlice> = (set) => ({
  whatIf: AS_IT_IS,
  tryPrice: (priceUsdPerBtc) =>
    set((state) => ({ whatIf: { ...state.whatIf, priceUsdPerBtc, hashpriceUsdPerPhDay: null } })),
  tryHashprice: (hashpriceUsdPerPhDay) =>
    set((state) => ({ whatIf: { ...state.whatIf, hashpriceUsdPerPhDay, priceUsdPerBtc: null } })),
  tryChange: (change) => set((state) => ({ whatIf: { ...state.whatIf, change } })),
  trySitePower: (siteKey, powerPriceUsdPerKwh) =>
    set((state) => {
      const sitePowerPrices = new Map(state.whatIf.sitePowerPrices)
      if (powerPriceUsdPerKwh === null) sitePowerPrices.delete(siteKey)
      else sitePowerPrices.set(siteKey, powerPriceUsdPerKwh)
      return { whatIf: { ...state.whatIf, sitePowerPrices } }
    }),
  resetWhatIf: () => set({ whatIf: AS_IT_IS }),
})
