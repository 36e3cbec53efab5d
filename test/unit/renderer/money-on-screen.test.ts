import { describe, expect, it, onTestFinished } from 'vitest'
import { VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import { DEFAULT_DISPLAY, setDisplay } from '#shared/format/display.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { columnLooks } from '#renderer/parts/fleet-table/cells.tsx'
import { moneyOf, rateOf } from '#shared/ipc/reporting-money.ts'
import { staleValues, staleWords } from '#shared/format/stale-values.ts'
import { moneyWords } from '#shared/report/money-words.ts'
import {
  selectMoney,
  selectRealMoney,
  selectRealStaleMargins,
  selectStale,
  selectStaleMargins,
} from '#renderer/state/selectors.ts'
import type { WindowState } from '#renderer/state/store.ts'
import { dated, NETWORK_STATE, NOON_MS } from './network-state.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')
const network: NetworkState = { ...NETWORK_STATE, rates: { EUR: dated(1.08), NOK: dated(0.1, 50, true) } }
const NORWEGIAN = { siteKey: 1, currency: 'NOK', powerPricePerKwh: 0.5, otherPerKwh: 0 } as const

const store = (currency: 'USD' | 'EUR' | 'NOK' | 'GBP', known: NetworkState | null = network): WindowState =>
  ({
    settings: { ...DEFAULT_SETTINGS, currency },
    network: known,
    fleet: null,
    whatIf: { priceUsdPerBtc: null, hashpriceUsdPerPhDay: null, change: null, sitePowerPrices: new Map() },
  }) as unknown as WindowState

describe('the money that the screens show', () => {
  it('is in the reporting currency at the rate in force', () => {
    const money = selectMoney(store('EUR'))
    expect([money.currency, money.usdPerUnit]).toEqual(['EUR', 1.08])
    // nothing is drawn again while the rate stays, whatever else of the network has changed
    expect(selectMoney(store('EUR', { ...network, refreshing: true }))).toBe(money)
    expect(selectMoney(store('USD')).currency).toBe('USD')
  })

  it('stays in USD where no rate is known, never at one that nobody gave', () => {
    expect(selectMoney(store('GBP')).currency).toBe('USD')
    expect(selectMoney(store('EUR', null)).currency).toBe('USD')
    const { currency } = moneyOf('EUR', rateOf({ ...network, rates: { EUR: null } }, 'EUR')?.value ?? null)
    expect(currency).toBe('USD')
  })

  it('is in satoshi of the real price where what is tried does not count', () => {
    const before = store('USD')
    setDisplay({ ...DEFAULT_DISPLAY, hashpriceUnit: 'sat-th' })
    onTestFinished(() => setDisplay(DEFAULT_DISPLAY))
    const settings = { ...DEFAULT_SETTINGS, hashpriceUnit: 'sat-th' } as const
    const tried = {
      ...before,
      settings,
      picture: null,
      whatIf: { ...before.whatIf, priceUsdPerBtc: 100_000 },
    }
    // 34.4 USD/PH ÷ 88 300 USD/BTC × 1e8 sat/BTC ÷ 1000 TH/PH
    expect(plain(selectRealMoney(tried).perPh(34.4))).toBe('38.96 sat')
  })

  it('is named in the headings of the table, whose figures have as much room as they need', () => {
    const [dollars, crowns] = [columnLooks(US_DOLLARS), columnLooks(moneyOf('NOK', 0.1))]
    expect([dollars.breakeven.unit, crowns.breakeven.unit]).toEqual(['$/PH/s', 'NOK/PH/s'])
    expect(crowns.powerPrice.unit).toBe('NOK/kWh')
    expect(crowns.margin.title).toContain('NOK')
    const figures = Object.values(crowns).filter((look) => look.figure)
    expect(figures).toHaveLength(12)
    for (const look of [...figures, crowns.advice]) expect(look.mostEm).toBe(Infinity)
  })
})

describe('stale values', () => {
  const old: NetworkState = {
    ...network,
    values: {
      ...network.values,
      priceUsdPerBtc: dated(88_300, 3, true),
      difficulty: dated(162.05e12, 3, true),
      epochBlocks: dated(1500, 5, true),
      epochSeconds: dated(948_000, 8, true),
    },
  }

  it('are named with their age, those of one age together, the epoch once by its older part', () => {
    const said = staleWords(staleValues(old, VALUES_BENEATH.advice, ['NOK', 'EUR']), NOON_MS)
    expect(plain(said)).toBe('price, difficulty 3 h ago; epoch 8 h ago; NOK rate 2 days ago')
  })

  it('values of one name are as old as the oldest of them', () => {
    const epoch = (blocksHoursAgo: number, secondsHoursAgo: number) => ({
      ...NETWORK_STATE,
      values: {
        ...NETWORK_STATE.values,
        epochBlocks: dated(1500, blocksHoursAgo, true),
        epochSeconds: dated(900_000, secondsHoursAgo, true),
      },
    })
    for (const state of [epoch(3, 50), epoch(50, 3)])
      expect(staleWords(staleValues(state, VALUES_BENEATH.advice, []), NOON_MS)).toBe('epoch 2 days ago')
  })

  it('count only where a figure rests on them', () => {
    expect(staleValues(network, VALUES_BENEATH.advice, ['EUR'])).toEqual([])
    expect(staleValues(old, VALUES_BENEATH.margins, [], ['priceUsdPerBtc']).map(({ name }) => name)).toEqual([
      'difficulty',
    ])
    const inCrowns = store('NOK', old)
    expect(selectStale(inCrowns).map(({ name }) => name)).toEqual([
      'price',
      'difficulty',
      'epoch',
      'NOK rate',
    ])
    expect(selectStaleMargins(inCrowns).map(({ name }) => name)).toEqual(['price', 'difficulty', 'NOK rate'])
    const tried = { ...inCrowns, whatIf: { ...inCrowns.whatIf, priceUsdPerBtc: 90_000 } }
    expect(selectStaleMargins(tried).map(({ name }) => name)).toEqual(['difficulty', 'NOK rate'])
    expect(selectRealStaleMargins(tried).map(({ name }) => name)).toEqual(['price', 'difficulty', 'NOK rate'])
  })

  it('include the rate of a currency that a site pays in, whatever money is shown in', () => {
    const fleet = { tariffs: [NORWEGIAN] } as unknown as NonNullable<WindowState['fleet']>
    expect(selectStale({ ...store('USD'), fleet }).map(({ name }) => name)).toEqual(['NOK rate'])
  })
})

describe('money in the report', () => {
  it('names the currency, and each rate with its source and time', () => {
    expect(moneyWords(network, [], 'USD')).toEqual(['Money in USD.'])
    const [money, tariffs] = moneyWords(network, [NORWEGIAN, NORWEGIAN], 'EUR')
    expect(money).toMatch(
      /^Money in EUR, computed in USD at 1 EUR = 1\.0800 USD \(mempool, 22 Nov 2025, .+\)\.$/,
    )
    expect(tariffs).toMatch(/^Tariffs in NOK at 1 NOK = 0\.10000 USD \(mempool, 20 Nov 2025, .+, stale\)\.$/)
  })

  it('says why it is in USD after all', () => {
    expect(moneyWords(network, [{ ...NORWEGIAN, currency: 'BRL' }], 'GBP')).toEqual([
      'Money in USD, because no rate for GBP is known.',
      'No rate for BRL is known: sites that pay in it have no figures.',
    ])
  })
})
