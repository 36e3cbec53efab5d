import { readDailySeries } from '#electron/series-csv/read-daily.ts'
import { signalsOf } from '#shared/domain/signals/signals.ts'
import type { Signals } from '#shared/domain/signals/signals.ts'
import { defineCommand, EXIT, jsonOption } from '../command.ts'
import { existing, existingFields, writeDocument, writeLine } from '../json.ts'

export const command = defineCommand({
  name: 'signals',
  summary: 'the market’s stress signals on a daily series (context, never an input of a verdict)',
  options: {
    series: { type: 'string', value: 'DAILY.CSV', required: true, help: 'the daily series' },
    all: { type: 'boolean', help: 'with --json: every day, not only the last' },
    ...jsonOption,
  },
  async run({ options, host, path }) {
    const series = await readDailySeries(path(options.series), Date.now())
    const signals = signalsOf(series, null)
    const latest = Object.fromEntries(
      Object.entries(signals.latest).map(([name, figures]) => [name, existingFields(figures)]),
    )
    if (options.json) {
      const head = { through: signals.through, missing: signals.missing, signals: latest }
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
    }
    return EXIT.done
  },
})

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
