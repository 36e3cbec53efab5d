import { MS_PER_MINUTE } from '#shared/domain/units.ts'
import { CLOCK_TOLERANCE_MS } from '#shared/domain/chain/clock.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { SAMPLE, TYPED } from '#shared/ipc/conditions.ts'
import type { DatedValue } from '#shared/ipc/schemas/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import type { ForeignCurrency, RateRow } from '#shared/domain/power/currency.ts'
import { FOREIGN_CURRENCIES, rateInForce } from '#shared/domain/power/currency.ts'

/** A value with its origin, as it is stored: one row per name and source. */
export type StoredValue = {
  readonly name: NetworkValueName
  readonly value: number
  readonly source: string
  /** when the value was true, unix ms */
  readonly asOfMs: number
  /** when we got it, unix ms */
  readonly fetchedAtMs: number
}

export { CLOCK_TOLERANCE_MS }

/** From this age a value is marked stale. Reasons: docs/sources.md. */
export const STALE_AFTER_MS: Readonly<Record<NetworkValueName, number>> = {
  height: 120 * MS_PER_MINUTE,
  difficulty: 120 * MS_PER_MINUTE,
  priceUsdPerBtc: 30 * MS_PER_MINUTE,
  feesBtcPerBlock: 24 * 60 * MS_PER_MINUTE,
  epochBlocks: 120 * MS_PER_MINUTE,
  epochSeconds: 120 * MS_PER_MINUTE,
}

export const RATE_STALE_AFTER_MS = 24 * 60 * MS_PER_MINUTE

/** Sources that ask at different moments are this near to each other; a lower one is behind. */
export const FEW_BLOCKS = 3

/** A source that is further ahead than about a week is not the longer chain but another one: then the order decides. */
const MOST_AHEAD_BLOCKS = 1000

/** A typed value stays in force until it is cleared; it never goes stale. */
export function isStale(value: StoredValue, nowMs: number): boolean {
  return isOld(value, STALE_AFTER_MS[value.name], nowMs)
}

function isOld(
  { source, asOfMs }: { readonly source: string; readonly asOfMs: number },
  afterMs: number,
  nowMs: number,
): boolean {
  if (source === TYPED) return false
  const ageMs = nowMs - asOfMs
  return ageMs > afterMs || ageMs < -CLOCK_TOLERANCE_MS
}

/**
 * The one value that counts: a typed one; else the first fresh one in the order of the sources; else the youngest.
 * null where nothing is stored.
 */
function inForce(
  rows: readonly StoredValue[],
  order: readonly string[],
  nowMs: number,
  isFresh: (row: StoredValue) => boolean,
): StoredValue | null {
  const typed = rows.find((row) => row.source === TYPED)
  if (typed !== undefined) return typed
  for (const source of order) {
    const fresh = rows.find((row) => row.source === source && isFresh(row))
    if (fresh !== undefined) return fresh
  }
  // A date in the future says nothing about age: such rows come last.
  const age = (row: StoredValue) => (row.asOfMs > nowMs + CLOCK_TOLERANCE_MS ? Infinity : nowMs - row.asOfMs)
  return rows.reduce<StoredValue | null>(
    (youngest, row) => (youngest === null || age(row) < age(youngest) ? row : youngest),
    null,
  )
}

/**
 * Whether no source, and no file of one, has ever given a value of the network; typed values do not count. A single
 * answer ends it, so that no figure mixes the sample with the real network.
 */
export function isUntold(
  values: readonly { readonly source: string }[],
  rates: readonly { readonly source: string }[],
  adjustments: readonly unknown[],
): boolean {
  return adjustments.length === 0 && [...values, ...rates].every(({ source }) => source === TYPED)
}

/** The values of the sample as they count; it has no others than these. */
function sampleValues({ epoch, atMs, ...network }: NetworkConditions): ReadonlyMap<string, DatedValue> {
  const values: Partial<Record<NetworkValueName, number>> = {
    height: network.height,
    difficulty: network.difficulty,
    priceUsdPerBtc: network.priceUsdPerBtc,
    feesBtcPerBlock: network.feesBtcPerBlock,
    ...(epoch === null ? {} : { epochBlocks: epoch.blocks, epochSeconds: epoch.seconds }),
  }
  if (atMs === null) throw new Error('The sample network has no date.')
  return new Map(
    Object.entries(values).map(([name, value]) => [
      name,
      { value, source: SAMPLE, asOfMs: atMs, fetchedAtMs: atMs, stale: false },
    ]),
  )
}

const CHAIN: ReadonlySet<NetworkValueName> = new Set(['height', 'difficulty', 'epochBlocks', 'epochSeconds'])
const COUNTERPART: Partial<Record<NetworkValueName, NetworkValueName>> = {
  epochBlocks: 'epochSeconds',
  epochSeconds: 'epochBlocks',
}

/**
 * Whether a row may count as fresh: of the chain only where its source is not behind the longest fresh one, and of the
 * epoch only where both of its figures are fresh, so that the two come from one answer.
 */
function currentChain(rows: readonly StoredValue[], order: readonly string[], nowMs: number) {
  const fresh = (row: StoredValue | undefined) => row === undefined || !isStale(row, nowMs)
  const of = (name: NetworkValueName, source: string) =>
    rows.find((row) => row.name === name && row.source === source)
  const heights = order.flatMap((source) => {
    const row = of('height', source)
    return row !== undefined && fresh(row) ? [row.value] : []
  })
  return (row: StoredValue): boolean => {
    if (!fresh(row)) return false
    if (!CHAIN.has(row.name)) return true
    const counterpart = COUNTERPART[row.name]
    if (counterpart !== undefined && !fresh(of(counterpart, row.source))) return false
    const height = of('height', row.source)
    if (height === undefined) return true
    return !heights.some((other) => {
      const ahead = other - height.value
      return ahead > FEW_BLOCKS && ahead <= MOST_AHEAD_BLOCKS
    })
  }
}

/**
 * Per name the value that counts, marked when it is stale; null where nothing is stored.
 *
 * @param sample values used where no source and no person has given one; null: none
 */
export function valuesInForce(
  rows: readonly StoredValue[],
  order: readonly string[],
  nowMs: number,
  sample: NetworkConditions | null = null,
): Record<NetworkValueName, DatedValue | null> {
  const standIn = sample === null ? null : sampleValues(sample)
  const isCurrent = currentChain(rows, order, nowMs)
  const dated = (name: NetworkValueName): DatedValue | null => {
    const row = inForce(
      rows.filter((candidate) => candidate.name === name),
      order,
      nowMs,
      isCurrent,
    )
    if (row === null) return standIn?.get(name) ?? null
    const { value, source, asOfMs, fetchedAtMs } = row
    return { value, source, asOfMs, fetchedAtMs, stale: isStale(row, nowMs) }
  }
  return Object.fromEntries(NETWORK_VALUE_NAMES.map((name) => [name, dated(name)])) as Record<
    NetworkValueName,
    DatedValue | null
  >
}

/** Per currency the rate that counts, marked when it is stale; null where none is known. */
export function ratesInForce(
  rows: readonly RateRow[],
  nowMs: number,
): Record<ForeignCurrency, DatedValue | null> {
  const dated = (currency: ForeignCurrency): DatedValue | null => {
    const row = rateInForce(rows, currency, nowMs)
    if (row === null) return null
    const { usdPerUnit: value, source, asOfMs, fetchedAtMs } = row
    return { value, source, asOfMs, fetchedAtMs, stale: isOld(row, RATE_STALE_AFTER_MS, nowMs) }
  }
  return Object.fromEntries(FOREIGN_CURRENCIES.map((currency) => [currency, dated(currency)])) as Record<
    ForeignCurrency,
    DatedValue | null
  >
}
