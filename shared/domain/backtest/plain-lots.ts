import type { Decisions } from '../decision/decisions.ts'
import { firstChange } from '../decision/decisions.ts'
import { REPAIR } from '../decision/sites/site-rows.ts'
import { isOnAtOnce, NO_VERDICT } from '../decision/words.ts'
import { MACHINE_STATUSES, RUNNING } from '../fleet/fleet.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { restartUsdAt } from '../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../margins/margin.ts'
import { PROTECTED } from '../power/machine-policy.ts'
import { createHindsight } from './hindsight.ts'
import type { DayWays, OpenSums } from './ledger.ts'
import type { WaySums } from './result.ts'

const OFF = MACHINE_STATUSES.indexOf('off')

export type PlainLots = ReturnType<typeof plainLots>

/**
 * The rows that pay one price of energy and run at one point, through the days, as columns.
 * @param isPlain whether a row is one of them
 * @param status of every row as the advice leaves it; written
 */
export function plainLots(
  basis: MarginBasis,
  isPlain: (row: number) => boolean,
  policies: Uint8Array | null,
  status: Uint8Array,
) {
  const { acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay } = basis
  const rows = takingPart()
  const length = rows.length
  const column = (of: (row: number) => number) => Float64Array.from(rows, of)
  const phs = column((row) => acceptedPhs[row]!)
  const costUsd = column((row) => avoidableCostUsdPerDay[row]!)
  const standbyUsd = column((row) => standbyCostUsdPerDay[row]!)
  const restartUsd = column((row) => restartUsdAt(basis.fleet, row))
  const machines = column((row) => basis.fleet.machines.quantity[row]!)
  const staysOn = Uint8Array.from(rows, (row) => Number(policies?.[row] === PROTECTED))
  const begins = Uint8Array.from(rows, (row) => Number(status[row] === RUNNING))
  const hindsight = createHindsight({ length, machines, restartUsd, isOn: begins, staysOn })
  const all = fixedSums(() => true)
  const protectedOnes = fixedSums((i) => staysOn[i] === 1)
  /** 1: ran when the review began */
  const atReview = begins.slice()
  const ofFixed = { alwaysOn: begins.slice(), averageRule: begins.slice() }

  return {
    rows,
    machines: all.machines,
    /** The states that a review finds. */
    review(): void {
      for (let i = 0; i < length; i++) atReview[i] = Number(status[rows[i]!] === RUNNING)
    },
    /**
     * The next day at its own hashprice.
     * @param decisions of the last review; null: there was none
     * @param stage of its horizon in which the day begins
     */
    day(
      hashprice: number,
      into: DayWays,
      isRuleOn: boolean,
      decisions: Decisions | null,
      stages: number,
      stage: number,
    ): void {
      followAdvice(hashprice, into.advice, decisions, stages, stage)
      followFixed(hashprice, into.alwaysOn, ofFixed.alwaysOn, true)
      followFixed(hashprice, into.averageRule, ofFixed.averageRule, isRuleOn)
      for (let i = 0; i < length; i++)
        hindsight.step(
          i,
          cashMarginUsdPerDay(revenuePerDay(phs[i]!, hashprice), costUsd[i]!),
          -standbyUsd[i]!,
          1,
        )
    },
    endMonth: () => hindsight.endMonth(),
    hindsight: (): readonly WaySums[] => hindsight.sums(),
  }

  function takingPart(): Uint32Array {
    const found: number[] = []
    for (let row = 0; row < basis.length; row++) {
      const sum =
        acceptedPhs[row]! +
        avoidableCostUsdPerDay[row]! +
        standbyCostUsdPerDay[row]! +
        restartUsdAt(basis.fleet, row)
      if (isPlain(row) && status[row] !== REPAIR && Number.isFinite(sum)) found.push(row)
    }
    return Uint32Array.from(found)
  }

  function fixedSums(isMeant: (i: number) => boolean) {
    const sums = { phs: 0, costUsd: 0, standbyUsd: 0, machines: 0 }
    for (let i = 0; i < length; i++) {
      if (!isMeant(i)) continue
      sums.phs += phs[i]!
      sums.costUsd += costUsd[i]!
      sums.standbyUsd += standbyUsd[i]!
      sums.machines += machines[i]!
    }
    return sums
  }

  function followAdvice(
    hashprice: number,
    into: OpenSums,
    decisions: Decisions | null,
    stages: number,
    stage: number,
  ): void {
    let [cash, restarts, starts, off] = [0, 0, 0, 0]
    for (let i = 0; i < length; i++) {
      const row = rows[i]!
      const was = status[row] === RUNNING
      const code = decisions?.verdict[row] ?? NO_VERDICT
      let isOn = was
      if (code !== NO_VERDICT) {
        isOn = isOnAtOnce(code, atReview[i] === 1)
        if (stage > 0 && firstChange(decisions!, stages, row) <= stage) isOn = !isOn
      }
      if (isOn) {
        cash += cashMarginUsdPerDay(revenuePerDay(phs[i]!, hashprice), costUsd[i]!)
        if (!was) {
          restarts += restartUsd[i]!
          starts += machines[i]!
          status[row] = RUNNING
        }
      } else {
        cash -= standbyUsd[i]!
        off += machines[i]!
        if (was) status[row] = OFF
      }
    }
    into.cashUsd += cash - restarts
    into.restartsUsd += restarts
    into.starts += starts
    into.machineDaysOff += off
  }

  /** One switch for all; protected machines run whatever it says. */
  function followFixed(hashprice: number, into: OpenSums, running: Uint8Array, isOn: boolean): void {
    const on = isOn ? all : protectedOnes
    into.cashUsd += on.phs * hashprice - on.costUsd - (all.standbyUsd - on.standbyUsd)
    into.machineDaysOff += all.machines - on.machines
    for (let i = 0; i < length; i++) {
      const runs = Number(isOn || staysOn[i] === 1)
      if (runs === running[i]) continue
      running[i] = runs
      if (runs === 0) continue
      into.restartsUsd += restartUsd[i]!
      into.cashUsd -= restartUsd[i]!
      into.starts += machines[i]!
    }
  }
}
