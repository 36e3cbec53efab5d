import { DAILY_COLUMNS } from '#electron/files/series/read-daily.ts'
import { createPastService } from '#electron/services/past-service.ts'
import type { PastService } from '#electron/services/past-service.ts'
import type { Past, PastStatus } from '#shared/ipc/schemas/past.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { attributionsOf, sourceWord } from '#shared/format/words.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import type { CliHost, ExitCode } from '../command.ts'
import { stoppable } from '../interrupt.ts'
import { writeLine } from '../json.ts'
import { nodeOptions, withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'

const VERBS = ['status', 'fill', 'import', 'export', 'forget-imported'] as const
type Verb = (typeof VERBS)[number]

export const command = defineCommand({
  name: 'history',
  operands: '[status] | fill | import DAILY.CSV | export DAILY.CSV | forget-imported',
  maxOperands: 2,
  summary: 'the stored daily history: what it rests on, filling it, and taking it to another machine',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host, path }) {
    const [verb = 'status', file] = operands
    if (!isVerb(verb) || (verb === 'import' || verb === 'export') !== (file !== undefined)) {
      throw new UsageError(
        'history: use `history`, `history fill`, `history import DAILY.CSV`, `history export DAILY.CSV` or `history forget-imported`',
      )
    }
    return withStore(host, options.data, async (store) => {
      const service = createPastService({
        store,
        version: host.version,
        ...nodeOptions(host, options.data),
        onChange: progressTo(host),
      })
      try {
        return await stoppable(
          'import',
          () => perform(verb, file === undefined ? '' : path(file), service, host, options.json),
          () => void service.stopBackfill(),
        )
      } finally {
        await service.stop()
      }
    })
  },
})

function isVerb(word: string): word is Verb {
  return (VERBS as readonly string[]).includes(word)
}

async function perform(
  verb: Verb,
  file: string,
  service: PastService,
  host: CliHost,
  asJson: boolean,
): Promise<ExitCode> {
  const print = (words: string, figures: Readonly<Record<string, unknown>>) =>
    writeLine(asJson ? host.stdout : host.stderr, asJson ? JSON.stringify(figures) : words)
  switch (verb) {
    case 'status':
      await printPast(host, await service.read(), await service.status(), asJson)
      return EXIT.done
    case 'fill': {
      const status = await service.backfillToEnd()
      await printPast(host, await service.read(), status, asJson)
      for (const { source, words } of status.faults)
        await writeLine(host.stderr, `strikeline: ${sourceWord(source)}: ${words}`)
      return status.unfinished || status.faults.length > 0 ? EXIT.stale : EXIT.done
    }
    case 'import': {
      const imported = await service.importDaily(file)
      const { fileName, days, from, through } = imported
      await print(`${fileName}: ${counted(days, 'day')} stored, ${from} to ${through}`, imported)
      return EXIT.done
    }
    case 'export': {
      const { days } = await service.exportDaily(file)
      await print(`${counted(days, 'day')} written`, { days })
      return EXIT.done
    }
    case 'forget-imported': {
      const { days } = await service.forgetImported()
      await print(`${counted(days, 'day')} of imported values forgotten`, { days })
      return EXIT.done
    }
  }
}

/** Each step of a run once, on standard error. */
function progressTo(host: CliHost): (status: PastStatus) => void {
  let before: string | null = null
  return ({ progress }) => {
    if (progress === null) return
    const total = progress.total === 0 ? '' : ` (${progress.done} of ${progress.total})`
    const line = `${progress.words}${total}`
    if (line !== before) void writeLine(host.stderr, line)
    before = line
  }
}

async function printPast(
  host: CliHost,
  { coverage, epochs, revision }: Past,
  { unfinished, faults }: PastStatus,
  asJson: boolean,
): Promise<void> {
  if (asJson) {
    await writeLine(host.stdout, JSON.stringify({ revision, epochs, unfinished, faults, columns: coverage }))
    return
  }
  const titles = new Map(Object.entries(DAILY_COLUMNS).map(([title, column]) => [column, title]))
  const columns = [
    { title: 'column' },
    { title: 'days', right: true },
    { title: 'from' },
    { title: 'through' },
    { title: 'sources' },
  ]
  const rows = coverage.map(({ column, days, from, through, sources }) => [
    titles.get(column) ?? column,
    count(days),
    from ?? '–',
    through ?? '–',
    sources.map((one) => `${sourceWord(one.source)} ${count(one.days)}`).join(', '),
  ])
  for (const line of textTable(columns, rows)) await writeLine(host.stdout, line)
  await writeLine(host.stdout, counted(epochs, 'difficulty epoch'))
  for (const attribution of attributionsOf(
    coverage.flatMap((column) => column.sources).map((one) => one.source),
  ))
    await writeLine(host.stdout, attribution)
  if (unfinished) await writeLine(host.stdout, 'not filled to the end: run `history fill`')
}
