import { CURRENCIES } from '#shared/domain/power/currency.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { displayOf, setDisplay } from '#shared/format/display.ts'
import type { Money } from '#shared/format/money.ts'
import { moneyOf, rateOf, reportingMoney } from '#shared/ipc/reporting-money.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { CliHost, OptionSpecs } from './command.ts'
import { UsageError } from './command.ts'
import { writeLine } from './json.ts'

/** In what text speaks of money. JSON is in USD, as its names say. */
export const moneyOption = {
  currency: {
    type: 'string',
    value: 'CODE',
    help: 'the money of the text, at the stored rate (default: report.currency of the stored data)',
  },
} as const satisfies OptionSpecs

/** @throws UsageError */
export function currencyGiven(command: string, text: string | undefined): Currency | null {
  if (text === undefined) return null
  const found = CURRENCIES.find((currency) => currency === text.toUpperCase())
  if (found !== undefined) return found
  throw new UsageError(`${command}: --currency '${text}' is not one of ${CURRENCIES.join(', ')}`)
}

/** What is known of the reader. */
export type Reader = {
  readonly settings: Settings
  readonly state: NetworkState
  /** of --currency */
  readonly currency: Currency | null
}

/**
 * How text is written for whoever reads this call: units, language of numbers and currency as stored. A currency without a rate
 * that was asked for is refused; one of the settings leaves money in USD, with a warning.
 * @param conditions whose price tells a hashprice in satoshi
 * @throws UsageError
 */
export async function moneyFor(
  command: string,
  host: CliHost,
  { settings, state, currency }: Reader,
  conditions: Pick<NetworkConditions, 'priceUsdPerBtc'> | null,
): Promise<Money> {
  setDisplay(displayOf(settings))
  const wanted = currency ?? settings.currency
  const rate = rateOf(state, wanted)?.value ?? null
  if (wanted !== 'USD' && rate === null) {
    const words = `no rate for ${wanted} is known: run refresh, or rates set ${wanted} VALUE`
    if (currency !== null) throw new UsageError(`${command}: --currency: ${words}`)
    await writeLine(host.stderr, `warning: ${words}; money is in USD`)
  }
  return moneyOf(wanted, rate, conditions?.priceUsdPerBtc ?? null)
}

/** The same from the settings alone, for what is told of stored alerts and typed values. */
export async function storedMoney(store: Pick<Store, 'readSettings'>, state: NetworkState): Promise<Money> {
  const settings = await store.readSettings()
  setDisplay(displayOf(settings))
  return reportingMoney(state, settings.currency)
}
