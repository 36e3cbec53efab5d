import { DAILY_COLUMNS, readDailySeries } from '#electron/files/series/read-daily.ts'
import { expectedChangeOf, readNetworkState } from '#electron/services/network-state.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { withoutSample } from '#shared/ipc/conditions.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import { withoutPartialEnd } from '#shared/domain/signals/daily-series.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { holesOf } from '#shared/domain/signals/holes.ts'
import type { Hole } from '#shared/domain/signals/holes.ts'
import { signalReadings } from '#shared/domain/signals/readings.ts'
import { signalsOf } from '#shared/domain/signals/signals.ts'
import type { Signals } from '#shared/domain/signals/signals.ts'
import { combinationOf } from '#shared/domain/signals/stress.ts'
import { signalSummary } from '#shared/format/signal-words.ts'
import { counted } from '#shared/format/numbers.ts'
import { calendarDay } from '#shared/format/times.ts'
import { attributionsOf } from '#shared/format/words.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import type { CliHost } from '../command.ts'
import { existing, existingFields, writeDocument, writeLine } from '../json.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'signals',
  summary: 'the market’s stress signals on a daily series (context, never an input of a verdict)',
  options: {
    series: { type: 'string', value: 'DAILY.CSV', help: 'the daily series (default: the stored history)' },
    all: { type: 'boolean', help: 'with --json: every day, not only the last' },
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, host, path }) {
    const nowMs = Date.now()
    const { series, expectedChange, sources } =
      options.series === undefined
        ? await storedSeries(host, options.data, nowMs)
        : {
            series: withoutPartialEnd(
              await readDailySeries(path(options.series), nowMs, { bounded: true }),
              SOURCES_DIFFER_DAYS,
            ),
            expectedChange: null,
            sources: [],
          }
    const signals = signalsOf(series, expectedChange)
    const latest = Object.fromEntries(
      Object.entries(signals.latest).map(([name, figures]) => [name, existingFields(figures)]),
    )
    const readings = signalReadings(series, signals)
    const summary = signalSummary(
      readings,
      combinationOf(series, signals),
      undefined,
      undefined,
      signals.through ?? undefined,
    )
    const holes = holesOf(series)
    if (options.json) {
      const head = { through: signals.through, missing: signals.missing, holes, signals: latest, summary }
      if (options.all) {
        await writeDocument(host.stdout, {
          head,
          list: 'series',
          rows: series.dates.length,
          row: (i) => dayOf(series.dates[i]!, signals, i),
          tail: {},
        })
      } else await writeLine(host.stdout, JSON.stringify(head))
      return EXIT.done
    }
    await writeLine(host.stdout, `Through ${signals.through ?? 'no day'}`)
    for (const [name, figures] of Object.entries(latest)) {
      const isMissing = signals.missing.some((missing) => missing === name)
      const words = Object.entries(figures).map(([figure, value]) => `${figure} ${text(value)}`)
      await writeLine(host.stdout, `${name}: ${isMissing ? 'its column is missing' : words.join(', ')}`)
      const hole = holes.find(({ signal }) => signal === name)
      if (hole !== undefined) {
        const date = readings[hole.signal]?.date
        await writeLine(
          host.stdout,
          `  ${holeWords(hole)}${date === undefined ? '' : `; newest reading ${calendarDay(date)}`}`,
        )
      }
    }
    await writeLine(host.stdout, '')
    const sentences = [...Object.values(summary), ...attributionsOf(sources)]
    for (const sentence of sentences) await writeLine(host.stdout, sentence)
    return EXIT.done
  },
})

const TITLES = new Map<string, string>(
  Object.entries(DAILY_COLUMNS).map(([title, column]) => [column, title]),
)

function holeWords({ daysNeeded, gap }: Hole): string {
  const needs = daysNeeded === 1 ? '' : `, and ${counted(daysNeeded, 'day')} in a row are needed`
  return gap === null
    ? `no reading: ${daysNeeded === 1 ? '1 day is' : `${counted(daysNeeded, 'day')} in a row are`} needed, and the series is shorter`
    : `no reading: ${TITLES.get(gap.column) ?? gap.column} has no value on ${calendarDay(gap.date)}${needs}`
}

/** One source may be a few days later than another. */
const SOURCES_DIFFER_DAYS = 3

type StoredSeries = {
  readonly series: DailySeries
  readonly expectedChange: number | null
  /** of its values */
  readonly sources: readonly string[]
}

/** The stored history, with the adjustment that the stored network leads to expect; null: none. */
async function storedSeries(host: CliHost, data: string | undefined, nowMs: number): Promise<StoredSeries> {
  return withStore(host, data, async (store) => {
    const order = sourceOrder((await store.readSettings()).networkOrder)
    const { series, coverage } = await store.readPast(order, nowMs)
    if (series.dates.length === 0) {
      throw new StrikelineError(
        'bad-input',
        'signals: there is no stored history: run history fill, import one with history import, or give --series DAILY.CSV',
      )
    }
    return {
      series: withoutPartialEnd(series, SOURCES_DIFFER_DAYS),
      expectedChange: expectedChangeOf(withoutSample(await readNetworkState(store, nowMs))),
      sources: coverage.flatMap((column) => column.sources).map(({ source }) => source),
    }
  })
}

function text(value: unknown): string {
  if (typeof value === 'number') return value.toPrecision(6)
  if (Array.isArray(value)) return value.map(text).join(' ')
  return typeof value === 'string' ? value : '–'
}

function dayOf(date: string, { columns }: Signals, i: number) {
  return {
    date,
    nvtSignal: existing(columns.nvtSignal[i]!),
    dynamicNvtState: columns.nvt.states[i],
    hashRibbonsState: columns.ribbons.states[i],
    puell: existing(columns.puell[i]!),
    hashpriceUsdPerPhDay: existing(columns.hashprice[i]!),
  }
}
