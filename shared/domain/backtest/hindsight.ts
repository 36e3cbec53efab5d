import type { WaySums } from './result.ts'

/** Lots that are switched by someone who knows all days. Columns of the same length; a restart is of the whole lot. */
export type HindsightLots = {
  readonly length: number
  readonly machines: Float64Array
  readonly restartUsd: Float64Array
  /** 1: runs before the first step */
  readonly isOn: Uint8Array
  /** 1: is never off */
  readonly staysOn: Uint8Array
}

/** One of the two states of each lot: the best that leads to it. */
type State = {
  readonly cashUsd: Float64Array
  readonly starts: Uint32Array
  readonly daysOff: Float64Array
  /** 1: was on when the month began */
  readonly cameOn: Uint8Array
}

/**
 * The best sequence of on and off of each lot, restarts paid: a dynamic programme of two states forward over the steps, exact. Of equal
 * ones that with the fewest starts. What it earned in a month is known when all steps are there, so both states are kept at the end of each.
 */
export function createHindsight({ length, machines, restartUsd, isOn, staysOn }: HindsightLots) {
  const newState = (on: 0 | 1): State => ({
    cashUsd: Float64Array.from({ length }, (_, i) => (isOn[i] === on ? 0 : -Infinity)),
    starts: new Uint32Array(length),
    daysOff: new Float64Array(length),
    cameOn: new Uint8Array(length).fill(on),
  })
  const on = newState(1)
  const off = newState(0)
  const months: { readonly on: State; readonly off: State }[] = []

  return {
    /** The next step of a lot: what it earns in it while on and while off, USD. */
    step(lot: number, onUsd: number, offUsd: number, days: number): void {
      const cashOn = on.cashUsd[lot]!
      const cashOff = off.cashUsd[lot]!
      const started = cashOff - restartUsd[lot]!
      const starts = on.starts[lot]!
      const startsOff = off.starts[lot]!
      const daysOn = on.daysOff[lot]!
      const cameOn = on.cameOn[lot]!
      if (started > cashOn || (started === cashOn && startsOff + 1 < starts)) {
        on.cashUsd[lot] = started + onUsd
        on.starts[lot] = startsOff + 1
        on.daysOff[lot] = off.daysOff[lot]!
        on.cameOn[lot] = off.cameOn[lot]!
      } else on.cashUsd[lot] = cashOn + onUsd
      if (staysOn[lot] === 1) {
        off.cashUsd[lot] = -Infinity
        return
      }
      if (cashOn > cashOff || (cashOn === cashOff && starts < startsOff)) {
        off.cashUsd[lot] = cashOn + offUsd
        off.starts[lot] = starts
        off.daysOff[lot] = daysOn + days
        off.cameOn[lot] = cameOn
      } else {
        off.cashUsd[lot] = cashOff + offUsd
        off.daysOff[lot] = off.daysOff[lot]! + days
      }
    },
    endMonth(): void {
      months.push({ on: copyOf(on), off: copyOf(off) })
      on.cameOn.fill(1)
      off.cameOn.fill(0)
    },
    /** Sums of each month that was ended. */
    sums(): readonly WaySums[] {
      const sums = months.map(() => ({ cashUsd: 0, restartsUsd: 0, starts: 0, machineDaysOff: 0 }))
      for (let lot = 0; lot < length; lot++) {
        let ends = endsOn(lot)
        for (let m = months.length - 1; m >= 0; m--) {
          const state = ends ? months[m]!.on : months[m]!.off
          const begins = state.cameOn[lot] === 1
          const before = m === 0 ? null : begins ? months[m - 1]!.on : months[m - 1]!.off
          const starts = state.starts[lot]! - (before?.starts[lot] ?? 0)
          const into = sums[m]!
          into.cashUsd += state.cashUsd[lot]! - (before?.cashUsd[lot] ?? 0)
          into.restartsUsd += starts * restartUsd[lot]!
          into.starts += starts * machines[lot]!
          into.machineDaysOff += (state.daysOff[lot]! - (before?.daysOff[lot] ?? 0)) * machines[lot]!
          ends = begins
        }
      }
      return sums
    },
  }

  function endsOn(lot: number): boolean {
    const last = months.at(-1)
    if (last === undefined) return false
    const more = last.on.cashUsd[lot]! - last.off.cashUsd[lot]!
    return more > 0 || (more === 0 && last.on.starts[lot]! <= last.off.starts[lot]!)
  }
}

const copyOf = ({ cashUsd, starts, daysOff, cameOn }: State): State => ({
  cashUsd: cashUsd.slice(),
  starts: starts.slice(),
  daysOff: daysOff.slice(),
  cameOn: cameOn.slice(),
})
