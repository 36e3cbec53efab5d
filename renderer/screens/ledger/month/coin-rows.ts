import { SATS_PER_BTC } from '#shared/domain/units.ts'
import type { CoinLot, CoinMonth, LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { marketShare } from '#shared/domain/money/ledger/coin-market.ts'
import { inUsd, satBtc, signedSatBtc } from '#shared/format/ledger-month-words.ts'
import { usdCents, usdWhole } from '#shared/format/money.ts'
import { MISSING } from '#shared/format/numbers.ts'
import { calendarDay } from '#shared/format/times.ts'

const cents = (value: number) => usdCents(inUsd(value))
const signed = (value: number) => (value > 0 ? `+${cents(value)}` : cents(value))
/** What a bitcoin came to; an en dash where there is none. */
const perBtc = (usdCentsValue: number, sat: number) =>
  sat === 0 ? MISSING : usdWhole((inUsd(usdCentsValue) / sat) * SATS_PER_BTC)

type CoinRow = {
  readonly name: string
  readonly figures: readonly string[]
  readonly isTotal: boolean
}

/** Bitcoin of the month, to the satoshi and at cost: columns add up. */
export function coinRows(coins: CoinMonth): readonly CoinRow[] {
  const row = (
    name: string,
    sat: number,
    usd: number,
    looks: { isStep?: boolean; isTotal?: boolean } = {},
  ) => ({
    name,
    figures: [
      looks.isStep === true ? signedSatBtc(sat) : satBtc(sat),
      looks.isStep === true ? signed(usd) : cents(usd),
      perBtc(usd, sat),
    ],
    isTotal: looks.isTotal ?? false,
  })
  return [
    row('At the beginning', coins.openingSat, coins.openingUsdCents),
    row('Received', coins.receivedSat, coins.receivedUsdCents, { isStep: true }),
    row('Sold', 0 - coins.soldSat, 0 - coins.soldCostUsdCents, { isStep: true }),
    row('At the end', coins.closingSat, coins.closingUsdCents, { isTotal: true }),
  ]
}

type LotRow = { readonly lot: CoinLot; readonly day: string; readonly figures: readonly string[] }

/**
 * The first lots that are left, oldest first, each at cost and at its share of the market value: all of them add up to the end of the
 * month.
 */
export function lotRows(coins: CoinMonth, atMost = coins.lots.length): readonly LotRow[] {
  let before = 0
  return coins.lots.slice(0, atMost).map((lot) => {
    const market = marketShare(coins, before, before + lot.sat)
    before += lot.sat
    return {
      lot,
      day: calendarDay(lot.day),
      figures: [
        satBtc(lot.sat),
        cents(lot.costUsdCents),
        perBtc(lot.costUsdCents, lot.sat),
        market === null ? MISSING : cents(market),
        market === null ? MISSING : signed(market - lot.costUsdCents),
      ],
    }
  })
}

/** What coins are worth more than they cost at the month's end, USD cents; null without a price. */
export const unrealisedUsdCents = ({ marketUsdCents, closingUsdCents }: CoinMonth): number | null =>
  marketUsdCents === null ? null : marketUsdCents - closingUsdCents

/** Sums below the lots. */
export const lotTotals = (coins: CoinMonth): readonly string[] => {
  const more = unrealisedUsdCents(coins)
  return [
    satBtc(coins.closingSat),
    cents(coins.closingUsdCents),
    perBtc(coins.closingUsdCents, coins.closingSat),
    coins.marketUsdCents === null ? MISSING : cents(coins.marketUsdCents),
    more === null ? MISSING : signed(more),
  ]
}

/** What selling brought, what the rest is worth, and what was earned and has not come, in one sentence each. */
export function coinWords({ coins, balances }: Pick<LedgerMonth, 'coins' | 'balances'>): readonly string[] {
  const more = unrealisedUsdCents(coins)
  const owedSat = balances.reduce(
    (sum, { account, sat }) => (account === 'poolReceivable' ? sum + (sat ?? 0) : sum),
    0,
  )
  return [
    ...(owedSat > 0
      ? [`${satBtc(owedSat)} BTC was earned at pools and is not paid out: it counts above once it is.`]
      : []),
    coins.soldSat === 0
      ? 'Nothing was sold.'
      : `Sales brought ${cents(Math.abs(coins.gainUsdCents))} ${coins.gainUsdCents < 0 ? 'less' : 'more'} than the coins had cost, fees included.`,
    ...(more === null || coins.closingSat === 0
      ? []
      : [
          `What is held is worth ${cents(coins.marketUsdCents!)} at the price of the month’s last day, ${cents(Math.abs(more))} ${more < 0 ? 'less' : 'more'} than it cost; the books keep it at cost.`,
        ]),
  ]
}
