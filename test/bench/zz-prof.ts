import { estimateAdjustment } from '#shared/domain/adjustment.ts'
import { prepareMargins } from '#shared/domain/fleet-margins.ts'
import { constantGrowth } from '#shared/domain/growth-path.ts'
import { FITTED_PATHS } from '#shared/domain/simulate/path-model.ts'
import { simulate } from '#shared/domain/simulate/simulate.ts'
import { benchFleet } from './fleets.ts'
const network = { height: 925_000, difficulty: 1.5e14, priceUsdPerBtc: 88_300, feesBtcPerBlock: 0.02, epoch: null, previousAdjustments: [], atMs: null }
const e = estimateAdjustment({ blocks: 1007, seconds: 612_345 }, [0.012, -0.024])
const b = prepareMargins(benchFleet(200))
for (let i = 0; i < 30; i++) { const t = performance.now(); simulate(b, network, e, { epochs: 26, paths: 10000, seed: 1, price: constantGrowth(0), hashrate: constantGrowth(0.2), model: FITTED_PATHS, underWater: 'stop' }); if (i % 5 === 4) console.log(performance.now() - t) }
