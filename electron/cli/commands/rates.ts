import type { Store } from '#electron/store/sqlite/client.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import { refuseImpossibleRate } from '#electron/services/typed-value.ts'
import type { Accepted } from '#electron/files/questions.ts'
import { termsAtRate } from '#shared/domain/decision/trial.ts'
import { exchangeRate } from '#shared/format/rates.ts'
import { rateField } from '#shared/format/typed-fields.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { acceptedNames, acceptOption } from '../answers.ts'
import { refuseSurprise } from '../surprise.ts'
import { ratesFigures, ratesTable } from './network.ts'

type Change = { readonly currency: ForeignCurrency; readonly usdPerUnit: number | null }

export const command = defineCommand({
  name: 'rates',
  operands: '[set CURRENCY USD_PER_UNIT | unset CURRENCY]',
  maxOperands: 3,
  summary: 'what other currencies are worth in USD; sets a rate by hand or takes it back',
  options: { ...acceptOption, ...jsonOption, ...dataOption },
  async run({ options, operands, host }) {
    const change = changeOf(operands)
    const accepted = acceptedNames('rates', options.accept)
    const nowMs = Date.now()
    const state = await withStore(host, options.data, (store) =>
      change === null ? readNetworkState(store, nowMs) : typeRate(store, host.version, change, accepted),
    )
    if (options.json) await writeLine(host.stdout, JSON.stringify({ rates: ratesFigures(state, nowMs) }))
    else for (const line of ratesTable(state, nowMs)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

async function typeRate(
  store: Store,
  version: string,
  { currency, usdPerUnit }: Change,
  accepted: Accepted,
): Promise<NetworkState> {
  const service = createNetworkService({ store, version })
  try {
    if (usdPerUnit !== null) {
      refuseImpossibleRate(currency, usdPerUnit)
      const [known, { sites, tariffs }] = await Promise.all([service.read(), store.readFleet()])
      await refuseSurprise(
        'rates',
        store,
        {
          name: `1 ${currency}`,
          thing: { field: `${currency} rate`, about: '' },
          before: known.rates[currency]?.value ?? null,
          after: usdPerUnit,
          show: (rate) => `${exchangeRate(rate)} USD`,
          known,
          tried: known,
          terms: termsAtRate(sites, tariffs, currency, usdPerUnit),
        },
        accepted,
      )
    }
    return await service.typeRate(currency, usdPerUnit)
  } finally {
    await service.stop()
  }
}

/** null: the rates are only shown. */
function changeOf([verb, currency, rate]: readonly string[]): Change | null {
  if (verb === undefined) return null
  if (verb === 'set' && currency !== undefined && rate !== undefined) {
    const known = foreign(currency)
    const { value, fault } = readTyped(rate, rateField(known))
    if (fault !== null) throw new UsageError(`rates: ${fault}`)
    if (value === null) throw new UsageError(`rates: '${rate}' is not a number, e.g. 1.08`)
    return { currency: known, usdPerUnit: value }
  }
  if (verb === 'unset' && currency !== undefined && rate === undefined)
    return { currency: foreign(currency), usdPerUnit: null }
  throw new UsageError('rates: use `rates`, `rates set EUR 1.08` or `rates unset EUR`')
}

function foreign(text: string): ForeignCurrency {
  const found = FOREIGN_CURRENCIES.find((currency) => currency === text.toUpperCase())
  if (found !== undefined) return found
  throw new UsageError(
    `rates: '${text}' is not a currency that has a rate; there are ${FOREIGN_CURRENCIES.join(', ')}`,
  )
}
