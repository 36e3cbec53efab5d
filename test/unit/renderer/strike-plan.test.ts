import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import type { BarState } from '#shared/domain/margins/strike-line.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import type { NamedBar } from '#renderer/engine/protocol.ts'
import { shownLine } from '#renderer/engine/shown-line.ts'
import { barSentence, lineMoney, moneyParts } from '#renderer/charts/strike-line/bar-words.ts'
import { Legend, occurringIn } from '#renderer/charts/strike-line/Legend.tsx'
import { areaPath, MARKED_VERDICTS, markOf, signPath } from '#renderer/charts/strike-line/marks.ts'
import type { Scene, StrikePlan } from '#renderer/charts/strike-line/plan.ts'
import { heightOf, strikePlan, unitsAt } from '#renderer/charts/strike-line/plan.ts'
import { StrikeDrawing } from '#renderer/charts/strike-line/StrikeDrawing.tsx'
import { cutToWidth, textWidthPx } from '#renderer/lib/text-width.ts'
import { smallFleet } from './small-fleet.ts'

const fleet = smallFleet([
  { quantity: 40 },
  { model: 'Antminer S19 95T', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 30 },
  { model: 'Antminer S9', hashrateThs: 5, powerW: 1300, quantity: 9 },
])
const index = prepareStrikeLine(prepareMargins(fleet))
const SIZE = { widthPx: 900, heightPx: 260, textPx: 10 }
const NOON_MS = Date.UTC(2025, 10, 22, 12)
const DAY_MS = 86_400_000

type Lines = {
  readonly now: number
  readonly after: number
  readonly real?: number
  readonly inSight?: readonly number[]
}
function planAt({ now, after, real = now, inSight }: Lines, given: Partial<Scene> = {}): StrikePlan {
  const line = strikeBars(index, { now, after: Number.isNaN(after) ? null : after }, 60)
  return strikePlan({
    bars: shownLine(line, fleet).bars,
    hashprices: { now, real, after, after80: null, inSight: inSight ?? [now, after] },
    past: null,
    nowMs: NOON_MS,
    adjustmentAtMs: NOON_MS + 5 * DAY_MS,
    money: US_DOLLARS,
    size: SIZE,
    ...given,
  })
}

const bar = (given: Partial<NamedBar>): NamedBar => ({
  strikeUsdPerPhDay: 20,
  fromUsdPerPhDay: 20,
  toUsdPerPhDay: 20,
  acceptedPhs: 10,
  acceptedBeforePhs: 0,
  marginUsdPerDay: 140,
  machines: 100,
  modelCode: 0,
  siteRow: 0,
  state: 'earns',
  isIdle: false,
  verdictCode: 0,
  isMixed: false,
  firstIndex: 0,
  endIndex: 1,
  model: 'S21',
  site: 'North',
  verdict: 'run',
  ...given,
})

describe('the drawing of the strike line', () => {
  it('draws money: the area of a bar is its margin, on one scale for all', () => {
    const [now, after] = [44, 46]
    const line = shownLine(strikeBars(index, { now, after }, 60), fleet)
    const { areas, axis, top, bottom } = planAt(
      { now, after },
      { size: { ...SIZE, widthPx: 90_000, heightPx: 90_000 } },
    )
    const usdPerPx = (axis.max - axis.min) / (bottom - top)
    const phsPerPx = line.bars[0]!.acceptedPhs / areas[0]!.width
    line.bars.forEach(({ marginUsdPerDay, strikeUsdPerPhDay }, i) => {
      // A torn bar goes on beyond the edge.
      if (strikeUsdPerPhDay > axis.max) return
      const { width, height } = areas[i]!
      const usd = width * phsPerPx * height * usdPerPx
      expect(Math.abs(usd / Math.abs(marginUsdPerDay) - 1)).toBeLessThan(0.01)
    })
  })

  it('keeps the captions inside of the days before, wherever the lines are', () => {
    const tenge = moneyIn('KZT', 0.0019)
    for (const money of [US_DOLLARS, tenge])
      for (let now = 0.5; now < 200; now *= 1.13)
        for (const change of [-0.9, -0.2, -0.001, 0, 0.001, 0.2, 3]) {
          const { pane, left, barsLeft, top, bottom } = planAt({ now, after: now * (1 + change) }, { money })
          const [first, second] = pane.captions
          for (const { text, x, y } of pane.captions) {
            expect(x - textWidthPx(text, 10, true)).toBeGreaterThanOrEqual(left - 0.1)
            expect(x).toBeLessThanOrEqual(barsLeft)
            expect([y > top, y < bottom]).toEqual([true, true])
          }
          expect(Math.abs(first!.y - second!.y)).toBeGreaterThan(10)
        }
  })

  it('has one caption and one line where no adjustment is known', () => {
    const { pane } = planAt({ now: 34, after: Number.NaN })
    expect(pane.captions.map(({ of }) => of)).toEqual(['now'])
    expect([pane.aheadPath, pane.adjustmentX]).toEqual(['', null])
  })

  it('stands still while the line is dragged: only what lies between steps and line is another one', () => {
    const before = planAt({ now: 34, after: 36, inSight: [34, 36] })
    const moved = planAt({ now: 38, after: 40, inSight: [34, 36] })
    expect(moved.lineY).not.toBe(before.lineY)
    for (const part of ['axis', 'ticks', 'rates', 'edges', 'torn', 'barsLeft'] as const)
      expect(moved[part]).toEqual(before[part])
    const atItsEnd = planAt({ now: before.axis.min - 1e-9, after: 40, inSight: [34, 36] })
    expect(atItsEnd.axis).toEqual(before.axis)
    const far = planAt({ now: 900, after: 900, inSight: [34, 36] })
    expect(far.axis.max).toBeGreaterThan(900)
  })

  it('reads the hashprice at a height back as the one that is drawn there', () => {
    const plan = planAt({ now: 34, after: 36 })
    for (const units of [plan.axis.min, 27, 34, plan.axis.max])
      expect(unitsAt(plan, heightOf(plan, units))).toBeCloseTo(units, 0)
    expect(unitsAt(plan, -50)).toBe(plan.axis.max)
    expect(unitsAt(plan, 9999)).toBe(plan.axis.min)
  })

  it('keeps the line of what is in sight beside the one that is tried', () => {
    expect(planAt({ now: 34, after: 36 }).realY).toBeNull()
    const tried = planAt({ now: 30, after: 32, real: 34 })
    expect(tried.realY).toBeLessThan(tried.lineY)
    expect(tried.pane.captions[0]!.text).toBe('tried $30.00')
  })

  it('tears an outlier off and says where it would be', () => {
    const { torn, tornTexts } = planAt({ now: 34, after: 36 })
    expect(torn).not.toBe('')
    expect(tornTexts.map(({ text }) => text)).toEqual(['Antminer S9 · North $312.00 ↑'])
  })

  it('has the days before on the axis of the line, broken where days are missing, and joined to today', () => {
    const usdPerPhDay = Float64Array.from({ length: 60 }, (_, day) =>
      day > 20 && day < 30 ? NaN : 40 + day / 10,
    )
    const past = { usdPerPhDay, lastDayMs: Date.UTC(2025, 10, 21) }
    const { pane, lineY, barsLeft } = planAt(
      { now: 34, after: 36 },
      { past, size: { ...SIZE, widthPx: 1400 } },
    )
    expect(pane.pastPath.match(/M/g)).toHaveLength(2)
    expect(pane.pastPath.endsWith(`L${pane.todayX} ${lineY}`)).toBe(true)
    expect(pane.todayX).toBeLessThan(pane.adjustmentX!)
    expect(pane.adjustmentX!).toBeLessThan(barsLeft)
    expect(pane.dates.map(({ text }) => text.replace(/ \d{4}$/, ''))).toEqual(['23 Sep', '23 Oct', 'today'])
    const old = planAt({ now: 34, after: 36 }, { past: { ...past, lastDayMs: Date.UTC(2025, 10, 1) } })
    expect(old.pane.pastPath.endsWith(`L${old.pane.todayX} ${old.lineY}`)).toBe(false)
  })

  it('writes sums and names only where they have room', () => {
    for (const widthPx of [260, 500, 900, 2400]) {
      const { names, sums, areas, bottom, top } = planAt(
        { now: 34, after: 36 },
        { size: { ...SIZE, widthPx } },
      )
      for (const { text, isUpright } of names)
        expect(textWidthPx(text, 10)).toBeLessThanOrEqual(
          isUpright ? bottom - top : Math.max(...areas.map((a) => a.width)),
        )
      for (const { text, x } of sums) {
        const area = areas.find(({ left, width }) => x >= left && x <= left + width)!
        expect(textWidthPx(text, 10, true)).toBeLessThanOrEqual(area.width)
      }
    }
    expect(planAt({ now: 34, after: 36 }).sums.map(({ text }) => text)).toContain('+$104')
  })

  it('is one picture for screen and paper', () => {
    const plan = planAt({ now: 34, after: 36 })
    const markup = renderToStaticMarkup(createElement(StrikeDrawing, { plan, label: 'Fleet' }))
    expect(markup).toContain('role="img"')
    expect(markup.match(/<path class="area/g)).toHaveLength(2)
    expect(renderToStaticMarkup(createElement(StrikeDrawing, { plan, marked: 1 }))).toContain('class="mark"')
  })
})

describe('the marks of the verdicts', () => {
  const OF_IDLE = ['stay-off', 'start', 'start-later', 'start-until']
  const STATES: readonly BarState[] = ['earns', 'falls', 'waits', 'under water']
  /** What is left of a mark in grey: its colour says nothing. */
  const inGrey = (verdict: (typeof VERDICTS)[number]) => {
    const { fill, isCut, sign } = markOf(verdict, 'earns', OF_IDLE.includes(verdict))
    return `${fill} ${isCut} ${sign}`
  }

  it('has one for each, and no two are alike without their colour', () => {
    expect([...MARKED_VERDICTS].sort()).toEqual([...VERDICTS].sort())
    expect(new Set(VERDICTS.map(inGrey)).size).toBe(VERDICTS.length)
  })

  it('fills nothing where machines are off', () => {
    for (const verdict of [...VERDICTS, null])
      for (const state of STATES) expect(markOf(verdict, state, true).fill).toBe('hollow')
  })

  it('colours what runs by what it earns, now and after the adjustment', () => {
    expect(STATES.map((state) => markOf('run', state, false).tone)).toEqual([
      'earns',
      'waits',
      'waits',
      'loses',
    ])
    expect(STATES.map((state) => markOf(null, state, false).tone)).toEqual([
      'earns',
      'waits',
      'waits',
      'loses',
    ])
  })

  it('has a shape for each cut and sign', () => {
    const box = { left: 0, top: 0, width: 20, height: 20 }
    expect(areaPath(box, true)).not.toBe(areaPath(box, false))
    const signs = (['arrow', 'dot', 'cross', 'bars'] as const).map((sign) => signPath(box, sign))
    expect(new Set(signs).size).toBe(4)
    expect(signPath({ ...box, width: 2 }, 'dot')).toBe('')
  })

  it('says in the legend which of them occur, in one order', () => {
    const bars = [
      bar({ verdict: 'off' }),
      bar({ verdict: 'run' }),
      bar({ verdict: 'off' }),
      bar({ verdict: null }),
    ]
    const markup = renderToStaticMarkup(createElement(Legend, { occurring: occurringIn(bars) }))
    expect(
      markup
        .replace(/<[^>]*>/g, ' ')
        .trim()
        .split(/ {2,}/),
    ).toEqual(['Run', 'Power down'])
  })
})

describe('the words of the strike line', () => {
  it('tells a bar with its money and its verdict', () => {
    expect(barSentence(bar({}), US_DOLLARS).replaceAll('\u202f', ' ')).toBe(
      'S21 · North: 100 machines, 10.0 PH/s paid for, breaks even at $20.00, earns $140 a day: run',
    )
    const off = bar({ isIdle: true, verdict: 'stay-off', marginUsdPerDay: -3, model: null, isMixed: true })
    expect(barSentence(off, US_DOLLARS)).toContain('would lose $3.00 a day: mostly stay off')
  })

  it('adds the areas of what runs and what no step stands for up to the margin', () => {
    const bars = [
      bar({ marginUsdPerDay: 300 }),
      bar({ marginUsdPerDay: -50 }),
      bar({ marginUsdPerDay: 900, isIdle: true }),
    ]
    const money = lineMoney({ bars, beyondStepsUsdPerDay: -4 }, 246, 240)
    expect(money).toEqual({
      earnsUsdPerDay: 300,
      losesUsdPerDay: -50,
      besideUsdPerDay: -10,
      marginUsdPerDay: 240,
    })
    expect(moneyParts(money, US_DOLLARS)).toMatchObject({
      parts: [
        { name: 'above water', text: '+$300' },
        { name: 'under water', text: '−$50' },
        { name: 'standby and commitments', text: '−$10' },
      ],
      together: '$240',
    })
    // As printed too: 310.6 − 67.3 are 243.3
    const odd = {
      ...money,
      earnsUsdPerDay: 310.4,
      losesUsdPerDay: -66.9,
      besideUsdPerDay: 0,
      marginUsdPerDay: 243.5,
    }
    expect(moneyParts(odd, US_DOLLARS)).toMatchObject({
      parts: [{ text: '+$311' }, { text: '−$67' }],
      together: '$244',
    })
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
