import type { GrowthPath } from '#shared/domain/ahead/growth-path.ts'
import { DAYS_PER_YEAR } from '#shared/domain/units.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import type { ReportScenario } from '#shared/report/case.ts'
import { NAMES, subsidyFormula } from './layout.ts'

/** A constant growth from the first day on, which one cell can say. */
export const isGrowth = ({ days }: GrowthPath): boolean => days.length === 1

/** What the sheet Projection holds as figures, because no formula on the inputs leads to it. */
export type GivenFigures = {
  readonly price: boolean
  /** days, changes and difficulty */
  readonly difficulty: boolean
  /** machines and money of the fleet */
  readonly fleet: boolean
}

export function givenFigures({ assumptions, tried = NOTHING_TRIED }: ReportScenario): GivenFigures {
  const { price, hashrate, response } = assumptions
  return {
    price: tried.priceUsdPerBtc !== null || !isGrowth(price),
    difficulty: tried.change !== null || response !== null || !isGrowth(hashrate),
    fleet: tried.sitePowerPrices.length > 0,
  }
}

const logRate = (growth: string) => `LN(1+${growth})/${DAYS_PER_YEAR}`

/** Factor of a growth on a day. */
const factorOn = (growth: string, day: string) => `EXP(${logRate(growth)}*${day})`

/** Mean factor of a growth over some days; of none, the factor on that day. */
export const meanFactor = (growth: string, day: string, days: string): string => {
  const rate = logRate(growth)
  const grown = `${factorOn(growth, day)}*(EXP(${rate}*${days})-1)/(${rate}*${days})`
  return `IF(OR(${growth}=0,${days}<=0),${factorOn(growth, day)},${grown})`
}

/** Days until the network has done an amount of work, in days of today’s hashrate, from a day on. */
export const daysToDo = (growth: string, day: string, work: string): string => {
  const rate = logRate(growth)
  return `IF(${growth}=0,${work},LN(1+${work}*${rate}/${factorOn(growth, day)})/(${rate}))`
}

/** Work of an epoch at a difficulty, in days of today’s hashrate, which is the one that the next adjustment implies. */
export const workOf = (difficulty: string): string =>
  `14*${difficulty}/(${NAMES.difficulty}*(1+${NAMES.change}))`

/** Mean subsidy of some blocks, of which the first has a height. */
export const meanSubsidy = (first: string, blocks: string): string => {
  const halving = `((INT(${first}/210000)+1)*210000)`
  const before = `MIN(${halving}-${first},${blocks})`
  return `(${subsidyFormula(first)}*${before}+${subsidyFormula(halving)}*(${blocks}-${before}))/${blocks}`
}
