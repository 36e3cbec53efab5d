import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { barNames } from '#shared/domain/margins/bar-names.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import type { Scene, StrikePlan } from '#renderer/charts/strike-line/plan.ts'
import { CAPTION_LARGER_PX, strikePlan } from '#renderer/charts/strike-line/plan.ts'
import { StrikeDrawing } from '#renderer/charts/strike-line/StrikeDrawing.tsx'
import { cutToWidth, textWidthPx } from '#renderer/lib/text-width.ts'
import { smallFleet } from './small-fleet.ts'

const fleet = smallFleet([
  { quantity: 40 },
  { model: 'Antminer S19 95T', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 30 },
  { model: 'Antminer S9', hashrateThs: 5, powerW: 1300, quantity: 90 },
])
const index = prepareStrikeLine(prepareMargins(fleet))

function planAt(now: number, after: number, given: Partial<Scene> = {}): StrikePlan {
  const { bars } = strikeBars(index, { now, after: Number.isNaN(after) ? null : after }, 60)
  return strikePlan({
    bars: bars.map((bar) => ({ ...bar, ...barNames(bar, fleet) })),
    hashprices: { now, after, after80: null },
    money: US_DOLLARS,
    afterWord: 'after',
    size: { widthPx: 500, heightPx: 220, textPx: 10 },
    ...given,
  })
}

const span = ({ text, x, anchor }: StrikePlan['captions'][number]) => {
  const width = textWidthPx(text, 10 + CAPTION_LARGER_PX, true)
  return anchor === 'end' ? ([x - width, x] as const) : ([x, x + width] as const)
}

describe('the drawing of the strike line', () => {
  it('keeps the captions apart and inside, wherever the lines are', () => {
    const tenge = moneyIn('KZT', 0.0019)
    for (const money of [US_DOLLARS, tenge]) {
      for (let now = 0.5; now < 200; now *= 1.13) {
        for (const change of [-0.9, -0.2, -0.001, 0, 0.001, 0.2, 3]) {
          const { captions } = planAt(now, now * (1 + change), { money })
          const [first, second] = captions.map(span)
          expect(first![0]).toBeGreaterThanOrEqual(-0.1)
          expect(second![1]).toBeLessThanOrEqual(500.1)
          expect(second![0] - first![1]).toBeGreaterThan(4)
        }
      }
    }
  })

  it('sets one caption above the other where there is no room for both side by side', () => {
    const { captions, top } = planAt(34, 36, { size: { widthPx: 150, heightPx: 220, textPx: 10 } })
    const [first, second] = captions
    expect(second!.y - first!.y).toBeGreaterThan(10)
    expect(top).toBeGreaterThan(second!.y)
    for (const caption of captions) {
      const [left, right] = span(caption)
      expect([left >= -0.1, right <= 150.1]).toEqual([true, true])
    }
  })

  it('has one caption and one line where no adjustment is known', () => {
    const { captions, afterX } = planAt(34, Number.NaN)
    expect(captions.map(({ of }) => of)).toEqual(['now'])
    expect(afterX).toBeNull()
  })

  it('stands still while a line moves a little', () => {
    const before = planAt(34, 36)
    const moved = planAt(34.02, 36.02)
    expect(moved.nowX).not.toBe(before.nowX)
    expect(moved.outlines).toEqual(before.outlines)
    expect(moved.ticks).toEqual(before.ticks)
  })

  it('has no more marks on its axis than have room, at round figures', () => {
    const tenge = moneyIn('KZT', 0.000_000_1)
    for (const money of [US_DOLLARS, tenge]) {
      const { ticks } = planAt(34, 36, { money })
      const gaps = ticks.slice(1).map((tick, i) => tick.at - ticks[i]!.at)
      const widest = Math.max(...ticks.map(({ text }) => textWidthPx(text, 10)))
      expect(ticks.length).toBeGreaterThan(1)
      expect(Math.min(...gaps)).toBeGreaterThan(widest)
    }
    expect(planAt(34, 36).ticks.map(({ text }) => text)).toEqual(['0', '20', '40', '60', '80'])
  })

  it('puts a name behind a bar that is too short for it, and never beyond the edge', () => {
    const { names } = planAt(34, 36)
    expect(names.map(({ isOutside }) => isOutside)).toContain(true)
    for (const { text, x } of planAt(34, 36, { size: { widthPx: 180, heightPx: 220, textPx: 10 } }).names) {
      expect(x + textWidthPx(text, 10)).toBeLessThanOrEqual(180)
    }
  })

  it('gives each bar its share of the height', () => {
    const { boxes, top, bottom } = planAt(34, 36)
    const heights = boxes.map((box) => box.height)
    expect(boxes[0]!.top + heights[0]!).toBeCloseTo(bottom - 1.5, 0)
    expect(boxes.at(-1)!.top).toBeCloseTo(top, 0)
  })

  it('is one picture for screen and paper', () => {
    const plan = planAt(34, 36)
    const markup = renderToStaticMarkup(createElement(StrikeDrawing, { plan, label: 'Fleet' }))
    expect(markup).toContain('role="img"')
    expect(markup.match(/<path class="bar/g)).toHaveLength(2)
    expect(renderToStaticMarkup(createElement(StrikeDrawing, { plan, marked: 1 }))).toContain('class="mark"')
  })
})

describe('the width of a text', () => {
  it('cuts a text only where it has no room', () => {
    expect(cutToWidth('Antminer S19', 10, 200)).toBe('Antminer S19')
    const cut = cutToWidth('Antminer S19 · several sites', 10, 100)
    expect(cut.endsWith('…')).toBe(true)
    expect(textWidthPx(cut, 10)).toBeLessThanOrEqual(100)
    expect(cutToWidth('Antminer', 10, 3)).toBe('')
  })
})
