import type { CarriedNetwork } from '../../chain/carried.ts'
import { difficultySpread } from '../../chain/carried.ts'
import { DAYS_PER_YEAR, MS_PER_DAY } from '../../units.ts'
import type { PathChoices } from './correlated-paths.ts'
import type { PathModel } from './path-model.ts'

/**
 * How far values of the past may be off by now, as standard deviations of their logarithms: the price by σ_P·√(age in years), the
 * difficulty by the adjustments that passed unseen. A volatility of 0 says that nothing is left to chance.
 * @param dataAtMs moment of the data, unix ms; null: not known, so its age is 0
 */
export function startSpreadOf(
  model: PathModel,
  carried: Pick<CarriedNetwork, 'nowMs' | 'applied'>,
  dataAtMs: number | null,
): NonNullable<PathChoices['startSpread']> {
  const ageYears = dataAtMs === null ? 0 : Math.max(carried.nowMs - dataAtMs, 0) / MS_PER_DAY / DAYS_PER_YEAR
  return {
    price: model.priceVolatilityPerYear * Math.sqrt(ageYears),
    difficulty: model.hashrateVolatilityPerYear === 0 ? 0 : difficultySpread(carried.applied),
  }
}
