import { basename } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { NetworkFileLook, NetworkFileSummary } from '#shared/ipc/schemas/past.ts'
import { CLOCK_TOLERANCE_MS } from '#shared/domain/chain/clock.ts'
import {
  CASE_VERSION,
  FORMAT,
  isDailyColumn,
  isNetworkFilePastSource,
  isNetworkFileSource,
  VERSION,
} from '#electron/files/network/contents.ts'
import type { NetworkFile } from '#electron/files/network/contents.ts'
import { networkFileBytes } from '#electron/files/network/network-file.ts'
export { readNetworkFile } from '#electron/files/network/network-file.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import type { StoredParts } from '../port.ts'
import type { CaseParts } from './case-parts.ts'
import type { RateChanges } from './rate-changes.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { PastRepository } from './repositories/past.ts'
import type { Network } from './repositories/network.ts'
import type { Rates } from './repositories/rates.ts'

type Repositories = {
  readonly network: Network
  readonly rates: Rates
  readonly changeRates: RateChanges
  readonly past: PastRepository
  readonly parts: CaseParts
}

/**
 * The content of a network file: the latest of each source, and all of the past. Left out are typed values (one person's
 * assumptions), sources that this program no longer knows, and values dated ahead of the clock. A part of the past
 * that was fetched while the clock was ahead is dated now. Must be called inside a transaction.
 */
export function networkFileOf(
  { network, rates, past, parts }: Repositories,
  nowMs: number,
  version: string,
  withCase: boolean,
): NetworkFile {
  const madeAtMs = Math.round(nowMs)
  const columns = new Map<string, NetworkFile['history'][number]>()
  for (const [day, column, source, value, fetchedAtMs] of past.allValues(nowMs)) {
    if (!isNetworkFilePastSource(source) || !isDailyColumn(column)) continue
    const key = `${column} ${source}`
    const part = columns.get(key) ?? { column, source, day: [], value: [], fetchedAtMs: [] }
    columns.set(key, part)
    part.day.push(day)
    part.value.push(value)
    part.fetchedAtMs.push(Math.min(fetchedAtMs, madeAtMs))
  }
  return {
    format: FORMAT,
    version: withCase ? CASE_VERSION : VERSION,
    madeAtMs,
    program: version,
    ...(withCase ? { case: caseOf(parts.all()) } : {}),
    values: believed(network.values(), nowMs).flatMap(({ source, ...row }) =>
      isNetworkFileSource(source) ? [{ source, ...row }] : [],
    ),
    rates: believed(rates.read(), nowMs).flatMap(({ source, ...row }) =>
      isNetworkFileSource(source) ? [{ source, ...row }] : [],
    ),
    adjustments: network.adjustments().map(({ height, change }) => ({ height, change })),
    epochs: past
      .allEpochs()
      .flatMap(({ source, fetchedAtMs, ...row }) =>
        isNetworkFileSource(source) ? [{ source, ...row, fetchedAtMs: Math.min(fetchedAtMs, madeAtMs) }] : [],
      ),
    history: [...columns.values()],
  }
}

function caseOf({ contracts, policies, ladders, lotLadders, prices, limits }: StoredParts) {
  const plain = (ladder: Ladder) => ({ ...ladder, points: [...ladder.points] })
  return {
    contracts: contracts.map(({ site, text }) => ({
      site,
      contract: JSON.parse(text) as Record<string, unknown>,
    })),
    policies: [...policies],
    ladders: ladders.map(plain),
    lotLadders: lotLadders.map(({ id, ladder }) => ({ id, ladder: plain(ladder) })),
    prices: prices.map(({ tariff = null, ...site }) => ({ ...site, tariff })),
    limits,
  }
}

/** The case of a network file, as parts that can be stored; null where it holds the network alone. */
export function partsIn({ case: held }: NetworkFile): StoredParts | null {
  if (held === undefined) return null
  const { contracts, limits, ...rest } = held
  return {
    ...rest,
    contracts: contracts.map(({ site, contract }) => ({ site, text: JSON.stringify(contract) })),
    limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
  }
}

/** Writes it, whole or not at all. */
export async function writeNetworkFile(path: string, networkFile: NetworkFile): Promise<NetworkFileSummary> {
  await replaceFile(path, networkFileBytes(networkFile))
  return {
    fileName: basename(path),
    madeAtMs: networkFile.madeAtMs,
    taken: networkFile.values.length + networkFile.rates.length,
    olderThanStored: 0,
    days: new Set(networkFile.history.flatMap(({ day }) => day)).size,
    epochs: new Set(networkFile.epochs.map(({ height }) => height)).size,
  }
}

/**
 * Stores in one transaction what is newer than the stored data of the same source: values and rates by the moment at
 * which they were true, the past by when it was fetched. Adjustments are facts of the chain: one of a known height
 * stays.
 */
export function takeNetworkFile(
  { network, rates, changeRates, past }: Repositories,
  networkFile: NetworkFile,
  fileName: string,
  nowMs: number,
): NetworkFileSummary & { readonly fleetChanged: boolean } {
  let brought = { days: 0, epochs: 0 }
  let taken = 0
  const { fleetChanged } = changeRates(() => {
    const values = newerThan(believed(network.values(), nowMs), networkFile.values, valueKey)
    const rateRows = newerThan(believed(rates.read(), nowMs), networkFile.rates, rateKey)
    taken = values.length + rateRows.length
    const known = new Set(network.adjustments().map(({ height }) => height))
    network.saveReading(
      values,
      networkFile.adjustments.filter(({ height }) => !known.has(height)),
    )
    rates.save(rateRows)
    brought = takePast(past, networkFile)
    if (brought.days > 0 || brought.epochs > 0) past.raiseRevision()
  })
  return {
    fileName,
    madeAtMs: networkFile.madeAtMs,
    taken,
    olderThanStored: networkFile.values.length + networkFile.rates.length - taken,
    ...brought,
    fleetChanged,
  }
}

const valueKey = ({ name, source }: { readonly name: string; readonly source: string }) => `${name} ${source}`
const rateKey = ({ currency, source }: { readonly currency: string; readonly source: string }) =>
  `${currency} ${source}`

/** Ends a transaction of which nothing is to stay. */
class Untaken extends Error {}

/** What {@link takeNetworkFile} would bring, against what is stored: it is taken, and taken back. */
export function lookIntoNetworkFile(
  db: Database,
  repositories: Repositories,
  networkFile: NetworkFile,
  fileName: string,
  nowMs: number,
): NetworkFileLook {
  const { network, rates, past } = repositories
  const stored = believed(network.values(), nowMs)
  const storedBy = new Map(stored.map((row) => [valueKey(row), row]))
  const taken = new Set(newerThan(stored, networkFile.values, valueKey))
  const dates = networkFile.rates.map(({ asOfMs }) => asOfMs)
  let brings = { days: 0, epochs: 0 }
  try {
    db.transaction(() => {
      brings = takePast(past, networkFile)
      throw new Untaken()
    }).immediate()
  } catch (error) {
    if (!(error instanceof Untaken)) throw error
  }
  const ratesTaken = newerThan(believed(rates.read(), nowMs), networkFile.rates, rateKey).length
  const all = networkFile.values.length + networkFile.rates.length
  return {
    fileName,
    madeAtMs: networkFile.madeAtMs,
    taken: taken.size + ratesTaken,
    olderThanStored: all - taken.size - ratesTaken,
    ...brings,
    storedAsOfMs: stored.length === 0 ? null : Math.max(...stored.map(({ asOfMs }) => asOfMs)),
    values: networkFile.values.map((row) => {
      const here = storedBy.get(valueKey(row))
      return {
        ...{ name: row.name, source: row.source, value: row.value, asOfMs: row.asOfMs },
        stored: here === undefined ? null : { value: here.value, asOfMs: here.asOfMs },
        isTaken: taken.has(row),
      }
    }),
    rates: {
      all: dates.length,
      taken: ratesTaken,
      asOfMs: dates.length === 0 ? null : Math.max(...dates),
    },
  }
}

/** Stores what is newer of the past, and counts its days and epochs. Must be called inside a transaction. */
function takePast(
  past: PastRepository,
  { epochs, history }: NetworkFile,
): { readonly days: number; readonly epochs: number } {
  const heights = new Set<number>()
  const days = new Set<number>()
  for (const epoch of epochs) if (past.takeNewerEpoch(epoch)) heights.add(epoch.height)
  for (const { column, source, day, value, fetchedAtMs } of history) {
    for (let i = 0; i < day.length; i++) {
      if (past.takeNewerValue(day[i]!, column, source, value[i]!, fetchedAtMs[i]!)) days.add(day[i]!)
    }
  }
  return { days: days.size, epochs: heights.size }
}

type Dated = { readonly asOfMs: number; readonly fetchedAtMs: number }

/** Rows that were true later than the stored row of the same key, or have none. */
function newerThan<T extends Dated, S extends Dated>(
  stored: readonly S[],
  rows: readonly T[],
  keyOf: (row: T | S) => string,
): T[] {
  const trueAtMs = new Map(stored.map((row) => [keyOf(row), row.asOfMs]))
  return rows.filter((row) => row.asOfMs > (trueAtMs.get(keyOf(row)) ?? -Infinity))
}

/** Without those that were fetched while the clock was ahead, whose dates say nothing. */
function believed<T extends Dated>(rows: readonly T[], nowMs: number): T[] {
  const lastMs = nowMs + CLOCK_TOLERANCE_MS
  return rows.filter(({ asOfMs, fetchedAtMs }) => asOfMs <= lastMs && fetchedAtMs <= lastMs)
}
