import { daysOf, wholeMonth } from '#shared/domain/money/ledger/calendar.ts'
import type { Counted, CountedKind, CountedMonth } from '#shared/domain/money/ledger/counted.ts'
import type { Entry, FactOf, PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import type { DailyNetwork, LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { newEntry, usd } from './books.ts'

/** October 2026, of 31 days. */
export const MONTH = '2026-10'
export const DAYS = daysOf(wholeMonth(MONTH))
export const WHOLE = { from: DAYS[0]!, to: DAYS.at(-1)! }

let key = 0

/** A fact that counts in the month. @param corrects of a correction */
export function counts<Kind extends CountedKind>(
  fact: FactOf<Kind>,
  site = '',
  corrects: number | null = null,
): Counted<Kind> {
  const entry: Entry = { ...newEntry(fact, { site, corrects }), key: ++key, recordedMs: 0, batch: 1 }
  return { entry, fact }
}

export function countedMonth(given: Partial<CountedMonth> = {}): CountedMonth {
  return {
    month: MONTH,
    days: DAYS,
    earnings: [],
    payouts: [],
    bills: [],
    meters: [],
    credits: [],
    sales: [],
    costs: [],
    purchases: [],
    openings: [],
    plans: [],
    budgets: [],
    ...given,
  }
}

export function earning(given: Partial<FactOf<'earning'>> = {}, site = ''): Counted<'earning'> {
  return counts(
    {
      kind: 'earning',
      pool: 'A',
      day: DAYS[0]!,
      sat: 0,
      feeSat: null,
      hashratePhs: null,
      price: { usdPerBtc: 100_000, source: 'test' },
      ...given,
    },
    site,
  )
}

export function payout(given: Partial<FactOf<'payout'>> = {}, site = ''): Counted<'payout'> {
  return counts(
    {
      kind: 'payout',
      pool: 'A',
      day: DAYS[0]!,
      sat: 0,
      feeSat: null,
      price: { usdPerBtc: 100_000, source: 'test' },
      ...given,
    },
    site,
  )
}

export function bill(given: Partial<FactOf<'bill'>> = {}, site = 'Dallas'): Counted<'bill'> {
  return counts(
    { kind: 'bill', payee: 'Grid', days: WHOLE, wh: null, amount: usd(0), part: 'all', ...given },
    site,
  )
}

export function meter(wh: number, site = 'Dallas', days = WHOLE): Counted<'meter'> {
  return counts({ kind: 'meter', meter: 'Main', days, wh }, site)
}

export function terms(given: Partial<PoolTerms> = {}): PoolTerms {
  return {
    name: 'A',
    from: '',
    scheme: 'fpps',
    fee: 0.02,
    revenue: 'earned',
    sites: [],
    poolHashrateEhs: null,
    ...given,
  }
}

/** Of one site with 10 PH/s and 170 kW that hash 95 % of the time. */
export function planOf(site = 'Dallas', given: Partial<FactOf<'plan'>> = {}): LedgerMonth['plans'][number] {
  return {
    site,
    isRecorded: true,
    plan: {
      kind: 'plan',
      month: MONTH,
      hashratePhs: 10,
      powerKw: 170,
      uptime: 0.95,
      poolFee: 0.02,
      usdPerKwh: 0.05,
      ...given,
    },
  }
}

/** The same on every day of the month, but for prices that are given. */
export function networkOf(given: {
  readonly difficulty?: number
  readonly subsidyBtc?: number
  readonly feesBtc?: number
  readonly priceUsd?: (day: number) => number
}): DailyNetwork {
  const { difficulty = 1e14, subsidyBtc = 3.125, feesBtc = 0.025, priceUsd = () => 100_000 } = given
  const column = (value: number) => new Float64Array(DAYS.length).fill(value)
  return {
    fromDay: DAYS[0]!,
    priceUsd: Float64Array.from(DAYS, (_, day) => priceUsd(day)),
    difficulty: column(difficulty),
    subsidyBtcPerBlock: column(subsidyBtc),
    feesBtcPerBlock: column(feesBtc),
  }
}
