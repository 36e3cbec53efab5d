import { readNetworkState } from '#electron/services/network-state.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { SAMPLE } from '#shared/ipc/conditions.ts'
import type { DatedValue, NetworkState } from '#shared/ipc/schemas/network.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { creditWord, sourceWord } from '#shared/format/words.ts'
import { age } from '#shared/format/times.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import type { CliHost } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'

export const command = defineCommand({
  name: 'network',
  summary: 'the stored network values and exchange rates with source and age',
  options: { ...jsonOption, ...dataOption },
  async run({ options, host }) {
    const nowMs = Date.now()
    const state = await withStore(host, options.data, (store) => readNetworkState(store, nowMs))
    await printNetwork(host, state, nowMs, options.json)
    return EXIT.done
  },
})

/** What is known of the network, for a script or for a person. */
export async function printNetwork(
  host: CliHost,
  state: NetworkState,
  nowMs: number,
  asJson: boolean,
): Promise<void> {
  if (asJson) {
    const values = Object.fromEntries(
      NETWORK_VALUE_NAMES.map((name) => [
        name,
        state.values[name] === null ? null : datedValue(state.values[name], nowMs),
      ]),
    )
    const sources = state.sources.map(({ name, lastSuccessMs, lastError }) => ({
      name,
      lastSuccess: lastSuccessMs === null ? null : isoTime(lastSuccessMs),
      lastError,
    }))
    const said = state.said.map(({ name, inForce, refused, ...dated }) => ({
      name,
      ...datedValue(dated, nowMs),
      inForce,
      refused,
    }))
    const rates = ratesFigures(state, nowMs)
    await writeLine(host.stdout, JSON.stringify({ values, rates, said, sources }))
    return
  }
  const rows = NETWORK_VALUE_NAMES.map((name) => {
    const dated = state.values[name]
    if (dated === null) return [name, '–', '', 'missing']
    const freshness = dated.source === SAMPLE ? 'made up' : dated.stale ? 'stale' : 'fresh'
    return [name, String(dated.value), creditWord(dated.source), `${age(dated.asOfMs, nowMs)}, ${freshness}`]
  })
  const columns = [{ title: 'value' }, { title: '', right: true }, { title: 'source' }, { title: 'age' }]
  for (const line of textTable(columns, rows)) await writeLine(host.stdout, line)
  if (Object.values(state.rates).some((rate) => rate !== null)) {
    await writeLine(host.stdout, '')
    for (const line of ratesTable(state, nowMs)) await writeLine(host.stdout, line)
  }
  for (const source of state.sources) {
    if (source.lastError !== null)
      await writeLine(host.stdout, `${sourceWord(source.name)}: ${source.lastError}`)
  }
}

/** What one unit of each currency is worth in USD; null where no rate is known. */
export function ratesFigures({ rates }: NetworkState, nowMs: number) {
  return Object.fromEntries(
    FOREIGN_CURRENCIES.map((currency) => {
      const rate = rates[currency] ?? null
      return [currency, rate === null ? null : datedValue(rate, nowMs)]
    }),
  )
}

/** The known rates, for a person. */
export function ratesTable({ rates }: NetworkState, nowMs: number): Iterable<string> {
  const rows = FOREIGN_CURRENCIES.flatMap((currency) => {
    const rate = rates[currency] ?? null
    if (rate === null) return []
    const freshness = rate.stale ? 'stale' : 'fresh'
    return [
      [
        currency,
        String(Number(rate.value.toPrecision(8))),
        creditWord(rate.source),
        `${age(rate.asOfMs, nowMs)}, ${freshness}`,
      ],
    ]
  })
  return textTable(
    [{ title: 'currency' }, { title: 'USD per unit', right: true }, { title: 'source' }, { title: 'age' }],
    rows,
  )
}

function datedValue({ value, source, asOfMs, fetchedAtMs, stale }: DatedValue, nowMs: number) {
  return {
    value,
    source,
    asOf: isoTime(asOfMs),
    fetchedAt: isoTime(fetchedAtMs),
    ageSeconds: Math.max(0, (nowMs - asOfMs) / 1000),
    stale,
  }
}
