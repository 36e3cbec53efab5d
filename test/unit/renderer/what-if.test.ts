import { beforeEach, describe, expect, it } from 'vitest'
import { create } from 'zustand'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { selectConditions, selectWantedPrice, selectWhatIfActive } from '#renderer/state/selectors.ts'
import type { WindowState } from '#renderer/state/store.ts'
import { withTypedHashprice } from '#shared/ipc/conditions.ts'
import { triedOf } from '#renderer/state/tried.ts'
import { whatIfSlice } from '#renderer/state/what-if-slice.ts'
import { NETWORK_STATE, NOON_MS } from './network-state.ts'

/** The window's state as far as a market rests on it. */
const useState = create<WindowState>()(
  (...store) =>
    ({
      ...whatIfSlice(...store),
      network: NETWORK_STATE,
      settings: null,
      typingRead: null,
      picture: null,
    }) as unknown as WindowState,
)
const state = () => useState.getState()
/** The hashprice that everything is computed from, with what is tried. */
const hashprice = (change: number | null = null) =>
  marketOf(selectConditions(state())!, { change, horizonDays: null }, state().network!.readAtMs)
    .hashpriceUsdPerPhDay

describe('a hashprice that is tried', () => {
  beforeEach(() => {
    state().resetWhatIf()
    useState.setState({ network: { ...NETWORK_STATE, readAtMs: NOON_MS } })
  })

  it('is the one that everything is computed from, to the last digit that matters', () => {
    const real = hashprice()
    for (const tried of [12, 34.5, 120]) {
      state().tryHashprice(tried)
      expect(hashprice()).toBeCloseTo(tried, 9)
    }
    expect(selectWhatIfActive(state())).toBe(true)
    state().resetWhatIf()
    expect(hashprice()).toBe(real)
    expect(selectWantedPrice(state())).toBe(88_300)
  })

  it('counts adjustments that have passed since the data, also one that is tried', () => {
    useState.setState({ network: { ...NETWORK_STATE, readAtMs: NOON_MS + 20 * MS_PER_DAY } })
    state().tryHashprice(30)
    expect(hashprice()).toBeCloseTo(30, 9)
    state().tryChange(0.1)
    expect(hashprice(0.1)).toBeCloseTo(30, 9)
  })

  it('and a price are two names of one trial: the last one counts', () => {
    state().tryHashprice(30)
    state().tryPrice(90_000)
    expect(selectConditions(state())!.priceUsdPerBtc).toBe(90_000)
    expect(state().whatIf.hashpriceUsdPerPhDay).toBeNull()
    state().tryHashprice(31)
    expect(state().whatIf.priceUsdPerBtc).toBeNull()
    expect(hashprice()).toBeCloseTo(31, 9)
  })
})

describe('what is kept of it', () => {
  beforeEach(() => {
    state().resetWhatIf()
    const sites = { key: Float64Array.of(7, 9), name: ['North', 'Ridge'] }
    useState.setState({ fleet: { sites } as unknown as WindowState['fleet'] })
  })

  it('is what was typed, and a site by its name', () => {
    state().tryPrice(70_000)
    state().tryChange(-0.05)
    state().trySitePower(9, 0.042)
    expect(triedOf(state())).toEqual({
      ...{ priceUsdPerBtc: 70_000, change: -0.05 },
      sitePowerPrices: [{ site: 'Ridge', powerPriceUsdPerKwh: 0.042 }],
    })
    state().resetWhatIf()
    expect(triedOf(state())).toEqual(NOTHING_TRIED)
  })

  it('of a hashprice is the price that makes it: the network at that price pays it', () => {
    state().tryHashprice(34.5)
    const { priceUsdPerBtc } = triedOf(state())
    state().tryPrice(priceUsdPerBtc)
    expect(hashprice()).toBeCloseTo(34.5, 9)
  })

  it('of a hashprice is no price where none is known', () => {
    const values = { ...NETWORK_STATE.values, priceUsdPerBtc: null }
    const typed = { hashpriceUsdPerPhDay: 40, adjustment: null }
    useState.setState({ network: withTypedHashprice({ ...NETWORK_STATE, values }, typed) })
    state().tryHashprice(34.5)
    expect(hashprice()).toBeCloseTo(34.5, 9)
    expect(triedOf(state()).priceUsdPerBtc).toBeNaN()
  })
})
