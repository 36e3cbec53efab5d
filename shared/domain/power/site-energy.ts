import { MS_PER_HOUR } from '../units.ts'
import type { Line } from './line.ts'
import { constantLine, mergedLines } from './line.ts'
import type { LocalMonth } from './local-calendar.ts'
import type { MarketLine } from './market-line.ts'
import { marketLine } from './market-line.ts'
import type { MarketPrices } from './market-prices.ts'
import type { SiteContract } from './site-contract.ts'
import type { PriceSource } from './supply.ts'
import { localDate, tariffLine } from './tariff.ts'
import type { TariffVersion } from './tariff.ts'
import type { ZoneClock } from './zone-clock.ts'
import { zoneClock } from './zone-clock.ts'

/** What energy costs a site from moment to moment. */
export type EnergyLines = {
  readonly from: PriceSource
  /** of what is bought beyond tiers */
  readonly usdPerKwh: Line
  readonly handBackUsdPerKwh: Line
  readonly tiers: Tiers
  readonly notes: readonly string[]
}

/** Power that has a price of its own in a month, from the first kW on; the difference is to the price beyond the tiers. */
export type TierTable = readonly { readonly kw: number; readonly differenceUsdPerKwh: number }[]

type Tiers = {
  /** from moment to moment the index of a table, −1 where there are no tiers */
  readonly index: Line
  readonly tables: readonly TierTable[]
}

type Stretch = {
  readonly fromMs: number
  readonly toMs: number
  readonly months: readonly LocalMonth[] | null
}

/**
 * The prices of a contract in USD over a stretch of time: the market's with its adder, the tariff's, or both together, the tariff on top;
 * where there is neither, the price that is given.
 * @throws RangeError that names site and field
 */
export function energyLines(
  site: string,
  contract: SiteContract,
  stretch: Stretch,
  otherwise: { readonly usdPerKwh: number; readonly from: PriceSource },
): EnergyLines {
  const { market, tariffs, takeOrPay, timeZone } = contract
  const { fromMs, toMs } = stretch
  const clock = zoneClock(timeZone)
  const notes: string[] = []
  const read = (prices: MarketPrices, field: string): MarketLine => {
    const line = explaining(site, field, () => marketLine(prices, clock, fromMs, toMs))
    notes.push(...notesOf(line, prices, clock, field))
    return line
  }
  const bought = market === null ? null : read(market, 'market')
  const tariff = tariffs.length === 0 ? null : tariffLine(tariffs, clock.spans(fromMs, toMs))
  const uncovered = tariff === null ? -1 : tariff.version.indexOf(-1)
  if (uncovered >= 0)
    throw new RangeError(
      `site ${site}, field tariffs: no version is valid on ${localDate(timeZone, tariff!.atMs[uncovered]!)}, inside the horizon; add one or extend one`,
    )
  const parts: Line[] = []
  if (tariff !== null) parts.push({ atMs: tariff.atMs, value: tariff.usdPerKwh })
  if (bought !== null && market !== null)
    parts.push({ atMs: bought.atMs, value: bought.perKwh.map((price) => price + market.adderUsdPerKwh) })
  const handBack = takeOrPay?.handBack ?? null
  const returned = handBack === null ? null : read(handBack, 'takeOrPay.handBackFile')
  return {
    from: sourceOf(bought, tariff !== null, otherwise.from),
    usdPerKwh: parts.length === 0 ? constantLine(otherwise.usdPerKwh, fromMs) : sumOf(parts, toMs),
    handBackUsdPerKwh:
      returned === null
        ? constantLine(takeOrPay?.handBackUsdPerKwh ?? 0, fromMs)
        : { atMs: returned.atMs, value: returned.perKwh },
    tiers:
      tariff === null
        ? { index: constantLine(-1, fromMs), tables: [] }
        : tiersOf(tariffs, { atMs: tariff.atMs, value: tariff.version }, stretch),
    notes,
  }
}

function sourceOf(bought: MarketLine | null, hasTariff: boolean, otherwise: PriceSource): PriceSource {
  if (bought !== null)
    return bought.repeatedHours === 0 && bought.filledHours === 0 ? 'market-horizon' : 'market-file'
  return hasTariff ? 'tariff' : otherwise
}

function sumOf(lines: readonly Line[], toMs: number): Line {
  if (lines.length === 1) return lines[0]!
  const { atMs, values } = mergedLines(lines, toMs)
  return { atMs, value: atMs.map((_, i) => values.reduce((sum, line) => sum + line[i]!, 0)) }
}

/** Tiers by version and month: the month's remaining energy of each, spread over the month's remaining hours. */
function tiersOf(
  versions: readonly TariffVersion[],
  version: Line,
  { fromMs, toMs, months }: Stretch,
): Tiers {
  if (months === null || versions.every(({ tiers }) => tiers.length === 0))
    return { index: constantLine(-1, fromMs), tables: [] }
  const month = {
    atMs: months.map((each) => Math.max(each.fromMs, fromMs)),
    value: months.map((_, i) => i),
  }
  const merged = mergedLines([version, month], toMs)
  const tables: TierTable[] = []
  const indexOf = new Map<string, number>()
  const index = merged.atMs.map((_, i) => {
    const v = merged.values[0]![i]!
    const m = merged.values[1]![i]!
    const { tiers, baseUsdPerKwh, meteredKwhThisMonth } = versions[v]!
    if (tiers.length === 0) return -1
    const key = `${v},${m}`
    let found = indexOf.get(key)
    if (found === undefined) {
      found = tables.length
      indexOf.set(key, found)
      const used = m === 0 ? meteredKwhThisMonth : 0
      const hours = (months[m]!.toMs - Math.max(months[m]!.fromMs, fromMs)) / MS_PER_HOUR
      tables.push(
        tiers.map(({ upToKwhPerMonth, usdPerKwh }, t) => {
          const from = Math.max(tiers[t - 1]?.upToKwhPerMonth ?? 0, used)
          return {
            kw: Math.max(upToKwhPerMonth - from, 0) / hours,
            differenceUsdPerKwh: usdPerKwh - baseUsdPerKwh,
          }
        }),
      )
    }
    return found
  })
  return { index: { atMs: merged.atMs, value: index }, tables }
}

function notesOf(
  { repeatedHours, filledHours, weeks }: MarketLine,
  prices: MarketPrices,
  clock: ZoneClock,
  field: string,
): string[] {
  const notes: string[] = []
  const hours = (count: number) => `${Number(count.toFixed(2))} ${count === 1 ? 'hour' : 'hours'}`
  const time = (atMs: number) => {
    const [span] = clock.spans(atMs, atMs + 1)
    return new Date(atMs + span!.offsetMs).toISOString().slice(0, 16).replace('T', ' ')
  }
  if (repeatedHours > 0)
    notes.push(
      `The price file of ${field} goes from ${time(prices.fromMs[0]!)} to ${time(prices.toMs.at(-1)!)} local time: ${hours(repeatedHours)} of the horizon repeat ${
        weeks > 1 ? `its last ${weeks} weeks` : weeks === 1 ? 'its last week' : 'its days'
      } by local weekday and time.`,
    )
  if (filledHours > 0)
    notes.push(
      `The price file of ${field} lacks ${hours(filledHours)} of the horizon: the price of the same time in the nearest week, or on the nearest day, stands in.`,
    )
  return notes
}

function explaining<T>(site: string, field: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError)
      throw new RangeError(`site ${site}, field ${field}: ${error.message}`, { cause: error })
    throw error
  }
}
