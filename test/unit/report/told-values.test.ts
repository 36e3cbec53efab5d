import { describe, expect, it } from 'vitest'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { dated, NETWORK_STATE, NOON_MS } from '../renderer/network-state.ts'
import { REPORT_CASE, textOfPages } from './page-text.ts'

/** What the pages say of the values that they rest on. */

const content = { ...REPORT_CASE, network: { ...NETWORK_STATE, rates: { NOK: dated(0.1) } } }
const page = (change: Partial<ReportCase>) => textOfPages({ ...content, ...change })

describe('the report', () => {
  it('speaks of every sum in the one currency that it names', () => {
    const inUsd = page({})
    expect(inUsd).toContain('Money in USD.')
    expect(inUsd).toMatch(/\$\d/)
    const inCrowns = page({ currency: 'NOK' })
    expect(inCrowns).toContain('Money in NOK, computed in USD at 1 NOK = 0.10000 USD')
    expect(inCrowns).toContain('NOK/PH/s/day')
    expect(inCrowns).toMatch(/ \d+\s+NOK a day/)
    expect(inCrowns).toContain('NOK per PH/s a day; area = money a day')
    expect(inCrowns).not.toContain('$')
  })

  it('is in USD and says why where the rate is not known', () => {
    const page1 = page({ currency: 'EUR' })
    expect(page1).toContain('Money in USD, because no rate for EUR is known.')
    expect(page1).not.toContain('€')
  })

  it('says what a source wants said where its values are shown', () => {
    expect(page({})).not.toContain('CoinGecko')
    const ofCoinGecko = (value: number) => ({ ...dated(value), source: 'coingecko' })
    const values = { ...content.network.values, priceUsdPerBtc: ofCoinGecko(88_300) }
    expect(page({ network: { ...content.network, values } })).toContain('Powered by CoinGecko')
    const inCrowns = page({
      currency: 'NOK',
      network: { ...content.network, rates: { NOK: ofCoinGecko(0.1) } },
    })
    expect(inCrowns).toContain('1 NOK = 0.10000 USD (Powered by CoinGecko')
  })

  it('says of a typed hashprice that it was typed and what it leaves out', () => {
    const unknown = Object.fromEntries(
      Object.keys(content.network.values).map((name) => [name, null]),
    ) as typeof content.network.values
    const typed = { hashpriceUsdPerPhDay: 34.5, adjustment: null, typedAtMs: NOON_MS }
    const now = page({ network: { ...content.network, values: unknown, typed } })
    expect(now).toMatch(/Hashprice\s+\$34\.50 per PH\/s a day/)
    expect(now).toContain('Typed by hand: hashprice just now')
    expect(now).toContain(
      'What the adjustment changes, figures in bitcoin and figures by difficulty are left out.',
    )
    expect(now).toContain('money is per day')
    const adjustment = { change: -0.02, atMs: NOON_MS + 2 * 86_400_000 }
    const ahead = page({ network: { ...content.network, values: unknown, typed: { ...typed, adjustment } } })
    expect(ahead).toContain('after the adjustment of about 24 Nov (−2.0 %, typed by hand)')
  })

  it('names a stale value before the figures and among the sources', () => {
    expect(page({})).not.toContain('stale')
    const values = { ...content.network.values, priceUsdPerBtc: dated(88_300, 3, true) }
    const old = page({ network: { ...content.network, values } })
    expect(old.match(/Older than they should be: price 3 h ago/g)).toHaveLength(2)
    expect(old).toMatch(/Bitcoin price\s.{0,90}\sstale\s/)
  })
})

describe('the report on the sample', () => {
  const sample = (value: number) => ({ ...dated(value), source: 'sample', asOfMs: Date.UTC(2026, 9, 5, 9) })
  const values = Object.fromEntries(
    Object.entries(content.network.values).map(([name, value]) => [name, sample(value!.value)]),
  ) as ReportCase['network']['values']

  it('says so before the figures and at each value; none is called stale', () => {
    const text = page({ network: { ...content.network, values } })
    expect(text.match(/sample of 5 Oct 2026: price, difficulty, fees, block height, epoch/g)).toHaveLength(2)
    expect(text.match(/\bsample\s+5 Oct 2026/g)).toHaveLength(6)
    expect(text).not.toContain('stale')
    expect(text).toMatch(/after the adjustment \(80 % range [^)]*%\)/)
    // Its day is nobody's calendar.
    expect(text).toMatch(/It saves\s+\$\d+\s+over \d+ days/)
  })
})

describe('the report on values whose adjustment has passed', () => {
  it('applies it, says so with its range, and dates only what is ahead', () => {
    const text = page({ madeAtMs: NOON_MS + 20 * 86_400_000, asOfMs: NOON_MS + 20 * 86_400_000 })
    expect(text).toMatch(
      /The adjustment that was expected on 2\d November has passed since these values; it is applied as expected/,
    )
    expect(text).toMatch(/after the adjustment of about \d+ Dec/)
  })
})

describe('stored contracts', () => {
  const contract = (takeOrPay: NonNullable<SiteContract['takeOrPay']>) =>
    ({
      ...PLAIN_CASE,
      contracts: [
        {
          siteKey: 1,
          site: 'Harbor',
          contract: { ...NO_CONTRACT, takeOrPay },
        },
      ],
    }) satisfies ReportCase['inputs']

  it('are weighed: what is paid for in any case is run', () => {
    expect(page({})).toMatch(/Power down 3 machines at Harbor now/)
    const committed = page({
      inputs: contract({
        committedKwhPerDay: 300,
        per: 'hour',
        committedUsdPerKwh: 0.08,
        handBackUsdPerKwh: 0,
        handBack: null,
      }),
    })
    expect(committed).toContain('Run everything.')
    expect(committed).not.toContain('not weigh')
  })
})
