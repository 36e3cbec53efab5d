import { MS_PER_DAY } from '#shared/domain/units.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { lastEpochs, OUTLIVES } from '#shared/domain/ahead/machine-life.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { fleetInEpoch, projectNetwork } from '#shared/domain/ahead/project.ts'
import type { NetworkEpoch } from '#shared/domain/ahead/project.ts'
import { usd, usdPerPh, usdWhole } from '#shared/format/money.ts'
import { count, number, percent, signedPercent } from '#shared/format/numbers.ts'
import { difficulty } from '#shared/format/units.ts'
import { assumptionOptions, assumptionWords, readAssumptions } from '../assumptions.ts'
import { caseOptions, nowGiven, nowOption, readCase, refuseTimeless } from '../case.ts'
import { defineCommand, EXIT, numberOption } from '../command.ts'
import { existingFields, isoTime, writeDocument, writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'
import { estimateFor, passedAdjustmentMs, passedWords } from './adjustment.ts'

export const command = defineCommand({
  name: 'project',
  summary: 'the fleet over the epochs ahead, with a stated path of price and hashrate',
  options: {
    ...caseOptions,
    epochs: { type: 'string', value: 'N', required: true, help: 'how many, the running one included' },
    ...nowOption,
    ...assumptionOptions,
    save: { type: 'string', value: 'NAME', help: 'store the assumptions as a scenario of that name' },
  },
  async run(call) {
    const { options, host } = call
    const epochs = numberOption('project', 'epochs', options.epochs, { min: 1, max: 1000, whole: true }) ?? 1
    const givenMs = await nowGiven('project', options.now)
    const { fleet, network, nowMs, restsOn } = await readCase(call, givenMs)
    refuseTimeless('project', givenMs, network)
    const estimate = estimateFor(network, options.network ?? 'the stored network')
    const passedMs = passedAdjustmentMs({ network, nowMs }, estimate)
    const assumptions = await readAssumptions('project', call, network)
    // Every row counts from the adjustment ahead: where that has passed there is none.
    const rows = passedMs !== null ? null : projectNetwork(network, estimate, { epochs, ...assumptions })
    const basis = prepareMargins(fleet)
    if (options.save !== undefined) {
      const name = options.save
      await withStore(host, options.data, (store) => store.putScenario(name, JSON.stringify(assumptions)))
    }
    if (passedMs !== null) await writeLine(host.stderr, `warning: ${passedWords(passedMs)}`)
    const adjustmentPassed = passedMs === null ? null : isoTime(passedMs)
    if (options.json) {
      const last = rows === null ? null : lastEpochs(basis, rows)
      await writeDocument(host.stdout, {
        head: {
          assumptions: { ...assumptions, ...restsOn },
          adjustmentPassed,
          epochs: rows?.map((row) => epochFigures(basis, row, network)) ?? null,
        },
        list: 'machines',
        rows: basis.length,
        row: (i) => ({
          id: textAt(basis.fleet.machines.id, i),
          ...(rows === null || last === null ? NO_LIFE : lifeOf(basis, last, rows, i)),
        }),
        tail: {},
      })
      return EXIT.done
    }
    await writeLine(host.stdout, assumptionWords(assumptions))
    if (rows === null) await writeLine(host.stdout, 'No projection: the next adjustment is not known.')
    else for (const line of epochTable(basis, rows)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

/** One line an epoch, for a person. */
export function epochTable(basis: MarginBasis, rows: readonly NetworkEpoch[]): Iterable<string> {
  const titles = [
    'epoch',
    'days',
    'change',
    'difficulty',
    'BTC price',
    'hashprice',
    'margin/day',
    'margin %',
    'profitable',
  ]
  const cells = rows.map((row) => {
    const fleet = fleetInEpoch(basis, row)
    return [
      String(row.epoch),
      number(row.days, 1),
      signedPercent(row.change),
      difficulty(row.difficulty),
      usdWhole(row.priceUsdPerBtc),
      usdPerPh(row.hashpriceUsdPerPhDay),
      usd(fleet.fleetMarginUsdPerDay),
      percent(fleet.fleetMarginShare),
      count(fleet.machinesProfitable),
    ]
  })
  return textTable(
    titles.map((title) => ({ title, right: true })),
    cells,
  )
}

export function epochFigures(basis: MarginBasis, row: NetworkEpoch, network: NetworkConditions) {
  return {
    epoch: row.epoch,
    startsAt: network.atMs === null ? null : isoTime(network.atMs + row.startsAtDay * MS_PER_DAY),
    ...existingFields({
      days: row.days,
      change: row.change,
      difficulty: row.difficulty,
      priceUsdPerBtc: row.priceUsdPerBtc,
      hashpriceUsdPerPhDay: row.hashpriceUsdPerPhDay,
      ...fleetInEpoch(basis, row),
    }),
  }
}

const NO_LIFE = { earns: null, lossFromEpoch: null, lossFromDay: null }

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
