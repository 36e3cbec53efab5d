import { expect, it } from 'vitest'
import type { PayCause, PoolMonth } from '#shared/domain/money/ledger/month.ts'
import { payTotal } from '#shared/domain/money/ledger/pay-total.ts'
import { ledgerLackWords } from '#shared/format/ledger-lack-words.ts'
import {
  ledgerMonthWords,
  luckWords,
  poolMonthWords,
  satBtc,
  signedSatBtc,
} from '#shared/format/ledger-month-words.ts'

const NO_STEPS: Readonly<Record<PayCause, number>> = { uptime: 0, fees: 0, luck: 0, price: 0, unexplained: 0 }

const pool = (
  name: string,
  theorySat: number | null,
  steps: Partial<Record<PayCause, number>>,
): PoolMonth => {
  const all = { ...NO_STEPS, ...steps }
  const actualSat = (theorySat ?? 0) + Object.values(all).reduce((sum, step) => sum + step, 0)
  const both = (sat: number) => ({ sat, usdCents: sat / 1000 })
  return {
    ...{ pool: name, scheme: 'fpps', through: null, actualSat, actualUsdCents: actualSat / 1000 },
    theory:
      theorySat === null
        ? null
        : {
            ...both(theorySat),
            steps: Object.fromEntries(
              Object.entries(all).map(([cause, sat]) => [cause, both(sat)]),
            ) as NonNullable<PoolMonth['theory']>['steps'],
            luck: null,
          },
    hashratePhs: null,
    missing: [],
  }
}
const said = (...pools: readonly PoolMonth[]) =>
  ledgerMonthWords({ month: '2026-10', isOver: true, pools }).replaceAll('\u202f', ' ')

it('says what came in, how far from theory and why, so that the parts add up as printed', () => {
  // 100 000 000 expected; −2.44 − 0.14 − 0.55 = −3.13 %: rounded alone they would be −2.4 − 0.1 − 0.6 too
  expect(said(pool('Braiins', 100e6, { uptime: -2.44e6, fees: -0.14e6, unexplained: -0.55e6 }))).toBe(
    'October 2026: 0.969 BTC came in, 3.1 % less than theory: uptime −2.4 %, fees −0.1 %, unexplained −0.6 %.',
  )
  // three times −0.333 %: rounded alone −0.3 each, as printed they are the 1.0 % of the whole
  const third = -333_333
  expect(said(pool('A', 100e6, { uptime: third, fees: third, luck: third }))).toMatch(
    /1\.0 % less than theory: uptime −0\.[34] %, fees −0\.[34] %, luck −0\.[34] %/,
  )
  expect(said(pool('A', 1e6, {}))).toBe('October 2026: 0.01000 BTC came in, as much as theory expects.')
  expect(said(pool('A', 100e6, { uptime: -2e6, luck: 2e6 }))).toContain(
    'as much as theory expects: uptime −2.0 %, luck +2.0 %.',
  )
})

it('adds pools up, and says of which nothing can be expected', () => {
  const known = [
    pool('A', 50e6, { uptime: -1e6 }),
    pool('B', 50e6, { unexplained: 2e6 }),
    pool('C', null, { unexplained: 3e6 }),
  ]
  expect(said(...known)).toBe(
    'October 2026: 1.040 BTC came in. Of it 1.010 BTC from A and B, 1.0 % more than theory: uptime −1.0 %, unexplained +2.0 %; what theory expects of C is not known.',
  )
  const total = payTotal(known)
  expect(total.against?.theory.sat).toBe(100e6)
  expect(total.without).toEqual(['C'])
  const { actual, theory, steps } = total.against!
  for (const of of ['sat', 'usdCents'] as const)
    expect(Object.values(steps).reduce((sum, step) => sum + step[of], theory[of])).toBe(actual[of])
  expect(said(pool('C', null, { unexplained: 3e6 }))).toBe(
    'October 2026: 0.03000 BTC came in. What theory expects is not known.',
  )
  const many = ['D', 'E', 'F', 'G'].map((name) => pool(name, null, { unexplained: 1e6 }))
  expect(said(...known, ...many)).toContain('what theory expects of 5 pools is not known.')
  expect(said({ ...pool('C', null, {}), scheme: null })).toBe(
    'October 2026: no payout came in; what C earned counts with the terms under Pools. What theory expects is not known.',
  )
  expect(said()).toBe('October 2026: nothing came in from a pool.')
  expect(said(pool('A', 0, {}))).toBe('October 2026: no bitcoin came in, as theory expects.')
  expect(said(pool('A', 0, { unexplained: 1e6 }))).toContain('came in, where theory expects nothing.')
})

it('says of a month that is not over through which day it is told', () => {
  const soFar = (...pools: readonly PoolMonth[]) =>
    ledgerMonthWords({ month: '2026-11', isOver: false, pools }).replaceAll('\u202f', ' ')
  expect(soFar(pool('C', null, { luck: 3e6 }))).toBe(
    'November 2026 so far: 0.03000 BTC came in. What theory expects is not known yet.',
  )
  const a = { ...pool('A', 100e6, { uptime: -1e6 }), through: '2026-11-24' }
  expect(soFar(a)).toBe(
    'November 2026 so far, through 24 Nov 2026: 0.990 BTC came in, 1.0 % less than theory: uptime −1.0 %.',
  )
  expect(soFar(a, { ...a, pool: 'B', through: '2026-11-20' })).toContain('November 2026 so far: 1.980 BTC')
  expect(poolMonthWords(a)).toMatch(/^0\.990 BTC came in through 24 Nov 2026, /)
})

it('says where luck went the other way than the rest: at other pools', () => {
  const pools = [pool('A', 50e6, { luck: 9e6 }), pool('B', 50e6, { unexplained: -20e6 })]
  expect(said(...pools)).toContain('luck +9.0 % at some pools, unexplained −20.0 % at others.')
})

it('names luck with its range, and what is not there with what to do', () => {
  const lucky = pool('A', 10e6, {})
  expect(
    luckWords({
      ...lucky,
      theory: { ...lucky.theory!, luck: { blocksExpected: 2.34, lowSat: 5e6, highSat: 15e6 } },
    }),
  ).toBe('0.05000 BTC … 0.150 BTC in 95 of 100 such months, 2.3 blocks expected')
  expect(luckWords(lucky)).toBeNull()
  expect(ledgerLackWords({ what: 'days', of: 'earning', days: ['2026-10-04'] })).toBe(
    'The pool gave no hashrate for 1 day (4 Oct 2026): it is taken as planned.',
  )
  expect(ledgerLackWords({ what: 'price' })).toContain('fill the history in Data')
  expect(ledgerLackWords({ what: 'network' }, false)).not.toContain('fill the history')
  const days = ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`)
  expect(ledgerLackWords({ what: 'days', of: 'bill', days })).toContain(
    '7 days (1 Oct 2026, 2 Oct 2026, 3 Oct 2026, 4 Oct 2026, 5 Oct 2026 and 2 more)',
  )
})

it('writes every satoshi, however many there are', () => {
  const plain = (text: string) => text.replaceAll('\u202f', ' ')
  expect(plain(satBtc(1_234_567_890_123_45))).toBe('1 234 567.89012345')
  expect(satBtc(-1)).toBe('−0.00000001')
  expect(signedSatBtc(41_200_000)).toBe('+0.41200000')
  expect(signedSatBtc(0)).toBe('0.00000000')
  expect(satBtc(Number.NaN)).toBe('–')
})
