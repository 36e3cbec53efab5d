import { spawnSync } from 'node:child_process'
import type { BenchRow } from '#tools/bench-row.ts'
import { quickest } from '#tools/bench-row.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import type { SupplyCurve } from '#shared/domain/ahead/respond.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { plainCash } from '#shared/domain/decision/fleet-cash.ts'
import type { SimulatedFleet } from '#shared/domain/ahead/simulate/simulate.ts'
import { simulate } from '#shared/domain/ahead/simulate/simulate.ts'
import { benchFleet } from './fleets.ts'

const LOTS = 200
const CHOICES = {
  epochs: 26,
  paths: 10_000,
  seed: 1,
  price: constantGrowth(0),
  hashrate: constantGrowth(0.2),
  model: FITTED_PATHS,
  underWater: 'stop',
  response: DEFAULT_SUPPLY_CURVE,
} as const

const network: NetworkConditions = {
  height: 925_000,
  difficulty: 1.5e14,
  priceUsdPerBtc: 88_300,
  feesBtcPerBlock: 0.02,
  epoch: null,
  previousAdjustments: [],
  atMs: null,
}
const estimate = estimateAdjustment({ blocks: 1007, seconds: 612_345 }, [0.012, -0.024])

function earningFleet(lots: number): SimulatedFleet {
  const basis = prepareMargins(benchFleet(lots))
  return { ...basis, cash: [{ fromDay: 0, ...plainCash(basis) }] }
}

export function run(): Promise<readonly BenchRow[]> {
  const few = earningFleet(LOTS)
  const many = earningFleet(100 * LOTS)
  const simulated =
    (fleet: typeof few, paths: number, response: SupplyCurve | null = DEFAULT_SUPPLY_CURVE) =>
    () => {
      simulate(fleet, network, estimate, { ...CHOICES, paths, response })
    }
  const [all, plain, tenth, manyLots] = quickest(
    [simulated(few, 10_000), simulated(few, 10_000, null), simulated(few, 1000), simulated(many, 10_000)],
    10,
  )
  const what = '10 000 paths × 26 epochs, 200 lots'
  const rows: BenchRow[] = []
  const row = (name: string, against: string, againstMeasured: number, goal: number | null, ms = all!) =>
    rows.push({ what: name, measured: ms, against, againstMeasured, goal })
  const numpy = numpyMilliseconds()
  if (numpy === null) rows.push({ what, measured: plain!, against: null, againstMeasured: null, goal: null })
  else {
    // NumPy's paths know of no response.
    row(what, 'NumPy, every margin', numpy.everyMargin, 0.5, plain)
    row(what, 'NumPy, the same shortcut', numpy.shortcut, null, plain)
  }
  row(what, 'ten times 1 000 paths', tenth! * 10, 1.2)
  row(`${what}, with the network's response`, 'without it', plain!, null)
  row('10 000 paths × 26 epochs, 20 000 lots', 'the same with 200 lots', all!, null, manyLots)
  return Promise.resolve(rows)
}

/** null where there is no Python with NumPy. */
function numpyMilliseconds(): { readonly everyMargin: number; readonly shortcut: number } | null {
  const script = new URL('simulate_numpy.py', import.meta.url)
  const { status, stdout } = spawnSync('python3', [script.pathname], { encoding: 'utf8' })
  if (status !== 0) return null
  const [everyMargin, shortcut] = stdout.trim().split(' ').map(Number)
  return { everyMargin: everyMargin!, shortcut: shortcut! }
}
