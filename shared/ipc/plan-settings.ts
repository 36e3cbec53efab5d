import { HALF_YEAR_EPOCHS } from '../domain/ahead/project.ts'
import { FITTED_PATHS } from '../domain/ahead/simulate/path-model.ts'
import type { PathModel } from '../domain/ahead/simulate/path-model.ts'
import { USUAL_PATHS } from '../domain/ahead/simulate/usual.ts'
import type { LotsUnderWater } from '../domain/ahead/simulate/simulate.ts'

/** How the place Plan is looked at: kept on this computer, and the same for every scenario. */
export type PlanSettings = {
  /** names of the scenarios side by side, the first is the one that the sentence is about; null among them: as it is. null: not chosen */
  readonly columns: readonly (string | null)[] | null
  /** how many, the running one included */
  readonly epochs: number
  readonly underWater: LotsUnderWater
  readonly paths: number
} & Omit<PathModel, 'tailDegreesOfFreedom'>

/** Bounds of what can be typed: those of the command line. */
export const PLAN_BOUNDS = {
  epochs: [1, 1000],
  paths: [1, 1_000_000],
  priceVolatilityPerYear: [0, 5],
  hashrateVolatilityPerYear: [0, 5],
  correlation: [-1, 1],
} as const

export const USUAL_PLAN: PlanSettings = {
  columns: null,
  epochs: HALF_YEAR_EPOCHS,
  underWater: 'stop',
  paths: USUAL_PATHS,
  priceVolatilityPerYear: FITTED_PATHS.priceVolatilityPerYear,
  hashrateVolatilityPerYear: FITTED_PATHS.hashrateVolatilityPerYear,
  correlation: FITTED_PATHS.correlation,
}
