import type { SourceName } from '#shared/ipc/sources.ts'
import { SOURCES } from '#shared/ipc/sources.ts'
import type { MachineStatus } from '#shared/domain/fleet/fleet.ts'
import { counted, MISSING } from './numbers.ts'
import type { Money } from './money.ts'
import { dayMonth } from './times.ts'

export type VerdictName = 'run' | 'pause' | 'off'

/** The verdict in an operator's word. */
export const VERDICT_WORDS: Readonly<Record<VerdictName, string>> = {
  run: 'Run',
  pause: 'Pause',
  off: 'Power down',
}

/** What the verdict asks of a machine that is not running. */
const STOPPED_WORDS: Readonly<Record<VerdictName, string>> = {
  run: 'Worth starting',
  pause: 'Start after the adjustment',
  off: 'Stay off',
}

export const STATUS_WORDS: Readonly<Record<MachineStatus, string>> = {
  running: 'Running',
  off: 'Off',
  repair: 'In repair',
}

/** The short advice of a row: a verb for what runs, what to do with what is stopped. */
export function adviceWord(verdict: VerdictName, status: MachineStatus): string {
  if (status === 'running') return VERDICT_WORDS[verdict]
  return status === 'repair' && verdict === 'run' ? 'Worth repairing' : STOPPED_WORDS[verdict]
}

/**
 * Why, in a few words, with the money: `saves $412`, `saves $74, until the adjustment (about 26 Nov)`. Empty for a
 * machine that should go on running, and where no gain is known.
 *
 * @param money in which the gain is told
 * @param gainUsd over the horizon, against running as it is
 * @param adjustmentAtMs expected time of the adjustment; NaN where unknown
 */
export function adviceMoney(
  money: Money,
  verdict: VerdictName,
  status: MachineStatus,
  gainUsd: number,
  adjustmentAtMs: number,
  timeZone?: string,
): string {
  if (status !== 'running' || verdict === 'run' || !Number.isFinite(gainUsd)) return ''
  const saves = `saves ${money.amount(gainUsd)}`
  if (verdict === 'off') return saves
  // The money first: it must stay in sight where a narrow column cuts the rest.
  const when = dayMonth(adjustmentAtMs, timeZone)
  return `${saves}, until the adjustment${when === MISSING ? '' : ` (about ${when})`}`
}

/** What stands beside a value: the first four are no servers. */
const SOURCE_WORDS: Readonly<Record<SourceName | 'sample' | 'typed' | 'imported' | 'computed', string>> = {
  sample: 'sample',
  typed: 'typed by hand',
  imported: 'imported file',
  computed: 'computed',
  bitcoind: 'own node',
  mempool: 'mempool',
  kraken: 'Kraken',
  coingecko: 'CoinGecko',
  coinbase: 'Coinbase',
  coinmetrics: 'Coin Metrics',
  blockchaininfo: 'blockchain.info',
}

/** Where a value came from, as shown beside it; a source that is not known keeps its name. */
export function sourceWord(source: string): string {
  return Object.hasOwn(SOURCE_WORDS, source) ? SOURCE_WORDS[source as keyof typeof SOURCE_WORDS] : source
}

/** What must be said where values of these sources are shown, each once; nothing for sources that ask for none. */
export function attributionsOf(sources: readonly string[]): readonly string[] {
  const said = sources.flatMap((name) =>
    Object.hasOwn(SOURCES, name) ? (SOURCES[name as SourceName].attribution ?? []) : [],
  )
  return [...new Set(said)]
}

/** The source beside a value: by the words that it asks for, else by its own word. */
export function creditWord(source: string): string {
  return attributionsOf([source])[0] ?? sourceWord(source)
}

/** What is stored with a fleet beside its machines: sites that have a contract, and ladders of the operator's own. */
export type Unweighed = { readonly contracts: number; readonly ladders: number }

/** What an answer leaves out although it is stored, and which command weighs it; empty where nothing is left out. */
export function unweighedWords({ contracts, ladders }: Unweighed): readonly string[] {
  return [
    ...(contracts === 0
      ? []
      : [
          `${counted(contracts, 'site has a contract', 'sites have contracts')} that this answer does not weigh: decide --contracts on the command line does.`,
        ]),
    ...(ladders === 0
      ? []
      : [
          `${counted(ladders, 'stored ladder of profiles is', 'stored ladders of profiles are')} not weighed in this answer: optimise on the command line does.`,
        ]),
  ]
}
