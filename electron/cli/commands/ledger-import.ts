import { basename } from 'node:path'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { LEDGER_FILE_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import type { LedgerFileKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { counted } from '#shared/format/numbers.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import type { LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import { ledgerMapOf } from '#electron/files/ledger/column-map.ts'
import type { LedgerSaid } from '#electron/files/ledger/options.ts'
import { answersIn } from '#electron/files/ledger/options.ts'
import { QUESTIONS } from '#electron/files/questions.ts'
import type { Accepted, QuestionName } from '#electron/files/questions.ts'
import { refuseFaults, refuseQuestions } from '#electron/files/row-faults.ts'
import { acceptedNames } from '../answers.ts'
import type { ExitCode } from '../command.ts'
import { EXIT, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import type { LedgerCall } from '../ledger-call.ts'
import { withStore } from '../stored.ts'

/** Books a file of entries, whole or not at all. */
export async function runImport(
  { options, host, path }: LedgerCall,
  [written = '']: readonly string[],
): Promise<ExitCode> {
  const file = path(written)
  const accepted = acceptedNames('ledger import', options.accept)
  const said = saidBy(options, accepted)
  const { booked, preview } = await withStore(host, options.data, async (store) => {
    const moment = {
      order: sourceOrder((await store.readSettings()).networkOrder),
      nowMs: Date.now(),
    }
    const preview = await store.previewLedgerFile(file, said, moment)
    refuse(preview, basename(file), accepted)
    const booked = await store.confirmLedgerFile(preview.token, [...accepted], moment.nowMs)
    return { booked, preview }
  })
  const { kind, shape, leftOut, notes, isRecalled, answered } = preview
  if (options.json)
    await writeLine(
      host.stdout,
      JSON.stringify({
        ...booked,
        ...{ kind, shape, rows: preview.rows, leftOut, notes },
        ...{
          from: preview.from,
          to: preview.to,
          sat: preview.sat,
          wh: preview.wh,
          usdCents: preview.usdCents,
        },
        remembered: {
          columns: isRecalled,
          answers: answered.map(({ name, count }) => ({ name, rows: count })),
        },
      }),
    )
  else
    await writeLine(
      host.stdout,
      `${counted(booked.added, 'entry', 'entries')} booked, ${booked.known} known already${
        leftOut.length === 0
          ? ''
          : `, ${counted(
              leftOut.reduce((sum, { rows }) => sum + rows, 0),
              'row',
            )} left out`
      }.`,
    )
  for (const { why, rows } of leftOut)
    await writeLine(host.stderr, `note: ${counted(rows, 'row')} left out: ${why}`)
  for (const note of notes) await writeLine(host.stderr, `note: ${note}`)
  if (isRecalled)
    await writeLine(
      host.stderr,
      'note: the columns are read as it was said for a file with the same headings; `remembered list` shows it, `remembered forget` ends it',
    )
  for (const { name, count } of answered)
    await writeLine(
      host.stderr,
      `note: ${QUESTIONS[name as QuestionName]} (${counted(count, 'row')}) were accepted before and not asked again; \`remembered list\` shows it`,
    )
  return EXIT.done
}

function refuse(preview: LedgerImportPreview, name: string, accepted: Accepted): void {
  refuseFaults({ faults: preview.errors, faultCount: preview.errorCount, isList: false }, name)
  refuseQuestions(
    {
      questions: preview.questions.flatMap((question) =>
        question.rows.map((row) => ({ name: question.name as QuestionName, ...row })),
      ),
      questionCounts: Object.fromEntries(preview.questions.map(({ name, count }) => [name, count])),
      isList: false,
    },
    name,
    accepted,
  )
}

function saidBy(options: LedgerCall['options'], accepted: Accepted): LedgerSaid {
  if (options.pool !== undefined && options.payee !== undefined)
    throw new UsageError('ledger import: --pool and --payee name the same, say one of them')
  return {
    kind: kindOf(options.kind),
    party: options.pool ?? options.payee ?? null,
    site: options.site ?? null,
    zone: options.zone ?? null,
    currency: currencyGiven(options.currency),
    lifeDays: lifeDaysOf(options['life-days']),
    ...answersIn(accepted),
    columns: ledgerMapOf((options.map ?? '').split('\n').filter((entry) => entry.trim() !== '')),
  }
}

/** "payouts" too. */
function kindOf(text: string | undefined): LedgerFileKind | null {
  if (text === undefined) return null
  const kind = LEDGER_FILE_KINDS.find((each) => each === text || `${each}s` === text)
  if (kind === undefined)
    throw new UsageError(
      `ledger import: --kind '${text}' is not known; there are ${LEDGER_FILE_KINDS.join(', ')}`,
    )
  return kind
}

function currencyGiven(text: string | undefined): Currency | null {
  if (text === undefined) return null
  const currency = CURRENCIES.find((code) => code === text.toUpperCase())
  if (currency === undefined)
    throw new UsageError(
      `ledger import: --currency '${text}' is not known; there are ${CURRENCIES.join(', ')}`,
    )
  return currency
}

function lifeDaysOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 36_500)
    throw new UsageError(`ledger import: --life-days '${text}' is no whole number of days above 0`)
  return days
}
