import { printedVariance, VARIANCE_IS_OF, variedParts } from '#shared/format/margin-variance-words.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { counted } from '#shared/format/numbers.ts'
import { sealWords } from '#shared/format/seal.ts'
import { dateTime } from '#shared/format/times.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { ReportComparison } from '#electron/store/port.ts'
import { readWatchedAgain } from '../case.ts'
import { EXIT, UsageError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { sealedDocument, withSealed } from '../sealed-reports.ts'
import type { ReportCall } from '../sealed-reports.ts'
import { currencyGiven, moneyFor } from '../reporting.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'

const NOW = 'now'
const CENTS = 100

/** `report compare HASH [HASH|now]`: why the cash margin a day is another one, in parts that add up as printed. */
export async function runCompare(call: ReportCall, operands: readonly string[]): Promise<ExitCode> {
  const [from, to = NOW] = operands
  if (from === undefined || operands.length > 2)
    throw new UsageError('report compare: takes the hash of one report, and that of another one or now')
  const { host, options } = call
  const currency = currencyGiven('report', options.currency)
  if (to === NOW) {
    const watched = await withStore(host, options.data, (store) => store.readWatchedFiles())
    if (watched.length > 0) await readWatchedAgain(host, options.data, watched)
  }
  const { compared, settings, state } = await withSealed(call, async (seal, store) => ({
    compared: await seal.compare(from, to === NOW ? null : to),
    settings: await store.readSettings(),
    state: await readNetworkState(store, Date.now()),
  }))
  if (options.json) {
    await writeLine(host.stdout, JSON.stringify(documentOf(compared)))
    return EXIT.done
  }
  const { variance } = compared
  const money = await moneyFor('report', host, { settings, state, currency }, null)
  const { before, after, parts } = printedVariance(money, variance)
  const coins = 10 ** money.decimals
  const written = (amount: number) => money.written(amount / coins, money.decimals)
  const signed = (amount: number) => (amount > 0 ? `+${written(amount)}` : written(amount))
  const rows = [
    [`Cash margin of ${nameOf(compared.from)}`, written(before)],
    ...variedParts(variance).map(({ words }, i) => [words, signed(parts[i]!)]),
    [`Cash margin of ${nameOf(compared.to)}`, written(after)],
    ['Change', signed(after - before)],
  ]
  const columns = [
    { title: `${dateTime(compared.fromMs)} to ${dateTime(compared.toMs)}` },
    { title: `${money.mark} a day`, right: true },
  ]
  for (const line of textTable(columns, rows)) await writeLine(host.stdout, line)
  await writeLine(
    host.stdout,
    `${counted(variance.machinesAdded, 'machine')} came in, ${counted(variance.machinesGone, 'machine')} went out.`,
  )
  await writeLine(host.stdout, VARIANCE_IS_OF)
  return EXIT.done
}

const nameOf = (report: ReportComparison['to']) => (report === null ? NOW : sealWords(report.hash))

/** Not rounded, and beside that in cents that add up. */
function documentOf({ from, to, fromMs, toMs, variance }: ReportComparison) {
  const printed = printedVariance(US_DOLLARS, variance)
  return {
    from: { ...sealedDocument(from), marginUsdPerDay: variance.beforeUsdPerDay },
    to: {
      ...(to === null ? { hash: null } : sealedDocument(to)),
      marginUsdPerDay: variance.afterUsdPerDay,
    },
    fromTime: isoTime(fromMs),
    toTime: isoTime(toMs),
    changeUsdPerDay: variance.afterUsdPerDay - variance.beforeUsdPerDay,
    parts: variedParts(variance).map(({ cause, usdPerDay }, i) => ({
      cause,
      usdPerDay,
      printedUsdPerDay: printed.parts[i]! / CENTS,
    })),
    printedChangeUsdPerDay: (printed.after - printed.before) / CENTS,
    machinesAdded: variance.machinesAdded,
    machinesGone: variance.machinesGone,
  }
}
