import { describe, expect, it } from 'vitest'
import type { NvtReading, SignalReadings } from '#shared/domain/signals/readings.ts'
import type { Combination } from '#shared/domain/signals/stress.ts'
import { signalSummary, signalWords } from '#shared/format/signal-words.ts'
import { calendarDay } from '#shared/format/times.ts'

const NONE: SignalReadings = {
  nvtRatio: null,
  nvtSignal: null,
  dynamicNvt: null,
  hashRibbons: null,
  puell: null,
  hashprice: null,
  minerNetFlow: null,
  difficulty: null,
}
const day = { row: 99, date: '2026-11-21', value: 40, state: null, daysInState: 0, mayBeOlder: false }
const nvt = (state: NvtReading['state'], value: number, more: Partial<NvtReading> = {}): SignalReadings => ({
  ...NONE,
  dynamicNvt: { ...day, state, value, daysInState: 34, lower: 44, upper: 80, ...more },
})
const adjusted = (...adjustments: number[]): SignalReadings => ({
  ...NONE,
  difficulty: { ...day, value: 1.6e14, adjustments },
})
const combination = (more: Partial<Combination> = {}): Combination => ({
  stress: {
    signs: { hashRibbons: true, puell: true, hashprice: false, minerNetFlow: null },
    level: 'stress',
  },
  nvt: 'value',
  past: { since: '2013-01-01', spells: 5, higher: 4, lower: 1 },
  ...more,
})
const ahead = (change: number, change80: readonly [number, number] = [-0.062, -0.031]) => ({
  change,
  change80,
  atMs: Date.UTC(2026, 10, 26, 12),
  previous: [] as readonly number[],
})
// Narrow spaces are for the eye.
const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')
const summary = (...input: Parameters<typeof signalSummary>) =>
  Object.fromEntries(
    Object.entries(signalSummary(...input)).map(([name, words]) => [name, plain(words)]),
  ) as ReturnType<typeof signalSummary>

describe('the next adjustment in words', () => {
  it('tells change, range, day and whether difficulty eases', () => {
    expect(summary(adjusted(0.012), combination(), ahead(-0.047), 'UTC').adjustment).toBe(
      'The next adjustment is expected at −4.7 %, about 26 Nov (80 % chance of −6.2 … −3.1 %). Difficulty is about to ease: the last one was +1.2 %, but the next is expected below −2 %.',
    )
  })
  it('has no range once it is settled', () => {
    const settled = summary(adjusted(-0.03), combination(), ahead(0.01, [0.01, 0.01]), 'UTC').adjustment
    expect(settled).toContain(
      '+1.0 %, about 26 Nov (settled). Difficulty is easing: the last one was −3.0 %.',
    )
  })
  it('takes the last adjustments from the network, which is fresher than a history may be', () => {
    const fresh = { ...ahead(0.01), previous: [-0.05, 0.02] }
    expect(summary(adjusted(0.03), combination(), fresh).adjustment).toContain('the last one was −5.0 %')
    expect(plain(signalWords('difficulty', adjusted(0.03), fresh)!.state)).toContain('−5.0 %, +2.0 %, next')
  })
  it('says so where it is not known, and nothing of it where nobody asked', () => {
    expect(summary(adjusted(0.01), combination(), null).adjustment).toMatch(
      /^The next adjustment is not known/,
    )
    expect(summary(adjusted(0.01), combination()).adjustment).toBe(
      'Difficulty is not easing: the last one was +1.0 %, and easing begins below −2 %.',
    )
    expect(summary(NONE, combination()).adjustment).toBe('No adjustment is known yet.')
  })
})

describe('the value zone in words', () => {
  it('tells a reading of an earlier day with its date, as past', () => {
    const told = (through?: string) =>
      summary(nvt('neutral', 60), combination(), undefined, undefined, through).nvt
    expect(told('2026-11-30')).toBe(
      'NVT has no reading since 21 Nov 2026: on that day it stood at 60.0, neutral. Its value zone then lay below 44.0.',
    )
    expect(told('2026-11-21')).toMatch(/^NVT is not in its value zone/)
    expect(told()).toMatch(/^NVT is not in its value zone/)
  })
  it('tells since when and how far the edge is', () => {
    expect(summary(nvt('value', 40), combination()).nvt).toBe(
      'NVT is in its value zone, for 34 days, since 19 Oct 2026: it stands at 40.0 and leaves the zone when it rises by 10.0 %, above 44.0.',
    )
    expect(summary(nvt('neutral', 55, { daysInState: 1 }), combination()).nvt).toContain(
      'neutral, for 1 day, since 21 Nov 2026: it stands at 55.0 and enters the zone when it falls by 20.0 %',
    )
    expect(summary(nvt('overheated', 88), combination()).nvt).toContain('its value zone lies 50.0 % lower')
  })
  it('does not claim a beginning that it has not seen', () => {
    expect(summary(nvt('value', 40, { mayBeOlder: true }), combination()).nvt).toContain(
      'for at least 34 days, since 19 Oct 2026 or before',
    )
  })
  it('says what it takes where it is not known', () => {
    expect(summary(NONE, combination()).nvt).toContain('819 days in a row')
  })
})

describe('stress and the combination in words', () => {
  it('names the signs that are on, off and not known', () => {
    expect(summary(NONE, combination()).stress).toBe(
      'Miners are under stress: hash ribbons in capitulation and a low Puell multiple. No sign: hashprice. Not known: miner net flow.',
    )
  })
  it.each([
    [{}, /^Both at once/],
    [{ nvt: 'neutral' }, /^Stress without a value-zone NVT/],
    [{ stress: { ...combination().stress, level: 'one sign' } }, /^A value-zone NVT without stress/],
    [{ nvt: 'neutral', stress: { ...combination().stress, level: 'none' } }, /^Neither/],
    [{ nvt: null }, /not known while one of them is missing/],
  ] as const)('%j', (more, words) => {
    expect(summary(NONE, combination(more)).combination).toMatch(words)
  })
  it('counts the past and does not lean on it', () => {
    expect(summary(NONE, combination()).combination).toContain(
      'came together 5 times a year ago or earlier; 365 days after they began, the price was higher 4 times and lower once. So few cases prove nothing.',
    )
    const never = combination({ past: { since: null, spells: 0, higher: 0, lower: 0 } })
    expect(summary(NONE, never).combination).toContain('have not yet come together')
  })
  it('always ends with what it is not', () => {
    expect(summary(NONE, combination()).caution).toContain('never an input of a verdict')
  })
})

describe('one signal in words', () => {
  it('has none where there is no value', () => {
    expect(signalWords('puell', NONE, null)).toBeNull()
  })
  it('says since when the lowest hashprice counts', () => {
    const hashprice = {
      ...day,
      value: 36,
      lowUsdPerPhDay: 30,
      lowDate: '2024-08-05',
      firstDate: '2023-01-01',
      aboveLow: 0.2,
      percentile1y: 0.004,
      percentile2y: 0.12,
      percentile4y: NaN,
    }
    const words = signalWords('hashprice', { ...NONE, hashprice }, null)!
    expect(plain(words.value)).toBe('$36.00 per PH/s a day')
    expect(plain(words.state)).toBe(
      '20.0 % above the lowest since 1 Jan 2023, $30.00 on 5 Aug 2024; percentile < 1 % over 1 year and 12 % over 2 years',
    )
    const lowest = signalWords('hashprice', { ...NONE, hashprice: { ...hashprice, aboveLow: 0 } }, null)!
    expect(plain(lowest.state)).toMatch(/^the lowest since 1 Jan 2023/)
  })
  it('counts the days of a state', () => {
    const puell = { ...day, value: 0.44, state: 'low' as const, daysInState: 3 }
    expect(signalWords('puell', { ...NONE, puell }, null)).toEqual({
      value: '0.44',
      state: 'low for 3 days, since 19 Nov 2026',
    })
  })
  it('takes the expected adjustment into the easing', () => {
    expect(plain(signalWords('difficulty', adjusted(0.01, -0.05), ahead(-0.03))!.state)).toBe(
      'easing, last adjustments +1.0 %, −5.0 %, next expected −3.0 %',
    )
    expect(plain(signalWords('difficulty', adjusted(0.01), null)!.state)).toBe(
      'not easing, last adjustment +1.0 %',
    )
  })
})

describe('a calendar day', () => {
  it('is the same in every time zone, and missing where it is no day', () => {
    expect(calendarDay('2026-11-01')).toBe('1 Nov 2026')
    expect(calendarDay('soon')).toBe('–')
  })
})
