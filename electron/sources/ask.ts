import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { SourceName } from '#shared/ipc/sources.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import type { Permit } from '#electron/security/outgoing.ts'
import { addressFault } from './address.ts'
import { SourceFault } from './http.ts'
import type { AskContext, Part, Reading } from './provider.ts'

/** The settings that say which sources are asked, and where. */
export type SourceSettings = Pick<Settings, 'networkOrder' | `${SourceName}Url`>

export type AskedSource = {
  readonly name: SourceName
  readonly url: string
  /** why it cannot be asked at this address, in words; null where it can */
  readonly addressFault: string | null
}

/** The sources that have an address, in the operator's order. */
export function askedSources(settings: SourceSettings): readonly AskedSource[] {
  const urls: Readonly<Record<SourceName, string>> = {
    bitcoind: settings.bitcoindUrl,
    mempool: settings.mempoolUrl,
    kraken: settings.krakenUrl,
    coingecko: settings.coingeckoUrl,
    coinbase: settings.coinbaseUrl,
    coinmetrics: settings.coinmetricsUrl,
    blockchaininfo: settings.blockchaininfoUrl,
  }
  return sourceOrder(settings.networkOrder)
    .map((name) => ({ name, url: urls[name].trim() }))
    .filter(({ url }) => url !== '')
    .map((source) => ({ ...source, addressFault: addressFault(source.url) }))
}

/** Where questions may go now. */
export function sourcePermits(settings: SourceSettings): readonly Permit[] {
  return askedSources(settings)
    .filter((source) => source.addressFault === null)
    .map(({ name, url }) => ({ kind: name === 'bitcoind' ? 'own-node' : 'network-sources', address: url }))
}

/** Whether a source is still asked at the address at which it was. */
export function isAsked({ name, url }: AskedSource, settings: SourceSettings): boolean {
  return askedSources(settings).some((source) => source.name === name && source.url === url)
}

/** Asks one part. A bug in reading its answer counts as a fault of that part, so that the others go on. */
export async function askPart(part: Part, context: AskContext): Promise<Reading> {
  try {
    return await part.ask(context)
  } catch (error) {
    const { host } = new URL(context.baseUrl)
    const what = `The answer of ${host} (${part.name}) could not be read: ${String(error)}`
    return {
      values: [],
      rates: [],
      adjustments: [],
      hashrateHs: null,
      starts: [],
      isOtherChain: false,
      faults: [new SourceFault(what, { cause: error })],
    }
  }
}

/** Faults as sentences, at most 600 characters, repeated ones once; null: none. */
export function inWords(faults: readonly SourceFault[]): string | null {
  const endpoints = new Map<string, string[]>()
  for (const { what, endpoint } of faults) {
    const known = endpoints.get(what) ?? []
    if (endpoint !== null && !known.includes(endpoint)) known.push(endpoint)
    endpoints.set(what, known)
  }
  if (endpoints.size === 0) return null
  const sentences = [...endpoints].map(([what, at]) =>
    at.length === 0 ? `${what}.` : `${what} (${at.join(', ')}).`,
  )
  const text = sentences.join(' ')
  return text.length <= 600 ? text : `${text.slice(0, 599)}…`
}
