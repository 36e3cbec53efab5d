import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import type { CarriedNetwork } from '#shared/domain/chain/carried.ts'
import type { AdjustmentEstimate } from '#shared/domain/chain/adjustment.ts'
import type { PurchaseCase } from '#shared/domain/money/purchase-returns.ts'
import type { StoredPurchase } from '#electron/store/port.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { storedScenario } from './assumptions.ts'
import type { agreementOptions } from './case-inputs.ts'
import type { Case, caseOptions } from './case.ts'
import { readCase } from './case.ts'
import type { Call, OptionSpecs } from './command.ts'
import { numberOption, UsageError } from './command.ts'
import { warnOfClock } from './commands/adjustment.ts'
import { casesAhead } from './scenario-ahead.ts'
import { readStored, withStore } from './stored.ts'

/** Of an investment that is looked at over its life. */
export const investmentOptions = {
  'discount-rate': {
    type: 'string',
    value: 'R',
    help: 'a year, e.g. 0.12 (default: finance.discount-rate-per-year of the settings)',
  },
  scenario: {
    type: 'string',
    value: 'NAME',
    help: 'with --purchases or next: the stored scenario of that name instead of the growths',
  },
} as const satisfies OptionSpecs

export const nextOptions = {
  site: { type: 'string', value: 'NAME', help: 'with next: where the machines are to run' },
  price: {
    type: 'string',
    value: 'MODEL=PRICE',
    repeated: true,
    help: 'with next: e.g. "Antminer S21 200T=15/TH", or the price of one machine; several times for several models',
  },
  offers: { type: 'string', value: 'OFFERS.CSV', help: 'with next: model,price_usd_per_ths or price_usd' },
  life: { type: 'string', value: 'YEARS', help: 'with next: how long a machine is used' },
  salvage: { type: 'string', value: 'SHARE', help: 'with next: of its price, fetched at the end (0)' },
  uptime: { type: 'string', value: 'SHARE', help: 'with next: instead of that of the site’s machines' },
  'pool-fee': { type: 'string', value: 'SHARE', help: 'with next: instead of that of the site’s machines' },
  'rank-by': { type: 'string', value: 'megawatt|dollar', help: 'with next: what is scarce (megawatt)' },
  paths: { type: 'string', value: 'N', help: 'with next: how many are simulated for the range (2000)' },
  seed: { type: 'string', value: 'N', help: 'with next: the same seed gives the same paths (1)' },
} as const satisfies OptionSpecs

type Growths = Readonly<
  Record<`${'hashrate' | 'price'}-growth-per-year`, { readonly type: 'string'; readonly help: string }>
>

export type InvestmentCall = Call<
  typeof caseOptions & typeof agreementOptions & typeof investmentOptions & typeof nextOptions & Growths
>

export type InvestmentCase = {
  readonly given: Case
  readonly of: PurchaseCase
  readonly carried: CarriedNetwork
  /** null: the change was typed */
  readonly estimate: AdjustmentEstimate | null
  readonly purchases: readonly StoredPurchase[]
  /** null: neither typed nor stored */
  readonly discountRatePerYear: number | null
  readonly scenario: ScenarioOfCall
}

/** A stored one by its name, or what the growths say. */
type ScenarioOfCall = Omit<Scenario, 'name'> & { readonly name: string | null }

const GROWTH = { min: -0.99, max: 100, unit: 'a year (a fraction: 0.3 is 30 %)', typed: 'share' } as const

/** @throws UsageError, or StrikelineError that names what is missing */
export async function investmentCase(call: InvestmentCall): Promise<InvestmentCase> {
  const { options, host } = call
  const typedRate = numberOption('returns', 'discount-rate', options['discount-rate'], GROWTH)
  const scenario = await scenarioOf(call)
  const given = await readCase('returns', call)
  const { start, prepared, horizon } = await (await casesAhead('returns', call, given))(scenario)
  const { carried, network, adjustment, estimate } = start
  const asOfMs = given.nowMs ?? network.atMs
  if (asOfMs === null)
    throw new StrikelineError(
      'bad-input',
      `${options.network ?? 'the network'}, field at: it is missing; purchases have days, so the moment is needed`,
    )
  await warnOfClock(host, carried)
  const [purchases, settings] = await readStored(host, options.data, (store) =>
    Promise.all([store.readPurchases(), store.readSettings()]),
  )
  return {
    ...{ given, carried, estimate, purchases, scenario },
    of: { prepared, horizon, network, adjustment, asOfMs },
    discountRatePerYear: typedRate ?? settings.discountRatePerYear,
  }
}

async function scenarioOf({ options, host }: InvestmentCall): Promise<ScenarioOfCall> {
  const growth = (what: 'hashrate' | 'price') =>
    numberOption('returns', `${what}-growth-per-year`, options[`${what}-growth-per-year`], GROWTH)
  const [price, hashrate] = [growth('price'), growth('hashrate')]
  const { scenario } = options
  if (scenario === undefined)
    return {
      name: null,
      assumptions: {
        price: constantGrowth(price ?? 0),
        hashrate: constantGrowth(hashrate ?? 0),
        response: null,
      },
      tried: NOTHING_TRIED,
    }
  if (price !== undefined || hashrate !== undefined)
    throw new UsageError('returns: --scenario states everything; a growth cannot stand beside it')
  return withStore(host, options.data, (store) => storedScenario(store, scenario))
}

/** A value that the formulas refuse is one of the call, of a purchase or of a contract, and named in the words. */
export function saying<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new StrikelineError('bad-input', `returns: ${error.message}`)
    throw error
  }
}
