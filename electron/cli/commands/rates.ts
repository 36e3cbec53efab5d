import type { Store } from '#electron/store/sqlite/client.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { ratesFigures, ratesTable } from './network.ts'

type Change = { readonly currency: ForeignCurrency; readonly usdPerUnit: number | null }

export const command = defineCommand({
  name: 'rates',
  operands: '[set CURRENCY USD_PER_UNIT | unset CURRENCY]',
  maxOperands: 3,
  summary: 'what other currencies are worth in USD; sets a rate by hand or takes it back',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host }) {
    const change = changeOf(operands)
    const nowMs = Date.now()
    const state = await withStore(host, options.data, (store) =>
      change === null ? readNetworkState(store, nowMs) : typeRate(store, host.version, change),
    )
    if (options.json) await writeLine(host.stdout, JSON.stringify({ rates: ratesFigures(state, nowMs) }))
    else for (const line of ratesTable(state, nowMs)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

async function typeRate(store: Store, version: string, change: Change): Promise<NetworkState> {
  const service = createNetworkService({ store, version })
  try {
    return await service.typeRate(change.currency, change.usdPerUnit)
  } finally {
    await service.stop()
  }
}

/** null: the rates are only shown. */
function changeOf([verb, currency, rate]: readonly string[]): Change | null {
  if (verb === undefined) return null
  if (verb === 'set' && currency !== undefined && rate !== undefined) {
    const usdPerUnit = rate.trim() === '' ? NaN : Number(rate)
    if (Number.isNaN(usdPerUnit)) throw new UsageError(`rates: '${rate}' is not a number, e.g. 1.08`)
    return { currency: foreign(currency), usdPerUnit }
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
