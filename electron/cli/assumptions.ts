import { readGrowthPath } from '#electron/files/series/read-growth-path.ts'
import { readSupplyCurve } from '#electron/files/series/supply-curve-file.ts'
import type { Assumptions } from '#shared/domain/ahead/project.ts'
import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import { scenarioNamed, storedScenarios } from '#electron/services/scenarios.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import type { GrowthPath } from '#shared/domain/ahead/growth-path.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { numberOption, UsageError } from './command.ts'
import type { Call, OptionSpecs } from './command.ts'
import { withStore } from './stored.ts'

export const pathOptions = {
  'hashrate-growth-per-year': {
    type: 'string',
    value: 'G',
    help: 'growth of the network, e.g. 0.3 (0: flat)',
  },
  'price-growth-per-year': { type: 'string', value: 'G', help: 'growth of the price, e.g. -0.1 (0: flat)' },
  'hashrate-path': {
    type: 'string',
    value: 'PATH.CSV',
    help: 'date,hashrate_ehs, as shares of its first day; the rate counts after its end',
  },
  'price-path': { type: 'string', value: 'PATH.CSV', help: 'date,price_usd; the rate counts after its end' },
  curve: {
    type: 'string',
    value: 'CURVE.JSON',
    help: 'the supply curve that responds (default: the built-in one)',
  },
  scenario: {
    type: 'string',
    value: 'NAME',
    help: 'the stored scenario of that name: its paths, its response, and what it tries',
  },
} as const satisfies OptionSpecs

export const assumptionOptions = {
  ...pathOptions,
  respond: { type: 'boolean', help: 'machines of the network leave and return with the hashprice' },
} as const satisfies OptionSpecs

const GROWTH = { min: -0.99, max: 100, unit: 'a year (a fraction: 0.3 is 30 %)', typed: 'share' } as const

type PathCall = Call<
  typeof pathOptions & { readonly data: { readonly type: 'string'; readonly help: string } }
>

/** Whether the network responds; `said` is the option that said so, null: nobody did. */
export type Responding = { readonly responds: boolean; readonly said: string | null }

/** The stored scenario that is named; null: none. @throws UsageError, or StrikelineError 'bad-input' where there is no such scenario */
export async function scenarioGiven(
  command: string,
  { options, host }: PathCall,
  { said }: Responding,
): Promise<Scenario | null> {
  const { scenario: name } = options
  if (name === undefined) return null
  const others = Object.keys(pathOptions).filter((option) => option !== 'scenario')
  const beside =
    others.find((option) => options[option as keyof typeof pathOptions] !== undefined) ?? said ?? undefined
  if (beside !== undefined)
    throw new UsageError(
      `${command}: --scenario says where price and hashrate go; --${beside} cannot stand beside it`,
    )
  return withStore(host, options.data, (store) => storedScenario(store, name))
}

/**
 * The assumptions that the options state.
 * @param network as of the moment that the projection starts from, with what is tried
 * @throws StrikelineError that names the option or the file
 */
export async function statedAssumptions(
  command: string,
  { options, path }: PathCall,
  network: NetworkConditions,
  { responds }: Responding,
): Promise<Assumptions> {
  const growth = async (what: 'hashrate' | 'price'): Promise<GrowthPath> => {
    const file = options[`${what}-path`]
    const rate =
      numberOption(command, `${what}-growth-per-year`, options[`${what}-growth-per-year`], GROWTH) ?? 0
    if (file === undefined) return constantGrowth(rate)
    if (network.atMs === null)
      throw new UsageError(`${command}: a path has dates, but the network has no field at`)
    // A price is known to the cent, so the file's own prices count; a hashrate is an estimate on both sides.
    const todayValue = what === 'price' ? network.priceUsdPerBtc : null
    return readGrowthPath(path(file), what, network.atMs, todayValue, rate)
  }
  const curve =
    options.curve === undefined ? DEFAULT_SUPPLY_CURVE : await readSupplyCurve(path(options.curve))
  return {
    price: await growth('price'),
    hashrate: await growth('hashrate'),
    response: responds ? curve : null,
  }
}

/** @throws StrikelineError 'bad-input' */
export const storedScenario = async (store: Store, name: string): Promise<Scenario> =>
  scenarioNamed(await storedScenarios(store), name)

/** Assumptions for JSON, with the scale where something responds. */
export function assumptionFigures(assumptions: Assumptions, scale: number | null) {
  return scale === null ? assumptions : { ...assumptions, responseScale: scale }
}
