import type { Store } from '#electron/store/sqlite/client.ts'
import type { Accepted } from '#electron/files/questions.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { refuseImpossible } from '#electron/services/typed-value.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { SAMPLE, TYPED, withTyped } from '#shared/ipc/conditions.ts'
import type { DatedValue, NetworkState } from '#shared/ipc/schemas/network.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { creditWord, sourceWord } from '#shared/format/words.ts'
import { TYPED_VALUES } from '#shared/format/typed-fields.ts'
import { readTyped } from '#shared/format/typed.ts'
import { VALUE_LOOKS } from '#shared/format/value-looks.ts'
import { age } from '#shared/format/times.ts'
import { signedPercent } from '#shared/format/numbers.ts'
import { acceptedNames, acceptOption } from '../answers.ts'
import { refuseSurprise } from '../surprise.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import type { CliHost } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import type { HandChange } from '../typed-hashprice.ts'
import { HAND_NAMES, typeByHand } from '../typed-hashprice.ts'
import { textTable } from '../text-table.ts'

export const command = defineCommand({
  name: 'network',
  operands: '[set NAME VALUE | unset NAME]',
  maxOperands: 3,
  summary:
    'the stored network values and exchange rates with source and age; types a value by hand or takes it back',
  options: { ...acceptOption, ...jsonOption, ...dataOption },
  async run({ options, operands, host }) {
    const change = changeOf(operands)
    const accepted = acceptedNames('network', options.accept)
    const nowMs = Date.now()
    const state = await withStore(host, options.data, (store) =>
      change === null ? readNetworkState(store, nowMs) : typeValue(store, host.version, change, accepted),
    )
    await printNetwork(host, state, nowMs, options.json)
    return EXIT.done
  },
})

type Change = { readonly name: NetworkValueName; readonly value: number | null } | HandChange

const isByHand = (change: Change): change is HandChange =>
  (HAND_NAMES as readonly string[]).includes(change.name)

async function typeValue(
  store: Store,
  version: string,
  change: Change,
  accepted: Accepted,
): Promise<NetworkState> {
  const service = createNetworkService({ store, version })
  try {
    if (isByHand(change)) return await typeByHand(service, store, change, accepted)
    const { name, value } = change
    if (value !== null) {
      refuseImpossible(name, value)
      const known = await service.read()
      await refuseSurprise(
        'network',
        store,
        {
          name: VALUE_LOOKS[name].name,
          thing: { field: VALUE_LOOKS[name].name, about: '' },
          before: known.values[name]?.value ?? null,
          after: value,
          show: VALUE_LOOKS[name].show,
          known,
          tried: withTyped(known, name, value),
          terms: new Map(),
        },
        accepted,
      )
    }
    return await service.type(name, value)
  } finally {
    await service.stop()
  }
}

/** null: the values are only shown. */
function changeOf([verb, name, text]: readonly string[]): Change | null {
  if (verb === undefined) return null
  const byHand = HAND_NAMES.find((known) => known === name?.toLowerCase())
  if (byHand !== undefined && verb === 'set' && text !== undefined) return { name: byHand, text }
  if (byHand !== undefined && verb === 'unset' && text === undefined) return { name: byHand, text: null }
  if (verb === 'set' && name !== undefined && text !== undefined) {
    const known = valueName(name)
    const { value, fault } = readTyped(text, TYPED_VALUES[known])
    if (fault !== null) throw new UsageError(`network: ${known}: ${fault}`)
    if (value === null)
      throw new UsageError(
        `network: ${known}: '${text}' is not a number: write it like ${TYPED_VALUES[known].example}`,
      )
    return { name: known, value }
  }
  if (verb === 'unset' && name !== undefined && text === undefined)
    return { name: valueName(name), value: null }
  throw new UsageError(
    'network: use `network`, `network set hashprice 38.20`, `network set difficulty 162.1T` or `network unset difficulty`',
  )
}

function valueName(text: string): NetworkValueName {
  const found = NETWORK_VALUE_NAMES.find((name) => name.toLowerCase() === text.toLowerCase())
  if (found !== undefined) return found
  throw new UsageError(
    `network: '${text}' is not a value of the network; there are ${[...NETWORK_VALUE_NAMES, ...HAND_NAMES].join(', ')}`,
  )
}

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
    const typed = typedFigures(state, nowMs)
    await writeLine(host.stdout, JSON.stringify({ values, typed, rates, said, sources }))
    return
  }
  const rows = NETWORK_VALUE_NAMES.map((name) => {
    const dated = state.values[name]
    if (dated === null) return [name, '–', '', 'missing']
    const freshness = dated.source === SAMPLE ? 'made up' : dated.stale ? 'stale' : 'fresh'
    return [name, String(dated.value), creditWord(dated.source), `${age(dated.asOfMs, nowMs)}, ${freshness}`]
  })
  const columns = [{ title: 'value' }, { title: '', right: true }, { title: 'source' }, { title: 'age' }]
  for (const line of textTable(columns, [...typedRows(state, nowMs), ...rows]))
    await writeLine(host.stdout, line)
  if (Object.values(state.rates).some((rate) => rate !== null)) {
    await writeLine(host.stdout, '')
    for (const line of ratesTable(state, nowMs)) await writeLine(host.stdout, line)
  }
  for (const source of state.sources) {
    if (source.lastError !== null)
      await writeLine(host.stdout, `${sourceWord(source.name)}: ${source.lastError}`)
  }
}

/** The hashprice that was typed, with the adjustment beside it, for a script; null where none was. */
function typedFigures({ typed }: NetworkState, nowMs: number) {
  if (typed === undefined) return null
  const { hashpriceUsdPerPhDay, adjustment, typedAtMs } = typed
  return {
    hashpriceUsdPerPhDay,
    asOf: isoTime(typedAtMs),
    ageSeconds: Math.max(0, (nowMs - typedAtMs) / 1000),
    adjustment: adjustment === null ? null : { change: adjustment.change, at: isoTime(adjustment.atMs) },
  }
}

function typedRows({ typed }: NetworkState, nowMs: number): readonly (readonly string[])[] {
  if (typed === undefined) return []
  const { hashpriceUsdPerPhDay, adjustment, typedAtMs } = typed
  const told = age(typedAtMs, nowMs)
  return [
    ['hashprice', String(hashpriceUsdPerPhDay), creditWord(TYPED), `${told}, counts over the values`],
    ...(adjustment === null
      ? []
      : [
          [
            'adjustment',
            signedPercent(adjustment.change),
            creditWord(TYPED),
            `for ${isoTime(adjustment.atMs)}`,
          ],
        ]),
  ]
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
