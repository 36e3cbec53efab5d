import { readDailySeries } from '#electron/files/series/read-daily.ts'
import { shownBacktest, storedDays } from '#electron/services/backtest-case.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { BacktestCase } from '#shared/domain/backtest/backtest.ts'
import { backtest } from '#shared/domain/backtest/backtest.ts'
import { daysPast, periodIn } from '#shared/domain/backtest/period.ts'
import type { Period } from '#shared/domain/backtest/period.ts'
import type { Backtest } from '#shared/domain/backtest/result.ts'
import { BACKTEST_WAYS } from '#shared/domain/backtest/result.ts'
import { leftOutWords } from '#shared/format/advice-words.ts'
import {
  backtestAssumptionWords,
  backtestNotes,
  backtestWords,
  WAY_WORDS,
} from '#shared/format/backtest-words.ts'
import type { Money } from '#shared/format/money.ts'
import { moneyOfAnyDay, US_DOLLARS } from '#shared/format/money.ts'
import { count } from '#shared/format/numbers.ts'
import { calendarMonth, isoDay } from '#shared/format/times.ts'
import { attributionsOf } from '#shared/format/words.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import { acceptedNames, acceptOption, mapGiven, mapOption } from '../answers.ts'
import { caseInputOptions, caseInputsOf, naming } from '../case-inputs.ts'
import { fleetOfFile, readWatchedAgain } from '../case.ts'
import type { Call } from '../command.ts'
import { dataOption, defineCommand, EXIT, jsonOption, MissingDataError, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { currencyGiven, moneyFor, moneyOption } from '../reporting.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'

const options = {
  fleet: { type: 'string', value: 'FLEET.CSV', help: 'the fleet (default: the stored one)' },
  series: { type: 'string', value: 'DAILY.CSV', help: 'the daily series (default: the stored history)' },
  from: { type: 'string', value: 'DAY', help: 'first day, 2025-01-31 (default: a year before the last one)' },
  to: { type: 'string', value: 'DAY', help: 'last day (default: the last one that has all values)' },
  ...caseInputOptions,
  ...moneyOption,
  ...acceptOption,
  ...mapOption,
  ...jsonOption,
  ...dataOption,
} as const
type BacktestCall = Call<typeof options>

export const command = defineCommand({
  name: 'backtest',
  summary: 'what the advice would have earned on days that are over, by month, against three other ways',
  options,
  async run(call) {
    const { options: given, host } = call
    const nowMs = Date.now()
    const choice = { fromDay: dayGiven('from', given.from), toDay: dayGiven('to', given.to) }
    if (choice.fromDay !== null && choice.toDay !== null && choice.fromDay > choice.toDay)
      throw new UsageError(`backtest: --from ${choice.fromDay} is after --to ${choice.toDay}`)
    const { fleet, stored, horizonDays, money, days } = await readBoth(call, choice, nowMs)
    const { inputs, warnings, leftOut } = await caseInputsOf('backtest', call, { fleet, stored })
    for (const sentence of [...warnings, ...leftOutWords(leftOut)])
      await writeLine(host.stderr, `warning: ${sentence}`)
    if (days === null)
      throw new MissingDataError(
        'backtest: no day of the history has price, difficulty, issuance and fees: run history fill, import one with history import, or give --series DAILY.CSV',
      )
    const { sources, ...period } = days
    const found = naming(given.sites, () =>
      backtest({ fleet, inputs, heldAtMs: nowMs, horizonDays, ...period }),
    )
    const hasDays = found.total.missingDays < found.total.days
    if (given.json) await writeLine(host.stdout, JSON.stringify(shownBacktest(found)))
    else
      for (const line of [...linesOf(found, money), ...attributionsOf(sources)])
        await writeLine(host.stdout, line)
    return hasDays ? EXIT.done : EXIT.stale
  },
})

/** @throws UsageError */
function dayGiven(option: 'from' | 'to', text: string | undefined): string | null {
  if (text === undefined) return null
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  // A day that is not in the calendar must not become the one after it.
  if (Number.isNaN(ms) || isoDay(ms) !== text)
    throw new UsageError(`backtest: --${option} is '${text}'; it must be a day such as 2025-01-31`)
  return text
}

type Read = Pick<BacktestCase, 'fleet' | 'horizonDays'> & {
  readonly stored: BacktestCase['inputs'] | null
  readonly money: Money
  readonly days: (Period & Pick<BacktestCase, 'past'> & { readonly sources: readonly string[] }) | null
}

/** Fleet and days, each from its file, else from the stored data. */
async function readBoth(
  { options: given, host, path }: BacktestCall,
  choice: Parameters<typeof periodIn>[1],
  nowMs: number,
): Promise<Read> {
  const accepted = acceptedNames('--fleet', given.accept)
  const currency = currencyGiven('backtest', given.currency)
  const fleet =
    given.fleet === undefined
      ? null
      : await fleetOfFile(path(given.fleet), host, accepted, mapGiven(given.map))
  const days = given.series === undefined ? undefined : await daysOfFile(path(given.series), choice, nowMs)
  if (fleet !== null && days !== undefined && currency === null)
    return { fleet, stored: null, horizonDays: null, money: US_DOLLARS, days }
  if (fleet === null) {
    const watched = await withStore(host, given.data, (store) => store.readWatchedFiles())
    if (watched.length > 0) await readWatchedAgain(host, given.data, watched)
  }
  return withStore(host, given.data, async (store) => {
    const settings = await store.readSettings()
    const state = await readNetworkState(store, nowMs)
    const storedFleet = fleet === null ? await store.readFleet() : null
    return {
      fleet: fleet ?? { machines: storedFleet!.machines, sites: storedFleet!.sites },
      stored: fleet === null ? await store.readCase() : null,
      horizonDays: settings.horizonDays,
      money: given.json ? US_DOLLARS : await moneyFor('backtest', host, { settings, state, currency }, null),
      days:
        days === undefined
          ? await storedDays(store, sourceOrder(settings.networkOrder), choice, nowMs)
          : days,
    }
  })
}

const NO_BLOCKS = { height: new Float64Array(), atMs: new Float64Array() }

async function daysOfFile(file: string, choice: Parameters<typeof periodIn>[1], nowMs: number) {
  const series = await readDailySeries(file, nowMs, { bounded: true })
  const period = periodIn(series, choice)
  return period === null ? null : { ...period, past: daysPast(series, NO_BLOCKS, period), sources: [] }
}

function* linesOf(found: Backtest, shown: Money): Generator<string> {
  const money = moneyOfAnyDay(shown)
  yield backtestWords(found, money)
  yield ''
  const { months, total } = found
  const row = (name: string, of: Backtest['total']) => [
    name,
    `${count(of.days)}${of.missingDays > 0 ? ` (−${count(of.missingDays)})` : ''}`,
    money.perPh(of.meanHashpriceUsdPerPhDay),
    ...BACKTEST_WAYS.map((way) => money.whole(of[way].cashUsd)),
    money.whole(of.advice.restartsUsd),
    count(of.advice.starts),
    count(Math.round(of.advice.machineDaysOff)),
  ]
  const columns = ['month', 'days', 'hashprice', ...BACKTEST_WAYS.map((way) => WAY_WORDS[way].toLowerCase())]
  yield* textTable(
    [...columns, 'restarts', 'starts', 'machine-days off'].map((title, c) => ({ title, right: c > 0 })),
    [...months.map((month) => row(calendarMonth(`${month.month}-01`), month)), row('all', total)],
  )
  yield ''
  yield `Hashprice ${money.hashprice.per}, mean of the month; restarts, starts and machine-days off are those of the advice.`
  yield backtestAssumptionWords(found)
  yield* backtestNotes(found)
}
