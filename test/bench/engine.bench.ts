import { spawnSync } from 'node:child_process'
import type { BenchRow } from '#tools/bench-row.ts'
import { quickest } from '#tools/bench-row.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { addPlainRows, noTotals } from '#shared/domain/decision/advice-totals.ts'
import { adviseOver, decideOver, settled } from '#shared/domain/decision/advise.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { FITTED_HASHPRICE_VOLATILITY_PER_YEAR } from '#shared/domain/ahead/simulate/path-model.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { sortedIndex } from '#shared/domain/fleet/sorted-index.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import { NO_FILTER } from '#renderer/engine/view.ts'
import { benchFleet } from './fleets.ts'

const MILLION = 1_000_000
const FRAME_MS = 1000 / 60

const network: NetworkConditions = {
  height: 925_000,
  difficulty: 1.5e14,
  priceUsdPerBtc: 88_300,
  feesBtcPerBlock: 0.02,
  epoch: null,
  previousAdjustments: [],
  atMs: null,
}
const EPOCH = { blocks: 1672, seconds: 1_003_200 }
const AT_MS = Date.UTC(2025, 10, 22, 12)
const STAGE = { subsidyBtc: 3.125, difficulty: network.difficulty }
const DAY_MS = 86_400_000

/** Five days until an adjustment of −4 % and fourteen after it. */
function horizonAt(hashprice: number): Horizon {
  return {
    stages: [
      { ...STAGE, opensWith: 'now', fromMs: AT_MS, days: 5, hashpriceUsdPerPhDay: hashprice },
      {
        ...STAGE,
        opensWith: 'adjustment',
        fromMs: AT_MS + 5 * DAY_MS,
        days: 14,
        hashpriceUsdPerPhDay: hashprice / 0.96,
      },
    ],
    days: 19,
    volatilityPerYear: FITTED_HASHPRICE_VOLATILITY_PER_YEAR,
    reviewDays: 1,
    changeBelow: null,
    drawn: null,
  }
}

/** The tasks of the engine on one fleet, each writing again into what the one before it wrote. */
function tasksOn(length: number) {
  const fleet = benchFleet(length)
  const first = hashpriceUsdPerPhDay(network)
  let prepared = prepare(fleet, PLAIN_CASE)
  const { basis } = prepared
  const { decisions } = adviseOver(prepared, horizonAt(first))
  const strikeLine = prepareStrikeLine(basis)
  // another price each time, as a slider gives it
  let step = 0
  const moved = () => first + (step++ % 7)
  const price = () => settled(decideOver(prepared, horizonAt(moved()), decisions, null))
  return {
    all: () => {
      prepared = prepare(fleet, PLAIN_CASE, prepared.basis)
      price()
    },
    price,
    totals: () => {
      fleetTotals(basis, network)
      addPlainRows(noTotals(2), basis, decisions, horizonAt(first), prepared.groupOf)
    },
    slider: () => {
      const now = moved()
      adviseOver(prepared, horizonAt(now), decisions)
      fleetTotals(basis, network)
      strikeBars(strikeLine, { now, after: 40 }, 200)
    },
    sort: () => {
      sortedIndex(basis.breakevenHashpriceUsdPerPhDay, true)
    },
    sortNatively: () => {
      basis.breakevenHashpriceUsdPerPhDay.slice().sort()
    },
  }
}

/** The memory limit: six columns of a million numbers copied. */
function sixCopies(): () => void {
  const columns = Array.from({ length: 6 }, () => ({
    from: new Float64Array(MILLION).fill(1),
    to: new Float64Array(MILLION),
  }))
  return () => {
    for (const { from, to } of columns) to.set(from)
  }
}

/** The same arithmetic in NumPy, ms; null where there is no Python with NumPy. */
function numpyMilliseconds(): number | null {
  const script = new URL('engine_numpy.py', import.meta.url)
  const python = spawnSync('python3', [script.pathname], { encoding: 'utf8' })
  return python.status === 0 ? Number(python.stdout) : null
}

/** What the window asks its engine while a price is dragged over a fleet of that size. */
function lookOf(length: number): () => void {
  const fleet = benchFleet(length)
  const engine = createEngine()
  engine.load({ kind: 'all', machines: fleet.machines }, fleet.sites, PLAIN_CASE)
  let step = 0
  return () => {
    const conditions = { ...network, priceUsdPerBtc: 88_000 + 100 * (step++ % 7), epoch: EPOCH, atMs: AT_MS }
    const market = { conditions, choices: { change: null, horizonDays: null }, nowMs: AT_MS }
    engine.look({
      market,
      realMarket: market,
      sitePowerPrices: new Map(),
      sort: { column: 'advice', descending: true },
      filter: NO_FILTER,
      group: { by: 'advice', unfold: 'first', folds: {} },
      money: { usdPerUnit: 1, decimals: 2 },
      turn: 0,
      keepOrder: step > 1,
      window: { from: 0, to: 64 },
      explained: null,
      wantsSites: false,
    })
  }
}

export function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  const row = (
    what: string,
    measured: number,
    against: string,
    againstMeasured: number,
    goal: number | null,
  ) => rows.push({ what, measured, against, againstMeasured, goal })

  const million = tasksOn(MILLION)
  const [copies, all, price, totals] = quickest([sixCopies(), million.all, million.price, million.totals], 40)
  const copied = 'six column copies'
  row('margins, break-evens and verdicts of 1 000 000 rows', all!, copied, copies!, 4.5)
  row('the same after a change of price alone', price!, copied, copies!, 2)
  row('totals of the fleet and of the verdicts, 1 000 000 rows', totals!, copied, copies!, null)
  const numpy = numpyMilliseconds()
  if (numpy !== null) row('margins, break-evens and verdicts of 1 000 000 rows', all!, 'NumPy', numpy, 0.3)

  const tenth = tasksOn(MILLION / 10)
  const [hundredth] = quickest([tasksOn(MILLION / 100).all], 400)
  const [tenthAll, slider, look, sort, natively] = quickest(
    [tenth.all, tenth.slider, lookOf(MILLION / 10), tenth.sort, tenth.sortNatively],
    100,
  )
  row('1 000 000 rows', all!, 'ten times 100 000', tenthAll! * 10, 1.2)
  row('100 000 rows', tenthAll!, 'ten times 10 000', hundredth! * 10, 1.2)
  row('a step of a slider, 100 000 rows: verdicts, totals, bars', slider!, 'a frame at 60 Hz', FRAME_MS, 1)
  row(
    'the same as the window asks it of its engine, rows on screen with it',
    look!,
    'a frame at 60 Hz',
    FRAME_MS,
    1,
  )
  row('order of 100 000 rows by a column', sort!, 'the column sorted natively', natively!, null)
  return Promise.resolve(rows)
}
