import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { lastEpochs, OUTLIVES } from '#shared/domain/ahead/machine-life.ts'
import { fleetInEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { projectNetwork, responseScale } from '#shared/domain/ahead/project.ts'
import type { NetworkEpoch } from '#shared/domain/ahead/project.ts'
import { moneyOfAnyDay } from '#shared/format/money.ts'
import type { Money } from '#shared/format/money.ts'
import { scenarioWords } from '#shared/format/tried-words.ts'
import { count, number, percent, signedPercent } from '#shared/format/numbers.ts'
import { difficulty } from '#shared/format/units.ts'
import { assumptionFigures, assumptionOptions } from '../assumptions.ts'
import { putScenario } from '#electron/services/scenarios.ts'
import { agreementOptions } from '../case-inputs.ts'
import { caseOptions, nowGiven, nowOption, readCase, refuseTimeless } from '../case.ts'
import type { CashCase } from '../cash-case.ts'
import { defineCommand, EXIT, numberOption } from '../command.ts'
import { existingFields, isoTime, writeDocument, writeLine } from '../json.ts'
import { scenarioCase, triedFigures } from '../scenario-ahead.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'
import { triedOptions } from '../tried.ts'
import { clockFigures, warnOfClock } from './adjustment.ts'

export const command = defineCommand({
  name: 'project',
  summary: 'the fleet over the epochs ahead, with a stated path of price and hashrate',
  options: {
    ...caseOptions,
    ...agreementOptions,
    epochs: { type: 'string', value: 'N', required: true, help: 'how many, the running one included' },
    ...nowOption,
    ...assumptionOptions,
    ...triedOptions,
    save: {
      type: 'string',
      value: 'NAME',
      help: 'store the assumptions and what is tried as a scenario of that name',
    },
  },
  async run(call) {
    const { options, host } = call
    const epochs = numberOption('project', 'epochs', options.epochs, { min: 1, max: 1000, whole: true }) ?? 1
    const givenMs = await nowGiven('project', options.now)
    const given = await readCase('project', call, givenMs)
    const { restsOn, money } = given
    refuseTimeless('project', givenMs, given.network)
    const ahead = await scenarioCase('project', call, given, {
      responds: options.respond || options.curve !== undefined,
      said: options.respond ? 'respond' : null,
    })
    const { assumptions, tried, adjustment } = ahead
    const { carried, network } = ahead.start
    const rows = projectNetwork(network, adjustment, { epochs, ...assumptions })
    const scale = responseScale(assumptions, network, adjustment.change)
    const earning = ahead.earning()
    const { basis } = earning.prepared
    if (options.save !== undefined) {
      const name = options.save
      await withStore(host, options.data, (store) => putScenario(store, { name, assumptions, tried }, true))
    }
    await warnOfClock(host, carried)
    if (options.json) {
      const last = lastEpochs(basis, rows)
      await writeDocument(host.stdout, {
        head: {
          assumptions: { ...assumptionFigures(assumptions, scale), ...restsOn },
          tried: triedFigures(tried, ahead),
          ...clockFigures(carried),
          epochs: rows.map((row) => epochFigures(earning, row, network)),
        },
        list: 'machines',
        rows: basis.length,
        row: (i) => ({
          id: textAt(basis.fleet.machines.id, i),
          ...lifeOf(basis, last, rows, i),
        }),
        tail: {},
      })
      return EXIT.done
    }
    await writeLine(host.stdout, scenarioWords({ assumptions, tried }, scale, money))
    for (const line of epochTable(earning, rows, money)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

/** One line an epoch, for a person. */
export function epochTable(
  { prepared, cash }: CashCase,
  rows: readonly NetworkEpoch[],
  money: Money,
): Iterable<string> {
  const titles = [
    'epoch',
    'days',
    'change',
    'difficulty',
    'BTC price',
    'hashprice',
    'margin/day',
    'margin %',
    'at best/day',
    'profitable',
  ]
  const cells = rows.map((row) => {
    const fleet = fleetInEpoch(prepared.basis, cash, row)
    return [
      String(row.epoch),
      number(row.days, 1),
      signedPercent(row.change),
      difficulty(row.difficulty),
      money.whole(row.priceUsdPerBtc),
      moneyOfAnyDay(money).perPh(row.hashpriceUsdPerPhDay),
      money.amount(fleet.fleetMarginUsdPerDay),
      percent(fleet.fleetMarginShare),
      money.amount(fleet.bestMarginUsdPerDay),
      count(fleet.machinesProfitable),
    ]
  })
  return textTable(
    titles.map((title) => ({ title, right: true })),
    cells,
  )
}

export function epochFigures({ prepared, cash }: CashCase, row: NetworkEpoch, network: NetworkConditions) {
  return {
    epoch: row.epoch,
    startsAt: network.atMs === null ? null : isoTime(network.atMs + row.startsAtDay * MS_PER_DAY),
    ...existingFields({
      days: row.days,
      change: row.change,
      difficulty: row.difficulty,
      priceUsdPerBtc: row.priceUsdPerBtc,
      hashpriceUsdPerPhDay: row.hashpriceUsdPerPhDay,
      ...fleetInEpoch(prepared.basis, cash, row),
    }),
  }
}

/** The epoch from which a machine never earns its cost again; null where it earns to the end, or lacks a figure. */
function lifeOf(basis: MarginBasis, last: Int32Array, rows: readonly NetworkEpoch[], i: number) {
  const isKnown = Number.isFinite(basis.breakevenHashpriceUsdPerPhDay[i]!)
  const epoch = last[i]!
  const ends = isKnown && epoch !== OUTLIVES
  return {
    earns: isKnown ? !ends : null,
    lossFromEpoch: ends ? epoch : null,
    lossFromDay: ends ? rows[epoch]!.startsAtDay : null,
  }
}
