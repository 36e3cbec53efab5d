import { describe, expect, it } from 'vitest'
import {
  age,
  calendarDay,
  calendarMonth,
  dateTime,
  dayMonth,
  days,
  duration,
  longDay,
  moment,
} from '#shared/format/times.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import type { Verdict } from '#shared/domain/decision/words.ts'
import type { AdviceMoney } from '#shared/format/advice-words.ts'
import { adviceMoney, scheduleWords } from '#shared/format/advice-words.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')
const NOON = Date.UTC(2025, 10, 26, 12)

describe('ages and dates', () => {
  it('says how long ago in the largest whole unit', () => {
    const ago = (ms: number) => plain(age(NOON - ms, NOON))
    expect(ago(20_000)).toBe('just now')
    expect(ago(2 * 60_000)).toBe('2 min ago')
    expect(ago(59 * 60_000 + 59_000)).toBe('59 min ago')
    expect(ago(3 * 3_600_000)).toBe('3 h ago')
    expect(ago(47 * 3_600_000)).toBe('47 h ago')
    expect(ago(5 * 86_400_000)).toBe('5 days ago')
  })

  it('does not call a time ahead of the clock fresh', () => {
    expect(age(NOON + 10 * 60_000, NOON)).toBe('in the future')
    expect(age(Number.NaN, NOON)).toBe('–')
  })

  it('writes days in the zone asked for', () => {
    expect(dayMonth(NOON, 'UTC', NOON)).toBe('26 Nov')
    expect(dayMonth(NOON, 'Pacific/Kiritimati', NOON)).toBe('27 Nov')
    expect(longDay(NOON, 'UTC', NOON)).toBe('26 November')
    expect(dateTime(NOON, 'UTC')).toBe('26 Nov 2025, 12:00 UTC')
    expect(dayMonth(Number.NaN, 'UTC')).toBe('–')
  })

  it('writes the year where it is another one than now', () => {
    const newYear = Date.UTC(2026, 0, 3, 14, 2)
    expect(dayMonth(newYear, 'UTC', NOON)).toBe('3 Jan 2026')
    expect(longDay(newYear, 'UTC', NOON)).toBe('3 January 2026')
    expect(dayMonth(NOON, 'UTC', newYear)).toBe('26 Nov 2025')
    expect(moment(NOON, newYear, 'UTC')).toBe('26 Nov 2025, 12:00')
    // The same day and month a year before is not today.
    expect(moment(NOON, NOON + 365 * 86_400_000, 'UTC')).toBe('26 Nov 2025, 12:00')
    // Which year it is depends on where one is.
    const midnight = Date.UTC(2026, 0, 1)
    expect(dayMonth(midnight + 3_600_000, 'America/New_York', midnight - 3_600_000)).toBe('31 Dec')
    expect(dayMonth(midnight + 3_600_000, 'Europe/Berlin', midnight - 7_200_000)).toBe('1 Jan 2026')
  })

  it('writes every short month with three letters', () => {
    const september = Date.UTC(2026, 8, 5, 12)
    expect(dayMonth(september, 'UTC', september)).toBe('5 Sep')
    expect(longDay(september, 'UTC', september)).toBe('5 September')
    expect(calendarDay('2026-09-05')).toBe('5 Sep 2026')
    expect(calendarMonth('2026-09-05')).toBe('Sep 2026')
    expect(moment(september, september + 86_400_000, 'UTC')).toBe('5 Sep, 12:00')
    expect(dateTime(september, 'UTC')).toBe('5 Sep 2026, 12:00 UTC')
    for (let month = 1; month <= 12; month++)
      expect(calendarMonth(`2026-${String(month).padStart(2, '0')}-01`)).toMatch(/^[A-Z][a-z]{2} 2026$/)
    expect(calendarMonth('never')).toBe('–')
  })

  it('writes lengths of time', () => {
    expect(plain(duration(90 * 60))).toBe('1 h')
    expect(days(4.23)).toBe('4.2 days')
    expect(days(1)).toBe('1 day')
    expect(days(18.3)).toBe('18 days')
  })
})

describe('advice in words', () => {
  const detail = {
    mode: null,
    untilMs: NOON,
    changesWith: 'adjustment',
    gainUsd: 74,
    isPerDay: false,
    isPartTime: false,
  } as const
  const words = (verdict: Verdict, given: Partial<AdviceMoney> = {}, money = US_DOLLARS) =>
    plain(adviceMoney(money, verdict, { ...detail, ...given }, 'UTC', NOON))

  it('names the money, and the day on which it changes', () => {
    expect(words('off', { gainUsd: 412.4 })).toBe('saves $412')
    expect(words('pause')).toBe('saves $74.00, until the adjustment (about 26 Nov)')
    expect(words('pause', { untilMs: Number.NaN })).toBe('saves $74.00, until the adjustment')
    expect(words('run-until')).toBe('saves $74.00, power down at the adjustment (about 26 Nov)')
    expect(words('start')).toBe('earns $74.00')
    expect(words('start-until', { changesWith: 'halving' })).toBe(
      'earns $74.00, power down at the halving (about 26 Nov)',
    )
    expect(words('start-later')).toBe('earns $74.00, at the adjustment (about 26 Nov)')
    expect(words('profile', { mode: 'eco' })).toBe('earns $74.00 more, at eco')
    expect(words('off', { isPerDay: true })).toBe('saves $74.00 a day')
    expect(words('start', { gainUsd: -74 })).toBe('costs $74.00')
  })

  it('tells it in the reader’s currency', () => {
    expect(words('off', { gainUsd: 412.4 }, moneyIn('NOK', 0.1))).toBe('saves 4 124 NOK')
  })

  it('claims no money where nothing changes or none is known', () => {
    expect(words('run')).toBe('')
    // What it saves by standing still in dear hours.
    expect(words('run', { isPartTime: true })).toBe('saves $74.00')
    expect(words('stay-off')).toBe('')
    expect(words('off', { gainUsd: Number.NaN })).toBe('')
    expect(words('hold')).toBe('waiting is worth more than a switch')
  })

  it('tells the hours in which it is off', () => {
    const HOUR = 3_600_000
    const hours = (from: number, to: number, mode: string | null) =>
      ({ fromMs: NOON + from * HOUR, toMs: NOON + to * HOUR, mode }) as const
    const ahead = [
      hours(0, 4, null),
      hours(4, 9, 'off'),
      hours(9, 28, null),
      hours(28, 33, 'off'),
      hours(33, 48, null),
    ]
    // Whose time it is, is said where it is not the reader's.
    const inUtc = (schedule: Parameters<typeof scheduleWords>[0]) =>
      scheduleWords(schedule, NOON, 'UTC')?.replace(/, site time$/, '')
    expect(inUtc(ahead)).toBe('off 16:00–21:00 today, 16:00–21:00 tomorrow')
    expect(inUtc([hours(10, 15, 'off')])).toBe('off 22:00 today to 03:00 tomorrow')
    expect(scheduleWords([hours(4, 9, 'off')], NOON, 'Asia/Kathmandu')).toBe(
      'off 21:45 today to 02:45 tomorrow, site time',
    )
    expect(scheduleWords([hours(0, 48, null)], NOON, 'UTC')).toBeNull()
  })
})
