import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { adjustmentSteps, EASING_BELOW } from '#shared/domain/signals/difficulty-easing.ts'
import { HIGH_ABOVE, LOW_BELOW, puellState } from '#shared/domain/signals/puell.ts'
import type { SignalName, Signals } from '#shared/domain/signals/signals.ts'
import { usdPerPh, usdWhole } from '#shared/format/money.ts'
import { count, MISSING, number, percent, signedPercent } from '#shared/format/numbers.ts'
import {
  FLOW_STATE_WORDS,
  NVT_STATE_WORDS,
  PUELL_STATE_WORDS,
  RIBBON_STATE_WORDS,
} from '#shared/format/signal-words.ts'
import { difficulty } from '#shared/format/units.ts'
import type { Band, ChartLine, ChartPlan, Spell } from '../../../charts/signals/chart-plan.ts'
import { spellsOf } from '../../../charts/signals/chart-plan.ts'

/** One signal on the screen: its chart, and its days in figures. */
export type SignalPanelPlan = {
  readonly name: SignalName
  readonly title: string
  /** what it is, in a line */
  readonly about: string
  /** one of what its chart shows */
  readonly marks: 'value' | 'adjustment'
  readonly chart: ChartPlan
  readonly columns: readonly DayColumn[]
}
export type DayColumn = { readonly title: string; readonly at: (row: number) => string }

const HELPS = { colour: '--earns-ground', ink: '--earns' } as const
const PRESSES = { colour: '--waits-ground', ink: '--waits' } as const
const HOT = { colour: '--loses-ground', ink: '--loses' } as const

const main = (name: string, values: Float64Array): ChartLine => ({
  name,
  values,
  colour: '--ink',
  widthPx: 1.4,
})
const beside = (name: string, values: Float64Array): ChartLine => ({
  name,
  values,
  colour: '--accent',
  widthPx: 1,
})

const figures = (title: string, values: Float64Array, write: (value: number) => string): DayColumn => ({
  title,
  at: (row) => write(values[row] ?? NaN),
})
const words = <State extends string>(
  states: readonly (State | null)[],
  names: Readonly<Record<State, string>>,
): DayColumn => ({
  title: 'State',
  at: (row) => {
    const state = states[row] ?? null
    return state === null ? MISSING : names[state]
  },
})

const oneDecimal = (value: number) => number(value, 1)
const twoDecimals = (value: number) => number(value, 2)
/** As many digits as tell two ticks apart: `200`, `2.5`, `0.02`. */
const axisNumber = (value: number) =>
  number(value, value === 0 ? 0 : Math.min(9, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value))))))

/** The signals in the order of the screen: the two milestones, the signs of stress, what the zone rests on. */
export function panelsOf(series: DailySeries, { columns }: Signals): readonly SignalPanelPlan[] {
  const { nvt, ribbons, puell, hashprice, flow } = columns
  const chart = (
    lines: readonly ChartLine[],
    tick: (value: number) => string,
    bands: readonly Band[] = [],
    spells: readonly Spell[] = [],
  ): ChartPlan => ({ dates: series.dates, lines, sticks: [], bands, spells, tick })
  const steps = adjustmentSteps(series.difficulty)
  const changes = new Map(steps.map(({ row, change }) => [row, change]))
  return [
    {
      name: 'difficulty',
      title: 'Difficulty adjustments',
      about: `change of the difficulty at each adjustment; easing below ${signedPercent(EASING_BELOW, 0)}`,
      marks: 'adjustment',
      chart: {
        ...chart([], (value) => percent(value, 0)),
        sticks: steps.map(({ row, change }) => ({
          row,
          value: change,
          colour: change < EASING_BELOW ? '--earns' : '--muted',
        })),
      },
      columns: [
        figures('Difficulty', series.difficulty, difficulty),
        { title: 'Adjustment', at: (row) => signedPercent(changes.get(row) ?? NaN) },
      ],
    },
    {
      name: 'dynamicNvt',
      title: 'Dynamic NVT',
      about:
        'NVT signal against its own two years; value zone below mean − 0.5 σ, overheated above mean + 2 σ',
      marks: 'value',
      chart: chart([main('NVT signal', nvt.value), beside('mean of 730 days', nvt.mean)], axisNumber, [
        { side: 'below', edge: nvt.lower, name: NVT_STATE_WORDS.value, ...HELPS },
        { side: 'above', edge: nvt.upper, name: NVT_STATE_WORDS.overheated, ...HOT },
      ]),
      columns: [
        figures('NVT signal', nvt.value, oneDecimal),
        figures('Value below', nvt.lower, oneDecimal),
        figures('Overheated above', nvt.upper, oneDecimal),
        words(nvt.states, NVT_STATE_WORDS),
      ],
    },
    {
      name: 'hashRibbons',
      title: 'Hash ribbons',
      about: 'network hashrate, EH/s, mean of 30 days against mean of 60 days',
      marks: 'value',
      chart: chart(
        [main('30 days', ribbons.short), beside('60 days', ribbons.long)],
        axisNumber,
        [],
        spellsOf(ribbons.states, {
          capitulation: { name: RIBBON_STATE_WORDS.capitulation, ...PRESSES },
          recovery: { name: RIBBON_STATE_WORDS.recovery, ...HELPS },
        }),
      ),
      columns: [
        figures('30 days, EH/s', ribbons.short, oneDecimal),
        figures('60 days, EH/s', ribbons.long, oneDecimal),
        words(ribbons.states, RIBBON_STATE_WORDS),
      ],
    },
    {
      name: 'puell',
      title: 'Puell multiple',
      about: `USD value of the day’s new coins over its 365-day mean; low below ${LOW_BELOW}, high above ${HIGH_ABOVE}`,
      marks: 'value',
      chart: chart([main('Puell multiple', puell)], twoDecimals, [
        { side: 'below', edge: LOW_BELOW, name: PUELL_STATE_WORDS.low, ...PRESSES },
        { side: 'above', edge: HIGH_ABOVE, name: PUELL_STATE_WORDS.high, ...HOT },
      ]),
      columns: [
        figures('Multiple', puell, twoDecimals),
        words(Array.from(puell, puellState), PUELL_STATE_WORDS),
      ],
    },
    {
      name: 'hashprice',
      title: 'Hashprice',
      about: 'USD per PH/s a day, with the day’s own difficulty, price and fees; and its lowest value so far',
      marks: 'value',
      chart: chart([main('hashprice', hashprice), beside('lowest so far', columns.hashpriceLow)], (value) =>
        usdWhole(value),
      ),
      columns: [
        figures('USD per PH/s a day', hashprice, usdPerPh),
        figures('Lowest so far', columns.hashpriceLow, usdPerPh),
        figures('Percentile of 1 year', columns.hashpricePercentile1y, (share) => percent(share, 0)),
      ],
    },
    {
      name: 'minerNetFlow',
      title: 'Miner net flow',
      about:
        'BTC that left miners’ addresses less what came back, over two days; a wave above the 99th percentile of a year',
      marks: 'value',
      chart: chart([main('two days', flow.sum2dBtc)], count, [
        { side: 'above', edge: flow.thresholdBtc, name: 'wave', ...PRESSES },
      ]),
      columns: [
        figures('Two days, BTC', flow.sum2dBtc, count),
        figures('Wave above', flow.thresholdBtc, count),
        words(flow.states, FLOW_STATE_WORDS),
      ],
    },
    {
      name: 'nvtSignal',
      title: 'NVT signal',
      about: 'market value ÷ 90-day mean of the value transferred on chain',
      marks: 'value',
      chart: chart([main('NVT signal', columns.nvtSignal)], axisNumber),
      columns: [figures('NVT signal', columns.nvtSignal, oneDecimal)],
    },
    {
      name: 'nvtRatio',
      title: 'NVT ratio',
      about: 'market value ÷ value transferred on chain that day',
      marks: 'value',
      chart: chart([main('NVT ratio', columns.nvtRatio)], axisNumber),
      columns: [figures('NVT ratio', columns.nvtRatio, oneDecimal)],
    },
  ]
}

/** A day in one line, for the reading under the chart and for assistive technology. */
export function dayWords(plan: SignalPanelPlan, row: number, day: string): string {
  return `${day}: ${plan.columns.map(({ title, at }) => `${title} ${at(row)}`).join(', ')}`
}
