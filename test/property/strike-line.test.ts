import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { StrikeBar } from '#shared/domain/margins/strike-line.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { anyMachine, anyNetwork, anySites } from './machines.ts'

const IDLE = MACHINE_STATUSES.indexOf('off')
/** by whether it earns now, and whether it does after the adjustment */
const STATES = [
  ['under water', 'waits'],
  ['falls', 'earns'],
] as const

/** The bars of what runs, or of what is off, by their definition: one walk along the sorted rows, nothing kept, every bar added up row by row. */
function plainBars(
  basis: MarginBasis,
  lines: { readonly now: number; readonly after: number },
  atMost: number,
  isIdle: boolean,
) {
  const { machines } = basis.fleet
  const rows = Array.from({ length: basis.length }, (_, row) => ({
    breakeven: basis.breakevenHashpriceUsdPerPhDay[row]!,
    phs: basis.acceptedPhs[row]!,
    cost: basis.avoidableCostUsdPerDay[row]!,
    machines: machines.quantity[row]!,
    model: machines.model.codes[row]!,
    site: machines.site[row]!,
    isOnLine: isIdle ? machines.status[row] === IDLE : basis.counted[row] === 1,
  }))
    .filter((row) => row.isOnLine && !Number.isNaN(row.breakeven))
    .sort((a, b) => a.breakeven - b.breakeven)
  type Row = (typeof rows)[number]
  const zone = (row: Row) => Number(row.breakeven > lines.now) + Number(row.breakeven > lines.after)
  const sum = (of: readonly Row[], value: (row: Row) => number) =>
    of.reduce((all, row) => all + value(row), 0)
  const only = (values: readonly number[]) => (new Set(values).size === 1 ? values[0]! : null)

  const cut = (leastPhs: number) => {
    const bars: Row[][] = []
    for (const row of rows) {
      const bar = bars.at(-1)
      const first = bar?.[0]
      const alike =
        first?.model === row.model &&
        first.site === row.site &&
        row.breakeven - first.breakeven <= 0.01 * Math.abs(first.breakeven)
      const closed =
        bar === undefined || zone(bar[0]!) !== zone(row) || (sum(bar, ({ phs }) => phs) >= leastPhs && !alike)
      if (closed) bars.push([row])
      else bar.push(row)
    }
    return bars
  }
  const fine = cut(0)
  const bars = fine.length > atMost ? cut(sum(rows, ({ phs }) => phs) / (atMost - 3)) : fine
  let firstIndex = 0
  return bars.map((bar) => {
    const phs = sum(bar, (row) => row.phs)
    const cost = sum(bar, (row) => row.cost)
    const [from, to] = [bar[0]!.breakeven, bar.at(-1)!.breakeven]
    const made: Omit<StrikeBar, 'acceptedBeforePhs'> = {
      strikeUsdPerPhDay: Math.min(Math.max(cost / phs, from), to),
      fromUsdPerPhDay: from,
      toUsdPerPhDay: to,
      acceptedPhs: phs,
      marginUsdPerDay: phs * lines.now - cost,
      machines: sum(bar, (row) => row.machines),
      modelCode: only(bar.map((row) => row.model)),
      siteRow: only(bar.map((row) => row.site)),
      state: STATES[Number(from <= lines.now)]![Number(from <= lines.after)]!,
      isIdle,
      verdictCode: null,
      isMixed: false,
      firstIndex,
      endIndex: firstIndex + bar.length,
    }
    firstIndex += bar.length
    return made
  })
}

/** Room for what is off: its share of the hashrate, half at most. */
function barsForIdle({ running, idle }: ReturnType<typeof prepareStrikeLine>, atMost: number): number {
  const share = idle.acceptedPhs / (idle.acceptedPhs + running.acceptedPhs)
  return idle.order.length === 0 ? 0 : Math.max(4, Math.round(Math.min(0.5, share) * atMost))
}

/** Hashrates that add up without rounding, so that where a bar closes does not hang on the order of the sum. */
const wholeThs = fc.integer({ min: 1, max: 40 }).map((n) => n * 125)
/** Few models and powers, so that neighbours are often alike and runs are long. */
const fewModels = (machine: Machine, ths: number, powerW: number): Machine => ({
  ...machine,
  hashrateThs: ths,
  powerW,
  uptime: 1,
  poolFee: 0,
  hostShare: 0,
  standbyW: 0,
  powerPriceUsdPerKwh: Number.NaN,
  otherUsdPerKwh: Number.NaN,
  overhead: Number.NaN,
})
const anyRow = fc.oneof(
  fc
    .tuple(
      anyMachine,
      wholeThs,
      fc.constantFrom(0.25, 0.5, 1),
      fc.constantFrom(0, 0.5),
      fc.constantFrom(0, 0.25),
    )
    .map(([machine, hashrateThs, uptime, poolFee, hostShare]) => ({
      ...machine,
      hashrateThs,
      uptime,
      poolFee,
      hostShare,
    })),
  fc.tuple(anyMachine, fc.constantFrom(3000, 3010, 5000)).map(([machine, w]) => fewModels(machine, 125, w)),
)
/** From no row to many blocks of rows. */
const anyRows = fc
  .tuple(fc.array(anyRow, { maxLength: 12 }), fc.integer({ min: 1, max: 60 }))
  .map(([rows, times]) => Array.from({ length: times }, () => rows).flat())

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** Hashprices anywhere, and exactly on a break-even, where a row still earns. */
const anyLine = fc.oneof(
  between(-10, 2000).map((value) => ({ value })),
  fc.nat().map((row) => ({ row })),
)

const closeTo = (value: number) => expect.closeTo(value, Math.abs(value) > 1e6 ? 3 : 7) as number

describe('the strike line', () => {
  it('has the bars of its definition, wherever the two lines are', () => {
    fc.assert(
      fc.property(
        anySites,
        anyRows,
        fc.array(fc.tuple(anyLine, anyLine), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 8, max: 70 }),
        (sites, machines, steps, atMost) => {
          const basis = prepareMargins(fleetFrom(sites, machines))
          const index = prepareStrikeLine(basis)
          const at = (line: { value: number } | { row: number }) =>
            'value' in line
              ? line.value
              : (basis.breakevenHashpriceUsdPerPhDay[line.row % basis.length] ?? 30)
          for (const [first, second] of steps) {
            const [now, after] = [at(first), at(second)]
            if (Number.isNaN(now) || Number.isNaN(after)) continue
            const { bars, acceptedPhs } = strikeBars(index, { now, after }, atMost)
            const forIdle = barsForIdle(index, atMost)
            for (const isIdle of [false, true]) {
              const most = isIdle ? forIdle : atMost - forIdle
              expect(
                bars
                  .filter((bar) => bar.isIdle === isIdle)
                  .map((bar) => ({ ...bar, acceptedBeforePhs: expect.any(Number) as number })),
              ).toEqual(
                plainBars(basis, { now, after }, most, isIdle).map((bar) => ({
                  ...bar,
                  strikeUsdPerPhDay: closeTo(bar.strikeUsdPerPhDay),
                  acceptedPhs: closeTo(bar.acceptedPhs),
                  marginUsdPerDay: expect.any(Number) as number,
                  acceptedBeforePhs: expect.any(Number) as number,
                })),
              )
            }
            let before = 0
            for (const [i, bar] of bars.entries()) {
              expect(bar.strikeUsdPerPhDay).toBeGreaterThanOrEqual(
                bars[i - 1]?.strikeUsdPerPhDay ?? -Infinity,
              )
              expect(bar.acceptedBeforePhs).toBeCloseTo(before, 7)
              before += bar.acceptedPhs
            }
            expect(acceptedPhs).toBeCloseTo(before, 7)
            expect(bars.length).toBeLessThanOrEqual(atMost)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is money: the areas and what no step stands for add up to the margin of the totals', () => {
    fc.assert(
      fc.property(
        anySites,
        anyRows,
        anyNetwork,
        between(-0.5, 1),
        fc.integer({ min: 8, max: 70 }),
        fc.array(fc.constantFrom(0, 1, 3, 8, 255), { minLength: 1 }),
        (sites, rows, network, change, atMost, codes) => {
          // Some are paid for nothing: they have no step.
          const machines = rows.map((row, i) => (i % 5 === 4 ? { ...row, uptime: 0 } : row))
          const basis = prepareMargins(fleetFrom(sites, machines))
          const now = hashpriceUsdPerPhDay(network)
          const verdicts = Uint8Array.from(machines, (_, row) => codes[row % codes.length]!)
          const { bars, beyondStepsUsdPerDay } = strikeBars(
            prepareStrikeLine(basis),
            { now, after: now / (1 + change) },
            atMost,
            verdicts,
          )
          let areas = 0
          let scale = 1
          for (const { isIdle, acceptedPhs, strikeUsdPerPhDay, marginUsdPerDay } of bars) {
            const area = acceptedPhs * (now - strikeUsdPerPhDay)
            const size = acceptedPhs * (Math.abs(now) + Math.abs(strikeUsdPerPhDay))
            expect(Math.abs(area - marginUsdPerDay)).toBeLessThanOrEqual(1e-9 * size)
            if (!isIdle) areas += area
            scale += size
          }
          const { marginUsdPerDay } = fleetTotals(basis, network)
          expect(Math.abs(areas + beyondStepsUsdPerDay - marginUsdPerDay)).toBeLessThanOrEqual(1e-9 * scale)
          expect(bars.length).toBeLessThanOrEqual(atMost)
        },
      ),
      { numRuns: 100 },
    )
  })
})
