import { describe, expect, it } from 'vitest'
import type { ChartPlan } from '#renderer/charts/signals/chart-plan.ts'
import { logTicks, spellsOf, valueAxis } from '#renderer/charts/signals/chart-plan.ts'
import { dayTicks, RANGES, spanOf } from '#renderer/charts/signals/day-ticks.ts'
import { panelsOf } from '#renderer/screens/market/signals/panels.ts'
import { signalsOf } from '#shared/domain/signals/signals.ts'
import { dailySeries } from '../signals/daily.ts'

const plan = (values: number[], more: Partial<ChartPlan> = {}): ChartPlan => ({
  dates: [],
  lines: [{ name: 'line', values: Float64Array.from(values), colour: '--ink', widthPx: 1 }],
  sticks: [],
  bands: [],
  spells: [],
  tick: String,
  ...more,
})
const all = (values: readonly unknown[]) => ({ from: 0, to: values.length - 1 })

describe('days in view', () => {
  it('are the newest ones, or all where there are fewer', () => {
    expect(spanOf(1000, RANGES[0])).toEqual({ from: 635, to: 999 })
    expect(spanOf(100, RANGES[0])).toEqual({ from: 0, to: 99 })
    expect(spanOf(6500, RANGES[3])).toEqual({ from: 0, to: 6499 })
  })
  it('are marked at first days of months in even steps, at most eight of them', () => {
    const { dates } = dailySeries(365, {}, '2025-11-22')
    const ticks = dayTicks(dates, all(dates))
    expect(ticks.map(({ word }) => word)).toEqual([
      'Jan 2026',
      'Mar 2026',
      'May 2026',
      'Jul 2026',
      'Sep 2026',
      'Nov 2026',
    ])
    expect(ticks.every(({ row }) => dates[row]!.endsWith('-01'))).toBe(true)
  })
  it('are marked by years over a long series', () => {
    const { dates } = dailySeries(6500, {}, '2009-01-03')
    expect(dayTicks(dates, all(dates)).map(({ word }) => word)).toEqual(['2012', '2016', '2020', '2024'])
  })
  it('are marked at their ends where they are few', () => {
    const { dates } = dailySeries(10, {}, '2026-11-12')
    expect(dayTicks(dates, all(dates)).map(({ word }) => word)).toEqual(['12 Nov 2026', '21 Nov 2026'])
    expect(dayTicks(dates, { from: 0, to: 0 })).toHaveLength(1)
  })
})

describe('the vertical axis', () => {
  it('is linear and holds the lines, without going below zero', () => {
    const axis = valueAxis(plan([2, NaN, 4, 0.1]), { from: 0, to: 2 })!
    expect(axis.logarithmic).toBe(false)
    expect(axis.min).toBeLessThan(2)
    expect(axis.max).toBeGreaterThan(4)
    expect(valueAxis(plan([0, 1]), { from: 0, to: 1 })!.min).toBe(0)
  })
  it('is logarithmic over a wide range, marked at round values', () => {
    const axis = valueAxis(plan([30, 4000]), { from: 0, to: 1 })!
    expect(axis.logarithmic).toBe(true)
    expect(logTicks(axis)).toEqual([50, 100, 200, 500, 1000, 2000])
    expect(logTicks({ min: 0.05, max: 900, logarithmic: true })).toEqual([0.1, 1, 10, 100])
  })
  it('shows the fixed edges of zones and both signs of sticks', () => {
    const puell = plan([1, 1.2], {
      bands: [{ side: 'below', edge: 0.5, colour: '--band', ink: '--ink', name: 'low' }],
    })
    expect(valueAxis(puell, { from: 0, to: 1 })!.min).toBeLessThan(0.5)
    const sticks = plan([], {
      sticks: [
        { row: 0, value: -0.1, colour: '--ink' },
        { row: 9, value: 0.9, colour: '--ink' },
      ],
    })
    const axis = valueAxis(sticks, { from: 0, to: 5 })!
    expect(axis.min).toBeLessThan(-0.1)
    expect(axis.max).toBeGreaterThanOrEqual(0)
    expect(axis.max).toBeLessThan(0.5)
  })
  it('does not exist where nothing in view has a value', () => {
    expect(valueAxis(plan([1, NaN, NaN]), { from: 1, to: 2 })).toBeNull()
    expect(
      valueAxis(plan([], { sticks: [{ row: 0, value: 1, colour: '--ink' }] }), { from: 1, to: 2 }),
    ).toBeNull()
    expect(valueAxis(plan([1, NaN, NaN]), { from: 0, to: 2 })).not.toBeNull()
  })
})

describe('shaded states', () => {
  it('are the runs of states that have a look', () => {
    const look = { name: 'on', colour: '--waits-ground', ink: '--waits' } as const
    const states = [null, 'on', 'on', 'off', 'on'] as const
    expect(spellsOf<'on' | 'off'>(states, { on: look })).toEqual([
      { ...look, from: 1, to: 2 },
      { ...look, from: 4, to: 4 },
    ])
  })
})

describe('panels', () => {
  it('show each signal once, every column as long as the days', () => {
    const series = dailySeries(400, {
      hashrateEhs: () => 100,
      difficulty: (i) => (i < 200 ? 100 : 90),
    })
    const panels = panelsOf(series, signalsOf(series, null))
    expect(new Set(panels.map(({ name }) => name)).size).toBe(8)
    for (const { chart } of panels) {
      for (const { values } of chart.lines) expect(values).toHaveLength(400)
    }
    const difficulty = panels.find(({ name }) => name === 'difficulty')!
    expect(difficulty.chart.sticks).toHaveLength(1)
    expect(difficulty.chart.sticks[0]).toMatchObject({ row: 200, colour: '--earns' })
    expect(difficulty.chart.sticks[0]!.value).toBeCloseTo(-0.1, 9)
    const cells = (row: number) => difficulty.columns.map(({ at }) => at(row).replaceAll('\u202f', ' '))
    expect(cells(200)[1]).toBe('−10.0 %')
    expect(cells(201)[1]).toBe('–')
    expect(panels.find(({ name }) => name === 'puell')!.columns.map(({ at }) => at(399))).toEqual(['–', '–'])
  })
})
