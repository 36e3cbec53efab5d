import type { Scenario, Tried } from '../domain/ahead/scenario.ts'
import { isNothingTried } from '../domain/ahead/scenario.ts'
import { MOST_NAME_LENGTH } from '../domain/fleet/names.ts'
import { assumptionWords } from './assumption-words.ts'
import type { Money } from './money.ts'
import { energyUnit, US_DOLLARS } from './money.ts'
import { counted, signedPercent, THIN_SPACE } from './numbers.ts'

/** `Tried: bitcoin at $70 000, next adjustment +5.0 %, power at North $0.042 per kWh.`; null where nothing is. */
export function triedWords(tried: Tried, money: Money = US_DOLLARS): string | null {
  if (isNothingTried(tried)) return null
  const { priceUsdPerBtc: price, change, sitePowerPrices } = tried
  const parts = [
    ...(price === null ? [] : [`bitcoin at ${money.whole(price)}`]),
    ...(change === null ? [] : [`next adjustment ${signedPercent(change)}`]),
    ...sitePowerPrices.map(
      ({ site, powerPriceUsdPerKwh }) =>
        `power at ${site} ${money.perKwh(powerPriceUsdPerKwh)} per ${energyUnit()}`,
    ),
  ]
  return `Tried: ${parts.join(', ')}.`
}

/** All that a scenario says: what is assumed, and what is tried where anything is. @param scale as in {@link assumptionWords} */
export function scenarioWords(
  { assumptions, tried }: Omit<Scenario, 'name'>,
  scale: number | null,
  money: Money = US_DOLLARS,
): string {
  const words = triedWords(tried, money)
  return `${assumptionWords(assumptions, scale)}${words === null ? '' : ` ${words}`}`
}

/** What is tried of sites that the fleet has not got, in a sentence; null where it has all. */
export function goneSitesWords(sites: readonly string[]): string | null {
  if (sites.length === 0) return null
  return sites.length === 1
    ? `The fleet has no site ‘${sites[0]}’, so the power price that is tried there counts nowhere.`
    : `The fleet has no sites ${sites.map((site) => `‘${site}’`).join(', ')}, so the power prices that are tried there count nowhere.`
}

/** Sites that a name can hold. */
const MOST_SITES = 2

/** A name that says what is tried: `Bitcoin at $70 000, North at $0.042`; '' where nothing is. */
export function scenarioNameFor({ priceUsdPerBtc: price, change, sitePowerPrices }: Tried): string {
  const { whole, perKwh } = US_DOLLARS
  const sites = sitePowerPrices.map(
    ({ site, powerPriceUsdPerKwh }) => `${site} at ${perKwh(powerPriceUsdPerKwh)}`,
  )
  const isFirst = price === null && change === null
  const parts = [
    ...(price === null ? [] : [`Bitcoin at ${whole(price)}`]),
    ...(change === null ? [] : [`${price === null ? 'Difficulty' : 'difficulty'} ${signedPercent(change)}`]),
    ...(sites.length > MOST_SITES
      ? [`${isFirst ? 'Power' : 'power'} at ${counted(sites.length, 'site')}`]
      : sites),
  ]
  // Spaces that can be typed, since a name is typed on the command line.
  const name = parts.join(', ').replaceAll(THIN_SPACE, ' ')
  return name.length <= MOST_NAME_LENGTH ? name : `${name.slice(0, MOST_NAME_LENGTH - 1).trimEnd()}…`
}
