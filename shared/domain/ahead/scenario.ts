import { siteNameKey } from '../fleet/names.ts'
import type { Assumptions } from './project.ts'

/** What a scenario puts in the place of what is known today; nothing where null and empty. */
export type Tried = {
  readonly priceUsdPerBtc: number | null
  /** of the next adjustment, a fraction */
  readonly change: number | null
  /** by name, as in the files: keys are of one data folder. A site that is gone is told, not left out in silence */
  readonly sitePowerPrices: readonly { readonly site: string; readonly powerPriceUsdPerKwh: number }[]
}

export const NOTHING_TRIED: Tried = { priceUsdPerBtc: null, change: null, sitePowerPrices: [] }

/** A what if with a name: where price and hashrate go from today, and what is another today already. */
export type Scenario = {
  readonly name: string
  readonly assumptions: Assumptions
  readonly tried: Tried
}

export const isNothingTried = ({ priceUsdPerBtc, change, sitePowerPrices }: Tried): boolean =>
  priceUsdPerBtc === null && change === null && sitePowerPrices.length === 0

/** What is tried beside a scenario counts over what the scenario tries; its other values stay. */
export function triedOver(scenario: Tried, beside: Tried): Tried {
  const besides = new Set(beside.sitePowerPrices.map(({ site }) => siteNameKey(site)))
  const kept = scenario.sitePowerPrices.filter(({ site }) => !besides.has(siteNameKey(site)))
  return {
    priceUsdPerBtc: beside.priceUsdPerBtc ?? scenario.priceUsdPerBtc,
    change: beside.change ?? scenario.change,
    sitePowerPrices: [...kept, ...beside.sitePowerPrices],
  }
}

/** What is equal where two people would say that a scenario's name is the same. */
export const scenarioNameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
