import type { PaletteName } from '../palette.ts'

/** What one signal's chart shows; row i of every column is the day `dates[i]`. */
export type ChartPlan = {
  readonly dates: readonly string[]
  readonly lines: readonly ChartLine[]
  /** bars from zero, one per event */
  readonly sticks: readonly Stick[]
  readonly bands: readonly Band[]
  readonly spells: readonly Spell[]
  /** words of a value on the vertical axis */
  readonly tick: (value: number) => string
}

export type ChartLine = {
  readonly name: string
  readonly values: Float64Array
  readonly colour: PaletteName
  readonly widthPx: number
}
export type Stick = { readonly row: number; readonly value: number; readonly colour: PaletteName }

/** The ground above or below an edge, which is a column or the same every day. */
export type Band = {
  readonly side: 'above' | 'below'
  readonly edge: Float64Array | number
  readonly colour: PaletteName
  readonly name: string
  readonly ink: PaletteName
}

/** Days from … to, both included, that are in a state. */
export type Spell = {
  readonly from: number
  readonly to: number
  readonly colour: PaletteName
  readonly name: string
  readonly ink: PaletteName
}

/** Rows from … to, both included. */
export type RowSpan = { readonly from: number; readonly to: number }

/** The runs of equal states that have a look. */
export function spellsOf<State extends string>(
  states: readonly (State | null)[],
  looks: Readonly<Partial<Record<State, Omit<Spell, 'from' | 'to'>>>>,
): Spell[] {
  const spells: Spell[] = []
  let from = 0
  for (let i = 1; i <= states.length; i++) {
    if (i < states.length && states[i] === states[from]) continue
    const state = states[from] ?? null
    const look = state === null ? undefined : looks[state]
    if (look !== undefined) spells.push({ ...look, from, to: i - 1 })
    from = i
  }
  return spells
}

/** A wider range than this, as a ratio, is told apart only on a logarithmic axis. */
const LINEAR_UP_TO = 12

/** The vertical axis over the rows in view: its ends with some air, and whether it is logarithmic. */
export type ValueAxis = { readonly min: number; readonly max: number; readonly logarithmic: boolean }

/**
 * Lines decide; constant edges and sticks come along. A band's column edge may leave the picture.
 *
 * @returns null where nothing in view has a value
 */
export function valueAxis(plan: ChartPlan, { from, to }: RowSpan): ValueAxis | null {
  let min = Infinity
  let max = -Infinity
  for (const { values } of plan.lines) {
    for (let i = from; i <= to; i++) {
      if (values[i]! < min) min = values[i]!
      if (values[i]! > max) max = values[i]!
    }
  }
  for (const { row, value } of plan.sticks) {
    if (row < from || row > to) continue
    min = Math.min(min, value, 0)
    max = Math.max(max, value, 0)
  }
  if (min > max) return null
  for (const { edge } of plan.bands) {
    if (typeof edge !== 'number') continue
    min = Math.min(min, edge)
    max = Math.max(max, edge)
  }
  if (min > 0 && max / min > LINEAR_UP_TO) return { min: min / 1.15, max: max * 1.15, logarithmic: true }
  const air = max > min ? (max - min) * 0.06 : Math.abs(max) * 0.1 || 1
  // What is never negative does not get an axis below zero.
  return { min: min >= 0 ? Math.max(0, min - air) : min - air, max: max + air, logarithmic: false }
}

/** The newest row that the lines or the sticks show; null where they show none. */
export function lastShown({ dates, lines, sticks }: ChartPlan): number | null {
  for (let row = dates.length - 1; row >= 0; row--) {
    if (lines.some(({ values }) => !Number.isNaN(values[row]!)) || sticks.some((stick) => stick.row === row))
      return row
  }
  return null
}

/** Round values on a logarithmic axis: 1, 2 and 5 of each decade, only 1 where there are more than three decades. */
export function logTicks({ min, max }: ValueAxis): number[] {
  const steps = max / min > 1000 ? [1] : [1, 2, 5]
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    for (const step of steps) {
      // 10 ** -2 is not exact; the number that is written is.
      const value = Number(`${step}e${power}`)
      if (value >= min && value <= max) ticks.push(value)
    }
  }
  return ticks
}
