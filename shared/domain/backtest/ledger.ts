import type { BacktestWay, WaySums } from './result.ts'

/** Money and machines of one way of deciding, while they add up. */
export type OpenSums = { -readonly [K in keyof WaySums]: WaySums[K] }

export const noSums = (): OpenSums => ({ cashUsd: 0, restartsUsd: 0, starts: 0, machineDaysOff: 0 })

/** Of the ways that are known day by day; hindsight is known at the end. */
export type DayWays = Readonly<Record<Exclude<BacktestWay, 'hindsight'>, OpenSums>>

export const noDayWays = (): DayWays => ({ advice: noSums(), alwaysOn: noSums(), averageRule: noSums() })

export function addSums(into: OpenSums, from: WaySums): void {
  into.cashUsd += from.cashUsd
  into.restartsUsd += from.restartsUsd
  into.starts += from.starts
  into.machineDaysOff += from.machineDaysOff
}

/** So many machines go from off to on. */
export function payStarts(into: OpenSums, machines: number, restartUsdEach: number): void {
  if (!(machines > 0)) return
  into.starts += machines
  into.restartsUsd += machines * restartUsdEach
  into.cashUsd -= machines * restartUsdEach
}
