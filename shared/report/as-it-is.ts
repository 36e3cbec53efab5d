import { constantGrowth } from '../domain/ahead/growth-path.ts'
import type { ReportScenario } from './case.ts'

/** Of a report that names no scenario: price, hashrate and fees stay as they are. */
export const AS_IT_IS: ReportScenario = {
  name: 'As it is',
  assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0), response: null },
}
