import { describe, expect, it } from 'vitest'
import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import { missingDaysAmong, outcomeSums } from '#shared/domain/decision/acts/outcome.ts'
import {
  daySpanWords,
  expectedWords,
  rightOrNot,
  rightOrNotText,
  withoutFigureWords,
} from '#shared/format/decision-log-words.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import type { LogView } from '#renderer/state/decision-log.ts'
import { spread } from '#renderer/charts/back-test/plan.ts'
import { printedLog, rowsInOrder, rowsInScope } from '#renderer/screens/decisions/log-rows.ts'

const NOW_MS = Date.UTC(2026, 10, 26, 12)
const DAY_MS = 86_400_000

type Change = Partial<LoggedDecision['decision']> & {
  /** NaN: no day of it is known; null: nobody kept what was at stake */
  readonly saved?: number | null
  readonly missingDays?: number
}

function row(key: number, { saved = 100, missingDays = 0, ...change }: Change = {}): LoggedDecision {
  const atMs = change.atMs ?? NOW_MS - (100 - key) * DAY_MS
  return {
    decision: {
      ...{ key, atMs, siteKey: 1, site: 'North', kind: 'done', reason: '' },
      advised: { powerDown: 10, pause: 0, start: 0, set: 0 },
      ...{ machinesDone: 10, freedKw: 30, gainUsd: 120, untilMs: null, hashpriceUsdPerPhDay: 35 },
      ...{ priceUsdPerBtc: null, difficulty: null, change: null, isTakenBack: false },
      ...change,
    },
    outcome:
      saved === null || change.isTakenBack === true
        ? null
        : {
            ...{ fromMs: atMs, toMs: atMs + 7 * DAY_MS, endsWith: 'over' },
            ...{ daysCovered: Number.isNaN(saved) ? 0 : 7 - missingDays, daysMissing: missingDays },
            ...{ meanHashpriceUsdPerPhDay: 34, savedUsd: saved, expectedUsd: saved * 1.1, restartUsd: 0 },
          },
  }
}

const sentence = (rows: readonly LoggedDecision[], where = '') => {
  const standing = rows.filter(({ decision }) => !decision.isTakenBack)
  const firstMs = Math.min(...standing.map(({ decision }) => decision.atMs))
  const takenBack = rows.length - standing.length
  return rightOrNot(outcomeSums(rows), { firstMs, where, takenBack }, US_DOLLARS.amount)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('')
}

describe('the sentence of the log', () => {
  const notNow = (key: number, saved: number) => row(key, { kind: 'not-now', machinesDone: 0, saved })

  it('says what was done saved, and what was not done would have', () => {
    expect(sentence([row(8, { saved: 4120 }), notNow(9, 310)])).toBe(
      'What was done since 26 Aug saved $4\u202f120 against not doing it; what was not done would have saved $310 more.',
    )
    expect(sentence([row(8, { saved: 4120 })], ' at North')).toBe(
      'What was done at North since 26 Aug saved $4\u202f120 against not doing it.',
    )
  })
  it('says it where it cost, where it came to nothing, and where nothing was done', () => {
    expect(sentence([row(8, { saved: -50 }), notNow(9, -20)])).toBe(
      'What was done since 26 Aug cost $50.00 more than not doing it; what was not done would have cost $20.00.',
    )
    expect(sentence([row(8, { saved: 0 })])).toBe('What was done since 26 Aug made no difference.')
    expect(sentence([notNow(8, 310)])).toBe('What was not done since 26 Aug would have saved $310.')
  })
  it('says that nothing can be weighed, nothing is recorded, or nothing stands', () => {
    expect(sentence([row(8, { saved: Number.NaN })])).toBe(
      'What was decided since 26 Aug cannot be weighed yet.',
    )
    expect(sentence([])).toBe('Nothing is recorded yet.')
    expect(sentence([row(1, { isTakenBack: true })])).toBe('Nothing that was recorded stands.')
  })
  it('says why decisions have no figure', () => {
    const rows = [
      row(1),
      row(2, { saved: Number.NaN }),
      row(3, { saved: Number.NaN, missingDays: 7 }),
      row(4, { saved: null }),
      row(5, { isTakenBack: true }),
    ]
    expect(withoutFigureWords(rows)).toBe(
      '3 decisions have no figure: of 1 no day is over yet; of 1 the days have no hashprice; of 1 an older version did not keep what was at stake.',
    )
    expect(withoutFigureWords(rows.slice(0, 2))).toBe('1 decision has no figure: no day is over yet.')
    expect(withoutFigureWords([row(1)])).toBeNull()
  })
  it('says what was expected of the same days, of what was done and of what was not', () => {
    const rows = [row(8, { saved: 100 }), notNow(9, 50), row(9, { isTakenBack: true })]
    expect(expectedWords(outcomeSums(rows), US_DOLLARS.amount)).toBe(
      'Expected for these days: $110 of what was done, $55.00 of what was not.',
    )
    expect(rightOrNotText(rows, US_DOLLARS.amount)).toBe(
      'What was done since 26 Aug saved $100 against not doing it; what was not done would have saved $50.00 more. Expected for these days: $110 of what was done, $55.00 of what was not.',
    )
    expect(rightOrNotText([row(8, { saved: Number.NaN })], US_DOLLARS.amount)).toBe(
      'What was decided since 26 Aug cannot be weighed yet.',
    )
  })
  it('counts the missing days of the rows that are looked at alone', () => {
    const dayOf = (atMs: number) => Math.floor(atMs / DAY_MS) * DAY_MS
    const [early, late] = [row(8, { missingDays: 2 }), row(60, { missingDays: 1, site: 'Ridge' })]
    const missing = [early, late].map(({ decision }) => dayOf(decision.atMs) + DAY_MS)
    expect(missingDaysAmong([late, early], missing)).toEqual(missing)
    expect(missingDaysAmong([late], missing)).toEqual([missing[1]])
    expect(missingDaysAmong([row(30)], missing)).toEqual([])
  })
  it('names missing days as spans', () => {
    const days = [3, 1, 2, 9].map((day) => Date.UTC(2026, 2, day))
    expect(daySpanWords(days)).toBe('1 Mar 2026 to 3 Mar 2026, 9 Mar 2026')
  })
})

describe('the table of the log', () => {
  const view = (change: Partial<LogView> = {}): LogView => ({
    ...{ site: null, days: null, kind: 'standing', page: 0, sort: { by: 'at', isUp: false } },
    ...change,
  })
  const keys = (rows: readonly LoggedDecision[]) => rows.map(({ decision }) => decision.key)

  it('shows the newest first, by a column what is unknown last, and what was taken back apart', () => {
    const rows = [
      row(1, { saved: 5 }),
      row(2, { saved: Number.NaN }),
      row(3, { saved: -7 }),
      row(4, { isTakenBack: true }),
      row(5, { kind: 'not-now', saved: 9 }),
    ]
    expect(keys(rowsInOrder(rows, view()))).toEqual([5, 3, 2, 1])
    const saved = (isUp: boolean) => view({ sort: { by: 'saved', isUp } })
    expect(keys(rowsInOrder(rows, saved(false)))).toEqual([5, 1, 3, 2])
    expect(keys(rowsInOrder(rows, saved(true)))).toEqual([3, 1, 5, 2])
    expect(keys(rowsInOrder(rows, view({ kind: 'taken-back' })))).toEqual([4])
    expect(keys(rowsInOrder(rows, view({ kind: 'not-now' })))).toEqual([5])
  })
  it('looks at a site and at the last days', () => {
    const rows = [row(1), row(99, { site: 'Ridge' }), row(98)]
    expect(keys(rowsInScope(rows, view({ site: 'Ridge' }), NOW_MS))).toEqual([99])
    expect(keys(rowsInScope(rows, view({ days: 30 }), NOW_MS))).toEqual([99, 98])
  })
  it('adds up as printed, of what was done and of what was not, for 5000 decisions in any currency', () => {
    const rows = Array.from({ length: 5000 }, (_, i) =>
      row(i, { kind: i % 3 === 0 ? 'not-now' : 'done', saved: Math.sin(i) * 137.4567 }),
    )
    for (const money of [US_DOLLARS, moneyIn('JPY', 0.0066)]) {
      const { rows: printed, done, notDone } = printedLog(rows, money, NOW_MS)
      const figure = (text: string) => Number(text.replaceAll(/[^\d.−]/g, '').replace('−', '-'))
      for (const [isDone, total] of [
        [true, done],
        [false, notDone],
      ] as const) {
        const sum = printed
          .filter((each) => each.isDone === isDone)
          .reduce((all, { saved }) => all + figure(saved), 0)
        expect(sum).toBeCloseTo(figure(total!.saved), 6)
      }
    }
  })
})

it('labels at the end of lines stand apart, in their order and inside the picture', () => {
  expect(spread([50, 52, 10], 14, 10, 100)).toEqual([50, 64, 10])
  const placed = spread([99, 98, 97, 96], 14, 10, 100)
  expect(Math.max(...placed)).toBe(100)
  expect(placed.toSorted((a, b) => a - b)).toEqual([58, 72, 86, 100])
})
