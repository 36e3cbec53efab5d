import { issueWords } from '#shared/ipc/schemas/issue.ts'
import { MS_PER_HOUR } from '#shared/domain/units.ts'
import { z } from 'zod'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import type { RateRow } from '#shared/domain/power/currency.ts'
import type { SourceName } from '#shared/ipc/sources.ts'
import type { Http, HttpRequest } from './http.ts'
import { addressesOf } from './address.ts'
import { SourceFault } from './http.ts'

// zod compiles its parsers with new Function where it may; this process does without.
z.config({ jitless: true })

/** What a source says of a value, before it is judged. */
export type Said = {
  readonly name: NetworkValueName
  readonly value: number
  /** when the value was true, unix ms */
  readonly asOfMs: number
  /** by the time of its newest block; else by a clock */
  readonly isDatedByBlock?: boolean
}

/** What a source says of a currency, before it is judged. */
export type SaidRate = Pick<RateRow, 'currency' | 'usdPerUnit' | 'asOfMs'>

/** A past difficulty adjustment: first height with the new difficulty, change as a fraction. */
export type Adjustment = { readonly height: number; readonly change: number }

/** A difficulty epoch as a source lists it. */
export type EpochStart = {
  /** of its first block */
  readonly height: number
  readonly startedAtMs: number
  readonly difficulty: number
}

/** The answer of a part. What one endpoint failed to give does not discard what the others gave. */
export type Reading = {
  readonly values: readonly Said[]
  readonly rates: readonly SaidRate[]
  readonly adjustments: readonly Adjustment[]
  /** the node's own estimate of the network's hashrate, H/s; only ever a cross-check of the difficulty */
  readonly hashrateHs: number | null
  /** epochs as the source lists them; only ever a cross-check */
  readonly starts: readonly EpochStart[]
  /** the source serves another chain: nothing of what it says counts, whatever part it came with */
  readonly isOtherChain: boolean
  readonly faults: readonly SourceFault[]
}

export type AskContext = {
  readonly http: Http
  readonly nowMs: () => number
  /** checked address of the source, see address.ts */
  readonly baseUrl: string
  /** "user:password", null where there is none */
  readonly credentials: () => Promise<string | null>
}

/** Endpoints that are asked together, as often as the source's caches make sense of. */
export type Part = {
  readonly name: string
  readonly offers: readonly NetworkValueName[]
  /** gives exchange rates; at most one part of a source does */
  readonly givesRates?: true
  /** never asked faster on the schedule */
  readonly everyMs: number
  /** Never rejects for a fault of the source: faults are in the reading. */
  readonly ask: (context: AskContext) => Promise<Reading>
}

export type Provider = { readonly name: SourceName; readonly parts: readonly Part[] }

/** Collects a reading endpoint by endpoint. */
export function collectReading() {
  const values: Said[] = []
  const rates: SaidRate[] = []
  const adjustments: Adjustment[] = []
  const faults: SourceFault[] = []
  const starts: EpochStart[] = []
  let hashrateHs: number | null = null
  let isOtherChain = false
  return {
    say: (name: NetworkValueName, value: number, asOfMs: number, isDatedByBlock = false) =>
      void values.push({ name, value, asOfMs, ...(isDatedByBlock ? { isDatedByBlock } : {}) }),
    rated: (list: readonly SaidRate[]) => void rates.push(...list),
    adjusted: (list: readonly Adjustment[]) => void adjustments.push(...list),
    hashrate: (estimateHs: number) => void (hashrateHs = estimateHs),
    listed: (list: readonly EpochStart[]) => void starts.push(...list),
    disown: (fault: SourceFault) => {
      isOtherChain = true
      faults.push(fault)
    },
    blame: (fault: SourceFault) => void faults.push(fault),
    /** The answer; null where the source failed. Any other fault is a bug and is rethrown. */
    async attempt<T>(question: Promise<T>): Promise<T | null> {
      try {
        return await question
      } catch (error) {
        if (!(error instanceof SourceFault)) throw error
        faults.push(error)
        return null
      }
    },
    reading: (): Reading => ({ values, rates, adjustments, hashrateHs, starts, isOtherChain, faults }),
  }
}

/** Asks the likeliest address of a path, and the other one where the first has no such path (404). */
export async function askPath<T>(
  baseUrl: string,
  prefix: string,
  path: string,
  ask: (url: string, request: HttpRequest) => Promise<T>,
): Promise<T> {
  const [first, second] = addressesOf(baseUrl, prefix, path)
  const request = { endpoint: path.replace(/\?.*/, '') }
  try {
    return await ask(first, request)
  } catch (error) {
    if (second === undefined || !(error instanceof SourceFault) || error.status !== 404) throw error
    return ask(second, request)
  }
}

/** Checks an answer against its shape. Unknown keys pass, known ones must fit. */
export function fitted<T extends z.ZodType>(
  schema: T,
  answer: unknown,
  host: string,
  endpoint: string,
): z.output<T> {
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const at = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  throw new SourceFault(
    `${host} answered in another shape than promised (${at}${issue === undefined ? '?' : issueWords(issue)})`,
    {
      endpoint,
    },
  )
}

/** A moment as unix seconds, within the life of the chain. Milliseconds for seconds fall out. */
export const unixSecondsSchema = z.number().min(1_231_006_505).max(4_102_444_800)
/** A whole number of satoshi as text, as it is sent where it may pass 2⁵³. */
export const digitsSchema = z.string().regex(/^\d{1,20}$/, 'is not a whole number')
/** A price or a rate as text. */
export const decimalSchema = z.string().regex(/^\d{1,12}(\.\d{1,24})?$/, 'is not a number')

/** A block is dated no further ahead than this. (Bitcoin consensus) */
export const BLOCK_AHEAD_MS = 2 * MS_PER_HOUR

/**
 * When what a source says of its newest block was true, unix ms: at that block's time. One that is ahead of the clock by
 * what consensus allows counts as now; further ahead it is left as it is, to be refused.
 */
export function blockMoment(blockSeconds: number, nowMs: number): number {
  const atMs = blockSeconds * 1000
  return atMs > nowMs && atMs - nowMs <= BLOCK_AHEAD_MS ? nowMs : atMs
}
