import { MS_PER_DAY } from '#shared/domain/units.ts'
import { dateFault, LIMITS, soundAdjustments, write } from '#electron/sources/sanity.ts'
import { epochsFault } from '#electron/sources/past/epoch-sanity.ts'
import { BLOCK_AHEAD_MS } from '#electron/sources/past/part.ts'
import { rateLimits } from '#shared/domain/power/currency.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { nameFault, siteNameKey } from '#shared/domain/fleet/names.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import { ladderFault } from '#shared/domain/ladders/point.ts'
import { dailyFault } from '#shared/domain/signals/daily-bounds.ts'
import type { NetworkFile } from './contents.ts'

const GENESIS_MS = Date.UTC(2009, 0, 3)
/** Blocks have come every 564 to 587 s on average in each halving: a mean below this means an invented height. */
const SHORTEST_MEAN_BLOCK_MS = 550_000

/**
 * The fault of a network file of the right shape, as the end of a sentence that starts with the file's name; null: none.
 * The limits are those for values of sources.
 */
export function networkFileFault(networkFile: NetworkFile, nowMs: number): string | null {
  return (
    about('madeAtMs', timeFault(networkFile.madeAtMs, nowMs)) ??
    firstFault('values', networkFile.values, (row) => valueFault(row, nowMs)) ??
    firstFault('rates', networkFile.rates, (row) => rateFault(row, nowMs)) ??
    firstFault('adjustments', networkFile.adjustments, (row) =>
      soundAdjustments([row], tipOf(networkFile)).length === 1
        ? null
        : `change ${row.change} at height ${row.height} is none that consensus allows`,
    ) ??
    firstFault('epochs', networkFile.epochs, (row) => epochFault(row, nowMs)) ??
    about('epochs', epochsOfSourceFault(networkFile.epochs)) ??
    firstFault('history', networkFile.history, (part) => pastFault(part, nowMs)) ??
    about('history', repeated(networkFile.history.map(({ column, source }) => `${column} of ${source}`))) ??
    about('values', repeated(networkFile.values.map(({ name, source }) => `${name} of ${source}`))) ??
    about('rates', repeated(networkFile.rates.map(({ currency, source }) => `${currency} of ${source}`))) ??
    caseFault(networkFile)
  )
}

function caseFault({ case: held }: NetworkFile): string | null {
  if (held === undefined) return null
  const ladderWords = ({ points, model, firmware }: Ladder): string | null => {
    const unfit = [model, firmware, ...points.map(({ name }) => name)]
      .map(nameFault)
      .find((fault) => fault !== null)
    const over = points.find(
      ({ hashrateThs, powerW }) =>
        hashrateThs > MACHINE_FIELDS.hashrateThs.bounds[1] || powerW > MACHINE_FIELDS.powerW.bounds[1],
    )
    return unfit ?? ladderFault(points)?.message ?? (over === undefined ? null : `${over.name} is too large`)
  }
  return (
    firstFault('case.ladders', held.ladders, ladderWords) ??
    firstFault('case.lotLadders', held.lotLadders, ({ ladder }) => ladderWords(ladder)) ??
    about('case.contracts', repeated(held.contracts.map(({ site }) => siteNameKey(site)))) ??
    about('case.prices', repeated(held.prices.map(({ name }) => siteNameKey(name)))) ??
    about('case.policies', repeated(held.policies.map(({ id }) => id))) ??
    about('case.lotLadders', repeated(held.lotLadders.map(({ id }) => id)))
  )
}

/** The highest block that its values speak of; what any may be when it is made where none does. */
function tipOf({ values, madeAtMs }: NetworkFile): number {
  const heights = values.filter(({ name }) => name === 'height').map(({ value }) => value)
  return heights.length === 0 ? mostBlocks(madeAtMs) : Math.max(...heights)
}

const mostBlocks = (atMs: number) => Math.floor((atMs - GENESIS_MS) / SHORTEST_MEAN_BLOCK_MS)

function heightFault(height: number, atMs: number): string | null {
  return height <= mostBlocks(atMs)
    ? null
    : `is above the ${write(mostBlocks(atMs))} blocks that there can be by then`
}

const about = (field: string, fault: string | null) => (fault === null ? null : `${field}: ${fault}`)

function firstFault<T>(field: string, rows: readonly T[], faultOf: (row: T) => string | null): string | null {
  for (const [i, row] of rows.entries()) {
    const fault = faultOf(row)
    if (fault !== null) return `${field}[${i}]: ${fault}`
  }
  return null
}

function repeated(names: readonly string[]): string | null {
  const seen = new Set<string>()
  const twice = names.find((name) => seen.size === seen.add(name).size)
  return twice === undefined ? null : `${twice} stands twice`
}

/** Of a moment that something was true, or that it was fetched. */
function timeFault(atMs: number, nowMs: number): string | null {
  if (atMs < GENESIS_MS) return 'is dated before the first block'
  return dateFault(atMs, nowMs)
}

function valueFault(row: NetworkFile['values'][number], nowMs: number): string | null {
  const [least, most] = LIMITS[row.name]
  const fault =
    row.value >= least && row.value <= most
      ? (row.name === 'height' || row.name === 'epochBlocks') && !Number.isInteger(row.value)
        ? 'is not a whole number'
        : (timeFault(row.asOfMs, nowMs) ??
          timeFault(row.fetchedAtMs, nowMs) ??
          (row.name === 'height' ? heightFault(row.value, row.asOfMs) : null))
      : `is outside ${write(least)} to ${write(most)}`
  return fault === null ? null : `${row.name} ${row.value} ${fault}`
}

function rateFault(row: NetworkFile['rates'][number], nowMs: number): string | null {
  const [least, most] = rateLimits(row.currency)
  const fault =
    row.usdPerUnit >= least && row.usdPerUnit <= most
      ? (timeFault(row.asOfMs, nowMs) ?? timeFault(row.fetchedAtMs, nowMs))
      : `is outside ${write(least)} to ${write(most)}`
  return fault === null ? null : `${row.usdPerUnit} USD per ${row.currency} ${fault}`
}

function epochFault(row: NetworkFile['epochs'][number], nowMs: number): string | null {
  const fault =
    timeFault(row.startedAtMs - BLOCK_AHEAD_MS, nowMs) ??
    timeFault(row.fetchedAtMs, nowMs) ??
    heightFault(row.height, row.startedAtMs)
  return fault === null ? null : `the epoch at height ${row.height} ${fault}`
}

/** Of the epochs of each source together, as when the source gave them. */
function epochsOfSourceFault(epochs: NetworkFile['epochs']): string | null {
  for (const source of new Set(epochs.map((epoch) => epoch.source))) {
    const own = epochs.filter((epoch) => epoch.source === source).toSorted((a, b) => a.height - b.height)
    const fault = epochsFault(own, () => NaN)
    if (fault !== null) return `${source}: ${fault}`
  }
  return null
}

function pastFault(part: NetworkFile['history'][number], nowMs: number): string | null {
  const { column, source, day, value, fetchedAtMs } = part
  if (value.length !== day.length || fetchedAtMs.length !== day.length)
    return `${column} of ${source} has lists of different lengths`
  for (let i = 0; i < day.length; i++) {
    const fault = dayFault(part, i, nowMs)
    if (fault !== null) return `${column} of ${source}, day ${day[i]!}: ${fault}`
  }
  return null
}

function dayFault(part: NetworkFile['history'][number], i: number, nowMs: number): string | null {
  const [day, value, fetchedAtMs] = [part.day[i]!, part.value[i]!, part.fetchedAtMs[i]!]
  if (i > 0 && day <= part.day[i - 1]!) return 'days must ascend, each once'
  // What was fetched while the day ran is no value of the day.
  if (fetchedAtMs < (day + 1) * MS_PER_DAY) return 'the day was not over when its value was fetched'
  return (
    timeFault(day * MS_PER_DAY, nowMs) ?? timeFault(fetchedAtMs, nowMs) ?? dailyFault(part.column, day, value)
  )
}
