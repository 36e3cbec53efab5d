import { describe, expect, it } from 'vitest'
import type { FanScene } from '#renderer/charts/plan/fan-plan.ts'
import { epochAt, fanPlan } from '#renderer/charts/plan/fan-plan.ts'
import { textWidthPx } from '#renderer/lib/text-width.ts'
import { US_DOLLARS } from '#shared/format/money.ts'

const SIZE = { widthPx: 700, heightPx: 240, textPx: 10.5 }
const scene = (more: Partial<FanScene> = {}): FanScene => ({
  edges: [0, 4, 18, 32],
  line: [3019, 2710, 2306],
  paths: {
    p5: [3000, 400, -31],
    p25: [3010, 1500, 900],
    p50: [3019, 2500, 1974],
    p75: [3030, 4100, 6200],
    p95: [3040, 7300, 19_235],
  },
  marks: [],
  atMs: Date.UTC(2026, 10, 26),
  captions: {
    p95: '19 of 20 below $19 235',
    p50: 'half below $1 974',
    line: 'without chance: $2 306',
    p5: '1 of 20',
  },
  ...more,
})

describe('the fan of paths', () => {
  it('steps from one epoch to the next, days in proportion, and holds everything that it shows', () => {
    const plan = fanPlan(scene(), US_DOLLARS, SIZE)
    const [first, second, , last] = plan.edgesX
    expect((second! - first!) / (last! - first!)).toBeCloseTo(4 / 32, 9)
    expect(plan.line).toBe(
      `M${first!.toFixed(1)} ${plan.yOf(3019).toFixed(1)}H${second!.toFixed(1)}V${plan.yOf(2710).toFixed(1)}H${plan.edgesX[2]!.toFixed(1)}V${plan.yOf(2306).toFixed(1)}H${last!.toFixed(1)}`,
    )
    for (const usd of [-31, 19_235]) {
      expect(plan.yOf(usd)).toBeGreaterThanOrEqual(plan.top)
      expect(plan.yOf(usd)).toBeLessThanOrEqual(plan.bottom)
    }
    expect(plan.zeroY).toBeCloseTo(plan.yOf(0), 9)
  })
  it('shows the line alone until the paths are known, and leaves a gap where a figure is missing', () => {
    const plan = fanPlan(
      scene({ paths: null, line: [3019, Number.NaN, 2306], captions: {} }),
      US_DOLLARS,
      SIZE,
    )
    expect([plan.outer, plan.inner, plan.median]).toEqual(['', '', ''])
    expect(plan.line.match(/M/g)).toHaveLength(2)
  })
  it('lays no word over another: dates, words of the lines, marks', () => {
    const marks = ['Adjustment −2.0 %', 'Ridge: the tariff ends', 'North: the tariff ends', 'Halving'].map(
      (text, i) => ({
        day: 4 + i,
        text,
      }),
    )
    for (const widthPx of [320, 500, 1200]) {
      const plan = fanPlan(scene({ marks, line: [3019, 2710, 1975] }), US_DOLLARS, { ...SIZE, widthPx })
      const rows = new Map<number, number>()
      for (const { text, x, y } of [...plan.dates, ...plan.marks.flatMap(({ caption }) => caption ?? [])]) {
        expect(x).toBeGreaterThanOrEqual(rows.get(y) ?? 0)
        rows.set(y, x + textWidthPx(text, SIZE.textPx))
        expect(rows.get(y)).toBeLessThanOrEqual(widthPx)
      }
      const ys = plan.captions.map(({ y }) => y).toSorted((a, b) => a - b)
      for (const [i, y] of ys.entries()) if (i > 0) expect(y - ys[i - 1]!).toBeGreaterThanOrEqual(SIZE.textPx)
    }
  })
  it('counts days where no date is known', () => {
    const words = fanPlan(scene({ atMs: null }), US_DOLLARS, SIZE).dates.map(({ text }) => text)
    expect(words[0]).toBe('now')
    expect(words.at(-1)).toBe('day 18')
  })
  it('finds the epoch at a place of the picture', () => {
    const plan = fanPlan(scene(), US_DOLLARS, SIZE)
    expect(epochAt(plan, plan.edgesX[1]! + 1)).toBe(1)
    expect(epochAt(plan, 2)).toBeNull()
    expect(epochAt(plan, plan.right + 3)).toBeNull()
  })
})
