import type { NetworkState, SaidValue } from '#shared/ipc/schemas/network.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { adjustmentStanding } from '#shared/domain/chain/carried.ts'
import { conditionsOf, SAMPLE } from '#shared/ipc/conditions.ts'
import type { SourceStatusRow, Store } from '#electron/store/sqlite/client.ts'
import type { AskedSource } from '#electron/sources/ask.ts'
import { askedSources } from '#electron/sources/ask.ts'
import type { Refusal } from '#electron/sources/sanity.ts'
import type { StoredValue } from '#electron/sources/in-force.ts'
import { isStale, isUntold, ratesInForce, valuesInForce } from '#electron/sources/in-force.ts'

type NetworkReading = Pick<
  Store,
  | 'readSettings'
  | 'readNetworkValues'
  | 'readTypedHashprice'
  | 'readRates'
  | 'readAdjustments'
  | 'readSourceStatus'
  | 'readSampleNetwork'
>

/** A status counts only for the address that it was recorded for. */
export function statusOf(
  { name, url }: { readonly name: string; readonly url: string },
  statuses: readonly SourceStatusRow[],
): SourceStatusRow {
  const known = statuses.find((status) => status.name === name && status.url === url)
  return known ?? { name, url, lastSuccessMs: null, lastError: null, notBeforeMs: null }
}

/** Known only to a running service: whether it is asking, and what it refused. */
type Running = {
  readonly refreshing: boolean
  readonly refused: (sources: readonly AskedSource[]) => readonly Refusal[]
}
const NOT_RUNNING: Running = { refreshing: false, refused: () => [] }

/** The stored state, without asking any source: the value in force, what each source said, and how the sources are. */
export async function readNetworkState(
  store: NetworkReading,
  nowMs: number,
  { refreshing, refused }: Running = NOT_RUNNING,
): Promise<NetworkState> {
  const [settings, rows, typed, rates, adjustments, statuses] = await Promise.all([
    store.readSettings(),
    store.readNetworkValues(),
    store.readTypedHashprice(),
    store.readRates(),
    store.readAdjustments(),
    store.readSourceStatus(),
  ])
  const sources = askedSources(settings)
  const sample = isUntold(rows, rates, adjustments) ? await store.readSampleNetwork() : null
  const values = valuesInForce(
    rows,
    sources.map(({ name }) => name),
    nowMs,
    sample,
  )
  // Adjustments belong to the epoch: beside a typed epoch the sample's do not count.
  const epochIsSample = [values.epochBlocks, values.epochSeconds].some((value) => value?.source === SAMPLE)
  const said = (row: StoredValue, why: string | null): SaidValue => ({
    ...row,
    stale: isStale(row, nowMs),
    inForce: why === null && values[row.name]?.source === row.source,
    refused: why,
  })
  return {
    readAtMs: nowMs,
    values,
    ...(typed === null ? {} : { typed }),
    said: [
      ...rows.map((row) => said(row, null)),
      ...refused(sources).map(({ value, why }) => said(value, asSentence(why))),
    ],
    rates: ratesInForce(rates, nowMs),
    previousAdjustments:
      sample !== null && epochIsSample
        ? [...sample.previousAdjustments]
        : adjustments.map(({ change }) => change),
    sources: sources.map((source) => {
      const status = statusOf(source, statuses)
      return { ...status, lastError: source.addressFault ?? status.lastError }
    }),
    refreshing,
  }
}

const asSentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

/**
 * The expected change of the next adjustment, a fraction; null where the epoch is unknown, or where that adjustment had passed when the
 * values were read: of the epoch that runs now nothing was seen, and nobody is alerted by that.
 */
export function expectedChangeOf(state: NetworkState): number | null {
  const expected = expectedAdjustment(state)
  return expected === null || expected.standing === 'passed' ? null : expected.estimate.change
}

/** The expected adjustment and where it stands as of the reading; null where the epoch is unknown. */
export function expectedAdjustment(state: NetworkState) {
  const conditions = conditionsOf(state)
  if (!conditions?.epoch) return null
  const estimate = estimateAdjustment(conditions.epoch, conditions.previousAdjustments)
  return { estimate, standing: adjustmentStanding(estimate, conditions.atMs, state.readAtMs) }
}
